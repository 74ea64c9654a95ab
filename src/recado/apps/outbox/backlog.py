"""What waits in front of destinations, for who runs the installation: how much, behind what, and which retries come next.

What belongs here: bounded reads over all accounts. What does not: what was given up and giving it another chance (`dead_letters`), what a
customer sees of their own (`deliveries`). The condition on `state` is written out so that partial indexes are used.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from recado.apps.outbox.models import Destination, Job

PLACES_SHOWN = 20
RETRIES_SHOWN = 20
_OPEN = ["outbox_job.state IN ('waiting', 'claimed')"]


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for one destination that is paused or does not take it."""

    destination: Destination
    count: int
    oldest_at: datetime
    next_attempt_at: datetime
    last_error: str


def backlogs() -> list[Backlog]:
    """Return the destinations that are paused or failed lately and for which something waits, those with most first."""
    unwell = Q(destination__paused_at__isnull=False) | Q(attempt_count__gt=0)
    rows = _open().filter(destination__isnull=False).values("destination_id").filter(unwell)
    sums = rows.annotate(count=Count("pk"), oldest=Min("created_at"), next=Min("next_attempt_at"), last=Max("last_error"))
    grouped = list(sums.order_by("-count", "destination_id")[:PLACES_SHOWN])
    found = Destination.objects.select_related("account").in_bulk([row["destination_id"] for row in grouped])
    return [
        Backlog(found[row["destination_id"]], row["count"], row["oldest"], row["next"], row["last"])
        for row in grouped
        if row["destination_id"] in found
    ]


def retries() -> list[Job]:
    """Return jobs that failed and are tried again, those that come next first; what is parked behind a pause is none."""
    waiting = _open().filter(Q(destination=None) | Q(destination__paused_at=None), attempt_count__gt=0)
    return list(waiting.select_related("account", "destination", "outbound_message").order_by("next_attempt_at", "pk")[:RETRIES_SHOWN])


def _open() -> QuerySet[Job]:
    return Job.objects.extra(where=_OPEN)  # noqa: S610  # a constant
