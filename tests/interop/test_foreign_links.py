"""A link to foreign message centres: bind, receive, send, receipts, unbind. Without a database; the whole way is in test_whole_way.py."""

import asyncio

import pytest
from foreign import COMMANDS, ForeignSmsc

from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.submit import OutboundText, SegmentAccepted
from recado.testing.links import LinkWorld, until

pytestmark = pytest.mark.slow


@pytest.fixture(params=COMMANDS)
def smsc(request):
    with ForeignSmsc(request.param) as foreign:
        yield foreign


def play(smsc, scenario, **settings):
    async def run():
        world = LinkWorld()
        connection = world.open(smsc.port, **settings)
        try:
            await until(lambda: connection.statuses[0].is_bound or connection.statuses[0].last_error)
            await scenario(world, connection)
        finally:
            await connection.stop()

    asyncio.run(run())


def test_messages_are_received_and_answered(smsc):
    async def scenario(world, connection):
        smsc.send(b"GARDENER 2 pcs")
        smsc.send("Zażółć 🌻".encode("utf-16-be"), data_coding=8)
        smsc.send(bytes([5, 0, 3, 9, 2, 1]) + b"one ", esm_class=0x40)
        await until(lambda: len(world.intake.items) == 3)
        await asyncio.sleep(0)
        assert [item.text for item in world.intake.items] == ["GARDENER 2 pcs", "Zażółć 🌻", "one "]
        assert [await asyncio.to_thread(smsc.expect, "answered") for _ in range(3)] == [{"event": "answered", "status": 0}] * 3

    play(smsc, scenario)


def test_a_text_is_sent_and_its_receipt_comes_back(smsc):
    async def scenario(world, connection):
        outcomes = await connection.submit(OutboundText(1, "48503340503", "48501222333", "Thank you"))
        sent = await asyncio.to_thread(smsc.expect, "submitted")
        assert outcomes == (SegmentAccepted(sent["id"]),)
        assert (sent["source"], sent["destination"], sent["text"], sent["registered_delivery"]) == (
            "48503340503",
            "48501222333",
            "Thank you",
            1,
        )
        receipt = await until(lambda: next(iter(world.intake.items), None))
        assert isinstance(receipt, DeliveryReceipt)
        assert (receipt.carrier_message_id, receipt.state) == (sent["id"], OutboundState.DELIVERED)
        assert (await asyncio.to_thread(smsc.expect, "receipt_answered"))["status"] == 0

    play(smsc, scenario)


def test_a_long_text_with_polish_letters_arrives_in_segments(smsc):
    async def scenario(world, connection):
        outcomes = await connection.submit(OutboundText(1, "48503340503", "48501222333", "Zażółć gęślą jaźń. " * 8))
        assert len(outcomes) == 3
        assert all(isinstance(outcome, SegmentAccepted) for outcome in outcomes)
        sent = [await asyncio.to_thread(smsc.expect, "submitted") for _ in outcomes]
        assert {(segment["has_header"], segment["data_coding"]) for segment in sent} == {(True, 8)}

    play(smsc, scenario)


def test_leaving_is_announced(smsc):
    async def scenario(world, connection):
        await connection.stop()
        assert (await asyncio.to_thread(smsc.expect, "unbound"))["event"] == "unbound"

    play(smsc, scenario)


def test_a_wrong_password_is_refused_in_words(smsc):
    async def scenario(world, connection):
        assert connection.statuses[0].last_error == "bind refused: ESME_RINVPASWD"

    play(smsc, scenario, password="wrong")
