"""Pausing a destination and resuming it: nothing that waits for it is lost, and everything goes on in the order it came.

What belongs here: the services. What does not: pausing by itself because nothing arrives (`core.pausing`, `store.destination_health`),
where jobs wait meanwhile (`store.parking`), telling people (`pause_notices`).
"""

from datetime import datetime

from django.db import transaction

from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Destination
from recado.apps.sql import lent_connection
from recado.core.pausing import PauseReason
from recado.store import holding, parking


@transaction.atomic
def pause(destination: Destination, now: datetime) -> bool:
    """Let everything for a destination wait until it is resumed; say whether it was not paused before."""
    changed = Destination.objects.filter(pk=destination.pk, paused_at=None).update(
        paused_at=now, pause_reason=PauseReason.BY_HAND, pause_told_at=now
    )
    destination.refresh_from_db()
    return bool(changed)


def resume(destination: Destination, now: datetime) -> int:
    """Make everything that waits for a destination due at once, in order; return how much waited.

    In several transactions, so that a long backlog does not hold up receiving; `free_left_behind` ends what a crash cut off.
    """
    Destination.objects.filter(pk=destination.pk).update(
        paused_at=None, pause_reason="", pause_told_at=None, failing_since=None, failed_attempts=0
    )
    destination.refresh_from_db()
    freed = _free(destination.pk, now)
    announce(Change("jobs", destination.account_id))
    return freed


def try_now(destination: Destination, now: datetime) -> int:
    """Make what waits for its next try due at once, in order; return how much that is. What waits for a paused destination goes on waiting.

    An endpoint that is left in peace for a moment because it was overloaded is tried once that is over, within a minute.
    """
    freed = 0 if destination.paused_at is not None else _free(destination.pk, now)
    announce(Change("jobs", destination.account_id))
    return freed


def free_left_behind(now: datetime) -> None:
    """Take out what is parked for destinations that are not paused, and forget what is noted of forwards that are gone."""
    forgotten = parking.left_behind(lent_connection())
    for destination_id in forgotten:
        _free(destination_id, now)
    if forgotten:
        announce(Change("jobs"))
    with transaction.atomic():
        holding.clean(lent_connection())


def _free(destination_id: int, now: datetime) -> int:
    freed = 0
    while True:
        with transaction.atomic():
            some = parking.take_out(lent_connection(), destination_id, now)
        freed += some
        if some < parking.AT_ONCE:
            return freed
