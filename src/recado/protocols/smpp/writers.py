"""From events to octets: one small writer for each PDU (SMPP 3.4 §4, docs/specs/smpp.md §4).

A writer is told an event and returns the whole PDU; it knows nothing of session state. What cannot be written is our
own mistake and raises `LocalProtocolError`. Reading is in readers.py.
"""

import struct
from collections.abc import Callable
from typing import Any, Final

from recado.protocols.smpp import events as ev
from recado.protocols.smpp.constants import HEADER_OCTETS, CommandId
from recado.protocols.smpp.errors import LocalProtocolError
from recado.protocols.smpp.events import BindMode, Event, Tlvs

BIND_COMMANDS: Final[dict[BindMode, CommandId]] = {
    BindMode.RECEIVER: CommandId.BIND_RECEIVER,
    BindMode.TRANSMITTER: CommandId.BIND_TRANSMITTER,
    BindMode.TRANSCEIVER: CommandId.BIND_TRANSCEIVER,
}
BIND_RESP_COMMANDS: Final[dict[BindMode, CommandId]] = {
    BindMode.RECEIVER: CommandId.BIND_RECEIVER_RESP,
    BindMode.TRANSMITTER: CommandId.BIND_TRANSMITTER_RESP,
    BindMode.TRANSCEIVER: CommandId.BIND_TRANSCEIVER_RESP,
}

_HEADER: Final = struct.Struct(">IIII")
_TLV: Final = struct.Struct(">HH")
_DELIVER_SM_RESP: Final = struct.Struct(">IIIIB")
_DELIVER_SM_RESP_ID: Final = int(CommandId.DELIVER_SM_RESP)

# Octets of a C-string with its NUL. Credentials are wider than the specification's 16 and 9: carriers hand out longer ones.
_CREDENTIAL, _SYSTEM_TYPE, _ADDRESS_RANGE, _SERVICE_TYPE, _ADDRESS, _TIME, _MESSAGE_ID = 65, 13, 41, 6, 21, 17, 65
_LONG_ADDRESS = 65
_SHORT_MESSAGE = 254
_TLV_VALUE = 0xFFFF


def deliver_sm_resp(sequence_number: int, command_status: int = 0) -> bytes:
    """Build the acknowledgement of a deliver_sm, the writer's fast path."""
    return _DELIVER_SM_RESP.pack(17, _DELIVER_SM_RESP_ID, command_status, sequence_number, 0)


def write_pdu(event: Event) -> tuple[CommandId, bytes]:
    """Build the PDU of an event and say which command it is; raise `LocalProtocolError` for what cannot be written."""
    writer = _WRITERS.get(type(event))
    if writer is None:
        msg = f"{type(event).__name__} is something received, it cannot be sent"
        raise LocalProtocolError(msg)
    try:
        return writer(event)
    except (struct.error, UnicodeEncodeError) as error:
        msg = f"{type(event).__name__} {event.sequence_number} does not fit its wire form: {error}"
        raise LocalProtocolError(msg) from error


def write_header_only(command_id: int, command_status: int, sequence_number: int) -> bytes:
    """Build a PDU without a body."""
    return _HEADER.pack(HEADER_OCTETS, command_id, command_status, sequence_number)


def _pdu(command_id: CommandId, command_status: int, sequence_number: int, body: bytes) -> tuple[CommandId, bytes]:
    header = _HEADER.pack(HEADER_OCTETS + len(body), command_id, command_status, sequence_number)
    return command_id, header + body


def _c_string(name: str, text: str, limit: int) -> bytes:
    octets = text.encode("latin-1")
    if b"\0" in octets or len(octets) >= limit:
        msg = f"{name} must be at most {limit - 1} octets without NUL"
        raise LocalProtocolError(msg)
    return octets + b"\0"


def _tlvs(tlvs: Tlvs) -> bytes:
    for tag, value in tlvs:
        if len(value) > _TLV_VALUE:
            msg = f"optional parameter 0x{tag:04X} is longer than {_TLV_VALUE} octets"
            raise LocalProtocolError(msg)
    return b"".join([_TLV.pack(tag, len(value)) + value for tag, value in tlvs])


def _address(name: str, ton: int, npi: int, address: str, limit: int = _ADDRESS) -> bytes:
    return struct.pack(">BB", ton, npi) + _c_string(name, address, limit)


def _bind(event: ev.Bind) -> tuple[CommandId, bytes]:
    body = (
        _c_string("system_id", event.system_id, _CREDENTIAL)
        + _c_string("password", event.password, _CREDENTIAL)
        + _c_string("system_type", event.system_type, _SYSTEM_TYPE)
        + struct.pack(">BBB", event.interface_version, event.addr_ton, event.addr_npi)
        + _c_string("address_range", event.address_range, _ADDRESS_RANGE)
    )
    return _pdu(BIND_COMMANDS[event.mode], 0, event.sequence_number, body)


def _bind_resp(event: ev.BindResp) -> tuple[CommandId, bytes]:
    body = _resp_body(event.command_status, "system_id", event.system_id, _CREDENTIAL, event.tlvs)
    return _pdu(BIND_RESP_COMMANDS[event.mode], event.command_status, event.sequence_number, body)


def _resp_body(command_status: int, name: str, text: str, limit: int, tlvs: Tlvs) -> bytes:
    # A refusal carries no body (SMPP 3.4 §4.1.2, §4.4.2), unless the caller really has something to say in it.
    if command_status and not text and not tlvs:
        return b""
    return _c_string(name, text, limit) + _tlvs(tlvs)


def _outbind(event: ev.Outbind) -> tuple[CommandId, bytes]:
    body = _c_string("system_id", event.system_id, _CREDENTIAL) + _c_string("password", event.password, _CREDENTIAL)
    return _pdu(CommandId.OUTBIND, 0, event.sequence_number, body)


def _short_message(command_id: CommandId, event: ev.SubmitSm | ev.DeliverSm) -> tuple[CommandId, bytes]:
    if len(event.short_message) > _SHORT_MESSAGE:
        msg = f"short_message is longer than {_SHORT_MESSAGE} octets, use message_payload"
        raise LocalProtocolError(msg)
    body = (
        _c_string("service_type", event.service_type, _SERVICE_TYPE)
        + _address("source_addr", event.source_addr_ton, event.source_addr_npi, event.source_addr)
        + _address("destination_addr", event.dest_addr_ton, event.dest_addr_npi, event.destination_addr)
        + struct.pack(">BBB", event.esm_class, event.protocol_id, event.priority_flag)
        + _c_string("schedule_delivery_time", event.schedule_delivery_time, _TIME)
        + _c_string("validity_period", event.validity_period, _TIME)
        + struct.pack(
            ">BBBBB",
            event.registered_delivery,
            event.replace_if_present_flag,
            event.data_coding,
            event.sm_default_msg_id,
            len(event.short_message),
        )
        + event.short_message
        + _tlvs(event.tlvs)
    )
    return _pdu(command_id, 0, event.sequence_number, body)


def _data_sm(event: ev.DataSm) -> tuple[CommandId, bytes]:
    body = (
        _c_string("service_type", event.service_type, _SERVICE_TYPE)
        + _address("source_addr", event.source_addr_ton, event.source_addr_npi, event.source_addr, _LONG_ADDRESS)
        + _address("destination_addr", event.dest_addr_ton, event.dest_addr_npi, event.destination_addr, _LONG_ADDRESS)
        + struct.pack(">BBB", event.esm_class, event.registered_delivery, event.data_coding)
        + _tlvs(event.tlvs)
    )
    return _pdu(CommandId.DATA_SM, 0, event.sequence_number, body)


def _deliver_sm_resp(event: ev.DeliverSmResp) -> tuple[CommandId, bytes]:
    # Always with its message_id octet, refused or not: some message centres insist on it.
    body = _c_string("message_id", event.message_id, _MESSAGE_ID) + _tlvs(event.tlvs)
    return _pdu(CommandId.DELIVER_SM_RESP, event.command_status, event.sequence_number, body)


def _message_resp(command_id: CommandId, event: ev.SubmitSmResp | ev.DataSmResp) -> tuple[CommandId, bytes]:
    body = _resp_body(event.command_status, "message_id", event.message_id, _MESSAGE_ID, event.tlvs)
    return _pdu(command_id, event.command_status, event.sequence_number, body)


def _alert_notification(event: ev.AlertNotification) -> tuple[CommandId, bytes]:
    body = (
        _address("source_addr", event.source_addr_ton, event.source_addr_npi, event.source_addr, _LONG_ADDRESS)
        + _address("esme_addr", event.esme_addr_ton, event.esme_addr_npi, event.esme_addr, _LONG_ADDRESS)
        + _tlvs(event.tlvs)
    )
    return _pdu(CommandId.ALERT_NOTIFICATION, 0, event.sequence_number, body)


def _plain(command_id: CommandId) -> Callable[[Any], tuple[CommandId, bytes]]:
    def write(event: ev.Unbind | ev.EnquireLink) -> tuple[CommandId, bytes]:
        return command_id, write_header_only(command_id, 0, event.sequence_number)

    return write


def _plain_resp(command_id: CommandId) -> Callable[[Any], tuple[CommandId, bytes]]:
    def write(event: ev.UnbindResp | ev.EnquireLinkResp | ev.GenericNack) -> tuple[CommandId, bytes]:
        return command_id, write_header_only(command_id, event.command_status, event.sequence_number)

    return write


_WRITERS: Final[dict[type, Callable[[Any], tuple[CommandId, bytes]]]] = {
    ev.Bind: _bind,
    ev.BindResp: _bind_resp,
    ev.Outbind: _outbind,
    ev.Unbind: _plain(CommandId.UNBIND),
    ev.UnbindResp: _plain_resp(CommandId.UNBIND_RESP),
    ev.EnquireLink: _plain(CommandId.ENQUIRE_LINK),
    ev.EnquireLinkResp: _plain_resp(CommandId.ENQUIRE_LINK_RESP),
    ev.GenericNack: _plain_resp(CommandId.GENERIC_NACK),
    ev.SubmitSm: lambda event: _short_message(CommandId.SUBMIT_SM, event),
    ev.DeliverSm: lambda event: _short_message(CommandId.DELIVER_SM, event),
    ev.SubmitSmResp: lambda event: _message_resp(CommandId.SUBMIT_SM_RESP, event),
    ev.DeliverSmResp: _deliver_sm_resp,
    ev.DataSm: _data_sm,
    ev.DataSmResp: lambda event: _message_resp(CommandId.DATA_SM_RESP, event),
    ev.AlertNotification: _alert_notification,
}
