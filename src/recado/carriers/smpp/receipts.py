"""What the words of a delivery receipt mean to us: literal tables of states and of errors, and a carrier's own numbers before them.

Reading receipts off the wire belongs to `protocols.smpp.receipt`. States: SMPP 3.4 §5.2.28 and appendix B; errors: MAP (3GPP TS 29.002),
TP-FCS and TP-ST (3GPP TS 23.040 §9.2.3.22, §9.2.3.15). docs/reference/delivery-reports.md says the same, and a test compares.
"""

from collections.abc import Mapping
from types import MappingProxyType

from recado.carriers.smpp.own_errors import NO_OWN_ERRORS, OwnErrors, as_word, own_reason
from recado.core.receipt import OutboundState, UndeliveredReason

Meaning = tuple[OutboundState | None, UndeliveredReason | None]
_ON_ITS_WAY: Meaning = (None, None)
_DELIVERED: Meaning = (OutboundState.DELIVERED, None)


def _failed(reason: UndeliveredReason = UndeliveredReason.OTHER_ERROR) -> Meaning:
    return OutboundState.UNDELIVERED, reason


STATES: Mapping[str, Meaning] = MappingProxyType(
    {
        **dict.fromkeys(("SCHEDULED", "ENROUTE", "ACCEPTD", "ACCEPTED", "UNKNOWN"), _ON_ITS_WAY),
        **dict.fromkeys(("BUFFRED", "BUFFERED", "QUEUED", "PENDING", "SUBMITD", "SUBMITTED", "SENT", "RETRY", "IN_PROGRESS"), _ON_ITS_WAY),
        **dict.fromkeys(("DELIVRD", "DELIVERED", "DELIVERED_TO_HANDSET", "READ", "SEEN"), _DELIVERED),
        **dict.fromkeys(("EXPIRED", "VALIDITY_EXPIRED", "TIMEOUT"), _failed(UndeliveredReason.MESSAGE_EXPIRED)),
        **dict.fromkeys(("UNDELIV", "UNDELIVERABLE", "FAILED", "FAIL", "ERROR", "NOT_DELIVERED", "DELIVERY_FAILED"), _failed()),
        **dict.fromkeys(("DELETED", "CANCELLED", "CANCELED", "SKIPPED", "LOST"), _failed()),
        **dict.fromkeys(("REJECTD", "REJECTED", "REFUSED"), _failed(UndeliveredReason.MESSAGE_REJECTED)),
        **dict.fromkeys(("BLOCKED", "BLACKLISTED", "BLACKLST"), _failed(UndeliveredReason.NUMBER_IS_BLACKLISTED)),
        **dict.fromkeys(("INVALID", "INVALID_NUMBER", "INVALID_DESTINATION"), _failed(UndeliveredReason.WRONG_NUMBER)),
        **dict.fromkeys(("NOROUTE", "NO_ROUTE", "UNROUTABLE"), _failed(UndeliveredReason.UNSUPPORTED_NUMBER)),
        **dict.fromkeys(("NOCREDIT", "NO_CREDIT", "NO_CREDITS"), _failed(UndeliveredReason.LIMIT_EXHAUSTED)),
        **dict.fromkeys(("INVALID_SENDER", "SENDER_REJECTED"), _failed(UndeliveredReason.WRONG_SENDER_NAME)),
    }
)
"""By the carrier's word, in capitals and with `_` for `-`. None: it still tries, or does not know."""

_GSM: Mapping[UndeliveredReason, tuple[int, ...]] = {
    UndeliveredReason.WRONG_NUMBER: (1, 5, 9, 0xC3),
    UndeliveredReason.MESSAGE_EXPIRED: (6, 27, 31, 33, 0x46),
    UndeliveredReason.UNSUPPORTED_NUMBER: (8, 10, 11, 12, 21, 28, 0x41, 0x45, 0x80, 0xB0, 0xC1, 0xD1),
    UndeliveredReason.MESSAGE_REJECTED: (13, 0x42, 0x43, 0xC5),
    UndeliveredReason.WRONG_MESSAGE: (0x81, 0x82, 0x8F, 0x90, 0x91, 0x9F, 0xC6, 0xC7),
    UndeliveredReason.NUMBER_IS_BLACKLISTED: (0xC4,),
    UndeliveredReason.OPERATOR_ERROR: (3, 32, 34, 35, 36, 0x40, 0x44, 0x60, 0x64, 0xC0, 0xC2),
}
ERRORS: Mapping[int, UndeliveredReason] = MappingProxyType({number: reason for reason, numbers in _GSM.items() for number in numbers})
"""By the number of `err:` or network_error_code: MAP errors below 0x40, TP-ST from there to 0x7F, TP-FCS above.

Full memory (0xD3) and faults of the phone (0xD0, 0xD2, 0xD4, 0xD5, 0xFF) have no better word than `other_error`.
"""

_WORDS: Mapping[UndeliveredReason, tuple[str, ...]] = {
    UndeliveredReason.WRONG_NUMBER: (
        "UNKNOWN_SUBSCRIBER",
        "ILLEGAL_SUBSCRIBER",
        "UNIDENTIFIED_SUBSCRIBER",
        "INVALID_NUMBER",
        "INVALID_DEST",
    ),
    UndeliveredReason.MESSAGE_EXPIRED: ("ABSENT_SUBSCRIBER", "ABSENT", "EXPIRED", "SUBSCRIBER_BUSY", "UNREACHABLE"),
    UndeliveredReason.UNSUPPORTED_NUMBER: (
        "TELESERVICE_NOT_PROVISIONED",
        "FACILITY_NOT_SUPPORTED",
        "ROAMING_NOT_ALLOWED",
        "NO_ROUTE",
        "LANDLINE",
    ),
    UndeliveredReason.MESSAGE_REJECTED: ("CALL_BARRED", "REJECTED", "SPAM", "FILTERED"),
    UndeliveredReason.WRONG_MESSAGE: ("INVALID_MESSAGE", "INVALID_CONTENT", "UNSUPPORTED_DCS"),
    UndeliveredReason.LIMIT_EXHAUSTED: ("NO_CREDIT", "INSUFFICIENT_CREDIT", "INSUFFICIENT_FUNDS", "LIMIT_EXCEEDED"),
    UndeliveredReason.NUMBER_IS_BLACKLISTED: ("BLACKLISTED", "BLOCKED", "OPTED_OUT", "DND"),
    UndeliveredReason.WRONG_SENDER_NAME: ("INVALID_SENDER", "INVALID_SOURCE", "SENDER_NOT_ALLOWED"),
    UndeliveredReason.OPERATOR_ERROR: ("SYSTEM_FAILURE", "NETWORK_ERROR", "NETWORK_FAILURE", "SM_DELIVERY_FAILURE", "CONGESTION"),
}
ERROR_WORDS: Mapping[str, UndeliveredReason] = MappingProxyType({word: reason for reason, words in _WORDS.items() for word in words})
"""By `err:` where a carrier writes a word there, read like a state."""


def meaning_of(word: str, error: str, own: OwnErrors = NO_OWN_ERRORS, *, is_network_error: bool = False) -> Meaning:
    """Translate a carrier's state and error; an unknown state changes nothing. What the operator wrote in `own` goes first."""
    state, reason = STATES.get(as_word(word), _ON_ITS_WAY)
    if state is not OutboundState.UNDELIVERED:
        return state, reason
    said = own_reason(error, own, is_network_error=is_network_error)
    if said is None and reason is UndeliveredReason.OTHER_ERROR:
        said = _by_number(error, is_network_error=is_network_error) or ERROR_WORDS.get(as_word(error))
    return state, said or reason


def _by_number(error: str, *, is_network_error: bool) -> UndeliveredReason | None:
    """Read a number, hexadecimal where it has such a letter or says so, and look it up among those of the GSM network."""
    digits = error.strip().upper()
    is_hexadecimal = not is_network_error and (digits.startswith("0X") or not digits.isdigit())
    try:
        return ERRORS.get(int(digits, 16 if is_hexadecimal else 10))
    except ValueError:
        return None
