"""Contests in figures: entries, people, refusals, days. Tests are never counted, and are told of apart.

What belongs here: counting. What does not: single entries (`queries`), charts (`panel.contests`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from recado.apps.contests.models import Contest, Entry
from recado.apps.contests.standing import ends_at
from recado.core.contest import EntryState, Refusal

MOST_DAYS = 62
COUNTED = EntryState.ACCEPTED.value


@dataclass(frozen=True, slots=True)
class Figures:
    """One contest in figures."""

    entries: int
    today: int
    people: int
    refused: int
    pending: int
    disqualified: int
    tests: int
    wins_at_once: int
    reasons: Mapping[Refusal, int] = field(default_factory=dict)
    """The most frequent first."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Entries of one day that count."""

    day: date
    entries: int


def today_of(contest: Contest, now: datetime) -> str:
    """Return the day it is for the contest's account, as entries have it."""
    return timezone.localdate(now, contest.account.zone).isoformat()


def counts_of(contests: Collection[Contest], now: datetime) -> dict[int, tuple[int, int]]:
    """Count the entries of several contests: today, and in all."""
    if not contests:
        return {}
    today = today_of(next(iter(contests)), now)
    rows = Entry.objects.filter(contest__in=[one.pk for one in contests], state=COUNTED, is_test=False).order_by().values("contest")
    found = {row["contest"]: (row["today"], row["all"]) for row in rows.annotate(all=Count("pk"), today=Count("pk", filter=Q(day=today)))}
    return {one.pk: found.get(one.pk, (0, 0)) for one in contests}


def figures_of(contest: Contest, now: datetime) -> Figures:
    """Count everything about one contest."""
    real = Q(is_test=False)
    counted = real & Q(state=COUNTED)
    row = Entry.objects.filter(contest=contest).aggregate(
        entries=Count("pk", filter=counted),
        today=Count("pk", filter=counted & Q(day=today_of(contest, now))),
        people=Count("msisdn", filter=counted, distinct=True),
        refused=Count("pk", filter=real & Q(state=EntryState.REFUSED.value)),
        pending=Count("pk", filter=real & Q(state=EntryState.PENDING.value)),
        disqualified=Count("pk", filter=real & Q(state=EntryState.DISQUALIFIED.value)),
        tests=Count("pk", filter=Q(is_test=True)),
        wins_at_once=Count("pk", filter=counted & Q(is_winner=True)),
    )
    return Figures(**row, reasons=_reasons(contest) if row["refused"] else {})


def days_of(contest: Contest, now: datetime) -> list[DayCount]:
    """Count entries by day from the first to today or the end, days without any included; the last MOST_DAYS of them."""
    rows = Entry.objects.filter(contest=contest, state=COUNTED, is_test=False).order_by().values("day").annotate(count=Count("pk"))
    found = {date.fromisoformat(row["day"]): row["count"] for row in rows}
    zone = contest.account.zone
    first = min([timezone.localdate(contest.opens_at, zone), *found])
    last = max([timezone.localdate(min(now, ends_at(contest)), zone), *found])
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    return [DayCount(day, found.get(day, 0)) for day in (first + timedelta(days=past) for past in range((last - first).days + 1))]


def _reasons(contest: Contest) -> dict[Refusal, int]:
    rows = Entry.objects.filter(contest=contest, state=EntryState.REFUSED.value, is_test=False).order_by().values("reason")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "reason")
    return {Refusal(row["reason"]): row["count"] for row in counted if row["reason"] in set(Refusal)}
