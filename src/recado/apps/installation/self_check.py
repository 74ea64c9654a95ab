"""The nightly recount of the books: everything kept as a sum is counted anew, and a difference is an alarm.

What belongs here: what is recounted, when, how far back, and writing down what was found. What does not: the comparing queries
(`store.recount`), the words of the alarm (`panel.operator.problem_words`), who calls it (`server.upkeep`, `recado doctor --books`).

Nothing is ever repaired here: a sum that is wrong has a cause, and a silent repair would hide it. The statistics alone are made anew where
they are wrong, because they can be, and it is said all the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from recado.apps.billing.models import CheckResult
from recado.apps.ids import first_id_at
from recado.apps.sql import lent_connection
from recado.apps.statistics import checking
from recado.store.recount import BY_TIME, SUBJECTS, Difference, recount

log = structlog.get_logger(__name__)

HOUR = 2
"""When the recount begins, in UTC, the installation's time: three or four in the morning in Poland."""
LOOKED_BACK = timedelta(days=3)
"""How far back the night looks where rows have their time in their ids; a recount that somebody asks for looks at all."""
KEPT_DIFFERENCES = 20
STATISTICS = "statistics"
ALL_SUBJECTS = (*SUBJECTS, STATISTICS)


@dataclass(slots=True)
class Found:
    """What the recount of one subject came to."""

    subject: str
    count: int = 0
    difference_count: int = 0
    differences: list[Difference] = field(default_factory=list)
    """The first of them."""

    def add(self, differences: list[Difference], count: int) -> None:
        """Add a portion."""
        self.count += count
        self.difference_count += len(differences)
        self.differences += differences[: KEPT_DIFFERENCES - len(self.differences)]


def check_if_due(now: datetime) -> bool:
    """Recount once a night, after HOUR; return whether this call did."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    begins = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if begins > local:
        begins -= timedelta(days=1)
    if CheckResult.objects.filter(checked_at__gte=begins).count() >= len(ALL_SUBJECTS):
        return False
    for _found in check(now, since=now - LOOKED_BACK):
        pass
    return True


def check(now: datetime, since: datetime | None = None, *, is_cancelled: Callable[[], bool] = lambda: False) -> Iterator[Found]:
    """Recount one subject after the other and write down what was found; `since` a moment only, where rows have a time."""
    CheckResult.objects.exclude(subject__in=ALL_SUBJECTS).delete()  # of an earlier version
    for subject in ALL_SUBJECTS:
        if is_cancelled():
            return
        found = _statistics(now, is_night=since is not None) if subject == STATISTICS else _recounted(subject, since)
        _write_down(found, now)
        yield found


def results() -> list[CheckResult]:
    """Return what was found last, by subject."""
    return list(CheckResult.objects.order_by("subject"))


def _recounted(subject: str, since: datetime | None) -> Found:
    found = Found(subject)
    after: int | None = first_id_at(since) if since is not None and subject in BY_TIME else 0
    while after is not None:
        portion = recount(lent_connection(), subject, after)
        found.add(portion.differences, portion.looked_at)
        after = portion.last_id
    return found


def _statistics(now: datetime, *, is_night: bool) -> Found:
    """Compare the statistics with the log: at night a portion of days, with the remedy, else all of them."""
    found = Found(STATISTICS)
    for day in checking.check(now, everything=not is_night):
        is_fault = day.is_different and not day.is_late
        found.add([Difference(day.account_id, day.stored, day.counted)] if is_fault else [], 1)
        if day.is_different and is_night:
            checking.mend(day)
    return found


def _write_down(found: Found, now: datetime) -> None:
    kept = [one._asdict() for one in found.differences]
    CheckResult.objects.update_or_create(
        subject=found.subject,
        defaults={"checked_at": now, "checked_count": found.count, "difference_count": found.difference_count, "differences": kept},
    )
    if found.difference_count:
        log.error("books_differ", subject=found.subject, count=found.difference_count, first=kept[:3])
