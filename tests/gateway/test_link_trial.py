"""Trying a connection because a person asks."""

import asyncio
from datetime import UTC, datetime
from random import Random

import pytest

from recado.carriers.base import SettingsError
from recado.gateway.link_pool import LinkPool
from recado.protocols.smpp import BindMode
from recado.store.connections import ConnectionRow
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc, SmscBehaviour


def row(port, kind="smpp", **settings):
    return ConnectionRow(1, "Carrier", kind, {"host": "127.0.0.1", "port": port, "system_id": "recado", **settings})


def play(scenario, behaviour=None):
    async def run():
        world = LinkWorld()
        pool = LinkPool(world.ports(), lambda item: world.intake.put(item, None), lambda: datetime.now(UTC), Random(1))
        async with FakeSmsc(behaviour or SmscBehaviour()) as smsc:
            try:
                await scenario(smsc, pool)
            finally:
                await pool.stop(timeout_seconds=2)

    asyncio.run(run())


def names(steps):
    return [(step.name, step.error) for step in steps]


def test_a_link_that_is_bound_is_asked_whether_it_lives():
    async def scenario(smsc, pool):
        await pool.apply([row(smsc.port)])
        await until(lambda: pool.statuses and pool.statuses[0].is_bound)
        assert names(await pool.trial(row(smsc.port))) == [("enquire_link", "")]
        assert len(smsc.sessions) == 1

    play(scenario)


def test_a_connection_that_is_not_open_is_bound_once_and_left_in_order():
    async def scenario(smsc, pool):
        steps = await pool.trial(row(smsc.port, links=5, bind_mode="both"))
        one = [("connect", ""), ("bind", ""), ("enquire_link", ""), ("unbind", "")]
        assert names(steps) == one * 2
        assert [session.bind.mode for session in smsc.sessions] == [BindMode.RECEIVER, BindMode.TRANSMITTER]
        await until(lambda: all(session.closed.is_set() for session in smsc.sessions))
        assert pool.statuses == []

    play(scenario)


def test_settings_that_differ_from_the_open_ones_are_tried_apart():
    async def scenario(smsc, pool):
        await pool.apply([row(smsc.port)])
        await smsc.wait_bound()
        await pool.trial(row(smsc.port, system_id="other"))
        assert [session.bind.system_id for session in smsc.sessions] == ["recado", "other"]

    play(scenario)


def test_a_refused_bind_is_told_in_the_carriers_word():
    async def scenario(smsc, pool):
        assert names(await pool.trial(row(smsc.port))) == [("connect", ""), ("bind", "bind refused: ESME_RINVPASWD")]

    play(scenario, SmscBehaviour(bind_status=0x0E))


def test_a_message_centre_that_is_not_there_is_told():
    async def scenario(smsc, pool):
        ((name, error),) = names(await pool.trial(row(1)))
        assert name == "connect"
        assert "127.0.0.1:1" in error

    play(scenario)


def test_a_message_centre_that_stays_silent_is_told():
    async def scenario(smsc, pool):
        steps = await pool.trial(row(smsc.port, response_timeout_seconds=1))
        assert [step.name for step in steps] == ["connect", "bind", "enquire_link", "unbind"]
        assert "no answer" in steps[2].error

    play(scenario, SmscBehaviour(answers_enquire_link=False))


def test_settings_that_cannot_be_used_are_named():
    async def scenario(smsc, pool):
        with pytest.raises(SettingsError, match="port"):
            await pool.trial(row("many"))

    play(scenario)


def test_the_simulator_is_always_there():
    async def scenario(smsc, pool):
        assert names(await pool.trial(ConnectionRow(4, "Phones", "simulator", {}))) == [("connect", "")]

    play(scenario)
