"""Connections that follow the configuration, and the way out over them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.submit import OutboundText, SegmentAccepted, SegmentRefused
from recado.gateway.link_pool import LinkPool
from recado.store.connections import ConnectionRow
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc

TEXT = OutboundText(9, "48503340503", "48501222333", "Thank you")


def now():
    return datetime.now(UTC)


def row(key=1, name="Carrier", kind="smpp", **settings):
    return ConnectionRow(key, name, kind, {"host": "127.0.0.1", "system_id": "recado", **settings} if kind == "smpp" else settings)


def play(scenario):
    async def run():
        world = LinkWorld()
        pool = LinkPool(world.ports(), lambda item: world.intake.put(item, None), now, Random(1))
        async with FakeSmsc() as smsc:
            try:
                await scenario(smsc, world, pool)
            finally:
                await pool.stop(timeout_seconds=2)

    asyncio.run(run())


def test_a_connection_that_is_added_binds_and_one_that_is_removed_unbinds():
    async def scenario(smsc, world, pool):
        await pool.apply([row(port=smsc.port)])
        (session,) = await smsc.wait_bound()
        await until(lambda: pool.statuses[0].is_bound)
        assert await pool.submit(1, TEXT) == (SegmentAccepted("00000001"),)
        await pool.apply([])
        assert type(session.events[-1]).__name__ == "Unbind"
        assert pool.statuses == []
        assert await pool.submit(1, TEXT) == (SegmentRefused("link_down", permanent=False),)

    play(scenario)


def test_a_test_message_is_refused_by_every_connection_but_the_simulator():
    async def scenario(smsc, world, pool):
        await pool.apply([row(port=smsc.port)])
        await smsc.wait_bound()
        (refused,) = await pool.submit(1, replace(TEXT, is_test=True))
        assert (refused.permanent, smsc.submitted) == (True, [])

    play(scenario)


def test_only_what_changed_is_opened_again():
    async def scenario(smsc, world, pool):
        same, changed = row(1, "Same", port=smsc.port), row(2, "Changed", port=smsc.port)
        await pool.apply([same, changed])
        await smsc.wait_bound(2)
        await pool.apply([same, row(2, "Changed", port=smsc.port, links=2)])
        await until(lambda: len(smsc.bound) == 3)
        assert len(smsc.sessions) == 4

    play(scenario)


def test_a_connection_that_cannot_be_used_is_named_and_harms_no_other():
    async def scenario(smsc, world, pool):
        await pool.apply([row(1, "Bad", port="many"), row(2, "Odd", "pigeon"), row(3, "Good", port=smsc.port)])
        await smsc.wait_bound()
        assert set(pool.misconfigured) == {"Bad", "Odd"}
        assert "port is 'many'" in pool.misconfigured["Bad"]
        await pool.apply([row(3, "Good", port=smsc.port)])
        assert pool.misconfigured == {}

    play(scenario)


def test_the_simulator_takes_a_text_at_once_and_reports_it_delivered():
    async def scenario(smsc, world, pool):
        await pool.apply([row(4, "Phone simulator", "simulator")])
        (outcome,) = await pool.submit(4, TEXT)
        assert isinstance(outcome, SegmentAccepted)
        assert pool.statuses[0].is_bound
        (receipt,) = await until(lambda: world.intake.items)
        assert isinstance(receipt, DeliveryReceipt)
        assert (receipt.carrier_message_id, receipt.state) == (outcome.carrier_message_id, OutboundState.DELIVERED)

    play(scenario)
