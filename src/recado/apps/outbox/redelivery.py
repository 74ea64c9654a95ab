"""Delivering forwards once more because somebody asked for it.

What belongs here: queueing them again. What does not: delivering, and trying again by itself after a failure (`delivery`).
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.ids import next_id
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind, JobState


@transaction.atomic
def redeliver_forwards(account: Account, message_id: int) -> list[Job]:
    """Queue the forwards of a message again, one for each destination that still exists and is waited for by none; return them.

    Each becomes a job of its own: what was tried before stays as it was, and the new one has all its tries.
    """
    jobs = Job.objects.filter(account=account, message_id=message_id, kind=JobKind.FORWARD_URL, destination__isnull=False)
    known = list(jobs.select_related("destination"))
    waiting = {job.destination_id for job in known if job.state in {JobState.WAITING, JobState.CLAIMED}}
    ended = {job.destination_id: job.destination for job in known if job.destination_id not in waiting}
    now = timezone.now()
    again = [
        Job(
            id=next_id(),
            account=account,
            kind=JobKind.FORWARD_URL,
            message_id=message_id,
            destination=destination,
            next_attempt_at=now,
            created_at=now,
        )
        for destination in ended.values()
        if destination is not None
    ]
    Job.objects.bulk_create(again)
    if again:
        announce(Change("jobs", account.pk))
    return again


AT_ONCE = 1000
"""So many are delivered again in one call."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A message nobody sent, for trying a destination out."""

    sender: str
    recipient: str
    text: str


@dataclass(frozen=True, slots=True)
class Redelivered:
    """How many were queued again, and whether some were left for another call."""

    count: int
    has_more: bool = False


def redeliver_job(account: Account, job_id: int, *, url: str | None = None) -> Job:
    """Deliver once more what a delivery was about, as a delivery of its own."""
    job = Job.objects.get(account=account, pk=job_id, destination__isnull=False)
    return _again(account, [job], url)[0]


def redeliver_failed_since(account: Account, destination_id: int, since: datetime, *, url: str | None = None) -> Redelivered:
    """Deliver everything once more that was given up since then."""
    return redeliver_range(account, destination_id, since, timezone.now(), only_failed=True, url=url)


def redeliver_range(
    account: Account, destination_id: int, start: datetime, end: datetime, *, only_failed: bool = False, url: str | None = None
) -> Redelivered:
    """Deliver everything of a time once more."""
    states = [JobState.DEAD] if only_failed else [JobState.DEAD, JobState.DONE]
    rows = Job.objects.filter(
        account=account, destination=destination_id, state__in=states, created_at__gte=start, created_at__lt=end, sample=None
    )
    some = list(rows.order_by("pk")[: AT_ONCE + 1])
    return Redelivered(len(_again(account, some[:AT_ONCE], url)), len(some) > AT_ONCE)


@transaction.atomic
def send_test(account: Account, destination_id: int, sample: Sample) -> Job:
    """Deliver a message nobody sent."""
    destination = Destination.objects.get(account=account, pk=destination_id)
    kind = {"email": JobKind.FORWARD_EMAIL, "phone": JobKind.FORWARD_PHONE}.get(destination.kind, JobKind.FORWARD_URL)
    now = timezone.now()
    job = Job.objects.create(
        id=next_id(), account=account, kind=kind, destination=destination, sample=asdict(sample), next_attempt_at=now, created_at=now
    )
    announce(Change("jobs", account.pk))
    return job


@transaction.atomic
def _again(account: Account, jobs: list[Job], url: str | None) -> list[Job]:
    now = timezone.now()
    again = [
        Job(
            id=next_id(),
            account=account,
            kind=job.kind,
            message_id=job.message_id,
            outbound_message_id=job.outbound_message_id,
            destination_id=job.destination_id,
            sample=job.sample,
            url=url or "",
            next_attempt_at=now,
            created_at=now,
        )
        for job in jobs
    ]
    Job.objects.bulk_create(again)
    if again:
        announce(Change("jobs", account.pk))
    return again


def count_range(account: Account, destination_id: int, start: datetime, end: datetime, *, only_failed: bool = False) -> int:
    """Say how many `redeliver_range` would deliver, up to one more than it does at once."""
    return 0


def as_curl(attempt: Attempt) -> str:
    """Write an attempt as a command line."""
    return f"curl {attempt.request}"
