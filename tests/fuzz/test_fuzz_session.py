"""Ten thousand random, truncated and mutated PDUs from fixed seeds: never an unexpected error, and the next one is served."""

from random import Random

import pytest
from random_pdus import random_pdu, reframe, spoil

from recado.protocols.smpp import (
    Bind,
    BindMode,
    BindResp,
    DeliverSm,
    EnquireLink,
    MalformedPdu,
    RemoteProtocolError,
    Role,
    Session,
    State,
    UnknownPdu,
    command_name,
    is_receipt,
    parse_receipt,
    status_name,
)
from recado.protocols.smpp.constants import RESPONSE_BIT
from recado.protocols.smpp.tlv import network_error_code, sar
from recado.protocols.smpp.writers import write_pdu

NEXT = EnquireLink(4711)
SEEDS = range(10)
PDUS_PER_SEED = 1_000


def bound(role):
    session = Session(role)
    peer = Session(role.peer)
    ends = {role: session, role.peer: peer}
    ends[Role.SMSC].receive_data(ends[Role.ESME].send(Bind(1, BindMode.TRANSCEIVER)))
    ends[Role.ESME].receive_data(ends[Role.SMSC].send(BindResp(1, BindMode.TRANSCEIVER)))
    assert session.state is State.BOUND_TRX
    return session


def look_at(session, event):
    """Do with an event what a link does."""
    if isinstance(event, MalformedPdu | UnknownPdu):
        check_refusal(session, event)
    elif isinstance(event, DeliverSm):
        sar(event.tlvs)
        network_error_code(event.tlvs)
        if is_receipt(event.esm_class):
            parse_receipt(event.short_message, event.tlvs)


def check_refusal(session, event):
    assert command_name(event.command_id)
    answer = session.refuse(event)
    is_answerable = session.state is not State.CLOSED and not event.command_id & RESPONSE_BIT
    assert bool(answer) is is_answerable
    if answer:
        length, command_id, status, number = (int.from_bytes(answer[at : at + 4]) for at in (0, 4, 8, 12))
        assert (length, number) == (len(answer), event.sequence_number)
        assert command_id & RESPONSE_BIT
        assert status
        assert status_name(status).startswith("ESME_R")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_sound_frame_anything_may_lie_and_the_next_pdu_is_served(seed, role):
    random = Random(seed)
    session = bound(role)
    refused = 0
    for _ in range(PDUS_PER_SEED):
        octets = reframe(spoil(random, random_pdu(random)))
        *events, following = session.receive_data(octets + write_pdu(NEXT)[1])
        assert following == NEXT
        assert len(events) == 1
        look_at(session, events[0])
        refused += isinstance(events[0], MalformedPdu | UnknownPdu)
        if session.state is not State.BOUND_TRX:
            session = bound(role)
    assert 0 < refused < PDUS_PER_SEED


@pytest.mark.parametrize("seed", SEEDS)
def test_damage_to_the_frame_itself_ends_in_events_waiting_or_closing(seed):
    random = Random(1_000 + seed)
    closed = waiting = served = 0
    for _ in range(PDUS_PER_SEED):
        session = bound(random.choice(tuple(Role)))
        octets = spoil(random, random_pdu(random)) + write_pdu(NEXT)[1]
        try:
            events = session.receive_data(octets)
        except RemoteProtocolError as error:
            events = list(error.events)
            assert session.state is State.CLOSED
            closed += 1
        served += NEXT in events
        waiting += session.state is not State.CLOSED and NEXT not in events
        for event in events:
            look_at(session, event)
    assert closed
    assert waiting
    assert served


@pytest.mark.parametrize("seed", SEEDS)
def test_how_the_octets_are_cut_makes_no_difference(seed):
    random = Random(2_000 + seed)
    octets = b"".join(reframe(spoil(random, random_pdu(random))) for _ in range(50)) + b"\xff" * random.randrange(4)
    whole, pieces = bound(Role.ESME), bound(Role.ESME)
    expected = whole.receive_data(octets)
    found = []
    at = 0
    while at < len(octets):
        step = random.choice((1, 2, 3, 16, 200))
        found += pieces.receive_data(octets[at : at + step])
        at += step
    assert found == expected
    assert pieces.state is whole.state


def test_five_hundred_random_octets_close_the_session():
    random = Random(3_000)
    for _ in range(200):
        session = bound(Role.ESME)
        with pytest.raises(RemoteProtocolError):
            session.receive_data(bytes([random.randrange(1, 256)]) + random.randbytes(499))
        assert session.state is State.CLOSED


def test_a_stream_of_octets_without_end_stays_small():
    session = Session(max_pdu_octets=4_096)
    random = Random(4_000)
    for _ in range(50):
        session.receive_data(random_pdu(random))
        assert len(session._partial) <= 4_096
