"""How the fate of an outgoing message is told to a program: the provider's words for states and reasons (provider-api.md §7, §8).

What belongs here: words. What does not: deciding on a fate (`fate`), calling an address (`delivery`), words for people (`panel`).
"""

from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason

STATE_WORDS: dict[OutboundState, str] = {
    OutboundState.DELIVERED: "DELIVRD",
    OutboundState.UNDELIVERED: "UNDELIV",
    OutboundState.UNSENT: "ERR",
}
"""What `#STAN#` says. Only an end is told: a message on its way, or perhaps taken, is told about once more is known."""

STATUS_WORDS: dict[OutboundState, str] = {
    OutboundState.QUEUED: "in_progress",
    OutboundState.UNCERTAIN: "in_progress",
    OutboundState.SENT: "sent",
    OutboundState.DELIVERED: "delivered",
    OutboundState.UNDELIVERED: "undelivered",
    OutboundState.UNSENT: "unsent",
}
"""What `status` of a report says; a message that waits for its time is SAVED instead."""
SAVED = "saved"
PENDING = "pending"
"""Asked for only: everything that has not ended."""

NEAREST_REASONS: dict[UnsentReason, UndeliveredReason] = {
    UnsentReason.CANCELLED: UndeliveredReason.LOCK_SEND,
    UnsentReason.STOPPED: UndeliveredReason.LOCK_SEND,
    UnsentReason.OPTED_OUT: UndeliveredReason.NUMBER_IS_BLACKLISTED,
    UnsentReason.NO_POOL_NUMBER: UndeliveredReason.LIMIT_EXHAUSTED,
    UnsentReason.TOO_LATE: UndeliveredReason.MESSAGE_EXPIRED,
    UnsentReason.NO_CREDIT: UndeliveredReason.LIMIT_EXHAUSTED,
}
"""Which of the provider's words comes nearest to one of ours."""
_NEAREST: dict[str, str] = {ours.value: theirs.value for ours, theirs in NEAREST_REASONS.items()}


def provider_reason(reason: str) -> str:
    """Return a stored reason as the provider's word; empty for none."""
    return _NEAREST.get(reason, reason)
