"""What becomes of an outgoing message, as small numbers for keys.

What belongs here: the numbers, which never change. What does not: what states and reasons mean (`core.receipt`).
"""

from recado.core.receipt import OutboundState, UndeliveredReason, UnsentReason

_STATES = {
    OutboundState.QUEUED: 1,
    OutboundState.SENT: 2,
    OutboundState.UNCERTAIN: 3,
    OutboundState.DELIVERED: 4,
    OutboundState.UNDELIVERED: 5,
    OutboundState.UNSENT: 6,
}
_UNDELIVERED = {
    UndeliveredReason.MESSAGE_EXPIRED: 16,
    UndeliveredReason.UNSUPPORTED_NUMBER: 17,
    UndeliveredReason.MESSAGE_REJECTED: 18,
    UndeliveredReason.MISSED_CALL: 19,
    UndeliveredReason.WRONG_NUMBER: 20,
    UndeliveredReason.LIMIT_EXHAUSTED: 21,
    UndeliveredReason.LOCK_SEND: 22,
    UndeliveredReason.WRONG_MESSAGE: 23,
    UndeliveredReason.OPERATOR_ERROR: 24,
    UndeliveredReason.WRONG_SENDER_NAME: 25,
    UndeliveredReason.NUMBER_IS_BLACKLISTED: 26,
    UndeliveredReason.FOREIGN_NETWORKS_LOCKED: 27,
    UndeliveredReason.NO_PERMISSION: 28,
    UndeliveredReason.OTHER_ERROR: 29,
}
_UNSENT = {
    UnsentReason.CANCELLED: 64,
    UnsentReason.STOPPED: 65,
    UnsentReason.OPTED_OUT: 66,
    UnsentReason.NO_POOL_NUMBER: 67,
    UnsentReason.TOO_LATE: 68,
    UnsentReason.NO_CREDIT: 69,
}
_CODES: dict[tuple[str, str], int] = (
    {(state.value, ""): code for state, code in _STATES.items()}
    | {(OutboundState.UNDELIVERED.value, reason.value): code for reason, code in _UNDELIVERED.items()}
    | {(OutboundState.UNSENT.value, reason.value): code for reason, code in _UNSENT.items()}
)
_FATES = {code: fate for fate, code in _CODES.items()}


def code(state: str, reason: str) -> int:
    """Return the number of a state with its reason; one with an unknown reason counts as the state alone."""
    return _CODES.get((state, reason)) or _CODES.get((state, ""), 0)


def fate(number: int) -> tuple[str, str]:
    """Return the state and the reason of a number."""
    return _FATES.get(number, ("", ""))
