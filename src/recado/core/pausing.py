"""When a destination is paused because nothing arrives there any more (product.md §7).

Only the decision. Writing it down belongs to `store.destination_health`, telling people to `apps.outbox.pause_notices`, pausing by hand
and resuming to `apps.outbox.pausing`.
"""

from datetime import datetime, timedelta
from enum import StrEnum

FAILING_FOR = timedelta(hours=24)
"""How long nothing may arrive before a destination is paused."""
FAILED_ATTEMPTS = 10
"""How many attempts must have failed in that time: a shop that gets two texts a day is not paused for one bad night."""


class PauseReason(StrEnum):
    """Why a destination is paused."""

    FAILING = "failing"
    """Nothing arrived for `FAILING_FOR`."""
    GONE = "gone"
    """It answered HTTP 410: the address is gone for good."""
    MAILBOX = "mailbox"
    """The mailbox takes no mail: it is unknown, moved or switched off."""
    BY_HAND = "by_hand"
    """Somebody paused it."""


def due_pause(failing_since: datetime | None, failed_attempts: int, now: datetime, *, is_gone: bool = False) -> PauseReason | None:
    """Say why a destination is to be paused now; None to go on.

    `failed_attempts` are those since `failing_since`, with no success among them.
    """
    if is_gone:
        return PauseReason.GONE
    if failing_since is None or failed_attempts < FAILED_ATTEMPTS or now - failing_since < FAILING_FOR:
        return None
    return PauseReason.FAILING
