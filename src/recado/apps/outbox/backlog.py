"""What waits in front of destinations, for who runs the installation: how much, behind what, and which retries come next.

What belongs here: reads over all accounts, which touch an index alone where they count, because very much can wait. What does not: what
was given up and giving it another chance (`dead_letters`), what a customer sees of their own (`deliveries`). The conditions on `state`
and `attempt_count` are written out so that partial indexes are used.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from recado.apps.outbox.models import Destination, Job, JobKind, JobState
from recado.store.parking import PARKED

CEILING = 1000
LATE = timedelta(minutes=15)
PLACES_SHOWN = 20
RETRIES_SHOWN = 20
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN = ["outbox_job.state IN ('waiting', 'claimed')"]
_RETRIED = [*_OPEN, "outbox_job.attempt_count > 0"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Jobs of a kind that wait."""

    kind: JobKind
    count: int
    oldest_at: datetime
    """When the oldest of them was written."""
    retried_count: int
    """How many of them failed before."""


@dataclass(frozen=True, slots=True)
class FailingDestination:
    """A place that did not take what was forwarded to it, and for which jobs wait."""

    destination: Destination
    count: int
    next_attempt_at: datetime
    last_error: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for one destination that is paused or does not take it."""

    destination: Destination
    count: int
    oldest_at: datetime
    next_attempt_at: datetime
    last_error: str


class _Sum(NamedTuple):
    """What an index knows of the jobs of one destination."""

    job_count: int
    first_id: int
    last_id: int
    next_attempt_at: datetime


def waiting_jobs() -> list[Waiting]:
    """Return by kind how many jobs wait, and since when."""
    rows = list(_open().values("kind").annotate(count=Count("pk"), first=Min("pk")).order_by("kind"))
    began = dict(Job.objects.filter(pk__in=[row["first"] for row in rows]).values_list("pk", "created_at"))
    retried = dict(_retried().values_list("kind").annotate(count=Count("pk")))
    known = [row for row in rows if row["first"] in began]
    return [Waiting(JobKind(row["kind"]), row["count"], began[row["first"]], retried.get(row["kind"], 0)) for row in known]


def failing_destinations() -> list[FailingDestination]:
    """Return the places that have not taken what waits for them, those with most waiting first."""
    return [
        FailingDestination(one.destination, one.count, one.next_attempt_at, one.last_error) for one in _shown(_sums(_retried()).items())
    ]


def backlogs() -> list[Backlog]:
    """Return the destinations that are paused or failed lately and for which something waits, those with most first."""
    paused = list(Destination.objects.filter(paused_at__isnull=False).values_list("pk", flat=True))
    failed = _sums(_retried())
    return _shown((failed | _sums(_open().filter(destination__in=paused))).items(), failed)


def retries() -> list[Job]:
    """Return jobs that failed and are tried again, those that come next first; what is parked behind a pause is none."""
    waiting = _retried().filter(Q(destination=None) | Q(destination__paused_at=None), next_attempt_at__lt=PARKED)
    return list(waiting.select_related("account", "destination", "outbound_message").order_by("next_attempt_at", "pk")[:RETRIES_SHOWN])


def late_count(now: datetime) -> int:
    """Count jobs that should have been tried a while ago, or whose worker no longer says that it lives; up to a ceiling."""
    is_free = Q(state=JobState.WAITING) | Q(claimed_until__lt=now)
    # Both flags and all kinds are named so that the index tells at once that nothing is late.
    late = _open().filter(is_bulk__in=(False, True), kind__in=JobKind.values, next_attempt_at__lt=now - LATE)
    return late.filter(is_free)[:CEILING].count()


def _sums(jobs: QuerySet[Job]) -> dict[int, _Sum]:
    rows = jobs.values_list("destination_id").annotate(Count("pk"), Min("pk"), Max("pk"), Min("next_attempt_at"))
    # Texts have no destination. Asking the database to leave them out would make SQLite take another index.
    return {key: _Sum(*row) for key, *row in rows if key is not None}


def _shown(sums: Iterable[tuple[int, _Sum]], failed: dict[int, _Sum] | None = None) -> list[Backlog]:
    """Complete the sums of those destinations for which most waits; the error is that of the latest job of each that `failed`."""
    most = dict(sorted(sums, key=lambda one: (-one[1].job_count, one[0]))[:PLACES_SHOWN])
    last = {key: (failed or most)[key].last_id for key in most if key in (failed or most)}
    jobs = _told([*last.values(), *(one.first_id for one in most.values())])
    found = Destination.objects.select_related("account").in_bulk(list(most))
    return [
        Backlog(found[key], one.job_count, jobs[one.first_id][0], one.next_attempt_at, jobs.get(last.get(key, 0), (None, ""))[1])
        for key, one in most.items()
        if key in found and one.first_id in jobs
    ]


def _told(job_ids: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """Return of jobs when they were written and what was said last."""
    return {key: (at, error) for key, at, error in Job.objects.filter(pk__in=job_ids).values_list("pk", "created_at", "last_error")}


def _open() -> QuerySet[Job]:
    return Job.objects.extra(where=_OPEN)  # noqa: S610  # a constant


def _retried() -> QuerySet[Job]:
    """Return jobs that failed and are not over, by the index job_retried: SQLite needs the moment, which is always true, to see that."""
    return Job.objects.extra(where=_RETRIED).filter(next_attempt_at__gt=_EVER)  # noqa: S610  # a constant
