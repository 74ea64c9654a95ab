"""Keywords as their list and the start page ask for them: narrowed by words, number and standing; the last messages of one.

What belongs here: reads of lists. What does not: one keyword and its checks (`queries`), counting messages (`apps.statistics`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, RuleAction
from recado.apps.keywords.queries import keywords_of
from recado.apps.keywords.standing import Standing, in_standing
from recado.core.reminder import REMIND_BEFORE
from recado.core.text import folded_form

LOOKED_THROUGH = 10_000
"""So many of the account's last messages are looked through for those of one keyword; all of them may be millions."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values narrow nothing."""

    search: str = ""
    number_id: int | None = None
    standing: Standing | None = None


def narrowed(account: Account, filters: Filters, now: datetime) -> QuerySet[Keyword]:
    """Return the account's keywords that fit, newest first."""
    found = keywords_of(account)
    if filters.number_id is not None:
        found = found.filter(number_id=filters.number_id)
    if filters.standing is not None:
        found = found.filter(in_standing(filters.standing, now))
    return found.filter(_says(filters.search)) if filters.search else found


def ending_soon(account: Account, now: datetime) -> QuerySet[Keyword]:
    """Return the account's keywords whose reservation ends within the time of a reminder, the nearest first."""
    return keywords_of(account).filter(_ends_soon(now)).order_by("ends_at", "id")


def all_ending_soon(now: datetime) -> QuerySet[Keyword]:
    """Return the same of all accounts, without what the keywords do."""
    return Keyword.objects.filter(_ends_soon(now)).exclude(state=Keyword.State.QUARANTINE).order_by("ends_at", "id")


def _ends_soon(now: datetime) -> Q:
    return Q(ends_at__gt=now, ends_at__lte=now + REMIND_BEFORE)


def has_group(account: Account) -> bool:
    """Say whether a keyword of the account leads into a group."""
    return _actions(account).filter(kind=RuleAction.Kind.ADD_TO_GROUP).exists()


def has_poster_or_forward(account: Account) -> bool:
    """Say whether a keyword of the account has a poster or is forwarded."""
    if keywords_of(account).filter(poster_opened_at__isnull=False).exists():
        return True
    return _actions(account).filter(destination__isnull=False).exists()


def last_messages(account: Account, keyword: Keyword, count: int = 20) -> list[Any]:
    """Return the last messages the keyword got among the account's last ones, newest first."""
    messages = apps.get_model("inbox", "Message")._default_manager  # noqa: SLF001  # documented Django API
    ours = messages.filter(account=account).order_by("-id")
    # The index alone finds how far back to look; a subquery of all those ids would cost more than the page.
    oldest = next(iter(ours.values_list("id", flat=True)[LOOKED_THROUGH - 1 : LOOKED_THROUGH]), None)
    found = ours.filter(keyword_id=keyword.pk) if oldest is None else ours.filter(keyword_id=keyword.pk, id__gte=oldest)
    return list(found.defer("raw", "trail")[:count])


def _actions(account: Account) -> QuerySet[RuleAction]:
    mine = RuleAction.objects.filter(rule__account=account, rule__keyword__isnull=False)
    return mine.exclude(rule__keyword__state=Keyword.State.QUARANTINE)


def _says(search: str) -> Q:
    """Look at the word in its folded spelling, at groups and at the number."""
    found = Q(folded__contains=folded_form(search)) if folded_form(search) else Q(word__icontains=search)
    found |= Q(pk__in=RuleAction.objects.filter(group__name__icontains=search).values("rule__keyword"))
    digits = "".join(filter(str.isdecimal, search))
    return found | Q(number__digits__contains=digits) if digits else found
