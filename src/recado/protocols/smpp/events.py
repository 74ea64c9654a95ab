"""What a session receives and sends: one frozen class for each PDU, fields spelled as in SMPP 3.4 §4.

Only data belongs here, no wire form (readers.py, writers.py) and no rule about when a PDU may travel (state.py).
Character fields are `str`, one character for one octet (Latin-1), so nothing a carrier sends is lost
(docs/specs/smpp.md §4).
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

Tlvs: TypeAlias = tuple[tuple[int, bytes], ...]


class BindMode(Enum):
    """In which direction messages travel once bound (SMPP 3.4 §2.1)."""

    RECEIVER = "receiver"
    TRANSMITTER = "transmitter"
    TRANSCEIVER = "transceiver"


@dataclass(frozen=True, slots=True)
class Bind:
    """Ask for a session: bind_receiver, bind_transmitter or bind_transceiver (§4.1)."""

    sequence_number: int
    mode: BindMode
    system_id: str = ""
    password: str = field(default="", repr=False)
    system_type: str = ""
    interface_version: int = 0x34
    addr_ton: int = 0
    addr_npi: int = 0
    address_range: str = ""


@dataclass(frozen=True, slots=True)
class BindResp:
    """Grant or refuse a session (§4.1)."""

    sequence_number: int
    mode: BindMode
    command_status: int = 0
    system_id: str = ""
    tlvs: Tlvs = ()


@dataclass(frozen=True, slots=True)
class Outbind:
    """The message centre asks us to bind (§4.1.7)."""

    sequence_number: int
    system_id: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unbind:
    """End a session in good order (§4.2)."""

    sequence_number: int


@dataclass(frozen=True, slots=True)
class UnbindResp:
    """Agree that the session is over (§4.2)."""

    sequence_number: int
    command_status: int = 0


@dataclass(frozen=True, slots=True)
class EnquireLink:
    """Ask whether the peer is alive (§4.11)."""

    sequence_number: int


@dataclass(frozen=True, slots=True)
class EnquireLinkResp:
    """Say that we are alive (§4.11)."""

    sequence_number: int
    command_status: int = 0


@dataclass(frozen=True, slots=True)
class GenericNack:
    """Refuse a PDU that has no response of its own (§4.3)."""

    sequence_number: int
    command_status: int


@dataclass(frozen=True, slots=True)
class SubmitSm:
    """Hand a message to the message centre (§4.4). `body` is the received body as it was, not compared."""

    sequence_number: int
    service_type: str = ""
    source_addr_ton: int = 0
    source_addr_npi: int = 0
    source_addr: str = ""
    dest_addr_ton: int = 0
    dest_addr_npi: int = 0
    destination_addr: str = ""
    esm_class: int = 0
    protocol_id: int = 0
    priority_flag: int = 0
    schedule_delivery_time: str = ""
    validity_period: str = ""
    registered_delivery: int = 0
    replace_if_present_flag: int = 0
    data_coding: int = 0
    sm_default_msg_id: int = 0
    short_message: bytes = b""
    tlvs: Tlvs = ()
    body: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DeliverSm:
    """Receive a message or a delivery receipt (§4.6). `body` is the received body as it was, not compared."""

    sequence_number: int
    service_type: str = ""
    source_addr_ton: int = 0
    source_addr_npi: int = 0
    source_addr: str = ""
    dest_addr_ton: int = 0
    dest_addr_npi: int = 0
    destination_addr: str = ""
    esm_class: int = 0
    protocol_id: int = 0
    priority_flag: int = 0
    schedule_delivery_time: str = ""
    validity_period: str = ""
    registered_delivery: int = 0
    replace_if_present_flag: int = 0
    data_coding: int = 0
    sm_default_msg_id: int = 0
    short_message: bytes = b""
    tlvs: Tlvs = ()
    body: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SubmitSmResp:
    """Take a message over or refuse it (§4.4.2)."""

    sequence_number: int
    command_status: int = 0
    message_id: str = ""
    tlvs: Tlvs = ()


@dataclass(frozen=True, slots=True)
class DeliverSmResp:
    """Acknowledge a message; the specification leaves `message_id` unused (§4.6.2)."""

    sequence_number: int
    command_status: int = 0
    message_id: str = ""
    tlvs: Tlvs = ()


@dataclass(frozen=True, slots=True)
class DataSm:
    """Carry a message either way; its text is the message_payload parameter (§4.7)."""

    sequence_number: int
    service_type: str = ""
    source_addr_ton: int = 0
    source_addr_npi: int = 0
    source_addr: str = ""
    dest_addr_ton: int = 0
    dest_addr_npi: int = 0
    destination_addr: str = ""
    esm_class: int = 0
    registered_delivery: int = 0
    data_coding: int = 0
    tlvs: Tlvs = ()
    body: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DataSmResp:
    """Acknowledge a data_sm (§4.7.2)."""

    sequence_number: int
    command_status: int = 0
    message_id: str = ""
    tlvs: Tlvs = ()


@dataclass(frozen=True, slots=True)
class AlertNotification:
    """Learn that a phone can be reached again; it has no response (§4.12)."""

    sequence_number: int
    source_addr_ton: int = 0
    source_addr_npi: int = 0
    source_addr: str = ""
    esme_addr_ton: int = 0
    esme_addr_npi: int = 0
    esme_addr: str = ""
    tlvs: Tlvs = ()


@dataclass(frozen=True, slots=True)
class MalformedPdu:
    """A sound frame that must be refused: its body cannot be read or the session state forbids it.

    `command_status` is what `Session.refuse` answers with; `octets` is the whole PDU with its header.
    """

    command_id: int
    sequence_number: int
    command_status: int
    reason: str
    octets: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class UnknownPdu:
    """A sound frame with a command_id we do not speak; `command_status` is the peer's, `body` as it was."""

    command_id: int
    sequence_number: int
    command_status: int = 0
    body: bytes = field(default=b"", repr=False)


Event: TypeAlias = (
    Bind
    | BindResp
    | Outbind
    | Unbind
    | UnbindResp
    | EnquireLink
    | EnquireLinkResp
    | GenericNack
    | SubmitSm
    | SubmitSmResp
    | DeliverSm
    | DeliverSmResp
    | DataSm
    | DataSmResp
    | AlertNotification
    | MalformedPdu
    | UnknownPdu
)
