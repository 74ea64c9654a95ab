"""Delivering many forwards once more by one order of a person or a program: how many that would be, and doing it.

What belongs here: the portions of one order, and its bound. What does not: queueing a portion (`redelivery`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.outbox.deliveries import DeliveryFilter, deliveries
from recado.apps.outbox.models import Destination, JobState
from recado.apps.outbox.redelivery import AT_ONCE, Redelivered, redeliver_range

ROUNDS = 10
MOST = ROUNDS * AT_ONCE
"""So many are delivered once more by one order."""
CALLED = {Destination.Kind.URL, Destination.Kind.WEBHOOK, Destination.Kind.RECEIPTS}
"""Kinds that are called over HTTP: what they get can be sent to another address, and by hand."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which deliveries, and where to instead of where they were meant to go."""

    since: datetime
    until: datetime
    only_failed: bool
    url: str | None = None
    to: Destination | None = None
    after: int | None = None
    """The last delivery that a former order made once more: go on behind it."""


def count(account: Account, destination: Destination, order: Order) -> int:
    """Say how many deliveries are asked for, up to one more than is done at once."""
    states = [JobState.DEAD] if order.only_failed else [JobState.DEAD, JobState.DONE]
    wanted = deliveries(account, DeliveryFilter(destination.pk, since=order.since, until=order.until))
    if order.to is not None:
        wanted = wanted.filter(message_id__isnull=False)
    if order.after is not None:
        wanted = wanted.filter(pk__gt=order.after)
    return wanted.filter(state__in=states, sample__isnull=True)[: MOST + 1].count()


@transaction.atomic
def redeliver_many(account: Account, destination: Destination, order: Order) -> Redelivered:
    """Deliver once more, some after the other; say how many, and whether there are more than one order may have."""
    total, after = 0, order.after
    for _round in range(ROUNDS):
        done = redeliver_range(
            account, destination.pk, order.since, order.until, only_failed=order.only_failed, url=order.url, to=order.to, after=after
        )
        total, after = total + done.count, done.last_id
        if not done.has_more:
            break
    return Redelivered(total, done.has_more, after)
