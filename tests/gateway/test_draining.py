"""Draining a connection: what is under way is finished, nothing new is taken, nothing is lost, and it opens again."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from recado.core.submit import OutboundText, SegmentAccepted, SegmentRefused
from recado.gateway.link_pool import LinkPool
from recado.gateway.link_status import LinkState
from recado.protocols.smpp import DeliverSm, SubmitSmResp, Unbind
from recado.store.connections import ConnectionRow
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc

TEXT = OutboundText(9, "48503340503", "48501222333", "Thank you")
LONG = replace(TEXT, text="Thank you. " * 40)
REFUSED = (SegmentRefused("link_drained", permanent=False),)


def row(port, **settings):
    return ConnectionRow(1, "Carrier", "smpp", {"host": "127.0.0.1", "port": port, "system_id": "recado", **settings})


def play(scenario):
    async def run():
        world = LinkWorld()
        pool = LinkPool(world.ports(), lambda item: world.intake.put(item, None), lambda: datetime.now(UTC), Random(1))
        async with FakeSmsc() as smsc:
            try:
                await pool.apply([row(smsc.port)])
                await smsc.wait_bound()
                await until(lambda: pool.statuses[0].is_bound)
                await scenario(smsc, world, pool)
            finally:
                await pool.stop(timeout_seconds=2)

    asyncio.run(run())


def answers_later(smsc):
    """Have the message centre keep its answers until the returned function is called."""
    smsc.behaviour.answer_submit = lambda _request, _count: None

    def answer():
        smsc.behaviour.answer_submit = lambda request, count: SubmitSmResp(request.sequence_number, 0, f"{count:08d}")
        for number, request in enumerate(smsc.submitted, 1):
            smsc.bound[0].send(SubmitSmResp(request.sequence_number, 0, f"{number:08d}"))

    return answer


async def drained(pool):
    await until(lambda: pool.statuses[0].state is LinkState.DRAINED)


def test_a_text_under_way_gets_its_answer_before_the_link_closes_and_a_new_one_waits():
    async def scenario(smsc, world, pool):
        answer = answers_later(smsc)
        under_way = asyncio.ensure_future(pool.submit(1, TEXT))
        await until(lambda: smsc.submitted)
        pool.drain(1)
        await until(lambda: pool.statuses[0].is_draining)
        assert await pool.submit(1, TEXT) == REFUSED
        assert len(smsc.bound) == 1
        answer()
        assert await under_way == (SegmentAccepted("00000001"),)
        await drained(pool)
        assert isinstance(smsc.sessions[0].events[-1], Unbind)
        assert len(smsc.submitted) == 1

    play(scenario)


def test_all_segments_of_a_text_that_was_begun_are_sent():
    async def scenario(smsc, world, pool):
        answer = answers_later(smsc)
        under_way = asyncio.ensure_future(pool.submit(1, LONG))
        await until(lambda: smsc.submitted)
        pool.drain(1)
        await until(lambda: pool.statuses[0].is_draining)
        answer()
        outcomes = await under_way
        assert len(outcomes) == len(smsc.submitted) == 3
        assert all(isinstance(outcome, SegmentAccepted) for outcome in outcomes)

    play(scenario)


def test_messages_taken_are_answered_before_the_link_closes():
    async def scenario(smsc, world, pool):
        world.intake.answer = None
        asked = [smsc.bound[0].start_request(DeliverSm(0, source_addr=f"4850100{index:04}")) for index in range(50)]
        await until(lambda: len(world.intake.items) == 50)
        pool.drain(1)
        await until(lambda: pool.statuses[0].state is LinkState.CLOSING)
        late = smsc.sessions[0].start_request(DeliverSm(0, source_addr="48502000000"))
        await until(late.done)
        world.intake.answer = True
        world.intake.answer_all()
        await drained(pool)
        assert {future.result().command_status for future in asked} == {0}
        assert late.result().command_status == 0x58  # the carrier keeps it
        assert len(world.intake.items) == 50

    play(scenario)


def test_a_drained_connection_opens_again_and_keeps_its_figures():
    async def scenario(smsc, world, pool):
        await pool.submit(1, TEXT)
        pool.drain(1)
        await drained(pool)
        pool.resume(1)
        await until(lambda: pool.statuses[0].is_bound)
        assert await pool.submit(1, TEXT) == (SegmentAccepted("00000002"),)
        assert (pool.statuses[0].submitted_count, pool.statuses[0].is_draining) == (2, False)

    play(scenario)


def test_draining_can_be_called_off_while_it_waits():
    async def scenario(smsc, world, pool):
        answer = answers_later(smsc)
        under_way = asyncio.ensure_future(pool.submit(1, TEXT))
        await until(lambda: smsc.submitted)
        pool.drain(1)
        await until(lambda: pool.statuses[0].is_draining)
        pool.resume(1)
        await until(lambda: not pool.statuses[0].is_draining)
        answer()
        await under_way
        assert await pool.submit(1, TEXT) == (SegmentAccepted("00000002"),)
        assert len(smsc.sessions) == 1

    play(scenario)


def test_a_drained_connection_stays_closed_when_its_settings_change_and_forgets_when_it_is_disabled():
    async def scenario(smsc, world, pool):
        pool.drain(1)
        await drained(pool)
        await pool.apply([row(smsc.port, system_type="other")])
        assert pool.statuses[0].state is LinkState.DRAINED
        assert await pool.submit(1, TEXT) == REFUSED
        await pool.apply([])
        await pool.apply([row(smsc.port)])
        await until(lambda: pool.statuses[0].is_bound)

    play(scenario)


def test_the_simulator_is_drained_too():
    async def scenario(smsc, world, pool):
        await pool.apply([ConnectionRow(4, "Phones", "simulator", {})])
        pool.drain(4)
        await drained(pool)
        assert await pool.submit(4, TEXT) == REFUSED
        pool.resume(4)
        await until(lambda: pool.statuses[0].is_bound)

    play(scenario)


@pytest.mark.parametrize("connection_id", [7])
def test_a_connection_that_is_not_open_cannot_be_drained(connection_id):
    async def scenario(smsc, world, pool):
        pool.drain(connection_id)
        pool.resume(connection_id)
        assert pool.statuses[0].is_bound

    play(scenario)
