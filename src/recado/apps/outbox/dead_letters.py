"""Jobs as who runs the installation sees them: what waits, what was given up, and giving it another chance.

What belongs here: bounded reads over all accounts, and redelivery. What does not: what a customer sees of their own forwards (`queries`),
working jobs off (`delivery`). The conditions on `state` are written out so that partial indexes are used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.apps.audit.services import record
from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind, JobState
from recado.apps.outbox.texts_again import ready_again

AT_ONCE = 500
"""So many jobs are given another chance in one transaction."""
CEILING = 1000
DESTINATIONS_SHOWN = 20
LATE = timedelta(minutes=15)
_OPEN = ["outbox_job.state IN ('waiting', 'claimed')"]
_TOLD = (JobKind.FORWARD_URL, JobKind.FORWARD_EMAIL, JobKind.FORWARD_PHONE, JobKind.PUSH_RECEIPT)
_DEAD = ["outbox_job.state = 'dead'"]


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
class DeadFilter:
    """Which of the jobs that were given up."""

    kind: str = ""
    destination_id: int | None = None
    account_id: int | None = None

    def as_query(self) -> dict[str, str | int]:
        """Return what is set, as an address carries it."""
        given: dict[str, str | int | None] = {"kind": self.kind, "destination": self.destination_id, "account": self.account_id}
        return {name: value for name, value in given.items() if value}


def waiting_jobs() -> list[Waiting]:
    """Return by kind how many jobs wait, and since when."""
    rows = _open().values("kind").annotate(count=Count("pk"), oldest=Min("created_at"), retried=Count("pk", filter=Q(attempt_count__gt=0)))
    return [Waiting(JobKind(row["kind"]), row["count"], row["oldest"], row["retried"]) for row in rows.order_by("kind")]


def failing_destinations() -> list[FailingDestination]:
    """Return the places that have not taken what waits for them, those with most waiting first."""
    rows = _open().filter(kind__in=_TOLD, attempt_count__gt=0, destination__isnull=False).values("destination_id")
    grouped = list(
        rows.annotate(count=Count("pk"), next=Min("next_attempt_at"), last=Min("last_error")).order_by("-count")[:DESTINATIONS_SHOWN]
    )
    found = Destination.objects.select_related("account").in_bulk([row["destination_id"] for row in grouped])
    return [
        FailingDestination(found[row["destination_id"]], row["count"], row["next"], row["last"])
        for row in grouped
        if row["destination_id"] in found
    ]


def given_up() -> QuerySet[Job]:
    """Return all jobs that were given up."""
    return Job.objects.extra(where=_DEAD)  # noqa: S610  # a constant


def dead_jobs(wanted: DeadFilter) -> QuerySet[Job]:
    """Return the jobs that were given up, to be cut into pages by key."""
    return _dead(wanted).select_related("account", "destination", "outbound_message")


def dead_count(wanted: DeadFilter | None = None) -> int:
    """Count jobs that were given up, up to a ceiling."""
    return _dead(wanted or DeadFilter())[:CEILING].count()


def late_count(now: datetime) -> int:
    """Count jobs that should have been tried a while ago, or whose worker no longer says that it lives; up to a ceiling."""
    is_free = Q(state=JobState.WAITING) | Q(claimed_until__lt=now)
    return _open().filter(is_free, next_attempt_at__lt=now - LATE)[:CEILING].count()


def get_job(job_id: int) -> Job:
    """Return a job with all its attempts; for the installation's staff."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    return Job.objects.select_related("account", "destination", "outbound_message").prefetch_related(attempts).get(pk=job_id)


@transaction.atomic
def redeliver(user: User, jobs: Iterable[Job]) -> int:
    """Give jobs that were given up another chance, with a full set of attempts; return how many were.

    Texts are left alone that must not leave again, or that their account cannot pay for (`texts_again`).
    """
    dead = Job.objects.select_for_update(of=("self",)).select_related("account", "outbound_message")
    found = list(dead.filter(pk__in=[job.pk for job in jobs], state=JobState.DEAD).order_by("pk"))
    now = timezone.now()
    ready = ready_again([job.outbound_message_id for job in found if job.kind == JobKind.SUBMIT and job.outbound_message_id], now)
    chosen = [job for job in found if job.kind != JobKind.SUBMIT or job.outbound_message_id in ready]
    Job.objects.filter(pk__in=[job.pk for job in chosen]).update(
        state=JobState.WAITING, attempt_count=0, next_attempt_at=now, claimed_until=None, finished_at=None
    )
    _tell(user, chosen)
    return len(chosen)


def redeliver_all(user: User, wanted: DeadFilter) -> int:
    """Give the jobs of a filter another chance, a bounded number at once; return how many were."""
    return redeliver(user, list(_dead(wanted).order_by("pk")[:AT_ONCE]))


def _tell(user: User, jobs: list[Job]) -> None:
    """Wake delivery, show the texts as queued again, and note it in each account; of the installation's own jobs, in its log."""
    for account in dict.fromkeys(job.account for job in jobs):
        account_id = account.pk if account is not None else None
        count = sum(job.account_id == account_id for job in jobs)
        announce(Change("jobs", account_id))
        record(account, user, "jobs.redelivered", after={"jobs": count}, is_operator=True)
    for job in jobs:
        if job.kind == JobKind.SUBMIT and job.outbound_message is not None and job.outbound_message.dialogue_id:
            announce(Change("outbound", job.account_id, job.outbound_message.dialogue_id))


def _open() -> QuerySet[Job]:
    return Job.objects.extra(where=_OPEN)  # noqa: S610  # a constant


def _dead(wanted: DeadFilter) -> QuerySet[Job]:
    given = {"kind": wanted.kind, "destination_id": wanted.destination_id, "account_id": wanted.account_id}
    return given_up().filter(**{name: value for name, value in given.items() if value})
