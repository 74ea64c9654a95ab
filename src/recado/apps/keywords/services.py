"""Writes about keywords and rules: reserving words, changing what they do, pausing and ending them.

What belongs here: changes with their checks, each bumping the routing version. What does not: reads (`queries`), matching (`core.keyword`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.keywords.errors import KeywordRefusedError, KeywordTakenError, Refusal, RuleError
from recado.apps.keywords.models import Keyword, Rule, RuleAction
from recado.apps.keywords.queries import check_word, free_words
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import bump_routing
from recado.apps.outbox.models import Destination
from recado.core.routes import MatchKind
from recado.core.text import exact_form, folded_form


@dataclass(frozen=True, slots=True)
class RuleContent:
    """What a rule does: groups to join, one reply or none, destinations to forward to."""

    groups: tuple[Group, ...] = ()
    reply: str = ""
    destinations: tuple[Destination, ...] = ()


def reserve_keyword(
    account: Account,
    number: Number,
    word: str,
    content: RuleContent | None = None,
    *,
    kind: MatchKind = MatchKind.EXACT,
    also_when_text_follows: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Keyword:
    """Reserve a word on a number and say what it does; of two who race for it, one gets KeywordTakenError."""
    word = " ".join(word.split())
    _check_period(word, starts_at, ends_at)
    check_word(account, number, word, kind)
    keyword = Keyword(account=account, number=number, kind=kind.value, starts_at=starts_at, ends_at=ends_at)
    _spell(keyword, word)
    keyword.also_when_text_follows = also_when_text_follows
    try:
        with transaction.atomic():
            _clear_released(keyword)
            keyword.save(force_insert=True)
            save_rule(keyword, content or RuleContent())
    except IntegrityError as error:
        raise KeywordTakenError(word, number.digits, free_words(account, number, word)) from error
    return keyword


def edit_keyword(
    keyword: Keyword,
    word: str,
    content: RuleContent,
    *,
    also_when_text_follows: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Change the word, when it holds and what it does; on a shared number only the word's capitals can change."""
    word = " ".join(word.split())
    _check_period(word, starts_at, ends_at)
    if exact_form(word) != keyword.tokens:
        if keyword.number.capabilities.is_shared:
            raise KeywordRefusedError(word, Refusal.RENAMED)
        check_word(keyword.account, keyword.number, word, MatchKind(keyword.kind))
    _spell(keyword, word)
    keyword.also_when_text_follows, keyword.starts_at, keyword.ends_at = also_when_text_follows, starts_at, ends_at
    try:
        with transaction.atomic():
            keyword.save()
            save_rule(keyword, content)
    except IntegrityError as error:
        raise KeywordTakenError(word, keyword.number.digits, free_words(keyword.account, keyword.number, word)) from error


@transaction.atomic
def pause_keyword(keyword: Keyword) -> None:
    """Stop acting on the keyword; the word stays reserved."""
    _set_state(keyword, Keyword.State.PAUSED)


@transaction.atomic
def resume_keyword(keyword: Keyword) -> None:
    """Act on the keyword again."""
    _set_state(keyword, Keyword.State.LIVE)


@transaction.atomic
def end_keyword(keyword: Keyword) -> None:
    """Give the word up: on a shared number it is kept from others for a while, on an own number it is gone at once."""
    if not keyword.number.capabilities.is_shared:
        keyword.delete()
        bump_routing()
        return
    keyword.rules.all().delete()
    keyword.ends_at = timezone.now()
    keyword.save(update_fields=["ends_at"])
    _set_state(keyword, Keyword.State.QUARANTINE)


def note_poster(keyword: Keyword) -> None:
    """Note that somebody made a poster of the keyword; only the first time counts."""
    Keyword.objects.filter(pk=keyword.pk, poster_opened_at=None).update(poster_opened_at=timezone.now())


@transaction.atomic
def save_rule(keyword: Keyword, content: RuleContent) -> Rule:
    """Say what a keyword does, in place of what it did."""
    rule = Rule.objects.filter(keyword=keyword).order_by("-priority", "id").first()
    rule = rule or Rule.objects.create(keyword=keyword, account=keyword.account, number=keyword.number)
    _write_actions(rule, content)
    return rule


@transaction.atomic
def save_default_rule(account: Account, number: Number, content: RuleContent) -> Rule | None:
    """Say what happens to everything else on an own number; nothing at all removes the rule."""
    if number.account_id != account.pk or not number.capabilities.all_messages:
        raise RuleError("only an individual number of the account itself can have a default rule")
    if content == RuleContent():
        Rule.objects.filter(account=account, number=number, keyword=None).delete()
        bump_routing()
        return None
    rule = Rule.objects.filter(account=account, number=number, keyword=None).order_by("-priority", "id").first()
    rule = rule or Rule.objects.create(account=account, number=number)
    _write_actions(rule, content)
    return rule


def content_of(rule: Rule | None) -> RuleContent:
    """Return what a rule does, as it was given to `save_rule`."""
    actions = list(rule.actions.all()) if rule else []
    return RuleContent(
        tuple(action.group for action in actions if action.group),
        next((action.text for action in actions if action.kind == RuleAction.Kind.SEND_REPLY), ""),
        tuple(action.destination for action in actions if action.destination),
    )


def _write_actions(rule: Rule, content: RuleContent) -> None:
    owners = {group.account_id for group in content.groups} | {destination.account_id for destination in content.destinations}
    if owners - {rule.account_id}:
        raise RuleError("groups and destinations of a rule belong to its account")
    rule.actions.all().delete()
    RuleAction.objects.bulk_create(actions_for(rule, content))
    bump_routing()


def actions_for(rule: Rule, content: RuleContent) -> list[RuleAction]:
    """Return the actions a rule with this content has, not saved."""
    wanted = [RuleAction(kind=RuleAction.Kind.ADD_TO_GROUP, group=group) for group in content.groups]
    if content.reply.strip():
        wanted.append(RuleAction(kind=RuleAction.Kind.SEND_REPLY, text=content.reply.strip()))
    wanted += [RuleAction(kind=RuleAction.Kind.FORWARD_TO_URL, destination=destination) for destination in content.destinations]
    for position, action in enumerate(wanted):
        action.rule, action.position = rule, position
    return wanted


def _spell(keyword: Keyword, word: str) -> None:
    keyword.word, keyword.tokens, keyword.folded = word, exact_form(word), folded_form(word)


def _check_period(word: str, starts_at: datetime | None, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= (starts_at or timezone.now()):
        raise KeywordRefusedError(word, Refusal.PERIOD)


def _clear_released(keyword: Keyword) -> None:
    """Take the row of a released reservation away; `check_word` made sure that it no longer binds this account."""
    same_word = Keyword.objects.filter(number=keyword.number, tokens=keyword.tokens, kind=keyword.kind)
    same_word.filter(state=Keyword.State.QUARANTINE).delete()


def _set_state(keyword: Keyword, state: Keyword.State) -> None:
    keyword.state = state
    keyword.save(update_fields=["state"])
    bump_routing()


def reserve_synonym(near: Keyword, word: str) -> Keyword:
    """Reserve another spelling of a keyword for its owner, on the same number and as long, doing the same."""
    rule = near.rules.order_by("-priority", "id").prefetch_related("actions__group", "actions__destination").first()
    return reserve_keyword(
        near.account,
        near.number,
        word,
        content_of(rule),
        also_when_text_follows=near.also_when_text_follows,
        ends_at=near.ends_at,
    )
