"""Whatever one end writes, the other reads back the same, however the octets are cut on the way."""

import pytest
from connection_pair import ConnectionPair
from hypothesis import given, settings
from hypothesis import strategies as st
from pdu_strategies import pdus

from recado.protocols.smpp import (
    BindMode,
    DeliverSm,
    DeliverSmResp,
    Event,
    LocalProtocolError,
    Role,
    Session,
    SubmitSm,
    Unbind,
    deliver_sm_resp,
)
from recado.protocols.smpp.constants import HEADER_OCTETS
from recado.protocols.smpp.readers import READERS
from recado.protocols.smpp.writers import write_header_only, write_pdu


def read(octets: bytes) -> Event:
    length, command_id, status, number = (int.from_bytes(octets[at : at + 4]) for at in (0, 4, 8, 12))
    assert length == len(octets)
    return READERS[command_id](octets, HEADER_OCTETS, length, status, number)


@given(pdus)
@settings(max_examples=400)
def test_every_pdu_reads_back_as_written(event):
    assert read(write_pdu(event)[1]) == event


@given(st.lists(pdus, min_size=2, max_size=3))
@settings(max_examples=60)
def test_a_pdu_never_reads_into_its_neighbour(events):
    octets = b"".join(write_pdu(event)[1] for event in events)
    start, found = 0, []
    while start < len(octets):
        length, command_id, status, number = (int.from_bytes(octets[start + at : start + at + 4]) for at in (0, 4, 8, 12))
        found.append(READERS[command_id](octets, start + HEADER_OCTETS, start + length, status, number))
        start += length
    assert found == events


MESSAGES = [
    DeliverSm(1, "", 1, 1, "48501222333", 1, 1, "503340503", short_message=b"GARDENER 2 pcs"),
    DeliverSm(2, "CMT", 5, 0, "Grüße", 1, 1, "4301", 0x40, schedule_delivery_time="261122101500000+", short_message=b"x" * 254),
    DeliverSm(3, short_message=b"", tlvs=((0x0424, b"long" * 300), (0x1401, b"\0"))),
]


@pytest.mark.parametrize("piece", [1, 2, 3, 15, 16, 17, 100, 1000])
def test_messages_arrive_whole_however_the_octets_are_cut(piece):
    pair = ConnectionPair(piece).bind()
    assert pair.send(Role.SMSC, *MESSAGES) == MESSAGES


def test_messages_arrive_whole_when_cut_in_two_at_every_octet():
    octets = b"".join(write_pdu(event)[1] for event in MESSAGES)
    for cut in range(len(octets) + 1):
        pair = ConnectionPair().bind()
        assert pair.wire(Role.SMSC, octets[:cut]) + pair.wire(Role.SMSC, octets[cut:]) == MESSAGES


def test_a_received_message_keeps_its_body_as_it_was():
    pair = ConnectionPair().bind()
    octets = pair.smsc.send(MESSAGES[1])
    (event,) = pair.wire(Role.SMSC, octets)
    assert event.body == octets[HEADER_OCTETS:]


def test_the_fast_acknowledgement_is_the_ordinary_one():
    pair = ConnectionPair().bind()
    assert deliver_sm_resp(7, 0x58) == pair.esme.send(DeliverSmResp(7, 0x58))
    assert pair.wire(Role.ESME, deliver_sm_resp(1) + deliver_sm_resp(2)) == [DeliverSmResp(1), DeliverSmResp(2)]


@pytest.mark.parametrize(
    "event",
    [
        SubmitSm(1, source_addr="ż"),
        SubmitSm(1, source_addr="a\0b"),
        SubmitSm(1, source_addr="1" * 21),
        SubmitSm(1, short_message=b"x" * 255),
        SubmitSm(1, data_coding=256),
        SubmitSm(1, tlvs=((0x0424, b"x" * 65_536),)),
        SubmitSm(1, tlvs=((0x10000, b""),)),
        SubmitSm(1 << 32),
    ],
    ids=repr,
)
def test_what_does_not_fit_the_wire_is_our_own_mistake(event):
    pair = ConnectionPair().bind()
    with pytest.raises(LocalProtocolError):
        pair.esme.send(event)


def test_sequence_numbers_start_at_one_and_wrap_to_one():
    session = Session()
    assert [session.next_sequence_number() for _ in range(3)] == [1, 2, 3]
    session._sequence_number = 0x7FFFFFFE
    assert [session.next_sequence_number() for _ in range(2)] == [0x7FFFFFFF, 1]


def test_a_refused_unbind_leaves_the_session_bound():
    pair = ConnectionPair().bind(BindMode.RECEIVER)
    pair.send(Role.ESME, Unbind(9))
    assert pair.wire(Role.SMSC, write_header_only(0x80000006, 8, 9))[0].command_status == 8
    assert pair.esme.state.is_bound
