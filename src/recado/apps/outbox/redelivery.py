"""Delivering forwards once more because somebody asked for it, to the same place or another, and trying a destination out.

What belongs here: queueing jobs, a bounded number at once. What does not: delivering, and trying again by itself after a failure
(`delivery`); jobs that were given up, for who runs the installation (`dead_letters`). What was tried before stays as it was: each delivery
is a job of its own with all its tries, and the id of the message never changes.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.ids import first_id_at, next_id
from recado.apps.outbox.destinations import FORWARD_KINDS, check_url
from recado.apps.outbox.models import Destination, Job, JobKind, JobState

AT_ONCE = 500
"""So many deliveries are queued by one call."""
KINDS = {
    Destination.Kind.URL: JobKind.FORWARD_URL,
    Destination.Kind.WEBHOOK: JobKind.FORWARD_URL,
    Destination.Kind.EMAIL: JobKind.FORWARD_EMAIL,
    Destination.Kind.PHONE: JobKind.FORWARD_PHONE,
    Destination.Kind.RECEIPTS: JobKind.PUSH_RECEIPT,
}
_OPEN = (JobState.WAITING, JobState.CLAIMED)


@dataclass(frozen=True, slots=True)
class SampleMms:
    """What makes a sample an MMS: a subject and one file, whose bytes are kept (`store.mms_told.told_sample` reads it)."""

    subject: str
    name: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A message that nobody sent, for trying a destination out. Phones in digits."""

    sender: str
    recipient: str
    text: str
    mms: SampleMms | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as the job keeps it."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Redelivered:
    """What a call queued."""

    count: int
    has_more: bool
    """Whether there were more than one call takes; `last_id` says where to go on."""
    last_id: int | None = None
    """The last job that was delivered again; give it as `after` to the next call."""


class NotRedeliverableError(ValueError):
    """It cannot be delivered to the other place: it is a delivery report, or the place takes no messages, is off, or another account's."""


class StillWaitingError(ValueError):
    """What is to be delivered again is not over yet: it waits for its next try, or is under way."""


@transaction.atomic
def redeliver_forwards(account: Account, message_id: int) -> list[Job]:
    """Queue the forwards of a message again, one for each destination that still exists and is waited for by none; return them."""
    jobs = Job.objects.filter(account=account, message_id=message_id, kind=JobKind.FORWARD_URL, destination__isnull=False)
    known = [job for job in jobs.select_related("destination") if job.destination is not None]
    waiting = {job.destination_id for job in known if job.state in _OPEN}
    last = {job.destination_id: job for job in known if job.destination_id not in waiting}
    return _queue(account, last.values())


def redeliver_job(account: Account, job_id: int, *, url: str | None = None, to: Destination | None = None) -> Job:
    """Deliver once more what a job delivered or gave up; raise Job.DoesNotExist for other accounts, StillWaitingError while it is open.

    With `url`, to that address instead of the destination's, also while the job is open; raises DestinationUrlError. With `to`, to another
    destination of the account, also while the job is open; raises NotRedeliverableError.
    """
    address = check_url(url) if url else ""
    check_other(account, to)
    with transaction.atomic():
        job = _told(account).get(pk=job_id)
        if job.state not in (JobState.DONE, JobState.DEAD) and not address and to is None:
            raise StillWaitingError(job_id)
        if to is not None and job.message_id is None:
            raise NotRedeliverableError(job_id)
        return _queue(account, [job], address, to)[0]


def redeliver_failed_since(
    account: Account, destination_id: int, since: datetime, *, url: str | None = None, after: int | None = None
) -> Redelivered:
    """Deliver once more all that was given up since a moment, oldest first; what got through later is left alone."""
    failed = _of(account, destination_id).filter(pk__gte=first_id_at(since), state=JobState.DEAD)
    return _redeliver(account, failed, url, after, skips_done=True)


def redeliver_range(
    account: Account,
    destination_id: int,
    start: datetime,
    end: datetime,
    *,
    only_failed: bool = False,
    url: str | None = None,
    to: Destination | None = None,
    after: int | None = None,
) -> Redelivered:
    """Deliver once more what was to be delivered from `start` on and before `end`; with `only_failed`, what was given up of it.

    `url` and `to` as for one delivery; what is no message is left out with `to`.
    """
    check_other(account, to)
    within = _of(account, destination_id).filter(pk__gte=first_id_at(start), pk__lt=first_id_at(end))
    wanted = within.filter(state__in=(JobState.DEAD,) if only_failed else (JobState.DONE, JobState.DEAD))
    if to is not None:
        wanted = wanted.filter(message_id__isnull=False)
    return _redeliver(account, wanted, url, after, skips_done=only_failed, to=to)


@transaction.atomic
def send_test(account: Account, destination_id: int, sample: Sample) -> Job:
    """Queue a test of a destination, before all others; raise Destination.DoesNotExist for those of other accounts.

    It is tried once, also where the destination is paused or switched off, and says nothing about how the destination is doing.
    """
    destination = Destination.objects.get(account=account, pk=destination_id)
    now = timezone.now()
    kind = KINDS[Destination.Kind(destination.kind)]
    job = Job.objects.create(
        id=next_id(), account=account, kind=kind, destination=destination, sample=sample.as_data(), next_attempt_at=now, created_at=now
    )
    announce(Change("jobs", account.pk))
    return job


def check_other(account: Account, to: Destination | None) -> None:
    """Raise NotRedeliverableError where messages cannot be delivered to another destination at all."""
    is_possible = to is None or (to.account_id == account.pk and to.kind in FORWARD_KINDS and to.is_enabled and to.removed_at is None)
    if not is_possible:
        raise NotRedeliverableError(to)


def _told(account: Account) -> QuerySet[Job]:
    return Job.objects.filter(account=account, destination__isnull=False, sample__isnull=True)


def _of(account: Account, destination_id: int) -> QuerySet[Job]:
    return _told(account).filter(destination__account=account, destination_id=destination_id)


def _redeliver(
    account: Account, wanted: QuerySet[Job], url: str | None, after: int | None, *, skips_done: bool, to: Destination | None = None
) -> Redelivered:
    address = check_url(url) if url else ""
    if after is not None:
        wanted = wanted.filter(pk__gt=after)
    with transaction.atomic():
        found = list(wanted.order_by("pk")[: AT_ONCE + 1])
        some = found[:AT_ONCE]
        queued = _queue(account, _once_each(some, skips_done=skips_done and not address and to is None), address, to)
    return Redelivered(len(queued), len(found) > AT_ONCE, some[-1].pk if some else None)


def _once_each(jobs: Iterable[Job], *, skips_done: bool) -> list[Job]:
    """Leave one job of each message, and none whose message a later job delivers or delivered: nobody wants it twice."""
    last = {(job.destination_id, job.message_id, job.outbound_message_id): job for job in jobs}
    if not skips_done or not last:
        return list(last.values())
    to = {job.destination_id for job in last.values()}
    by_message = Job.objects.filter(destination__in=to, message_id__in=[job.message_id for job in last.values() if job.message_id])
    reports = [job.outbound_message_id for job in last.values() if job.message_id is None and job.outbound_message_id]
    later = [*by_message, *Job.objects.filter(destination__in=to, message_id=None, outbound_message__in=reports)]
    settled = {
        (job.destination_id, job.message_id, job.outbound_message_id)
        for job in later
        if job.state != JobState.DEAD and not job.url and job.sample is None
    }
    return [job for key, job in last.items() if key not in settled]


def _queue(account: Account, jobs: Iterable[Job], url: str = "", to: Destination | None = None) -> list[Job]:
    now = timezone.now()
    again = [
        Job(
            id=next_id(),
            account=account,
            kind=KINDS[Destination.Kind(to.kind)] if to else job.kind,
            message_id=job.message_id,
            outbound_message_id=None if to else job.outbound_message_id,
            destination_id=to.pk if to else job.destination_id,
            url=url,
            next_attempt_at=now,
            created_at=now,
        )
        for job in jobs
    ]
    Job.objects.bulk_create(again)
    if again:
        announce(Change("jobs", account.pk))
    return again
