"""Writes about autoresponders: adding, changing, copying, ordering, switching and deleting one.

What belongs here: changes with their checks, each bumping the routing version. What does not: reads (`queries`), taking a deletion back
(`undo`), whether one answers a message (`core`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.errors import AutoresponderRefusal, AutoresponderRefusedError
from recado.apps.autoresponders.models import Autoresponder
from recado.apps.autoresponders.queries import answering_numbers, autoresponders_of, keywords_to_answer
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleTerms, check_terms, restrict
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.core.reply import unknown

LONGEST_NAME = 80
LONGEST_TEXT = 1530
MOST_MINUTES = 366 * 24 * 60


@dataclass(frozen=True, slots=True)
class AutoresponderContent:
    """What an autoresponder says, where, how often, when and to whom."""

    name: str
    text: str
    number: Number | None = None
    """None: all of the account's."""
    keyword: Keyword | None = None
    """With one, the number is the keyword's and not asked about."""
    once_minutes: int | None = None
    """A person gets it once in so many minutes; None: each time."""
    terms: RuleTerms = field(default_factory=RuleTerms)


def content_of(found: Autoresponder) -> AutoresponderContent:
    """Return an autoresponder as it was given."""
    terms = RuleTerms(0, found.is_enabled, found.starts_at, found.ends_at, found.condition, found.daily_ceiling)
    return AutoresponderContent(found.name, found.text, found.number, found.keyword, found.once_minutes, terms)


@transaction.atomic
def add_autoresponder(
    account: Account, content: AutoresponderContent, *, place: int | None = None, key: int | None = None
) -> Autoresponder:
    """Let a text answer by itself: the last to be asked, or at a place from 1.

    `key` is the id of one that was deleted and comes back.
    """
    found = Autoresponder(pk=key, account=account)
    _write(found, content)
    _arrange(found, place)
    return found


@transaction.atomic
def edit_autoresponder(found: Autoresponder, content: AutoresponderContent) -> None:
    """Say what an autoresponder does in place of what it was; its place stays."""
    _write(found, content)
    bump_routing(account_id=found.account_id)


@transaction.atomic
def copy_autoresponder(found: Autoresponder, name: str) -> Autoresponder:
    """Make another one like it right behind it, switched off, so that it can be changed in peace."""
    content = content_of(found)
    copy = replace(content, name=name[:LONGEST_NAME], terms=replace(content.terms, is_enabled=False))
    return add_autoresponder(found.account, copy, place=place_of(found) + 1)


@transaction.atomic
def switch_autoresponder(found: Autoresponder, *, on: bool) -> None:
    """Let an autoresponder answer, or rest until it is switched on again."""
    found.is_enabled = on
    found.save(update_fields=["is_enabled"])
    bump_routing(account_id=found.account_id)


@transaction.atomic
def move_autoresponder(found: Autoresponder, place: int) -> bool:
    """Put an autoresponder at a place of the order, from 1; say whether it was not there before."""
    before = place_of(found)
    _arrange(found, place)
    return place_of(found) != before


@transaction.atomic
def delete_autoresponder(found: Autoresponder) -> None:
    """Remove an autoresponder."""
    found.delete()
    bump_routing(account_id=found.account_id)


def place_of(found: Autoresponder) -> int:
    """Return where an autoresponder stands in its account's order, from 1."""
    return list(autoresponders_of(found.account).values_list("pk", flat=True)).index(found.pk) + 1


def check_content(account: Account, content: AutoresponderContent) -> None:
    """Raise AutoresponderRefusedError for what cannot be, RuleRefusedError where its conditions contradict themselves."""
    missing = tuple(dict.fromkeys(unknown(content.text)))
    refusals = {
        AutoresponderRefusal.NAME: not content.name.strip() or len(content.name.strip()) > LONGEST_NAME,
        AutoresponderRefusal.TEXT: not content.text.strip(),
        AutoresponderRefusal.PLACEHOLDERS: bool(missing),
        AutoresponderRefusal.ONCE: content.once_minutes is not None and not 0 < content.once_minutes <= MOST_MINUTES,
        AutoresponderRefusal.CEILING: content.terms.daily_ceiling is not None and content.terms.daily_ceiling < 0,
        AutoresponderRefusal.KEYWORD: not _is_among(content.keyword, keywords_to_answer(account)),
        AutoresponderRefusal.NUMBER: not content.keyword and not _is_among(content.number, answering_numbers(account)),
    }
    for refusal, applies in refusals.items():
        if applies:
            raise AutoresponderRefusedError(refusal, missing)
    check_terms(account, content.terms)


def _is_among(chosen: Keyword | Number | None, offered: QuerySet[Any]) -> bool:
    return chosen is None or offered.filter(pk=chosen.pk).exists()


def _write(found: Autoresponder, content: AutoresponderContent) -> None:
    check_content(found.account, content)
    fill_in(found, content)
    found.save()


def fill_in(found: Autoresponder, content: AutoresponderContent) -> None:
    """Write what was asked for into the columns, without saving it."""
    found.name, found.text = content.name.strip(), content.text.strip()
    found.keyword, found.number = content.keyword, None if content.keyword else content.number
    found.once_minutes, found.daily_ceiling, found.is_enabled = content.once_minutes, content.terms.daily_ceiling, content.terms.is_enabled
    restrict(found, content.terms)


def in_place(others: Sequence[Autoresponder], found: Autoresponder, place: int | None) -> list[Autoresponder]:
    """Return an order with one put at a place from 1, or at the end."""
    at = len(others) if place is None else min(max(place, 1), len(others) + 1) - 1
    return [*others[:at], found, *others[at:]]


def _arrange(found: Autoresponder, place: int | None) -> None:
    """Give all of an account places from 1 on; one moves to a place, or to the end."""
    Account.objects.select_for_update().get(pk=found.account_id)  # of two who order at once, one waits
    others = list(Autoresponder.objects.filter(account=found.account_id).exclude(pk=found.pk).order_by("position", "id"))
    for position, one in enumerate(in_place(others, found, place), start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    bump_routing(account_id=found.account_id)
