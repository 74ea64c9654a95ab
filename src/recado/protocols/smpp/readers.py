"""From octets to events: one reader for each PDU body (SMPP 3.4 §4, docs/specs/smpp.md §4 and §5).

Contract: a reader gets the octets of a read, where its PDU's body starts and stops, status and sequence number; it
returns the event or raises `UnreadablePduError`, `ValueError` or `struct.error`, which `Session` translates.
Every read is checked against `stop` before the event is made, so a PDU never sees its neighbour. Responses are read as
far as they go and never refused. Session state is not looked at here.
"""

import struct
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from recado.protocols.smpp import events as ev
from recado.protocols.smpp.constants import CommandId, CommandStatus
from recado.protocols.smpp.errors import UnreadablePduError
from recado.protocols.smpp.events import BindMode, Event, Tlvs

Reader: TypeAlias = Callable[[bytes, int, int, int, int], Event]
_Message = TypeVar("_Message", ev.DeliverSm, ev.SubmitSm)

_TLV: Final = struct.Struct(">HH")
_TAIL: Final = struct.Struct(">BBBBB")
_EMPTY_TIMES: Final = b"\0\0"


def read_tlvs(data: bytes, start: int, stop: int) -> Tlvs:
    """Read optional parameters in their order, known or not, repeated or not (SMPP 3.4 §5.3)."""
    tlvs = []
    while start < stop:
        if stop - start < _TLV.size:
            reason = f"{stop - start} octets left where an optional parameter should be"
            raise UnreadablePduError(reason, CommandStatus.ESME_RINVOPTPARSTREAM)
        tag, length = _TLV.unpack_from(data, start)
        start += _TLV.size + length
        if start > stop:
            reason = f"optional parameter 0x{tag:04X} runs {start - stop} octets over the end"
            raise UnreadablePduError(reason, CommandStatus.ESME_RINVOPTPARSTREAM)
        tlvs.append((tag, data[start - length : start]))
    return tuple(tlvs)


def read_deliver_sm(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.DeliverSm:
    """Read a deliver_sm."""
    return _read_short_message(ev.DeliverSm, data, start, stop, sequence_number)


def read_submit_sm(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.SubmitSm:
    """Read a submit_sm."""
    return _read_short_message(ev.SubmitSm, data, start, stop, sequence_number)


def _read_short_message(make: Callable[..., _Message], data: bytes, start: int, stop: int, sequence_number: int) -> _Message:
    """Read the body that submit_sm and deliver_sm share: the hot path, so no call that a slice can replace."""
    find = data.index
    service_end = find(0, start, stop)
    source_end = find(0, service_end + 3, stop)
    destination_end = find(0, source_end + 3, stop)
    times_start = destination_end + 4
    if data[times_start : times_start + 2] == _EMPTY_TIMES:
        schedule_delivery_time = validity_period = ""
        tail_start = times_start + 2
    else:
        schedule_end = find(0, times_start, stop)
        validity_end = find(0, schedule_end + 1, stop)
        schedule_delivery_time = data[times_start:schedule_end].decode("latin-1")
        validity_period = data[schedule_end + 1 : validity_end].decode("latin-1")
        tail_start = validity_end + 1
    text_start = tail_start + 5
    registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id, sm_length = _TAIL.unpack_from(data, tail_start)
    text_end = text_start + sm_length
    if text_end > stop:
        reason = f"sm_length or a field before it runs {text_end - stop} octets over the end"
        raise UnreadablePduError(reason)
    return make(
        sequence_number,
        data[start:service_end].decode("latin-1"),
        data[service_end + 1],
        data[service_end + 2],
        data[service_end + 3 : source_end].decode("latin-1"),
        data[source_end + 1],
        data[source_end + 2],
        data[source_end + 3 : destination_end].decode("latin-1"),
        data[destination_end + 1],
        data[destination_end + 2],
        data[destination_end + 3],
        schedule_delivery_time,
        validity_period,
        registered_delivery,
        replace_if_present_flag,
        data_coding,
        sm_default_msg_id,
        data[text_start:text_end],
        read_tlvs(data, text_end, stop) if text_end < stop else (),
        data[start:stop],
    )


def _c_string(data: bytes, start: int, stop: int) -> tuple[str, int]:
    end = data.index(0, start, stop)
    return data[start:end].decode("latin-1"), end + 1


def _address(data: bytes, start: int, stop: int) -> tuple[int, int, str, int]:
    address, after = _c_string(data, start + 2, stop)
    return data[start], data[start + 1], address, after


def _read_data_sm(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.DataSm:
    service_type, at = _c_string(data, start, stop)
    source_addr_ton, source_addr_npi, source_addr, at = _address(data, at, stop)
    dest_addr_ton, dest_addr_npi, destination_addr, at = _address(data, at, stop)
    if at + 3 > stop:
        reason = "the body ends before data_coding"
        raise UnreadablePduError(reason)
    return ev.DataSm(
        sequence_number=sequence_number,
        service_type=service_type,
        source_addr_ton=source_addr_ton,
        source_addr_npi=source_addr_npi,
        source_addr=source_addr,
        dest_addr_ton=dest_addr_ton,
        dest_addr_npi=dest_addr_npi,
        destination_addr=destination_addr,
        esm_class=data[at],
        registered_delivery=data[at + 1],
        data_coding=data[at + 2],
        tlvs=read_tlvs(data, at + 3, stop),
        body=data[start:stop],
    )


def _read_alert_notification(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.AlertNotification:
    source_addr_ton, source_addr_npi, source_addr, at = _address(data, start, stop)
    esme_addr_ton, esme_addr_npi, esme_addr, at = _address(data, at, stop)
    return ev.AlertNotification(
        sequence_number=sequence_number,
        source_addr_ton=source_addr_ton,
        source_addr_npi=source_addr_npi,
        source_addr=source_addr,
        esme_addr_ton=esme_addr_ton,
        esme_addr_npi=esme_addr_npi,
        esme_addr=esme_addr,
        tlvs=read_tlvs(data, at, stop),
    )


def _read_outbind(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.Outbind:
    system_id, at = _c_string(data, start, stop)
    password, _ = _c_string(data, at, stop)
    return ev.Outbind(sequence_number, system_id, password)


def _bind_reader(mode: BindMode) -> Reader:
    def read(data: bytes, start: int, stop: int, _status: int, sequence_number: int) -> ev.Bind:
        system_id, at = _c_string(data, start, stop)
        password, at = _c_string(data, at, stop)
        system_type, at = _c_string(data, at, stop)
        address_range, _ = _c_string(data, at + 3, stop)
        return ev.Bind(sequence_number, mode, system_id, password, system_type, data[at], data[at + 1], data[at + 2], address_range)

    return read


def _resp_body(data: bytes, start: int, stop: int) -> tuple[str, Tlvs]:
    """Read the string and the optional parameters of a response as far as they make sense."""
    end = data.find(0, start, stop)
    if end < 0:
        return data[start:stop].decode("latin-1"), ()
    try:
        tlvs = read_tlvs(data, end + 1, stop)
    except UnreadablePduError:
        tlvs = ()
    return data[start:end].decode("latin-1"), tlvs


def _bind_resp_reader(mode: BindMode) -> Reader:
    def read(data: bytes, start: int, stop: int, status: int, sequence_number: int) -> ev.BindResp:
        system_id, tlvs = _resp_body(data, start, stop)
        return ev.BindResp(sequence_number, mode, status, system_id, tlvs)

    return read


def _read_submit_sm_resp(data: bytes, start: int, stop: int, status: int, sequence_number: int) -> ev.SubmitSmResp:
    return ev.SubmitSmResp(sequence_number, status, *_resp_body(data, start, stop))


def _read_deliver_sm_resp(data: bytes, start: int, stop: int, status: int, sequence_number: int) -> ev.DeliverSmResp:
    return ev.DeliverSmResp(sequence_number, status, *_resp_body(data, start, stop))


def _read_data_sm_resp(data: bytes, start: int, stop: int, status: int, sequence_number: int) -> ev.DataSmResp:
    return ev.DataSmResp(sequence_number, status, *_resp_body(data, start, stop))


READERS: Final[dict[int, Reader]] = {
    CommandId.BIND_RECEIVER: _bind_reader(BindMode.RECEIVER),
    CommandId.BIND_TRANSMITTER: _bind_reader(BindMode.TRANSMITTER),
    CommandId.BIND_TRANSCEIVER: _bind_reader(BindMode.TRANSCEIVER),
    CommandId.BIND_RECEIVER_RESP: _bind_resp_reader(BindMode.RECEIVER),
    CommandId.BIND_TRANSMITTER_RESP: _bind_resp_reader(BindMode.TRANSMITTER),
    CommandId.BIND_TRANSCEIVER_RESP: _bind_resp_reader(BindMode.TRANSCEIVER),
    CommandId.OUTBIND: _read_outbind,
    # A body is not foreseen in the next five; one that comes anyway does no harm.
    CommandId.UNBIND: lambda _d, _a, _b, _status, number: ev.Unbind(number),
    CommandId.UNBIND_RESP: lambda _d, _a, _b, status, number: ev.UnbindResp(number, status),
    CommandId.ENQUIRE_LINK: lambda _d, _a, _b, _status, number: ev.EnquireLink(number),
    CommandId.ENQUIRE_LINK_RESP: lambda _d, _a, _b, status, number: ev.EnquireLinkResp(number, status),
    CommandId.GENERIC_NACK: lambda _d, _a, _b, status, number: ev.GenericNack(number, status),
    CommandId.SUBMIT_SM: read_submit_sm,
    CommandId.SUBMIT_SM_RESP: _read_submit_sm_resp,
    CommandId.DELIVER_SM: read_deliver_sm,
    CommandId.DELIVER_SM_RESP: _read_deliver_sm_resp,
    CommandId.DATA_SM: _read_data_sm,
    CommandId.DATA_SM_RESP: _read_data_sm_resp,
    CommandId.ALERT_NOTIFICATION: _read_alert_notification,
}
