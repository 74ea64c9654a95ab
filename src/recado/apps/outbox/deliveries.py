"""Deliveries of an account: what went to a destination, what became of each, and how its destinations fare.

What belongs here: bounded reads. What does not: queueing anything again (`redelivery`), what the operator sees of all accounts
(`dead_letters`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Attempt, Job, JobState

STATES: Mapping[str, tuple[str, ...]] = {
    "delivered": (JobState.DONE,),
    "waiting": (JobState.WAITING, JobState.CLAIMED),
    "given_up": (JobState.DEAD,),
}
LATELY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries; what is None or empty narrows nothing."""

    destination_id: int | None = None
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How a destination fared within the last day."""

    done: int = 0
    failed: int = 0
    waiting: int = 0
    median_ms: int | None = None


def deliveries(account: Account, wanted: DeliveryFilter) -> QuerySet[Job]:
    """Return deliveries, to be cut into pages by key."""
    rows = Job.objects.filter(account=account, destination__isnull=False).select_related("destination", "outbound_message")
    if wanted.destination_id is not None:
        rows = rows.filter(destination=wanted.destination_id)
    if wanted.state:
        rows = rows.filter(state__in=STATES[wanted.state])
    if wanted.since:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(created_at__lt=wanted.until)
    if wanted.phone:
        rows = rows.extra(
            where=["outbox_job.message_id IN (SELECT m.id FROM inbox_message m WHERE m.sender = %s)"], params=[wanted.phone]
        )  # bound
    return rows


def get_delivery_for(account: Account, job_id: int) -> Job:
    """Return a delivery with its attempts; raise Job.DoesNotExist where it is not the account's."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    return (
        Job.objects.filter(destination__isnull=False)
        .select_related("destination", "outbound_message")
        .prefetch_related(attempts)
        .get(account=account, pk=job_id)
    )


def health(account: Account, now: datetime) -> Mapping[int, Health]:
    """Return by destination how it fares."""
    rows = Job.objects.filter(account=account, destination__isnull=False, created_at__gte=now - LATELY).values("destination_id")
    counted = rows.annotate(
        done=Count("pk", filter=Q(state=JobState.DONE)),
        failed=Count("pk", filter=Q(state=JobState.DEAD)),
        waiting=Count("pk", filter=Q(state__in=[JobState.WAITING, JobState.CLAIMED])),
    )
    return {row["destination_id"]: Health(row["done"], row["failed"], row["waiting"]) for row in counted}


def last_attempts(jobs: Sequence[Job]) -> dict[int, Attempt]:
    """Return the last attempt of each delivery that was tried, without what was said."""
    attempts = Attempt.objects.filter(job__in=[job.pk for job in jobs]).defer("request", "response_headers", "response_body")
    return {attempt.job_id: attempt for attempt in attempts.order_by("id")}
