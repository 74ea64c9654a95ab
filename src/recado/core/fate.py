"""What receipts make of a message: which report about a segment counts, and what the segments mean for the whole.

Reports come late, twice and in any order, so what counts is decided by what they say and never by when they came: once delivered is
delivered for good, undelivered may still be corrected, and among several reasons the one that says most stays. What a carrier's words mean
belongs to `carriers`, rows to `store.outbox` and `store.fates`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from recado.core.receipt import OutboundState, UndeliveredReason

CORRECTED_BY: dict[OutboundState, frozenset[OutboundState]] = {
    OutboundState.QUEUED: frozenset({OutboundState.DELIVERED, OutboundState.UNDELIVERED}),
    OutboundState.SENT: frozenset({OutboundState.DELIVERED, OutboundState.UNDELIVERED}),
    OutboundState.UNCERTAIN: frozenset({OutboundState.DELIVERED, OutboundState.UNDELIVERED}),
    OutboundState.UNDELIVERED: frozenset({OutboundState.DELIVERED}),
    OutboundState.DELIVERED: frozenset(),
    OutboundState.UNSENT: frozenset(),
}
"""Which reports still count in which state. Some centres give a message up and deliver it all the same; none takes one back."""

CORRECTED_WITHIN = timedelta(hours=72)
"""So long after its last report a segment may be corrected; later ones are about another message with the same id."""
_VAGUE = (UndeliveredReason.OTHER_ERROR, UndeliveredReason.MESSAGE_REJECTED, UndeliveredReason.OPERATOR_ERROR)
_SPECIFIC = tuple(reason for reason in UndeliveredReason if reason not in _VAGUE)
_TELLS: dict[str, int] = {"": -1} | {reason.value: rank for rank, reason in enumerate((*_VAGUE, *_SPECIFIC))}
"""How much a reason tells; of two, the greater one is kept."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a message or a segment is, and why."""

    state: OutboundState
    reason: str = ""
    """A word of `UndeliveredReason` or `UnsentReason`; empty unless it failed."""
    error: str = ""
    """In the carrier's own word."""

    def counts_after(self, earlier: "Fate") -> bool:
        """Say whether this report changes what an earlier one said."""
        if self.state is earlier.state is OutboundState.UNDELIVERED:
            return self.weight > earlier.weight
        return self.state in CORRECTED_BY[earlier.state]

    @property
    def weight(self) -> tuple[int, str]:
        """How much it says about why a message failed."""
        return _TELLS.get(self.reason, 0), self.error


ON_ITS_WAY = Fate(OutboundState.SENT)


def of_message(now: Fate, expected: int, segments: Sequence[Fate], *, is_corrected: bool) -> Fate | None:
    """Say what a message becomes by what is known of its segments; None where nothing changes.

    One segment undelivered is enough, delivered takes all that are `expected`. What ended when it was handed over comes back only by a
    correction (`is_corrected`: a segment was undelivered before and is not any more).
    """
    if not CORRECTED_BY[now.state]:
        return None
    lost = [one for one in segments if one.state is OutboundState.UNDELIVERED]
    is_whole = len(segments) >= expected
    found: Fate | None = None
    if lost:
        worst = max(lost, key=lambda one: one.weight)
        found = worst if is_whole or now.state is not OutboundState.UNDELIVERED else None
    elif now.state is not OutboundState.UNDELIVERED or (is_corrected and is_whole):
        is_delivered = is_whole and all(one.state is OutboundState.DELIVERED for one in segments)
        found = Fate(OutboundState.DELIVERED) if is_delivered else ON_ITS_WAY if now.state is OutboundState.UNDELIVERED else None
    return found if found != now else None
