"""What is to be done about one message of a campaign when its turn comes: hand it to the workers, keep it for later, or never send it.

Pure and told the time (product.md §9, §4). How many may leave belongs to `throttle`, what counts as unwanted to whoever reads opt-outs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from recado.core.quiet import QuietHours, next_allowed
from recado.core.receipt import UnsentReason


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that was not given to the workers yet."""

    scheduled_at: datetime | None = None
    """Not to be handed over before."""
    valid_until: datetime | None = None
    is_unwanted: bool = False
    """Whether the person opted out or was blocked since it was written."""


def due(message: Waiting, now: datetime, quiet: QuietHours | None, zones: Sequence[tzinfo]) -> datetime | UnsentReason:
    """Say when a message may leave, now or later, or why it never will."""
    if message.is_unwanted:
        return UnsentReason.OPTED_OUT
    earliest = max(now, message.scheduled_at) if message.scheduled_at else now
    allowed = next_allowed(earliest, quiet, zones)
    if message.valid_until is not None and allowed >= message.valid_until:
        return UnsentReason.TOO_LATE
    return allowed
