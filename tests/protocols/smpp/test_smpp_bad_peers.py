"""What bad and odd message centres send, and that the next valid PDU is always served (docs/specs/smpp.md §5)."""

import struct
import tracemalloc

import pytest
from connection_pair import ConnectionPair

from recado.protocols.smpp import (
    BindResp,
    CommandId,
    CommandStatus,
    DataSm,
    DeliverSm,
    DeliverSmResp,
    EnquireLinkResp,
    GenericNack,
    MalformedPdu,
    RemoteProtocolError,
    Role,
    Session,
    State,
    SubmitSmResp,
    UnknownPdu,
)
from recado.protocols.smpp.events import BindMode
from recado.protocols.smpp.tlv import message_payload
from recado.protocols.smpp.writers import write_pdu

NEXT = DeliverSm(99, source_addr="48501222333", short_message=b"next")


def pdu(command_id, body=b"", status=0, number=7):
    return struct.pack(">IIII", 16 + len(body), command_id, status, number) + body


def served(octets):
    """Send octets and a valid message behind them; give what the octets became and how the ESME refuses it."""
    pair = ConnectionPair().bind()
    event, following = pair.wire(Role.SMSC, octets + write_pdu(NEXT)[1])
    assert following == NEXT
    refusal = pair.esme.refuse(event) if isinstance(event, MalformedPdu | UnknownPdu) else b""
    answers = pair.wire(Role.ESME, refusal)
    return event, answers


@pytest.mark.parametrize("length", [0, 1, 15, 64 << 20, 0xFFFFFFFF, 131_073])
def test_an_impossible_command_length_closes_at_once(length):
    pair = ConnectionPair().bind()
    with pytest.raises(RemoteProtocolError) as caught:
        pair.wire(Role.SMSC, write_pdu(NEXT)[1] + length.to_bytes(4))
    assert caught.value.events == (NEXT,)
    assert caught.value.command_status == CommandStatus.ESME_RINVCMDLEN
    assert pair.esme.state is State.CLOSED


@pytest.mark.parametrize("piece", [1, 3, 5])
def test_an_impossible_command_length_closes_however_it_arrives(piece):
    pair = ConnectionPair(piece).bind()
    with pytest.raises(RemoteProtocolError):
        pair.wire(Role.SMSC, b"\xff" * 16)


def test_the_limit_is_the_callers():
    assert Session(max_pdu_octets=100).receive_data(pdu(0x15, b"x" * 84)) != []
    with pytest.raises(RemoteProtocolError):
        Session(max_pdu_octets=100).receive_data(pdu(0x15, b"x" * 85))


def test_memory_stays_bounded_while_a_huge_frame_is_announced():
    session = ConnectionPair().bind().esme
    tracemalloc.start()
    session.receive_data((131_072).to_bytes(4))
    for _ in range(127):
        session.receive_data(b"\0" * 1024)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400_000


def test_a_large_frame_in_single_octets_is_looked_at_only_when_something_is_whole():
    class Counting(Session):
        looks = 0

        def _read_frames(self, data, events):
            self.looks += 1
            return super()._read_frames(data, events)

    session = Counting()
    octets = pdu(CommandId.ENQUIRE_LINK, b"x" * 10_000)
    assert [event for octet in octets for event in session.receive_data(bytes([octet]))] != []
    assert session.looks < 5


GOOD_BODY = write_pdu(NEXT)[1][16:]
DELIVER_SM = CommandId.DELIVER_SM


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", CommandStatus.ESME_RINVMSGLEN),
        (GOOD_BODY[:10], CommandStatus.ESME_RINVMSGLEN),
        (GOOD_BODY[:-1], CommandStatus.ESME_RINVMSGLEN),
        (b"x" * 60, CommandStatus.ESME_RINVMSGLEN),
        (GOOD_BODY + b"\x04", CommandStatus.ESME_RINVOPTPARSTREAM),
        (GOOD_BODY + b"\x04\x24\x00\x05abcd", CommandStatus.ESME_RINVOPTPARSTREAM),
        (GOOD_BODY + b"\x04\x24\xff\xff", CommandStatus.ESME_RINVOPTPARSTREAM),
    ],
    ids=["header only", "cut in an address", "sm_length one over", "no NUL", "TLV cut", "TLV one over", "TLV far over"],
)
def test_a_malformed_message_is_refused_by_its_own_response(body, status):
    octets = pdu(DELIVER_SM, body)
    event, answers = served(octets)
    assert isinstance(event, MalformedPdu)
    assert event.octets == octets
    assert event.reason
    assert answers == [DeliverSmResp(7, status)]


@pytest.mark.parametrize("cut", range(len(GOOD_BODY)))
def test_a_message_cut_anywhere_is_refused(cut):
    event, answers = served(pdu(DELIVER_SM, GOOD_BODY[:cut]))
    assert isinstance(event, MalformedPdu)
    assert answers == [DeliverSmResp(7, CommandStatus.ESME_RINVMSGLEN)]


DATA_BODY = write_pdu(DataSm(1, "CMT", 1, 1, "123", 1, 1, "456"))[1][16:]


@pytest.mark.parametrize("cut", range(len(DATA_BODY)))
def test_a_data_sm_cut_anywhere_is_refused(cut):
    event, (answer,) = served(pdu(CommandId.DATA_SM, DATA_BODY[:cut]))
    assert isinstance(event, MalformedPdu)
    assert answer.command_status == CommandStatus.ESME_RINVMSGLEN


def test_a_malformed_bind_is_refused_and_the_next_one_taken():
    pair = ConnectionPair()
    (event,) = pair.wire(Role.ESME, pdu(CommandId.BIND_RECEIVER, b"no end"))
    assert pair.wire(Role.SMSC, pair.smsc.refuse(event)) == [
        BindResp(7, BindMode.RECEIVER, CommandStatus.ESME_RINVCMDLEN),
    ]
    assert pair.bind().smsc.state is State.BOUND_TRX


def test_a_malformed_request_without_a_response_gets_a_generic_nack():
    _, answers = served(pdu(CommandId.ALERT_NOTIFICATION, b"x"))
    assert answers == [GenericNack(7, CommandStatus.ESME_RINVCMDLEN)]


@pytest.mark.parametrize("command_id", [0, 0x0A, 0x99, 0x0000010A, 0x7FFFFFFF, CommandId.QUERY_SM, CommandId.CANCEL_SM])
def test_an_unknown_command_gets_a_generic_nack(command_id):
    event, answers = served(pdu(command_id, b"whatever", status=3))
    assert event == UnknownPdu(command_id, 7, 3, b"whatever")
    assert answers == [GenericNack(7, CommandStatus.ESME_RINVCMDID)]


def test_an_unknown_response_is_an_event_and_never_answered():
    event, answers = served(pdu(0x80000099))
    assert isinstance(event, UnknownPdu)
    assert answers == []


@pytest.mark.parametrize(
    ("octets", "event"),
    [
        (pdu(0x80000004, b"id\0", 0x4FF), SubmitSmResp(7, 0x4FF, "id")),
        (pdu(0x80000004, b"", 0x4FF), SubmitSmResp(7, 0x4FF)),
        (pdu(0x80000004, b"no end"), SubmitSmResp(7, 0, "no end")),
        (pdu(0x80000004, b"id\0\x04\x24\xff"), SubmitSmResp(7, 0, "id")),
        (pdu(0x80000004, b"id\0\x04\x20\0\1x"), SubmitSmResp(7, 0, "id", ((0x0420, b"x"),))),
        (pdu(0x80000015), EnquireLinkResp(7)),
        (pdu(0x80000009), BindResp(7, BindMode.TRANSCEIVER)),
        (pdu(0x80000000, b"", 0xFFFFFFFF), GenericNack(7, 0xFFFFFFFF)),
        (pdu(0x80000015, b"unforeseen body", 8), EnquireLinkResp(7, 8)),
    ],
    ids=repr,
)
def test_a_response_to_nothing_or_with_an_odd_status_is_only_an_event(octets, event):
    assert served(octets) == (event, [])


@pytest.mark.parametrize(
    "message",
    [
        DeliverSm(7, tlvs=((0x1401, b"vendor"),)),
        DeliverSm(7, tlvs=((0x0600, b"reserved"), (0x0600, b""))),
        DeliverSm(7, tlvs=((0x0424, b"x" * 1_000),)),
        DeliverSm(7, tlvs=((0x0424, b"x" * 60_000),)),
        DeliverSm(7, short_message=b""),
        DeliverSm(7, data_coding=0x0D, short_message=b"reserved"),
        DeliverSm(7, data_coding=8, short_message=b"\x01\x05\xd8"),
        DeliverSm(7, source_addr="Zażółć".encode().decode("latin-1")),
        DeliverSm(7, source_addr_ton=7, source_addr_npi=20),
        DeliverSm(7, esm_class=0x40, short_message=b""),
        DataSm(7, tlvs=((0x0424, b"text"),)),
    ],
    ids=lambda message: repr(message)[:100],
)
def test_odd_messages_are_taken_with_everything_they_carry(message):
    event, _ = served(write_pdu(message)[1])
    assert event == message


def test_a_short_message_of_255_octets_is_taken_although_none_may_be_sent():
    head = write_pdu(DeliverSm(7))[1][16:-1]
    event, _ = served(pdu(DELIVER_SM, head + b"\xff" + b"x" * 255))
    assert event.short_message == b"x" * 255


def test_a_payload_of_the_greatest_length_is_taken():
    event, _ = served(write_pdu(DeliverSm(7, tlvs=((0x0424, b"x" * 0xFFFF),)))[1])
    assert message_payload(event.tlvs) == b"x" * 0xFFFF


def test_two_hundred_requests_at_once_are_two_hundred_events():
    pair = ConnectionPair().bind()
    events = pair.send(Role.SMSC, *(DeliverSm(number) for number in range(200)))
    assert [event.sequence_number for event in events] == list(range(200))
