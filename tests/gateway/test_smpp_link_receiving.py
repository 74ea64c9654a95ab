"""What a link does with what a message centre sends: every row of the table of behaviours, over a real TCP connection."""

import asyncio
import struct
from random import Random

import pytest

from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.protocols.smpp import DataSm, DeliverSm, EnquireLink, GenericNack, SubmitSmResp, Unbind
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc

PHONE, NUMBER = "48501222333", "48503340503"
GOOD = DeliverSm(
    0,
    source_addr_ton=1,
    source_addr_npi=1,
    source_addr=PHONE,
    dest_addr_ton=1,
    dest_addr_npi=1,
    destination_addr=NUMBER,
    short_message=b"next",
)


def play(scenario, *, world=None, **settings):
    """Run a scenario against an open connection and return the world around it."""
    world = world or LinkWorld()

    async def run():
        async with FakeSmsc() as smsc, world.connected(smsc, **settings) as connection:
            await scenario(smsc, world, connection)

    asyncio.run(run())
    return world


def frame(command_id, body, *, status=0, sequence=900, length=None):
    return struct.pack(">IIII", 16 + len(body) if length is None else length, command_id, status, sequence) + body


def deliver_body(short_message=b"hi", *, sm_length=None, tlvs=b"", source=b"48501222333", esm_class=0, data_coding=0, ton=1, npi=1):
    head = (
        b"\0"
        + bytes([ton, npi])
        + source
        + b"\0\1\1"
        + NUMBER.encode()
        + b"\0"
        + bytes([esm_class, 0, 0])
        + b"\0\0"
        + bytes([0, 0, data_coding, 0])
    )
    return head + bytes([len(short_message) if sm_length is None else sm_length]) + short_message + tlvs


async def answer_to(smsc, octets, sequence=900):
    session = smsc.sessions[-1]
    session.send_octets(octets)
    return await until(lambda: next((event for event in session.events if event.sequence_number == sequence), None))


async def next_is_served(smsc):
    answer = await smsc.deliver(GOOD)
    assert answer.command_status == 0


def test_a_message_is_handed_over_and_acknowledged():
    async def scenario(smsc, world, connection):
        assert (await smsc.deliver(GOOD)).command_status == 0
        assert connection.statuses[0].received_count == 1

    (part,) = play(scenario).intake.items
    assert isinstance(part, InboundPart)
    assert (part.sender, part.recipient, part.text) == (PHONE, NUMBER, "next")


def test_nothing_is_acknowledged_before_it_is_stored():
    async def scenario(smsc, world, connection):
        waiting = smsc.sessions[0].start_request(GOOD)
        await until(lambda: world.intake.items)
        await asyncio.sleep(0.05)
        assert not waiting.done()
        assert connection.statuses[0].unacknowledged == 1
        world.intake.answer = True
        world.intake.answer_all()
        assert (await waiting).command_status == 0
        assert connection.statuses[0].unacknowledged == 0

    world = LinkWorld()
    world.intake.answer = None
    play(scenario, world=world)


def test_what_could_not_be_stored_gets_a_temporary_error():
    async def scenario(smsc, world, connection):
        assert (await smsc.deliver(GOOD)).command_status == 0x08

    world = LinkWorld()
    world.intake.answer = False
    play(scenario, world=world)


def test_data_sm_gets_its_own_response():
    async def scenario(smsc, world, connection):
        answer = await smsc.deliver(DataSm(0, source_addr=PHONE, destination_addr=NUMBER, tlvs=((0x0424, b"by data"),)))
        assert type(answer).__name__ == "DataSmResp"
        assert answer.command_status == 0
        await next_is_served(smsc)

    assert [item.text for item in play(scenario).intake.items] == ["by data", "next"]


@pytest.mark.parametrize(
    ("octets", "statuses"),
    [
        (frame(5, b""), {0x01, 0x02}),
        (frame(5, deliver_body()[:20]), {0x01, 0x02}),
        (frame(5, deliver_body(sm_length=200)), {0x01, 0x02}),
        (frame(5, deliver_body(tlvs=struct.pack(">HH", 0x0424, 50) + b"x")), {0xC0, 0xC2}),
    ],
    ids=["header only", "cut in the middle", "sm_length overrun", "parameter overrun"],
)
def test_an_unreadable_message_is_refused_and_the_next_is_served(octets, statuses):
    async def scenario(smsc, world, connection):
        answer = await answer_to(smsc, octets)
        assert answer.command_status in statuses
        await next_is_served(smsc)
        assert world.journal[0][0] == "malformed_pdu"

    assert len(play(scenario).intake.items) == 1


def test_an_unknown_command_gets_generic_nack_and_the_next_is_served():
    async def scenario(smsc, world, connection):
        answer = await answer_to(smsc, frame(0x0777, b"abc"))
        assert isinstance(answer, GenericNack)
        assert answer.command_status == 0x03
        await next_is_served(smsc)

    assert ("unknown_pdu", "0x00000777") in play(scenario).journal


@pytest.mark.parametrize("length", [0, 15, 0xFFFFFFFF, 64 * 1024 * 1024])
def test_an_impossible_length_closes_the_link_and_it_comes_back(length):
    async def scenario(smsc, world, connection):
        smsc.sessions[0].send_octets(frame(5, b"", length=length))
        await smsc.sessions[0].closed.wait()
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)
        await next_is_served(smsc)
        assert connection.statuses[0].reconnect_count == 1

    world = play(scenario)
    assert world.journal[0][0] == "framing_lost"
    assert world.sessions == ["bound", "lost", "bound", "lost"]


def test_500_random_octets_close_the_link_and_it_comes_back():
    async def scenario(smsc, world, connection):
        smsc.sessions[0].send_octets(Random(5).randbytes(500))
        await smsc.sessions[0].closed.wait()
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)
        await next_is_served(smsc)

    play(scenario)


@pytest.mark.parametrize(
    "body",
    [
        deliver_body(tlvs=struct.pack(">HH", 0x1401, 2) + b"ab"),
        deliver_body(tlvs=struct.pack(">HH", 0x0600, 2) + b"ab"),
        deliver_body(b"", tlvs=struct.pack(">HH", 0x0424, 1000) + b"x" * 1000),
        deliver_body(b"", tlvs=struct.pack(">HH", 0x0424, 60000) + b"x" * 60000),
        deliver_body(b""),
        deliver_body(data_coding=0x0D),
        deliver_body(data_coding=0xF1),
        deliver_body(data_coding=0x04),
        deliver_body(b"\0a\0", data_coding=8),
        deliver_body(b"\xd8\x3c", data_coding=8),
        deliver_body(bytes(range(0x80, 0xB0))),
        deliver_body(source=b"Caf\xe9"),
        deliver_body(ton=7, npi=20),
        deliver_body(bytes([11, 5, 4, 0, 1, 0, 2, 0, 3, 8, 2, 1]) + b"x", esm_class=0x40),
        deliver_body(b"\xc8abc", esm_class=0x40),
        deliver_body(b"", esm_class=0x40),
    ],
    ids=[
        "vendor parameter",
        "reserved parameter",
        "payload of 1000",
        "payload of 60000",
        "empty",
        "coding 0x0D",
        "coding 0xF1",
        "coding 0x04",
        "odd UCS-2",
        "lone surrogate",
        "octets above 0x7F",
        "non-ASCII source",
        "TON 7 NPI 20",
        "port before concatenation",
        "header overrun",
        "header of nothing",
    ],
)
def test_an_odd_message_is_stored_as_well_as_it_can_be(body):
    async def scenario(smsc, world, connection):
        answer = await answer_to(smsc, frame(5, body))
        assert answer.command_status == 0
        await next_is_served(smsc)

    assert play(scenario).intake.items[0].raw == body


def test_receipts_go_the_same_way_and_are_acknowledged_after_storing():
    text = b"id:77 sub:001 dlvrd:001 submit date:261122100000 done date:261122100100 stat:DELIVRD err:0A1 text:"

    async def scenario(smsc, world, connection):
        assert (await smsc.deliver(DeliverSm(0, esm_class=4, short_message=text))).command_status == 0

    (receipt,) = play(scenario).intake.items
    assert isinstance(receipt, DeliveryReceipt)
    assert (receipt.carrier_message_id, receipt.state, receipt.carrier_error) == ("77", OutboundState.DELIVERED, "0A1")


@pytest.mark.parametrize("status", [0, 0x4FF])
def test_a_response_to_nothing_changes_nothing(status):
    async def scenario(smsc, world, connection):
        smsc.sessions[0].send_octets(smsc.sessions[0].session.send(SubmitSmResp(4711, status, "x" if not status else "")))
        await next_is_served(smsc)

    play(scenario)


def test_200_messages_at_once_get_200_responses():
    async def scenario(smsc, world, connection):
        answers = await asyncio.gather(*(smsc.sessions[0].start_request(GOOD) for _ in range(200)))
        assert [answer.command_status for answer in answers] == [0] * 200

    assert len(play(scenario).intake.items) == 200


def test_a_full_intake_stops_reading_and_asks_for_patience():
    async def scenario(smsc, world, connection):
        world.intake.has_room = False
        assert (await smsc.deliver(GOOD)).command_status == 0x58
        waiting = smsc.sessions[0].start_request(GOOD)
        await asyncio.sleep(0.1)
        assert not waiting.done()
        assert connection.statuses[0].is_paused
        world.intake.has_room = True
        assert (await waiting).command_status == 0
        assert not connection.statuses[0].is_paused

    assert len(play(scenario).intake.items) == 1


def test_nothing_more_is_read_from_a_peer_that_does_not_take_our_answers():
    async def scenario(smsc, world, connection):
        link = connection.keepers[0].link
        link.pause_writing()
        waiting = smsc.sessions[0].start_request(GOOD)
        await asyncio.sleep(0.1)
        assert not waiting.done()
        link.resume_writing()
        assert (await waiting).command_status == 0

    assert len(play(scenario).intake.items) == 1


def test_a_peer_that_never_takes_our_answers_is_left():
    async def scenario(smsc, world, connection):
        connection.keepers[0].link.pause_writing()
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)
        assert "enquire_link" in connection.statuses[0].last_error
        await next_is_served(smsc)

    play(scenario, enquire_link_seconds=0.05, response_timeout_seconds=0.5)


def test_the_peer_learns_that_we_live():
    async def scenario(smsc, world, connection):
        answer = await asyncio.wait_for(smsc.sessions[0].start_request(EnquireLink(0)), 5)
        assert answer.command_status == 0

    play(scenario)


def test_an_unbind_is_agreed_to_after_what_was_taken_is_answered():
    async def scenario(smsc, world, connection):
        session = smsc.sessions[0]
        message = session.start_request(GOOD)
        await until(lambda: world.intake.items)
        unbinding = session.start_request(Unbind(0))
        await asyncio.sleep(0.05)
        assert not message.done()
        assert not unbinding.done()
        world.intake.answer = True
        world.intake.answer_all()
        await asyncio.gather(message, unbinding)
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)

    world = LinkWorld()
    world.intake.answer = None
    play(scenario, world=world)
