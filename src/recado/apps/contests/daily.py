"""Daily draws, which happen by themselves: seeds are promised days before, and shortly after midnight the day is drawn.

What belongs here: what upkeep does. What does not: the steps (`draws`). A seed is promised before its day begins, wherever the contest was
there by then; what was missed while the installation stood still is made up for.
"""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.contests.draws import draw_now, freeze, over_at
from recado.apps.contests.errors import DrawRefusedError
from recado.apps.contests.models import Contest, Draw
from recado.apps.contests.sealing import sealed
from recado.apps.contests.standing import ends_at
from recado.core.contest import EntryRule
from recado.core.draw import SEED_BYTES, commitment

log = structlog.get_logger(__name__)

AHEAD = timedelta(days=7)
"""So far ahead seeds are promised."""
AFTER_MIDNIGHT = timedelta(minutes=5)
LOOKED_BACK = timedelta(days=40)
"""What was missed for longer is drawn by hand."""


def work(now: datetime) -> None:
    """Promise the seeds of the next days, and draw the days that are over."""
    found = Contest.objects.filter(entry_rule=EntryRule.DAILY.value, closes_at__gt=now - LOOKED_BACK, account__is_suspended=False)
    for contest in found.select_related("account"):
        promise_days(contest, now)
        for one in due(contest, now):
            _draw(one, now)


def days_of_contest(contest: Contest) -> Iterator[date]:
    """Yield the days of a contest on the account's calendar."""
    zone = contest.account.zone
    day = timezone.localdate(contest.opens_at, zone)
    last = timezone.localdate(ends_at(contest) - timedelta(microseconds=1), zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


def promise_days(contest: Contest, now: datetime) -> None:
    """Promise a seed for each day of a contest until AHEAD from now, once."""
    horizon = timezone.localdate(now + AHEAD, contest.account.zone)
    wanted = [day.isoformat() for day in days_of_contest(contest) if day <= horizon]
    there = set(Draw.objects.filter(contest=contest, day__in=wanted[-400:]).values_list("day", flat=True))
    for day in wanted[-400:]:
        if day not in there:
            _promise(contest, day, now)


def due(contest: Contest, now: datetime) -> list[Draw]:
    """List the days that are over and not drawn, the first first."""
    last = timezone.localdate(ends_at(contest) - timedelta(microseconds=1), contest.account.zone).isoformat()
    found = Draw.objects.filter(contest=contest, drawn_at=None, day__gt="", day__lte=last).select_related("contest__account")
    found = found.order_by("day")
    return [one for one in found if over_at(contest, one.day) + AFTER_MIDNIGHT <= now]


def _promise(contest: Contest, day: str, now: datetime) -> None:
    seed = secrets.token_bytes(SEED_BYTES)
    content = {"seed": sealed(contest, day, seed), "seed_sha256": commitment(seed), "promised_at": now}
    try:
        with transaction.atomic():
            Draw.objects.create(account_id=contest.account_id, contest=contest, day=day, list_sha256="", entries="", **content)
    except IntegrityError:  # somebody else was quicker
        return


def _draw(found: Draw, now: datetime) -> None:
    try:
        if found.frozen_at is None:
            found = freeze(found.contest, now, found.day)
        draw_now(found, now)
    except DrawRefusedError as error:  # somebody drew it by hand meanwhile, or the seed is lost: the page of the contest says so
        log.warning("daily_draw_refused", contest_id=found.contest_id, day=found.day, reason=error.reason.value)
