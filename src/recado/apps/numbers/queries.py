"""Reads about access numbers: which an account may use, and one of them for an account.

What belongs here: questions panel, API and services ask about numbers. What does not: changes (`services`), routing (`core`).
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.numbers.models import Number
from recado.apps.spellings import spellings
from recado.core.number import CAPABILITIES, NumberKind, NumberState
from recado.core.reminder import REMIND_BEFORE

SHARED_KINDS = tuple(kind.value for kind in NumberKind if CAPABILITIES[kind].is_shared and CAPABILITIES[kind].exact_keywords)
CLOCK_SLACK = timedelta(hours=1)
"""Ids grow with time, so that recent messages are found by id; a clock set back this much is allowed for."""


def usable_numbers(account: Account) -> QuerySet[Number]:
    """Return the numbers an account may reserve keywords on: its own first, then the shared ones."""
    return (
        Number.objects.select_related("connection")
        .filter(
            Q(account=account) | Q(account=None, kind__in=SHARED_KINDS),
            state__in=[NumberState.ASSIGNED.value, NumberState.SUSPENDED.value],
        )
        .order_by("kind", "digits")
    )


def get_number_for(account: Account, number_id: int) -> Number:
    """Return a number the account may use; raise Number.DoesNotExist for all others."""
    return usable_numbers(account).get(pk=number_id)


def keyword_counts(account: Account) -> dict[int, int]:
    """Return how many keywords the account has on each number, by number id."""
    mine = Number.objects.filter(keywords__account=account, keywords__state__in=("held", "live", "paused"))
    return dict(mine.values_list("id").annotate(Count("keywords")))


def received_counts(account: Account, since: datetime) -> dict[int, int]:
    """Return how many real messages the account received on each number since then, by number id."""
    lowest_id = first_id_at(since - CLOCK_SLACK)
    received = Number.objects.filter(
        message__account=account, message__id__gte=lowest_id, message__received_at__gte=since, message__is_test=False
    )
    return dict(received.values_list("id").annotate(Count("message")))


def get_number(number_id: int) -> Number:
    """Return any number, for the operator; raise Number.DoesNotExist where there is none."""
    return Number.objects.select_related("account", "connection").get(pk=number_id)


def ending_numbers(now: datetime) -> QuerySet[Number]:
    """Return the numbers, whoever has them, whose end is near, the nearest first."""
    near = Number.objects.filter(expires_at__gt=now, expires_at__lte=now + REMIND_BEFORE)
    return near.order_by("expires_at", "id")


def numbers_matching(
    *, state: str = "", kind: str = "", search: str = "", account_id: int | None = None, expires_by: datetime | None = None
) -> QuerySet[Number]:
    """Return the numbers of the installation with `keyword_count`, narrowed; `search` is a piece of number, label or customer's name."""
    found = Number.objects.select_related("account", "connection").annotate(keyword_count=Count("keywords"))
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    if account_id:
        found = found.filter(account=account_id)
    if expires_by:
        found = found.filter(expires_at__lte=expires_by)
    if search:
        digits = "".join(filter(str.isdecimal, search))
        wanted = Q(digits__contains=digits) if digits else Q()
        for spelling in spellings(search):
            wanted |= Q(label__icontains=spelling) | Q(account__name__icontains=spelling)
        found = found.filter(wanted)
    return found.order_by("kind", "digits")


def count_by_state() -> dict[str, int]:
    """Return how many numbers are in each state."""
    return dict(Number.objects.order_by().values_list("state").annotate(Count("pk")))
