"""Daily draws, which happen by themselves: shortly after midnight the list of the day is frozen, then a seed promised, then drawn.

What belongs here: what upkeep does. What does not: the steps (`draws`). Between the second step and the third both hashes stand where
everybody sees them (docs/adr/0046). What was missed while the installation stood still is made up for.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from django.utils import timezone

from recado.apps.contests.draws import draw_now, freeze, over_at, promise
from recado.apps.contests.errors import DrawRefusedError
from recado.apps.contests.models import Contest, Draw
from recado.apps.contests.standing import ends_at
from recado.core.contest import EntryRule

log = structlog.get_logger(__name__)

AFTER_MIDNIGHT = timedelta(minutes=5)
LIST_ALONE = timedelta(minutes=1)
"""So long the hash of a list stands alone before a seed is made."""
PUBLISHED = timedelta(minutes=10)
"""So long the hashes of a list and a seed can be seen before the draw."""
LOOKED_BACK = timedelta(days=40)
"""What was missed for longer is drawn by hand."""


def work(now: datetime) -> None:
    """Freeze the days that are over and promise their seeds, and draw those whose hashes were seen long enough."""
    found = Contest.objects.filter(entry_rule=EntryRule.DAILY.value, closes_at__gt=now - LOOKED_BACK, account__is_suspended=False)
    for contest in found.select_related("account"):
        steps: list[Callable[[], object]] = [partial(promise, one, now) for one in unpromised(contest, now)]
        steps += [partial(draw_now, one, now) for one in due(contest, now)]
        steps += [partial(freeze, contest, now, day) for day in days_over(contest, now)]
        for step in steps:
            _take(step, contest)


def days_of_contest(contest: Contest) -> Iterator[date]:
    """Yield the days of a contest on the account's calendar."""
    zone = contest.account.zone
    day = timezone.localdate(contest.opens_at, zone)
    last = timezone.localdate(ends_at(contest) - timedelta(microseconds=1), zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


def days_over(contest: Contest, now: datetime) -> list[str]:
    """List the days that are over and not frozen, the first first."""
    days = [day.isoformat() for day in days_of_contest(contest)]
    over = [day for day in days if over_at(contest, day) + AFTER_MIDNIGHT <= now]
    there = set(Draw.objects.filter(contest=contest).values_list("day", flat=True))
    return [day for day in over if day not in there]


def unpromised(contest: Contest, now: datetime) -> list[Draw]:
    """List the draws whose lists were frozen long enough ago for everybody to see the hash before there is a seed, the first day first."""
    found = Draw.objects.filter(contest=contest, promised_at=None, frozen_at__lte=now - LIST_ALONE)
    return list(found.exclude(day="").select_related("contest__account").order_by("day"))


def due(contest: Contest, now: datetime) -> list[Draw]:
    """List the draws whose seeds were promised long enough ago, the first day first."""
    found = Draw.objects.filter(contest=contest, drawn_at=None, promised_at__lte=now - PUBLISHED)
    return list(found.exclude(day="").select_related("contest__account").order_by("day"))


def _take(step: Callable[[], object], contest: Contest) -> None:
    try:
        step()
    except DrawRefusedError as error:  # somebody else was quicker, or the seed is lost: the page of the contest says so
        log.warning("daily_draw_refused", contest_id=contest.pk, reason=error.reason.value)
