"""Optional parameters by name and type (SMPP 3.4 §5.3, docs/specs/smpp.md §7).

Typed reading of the parameters that Recado understands belongs here; a value of the wrong length reads as absent, since
the raw octets stay in the event. Reading the stream itself is in readers.py, receipts as a whole in receipt.py.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from recado.protocols.smpp.events import Tlvs


class Tag(IntEnum):
    """Optional parameters of SMPP 3.4 by name; 0x1400 to 0x3FFF are the vendors'."""

    DEST_ADDR_SUBUNIT = 0x0005
    DEST_NETWORK_TYPE = 0x0006
    DEST_BEARER_TYPE = 0x0007
    DEST_TELEMATICS_ID = 0x0008
    SOURCE_ADDR_SUBUNIT = 0x000D
    SOURCE_NETWORK_TYPE = 0x000E
    SOURCE_BEARER_TYPE = 0x000F
    SOURCE_TELEMATICS_ID = 0x0010
    QOS_TIME_TO_LIVE = 0x0017
    PAYLOAD_TYPE = 0x0019
    ADDITIONAL_STATUS_INFO_TEXT = 0x001D
    RECEIPTED_MESSAGE_ID = 0x001E
    MS_MSG_WAIT_FACILITIES = 0x0030
    PRIVACY_INDICATOR = 0x0201
    SOURCE_SUBADDRESS = 0x0202
    DEST_SUBADDRESS = 0x0203
    USER_MESSAGE_REFERENCE = 0x0204
    USER_RESPONSE_CODE = 0x0205
    SOURCE_PORT = 0x020A
    DESTINATION_PORT = 0x020B
    SAR_MSG_REF_NUM = 0x020C
    LANGUAGE_INDICATOR = 0x020D
    SAR_TOTAL_SEGMENTS = 0x020E
    SAR_SEGMENT_SEQNUM = 0x020F
    SC_INTERFACE_VERSION = 0x0210
    CALLBACK_NUM_PRES_IND = 0x0302
    CALLBACK_NUM_ATAG = 0x0303
    NUMBER_OF_MESSAGES = 0x0304
    CALLBACK_NUM = 0x0381
    DPF_RESULT = 0x0420
    SET_DPF = 0x0421
    MS_AVAILABILITY_STATUS = 0x0422
    NETWORK_ERROR_CODE = 0x0423
    MESSAGE_PAYLOAD = 0x0424
    DELIVERY_FAILURE_REASON = 0x0425
    MORE_MESSAGES_TO_SEND = 0x0426
    MESSAGE_STATE = 0x0427
    USSD_SERVICE_OP = 0x0501
    DISPLAY_TIME = 0x1201
    SMS_SIGNAL = 0x1203
    MS_VALIDITY = 0x1204
    ALERT_ON_MESSAGE_DELIVERY = 0x130C
    ITS_REPLY_TYPE = 0x1380
    ITS_SESSION_INFO = 0x1383


MESSAGE_STATES: Final[dict[int, str]] = {
    0: "SCHEDULED",
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
    9: "SKIPPED",
}
"""message_state (§5.2.28) in the words that receipts use; 0 and 9 are SMPP 5.0's."""


@dataclass(frozen=True, slots=True)
class Sar:
    """Which part of a long message this is, by the sar_* parameters (§5.3.2.22 to 24)."""

    reference: int
    total: int
    position: int


@dataclass(frozen=True, slots=True)
class NetworkError:
    """network_error_code: 1 ANSI-136, 2 IS-95, 3 GSM, and the network's own code (§5.3.2.31)."""

    network_type: int
    code: int


def value_of(tlvs: Tlvs, tag: int) -> bytes | None:
    """Give the first value with this tag."""
    for found, value in tlvs:
        if found == tag:
            return value
    return None


def integer_of(tlvs: Tlvs, tag: int, octets: int) -> int | None:
    """Give the first value with this tag as a number of exactly so many octets."""
    value = value_of(tlvs, tag)
    return None if value is None or len(value) != octets else int.from_bytes(value)


def sar(tlvs: Tlvs) -> Sar | None:
    """Give the part by sar_*, none unless all three are there and make sense."""
    reference = integer_of(tlvs, Tag.SAR_MSG_REF_NUM, 2)
    total = integer_of(tlvs, Tag.SAR_TOTAL_SEGMENTS, 1)
    position = integer_of(tlvs, Tag.SAR_SEGMENT_SEQNUM, 1)
    if reference is None or total is None or position is None or not 1 <= position <= total:
        return None
    return Sar(reference, total, position)


def sar_tlvs(part: Sar) -> Tlvs:
    """Build the three sar_* parameters."""
    return (
        (Tag.SAR_MSG_REF_NUM, part.reference.to_bytes(2)),
        (Tag.SAR_TOTAL_SEGMENTS, part.total.to_bytes(1)),
        (Tag.SAR_SEGMENT_SEQNUM, part.position.to_bytes(1)),
    )


def message_payload(tlvs: Tlvs) -> bytes | None:
    """Give the long text that stands in for short_message."""
    return value_of(tlvs, Tag.MESSAGE_PAYLOAD)


def receipted_message_id(tlvs: Tlvs) -> str | None:
    """Give the id of the message that a receipt is about, with or without its closing NUL."""
    value = value_of(tlvs, Tag.RECEIPTED_MESSAGE_ID)
    text = None if value is None else value.partition(b"\0")[0].decode("latin-1").strip()
    return text or None


def message_state(tlvs: Tlvs) -> str | None:
    """Give the state a message is in; a value the specification lacks becomes its number as text."""
    value = integer_of(tlvs, Tag.MESSAGE_STATE, 1)
    return None if value is None else MESSAGE_STATES.get(value, str(value))


def network_error_code(tlvs: Tlvs) -> NetworkError | None:
    """Give the network's reason for a failure."""
    value = value_of(tlvs, Tag.NETWORK_ERROR_CODE)
    return None if value is None or len(value) != 3 else NetworkError(value[0], int.from_bytes(value[1:]))  # noqa: PLR2004 - one octet and two
