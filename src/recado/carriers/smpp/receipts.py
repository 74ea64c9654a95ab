"""What the words of a delivery receipt mean to us: one literal table of states, one of errors (SMPP 3.4 §5.2.28 and appendix B).

Reading receipts off the wire belongs to `protocols.smpp.receipt`.
"""

from recado.core.receipt import OutboundState, UndeliveredReason

STATES: dict[str, tuple[OutboundState | None, UndeliveredReason | None]] = {
    "SCHEDULED": (None, None),
    "ENROUTE": (None, None),
    "ACCEPTD": (None, None),
    "ACCEPTED": (None, None),
    "BUFFRED": (None, None),
    "DELIVRD": (OutboundState.DELIVERED, None),
    "DELIVERED": (OutboundState.DELIVERED, None),
    "EXPIRED": (OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_EXPIRED),
    "DELETED": (OutboundState.UNDELIVERED, UndeliveredReason.OTHER_ERROR),
    "UNDELIV": (OutboundState.UNDELIVERED, UndeliveredReason.OTHER_ERROR),
    "UNDELIVERABLE": (OutboundState.UNDELIVERED, UndeliveredReason.OTHER_ERROR),
    "REJECTD": (OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_REJECTED),
    "REJECTED": (OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_REJECTED),
    "UNKNOWN": (None, None),
    "SKIPPED": (OutboundState.UNDELIVERED, UndeliveredReason.OTHER_ERROR),
}
"""By the carrier's word. None: it still tries, or does not know."""

ERRORS: dict[str, UndeliveredReason] = {
    "001": UndeliveredReason.WRONG_NUMBER,
    "009": UndeliveredReason.WRONG_NUMBER,
    "00B": UndeliveredReason.UNSUPPORTED_NUMBER,
    "011": UndeliveredReason.UNSUPPORTED_NUMBER,
    "013": UndeliveredReason.MESSAGE_REJECTED,
    "021": UndeliveredReason.OPERATOR_ERROR,
    "022": UndeliveredReason.OPERATOR_ERROR,
    "034": UndeliveredReason.OPERATOR_ERROR,
}
"""By `err:`, where the numbers of the GSM network (GSM 09.02 errors) are in use; says more than UNDELIV alone."""


def meaning_of(word: str, error: str) -> tuple[OutboundState | None, UndeliveredReason | None]:
    """Translate a carrier's state and error; an unknown state changes nothing."""
    state, reason = STATES.get(word.upper(), (None, None))
    if reason is UndeliveredReason.OTHER_ERROR:
        reason = ERRORS.get(error.upper().zfill(3), reason)
    return state, reason
