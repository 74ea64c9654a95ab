"""What went out and did not arrive: destinations that fail now, replies that were not delivered.

What belongs here: what the start page asks, from the newest rows only. What does not: trying again (`delivery`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_of
from recado.apps.outbox.models import Attempt, Destination, Job, JobKind, JobState, OutboundMessage
from recado.core.receipt import OutboundState

DESTINATIONS = 20
LOOKED_AT = 100
"""So many of a destination's newest forwards say how it is."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A destination that does not take what is forwarded to it."""

    destination: Destination
    since: datetime
    status: int | None
    """What it answered last; None where it did not answer."""
    waiting: int
    given_up: int
    next_attempt_at: datetime | None
    message_id: int | None
    """A message that is waiting or given up, to look at."""


def failing_forwards(account: Account) -> list[Failing]:
    """Return the destinations whose newest attempts failed."""
    destinations = Destination.objects.filter(account=account).order_by("id")[:DESTINATIONS]
    return [failing for destination in destinations if (failing := _failing(destination))]


def undelivered_since(account: Account, moment: datetime) -> int:
    """Count the account's real messages since a moment that did not reach their phones."""
    sent = OutboundMessage.objects.filter(account=account, id__gte=first_id_of(moment), is_test=False)
    return sent.filter(state=OutboundState.UNDELIVERED.value).count()


def _failing(destination: Destination) -> Failing | None:
    newest = list(Job.objects.filter(destination=destination, kind=JobKind.FORWARD_URL).order_by("-id")[:LOOKED_AT])
    failed = list(takewhile(lambda job: job.state != JobState.DONE, (job for job in newest if job.attempt_count)))
    if not failed:
        return None
    waiting = [job for job in newest if job.state in {JobState.WAITING, JobState.CLAIMED}]
    last = Attempt.objects.filter(job=failed[0]).order_by("-position").first()
    return Failing(
        destination,
        _since(failed),
        last.response_status if last else None,
        len(waiting),
        sum(job.state == JobState.DEAD for job in failed),
        min((job.next_attempt_at for job in waiting), default=None),
        failed[0].message_id,
    )


def _since(failed: Sequence[Job]) -> datetime:
    return min(job.created_at for job in failed)
