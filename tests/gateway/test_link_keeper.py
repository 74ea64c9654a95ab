"""The life of a link: binding, refusals, keep-alive, TLS, coming back, going away."""

import asyncio
import ssl
import subprocess
from random import Random

import pytest

from recado.gateway.backoff import JITTER, Backoff
from recado.gateway.link_status import LinkState
from recado.protocols.smpp import BindMode, DeliverSm, Unbind
from recado.testing.links import LinkWorld, until
from recado.testing.smsc import FakeSmsc, SmscBehaviour


def play(scenario, behaviour=None, tls=None, **settings):
    async def run():
        world = LinkWorld()
        async with FakeSmsc(behaviour or SmscBehaviour(), tls) as smsc:
            connection = world.open(smsc.port, **settings)
            try:
                await scenario(smsc, world, connection)
            finally:
                await connection.stop(timeout_seconds=1)

    asyncio.run(run())


def test_a_bind_carries_the_settings():
    async def scenario(smsc, world, connection):
        (session,) = await smsc.wait_bound()
        bind = session.bind
        assert (bind.mode, bind.system_id, bind.password, bind.system_type, bind.address_range, bind.interface_version) == (
            BindMode.TRANSCEIVER,
            "recado",
            "secret",
            "VMA",
            "^4850",
            0x34,
        )

    play(scenario, system_type="VMA", address_range="^4850")


def test_a_refused_bind_is_shown_and_tried_again():
    async def scenario(smsc, world, connection):
        status = connection.statuses[0]
        await until(lambda: status.state is LinkState.WAITING)
        assert status.last_error == "bind refused: ESME_RINVPASWD"
        assert status.next_try_at is not None
        smsc.behaviour.bind_status = 0
        await until(lambda: status.is_bound)
        assert (status.bound_since is not None, status.next_try_at) == (True, None)
        assert world.journal == [("link_failed", "bind refused: ESME_RINVPASWD")]

    play(scenario, SmscBehaviour(bind_status=0x0E))


def test_a_message_centre_that_does_not_listen_is_named():
    async def run():
        connection = LinkWorld().open(1)
        await until(lambda: connection.statuses[0].last_error)
        assert "127.0.0.1" in connection.statuses[0].last_error
        await connection.stop()
        assert connection.statuses[0].state is LinkState.STOPPED

    asyncio.run(run())


@pytest.mark.parametrize("settings", [{"host": "a" * 70 + ".example"}, {"host": "a..b"}, {"password": "zażółć"}])
def test_whatever_keeps_a_link_from_opening_is_shown_and_tried_again(settings):
    async def run():
        async with FakeSmsc() as smsc:
            connection = LinkWorld().open(smsc.port, **settings)
            status = connection.statuses[0]
            await until(lambda: status.state is LinkState.WAITING and status.reconnect_count >= 2)
            assert status.last_error
            await connection.stop()

    asyncio.run(run())


def test_a_silent_peer_is_asked_whether_it_lives():
    async def scenario(smsc, world, connection):
        (session,) = await smsc.wait_bound()
        await until(lambda: sum(type(event).__name__ == "EnquireLink" for event in session.events) >= 2)
        assert connection.statuses[0].is_bound

    play(scenario, enquire_link_seconds=0.05)


def test_a_dead_peer_is_left_and_tried_again():
    async def scenario(smsc, world, connection):
        await smsc.wait_bound()
        await until(lambda: len(smsc.sessions) >= 2 and smsc.sessions[-1].is_bound)
        assert "enquire_link" in connection.statuses[0].last_error

    play(scenario, SmscBehaviour(answers_enquire_link=False), enquire_link_seconds=0.05, response_timeout_seconds=0.1)


def test_a_link_that_the_carrier_unbound_comes_back():
    async def scenario(smsc, world, connection):
        (session,) = await smsc.wait_bound()
        await session.start_request(Unbind(0))
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)
        assert connection.statuses[0].last_error == "the carrier unbound the session"

    play(scenario)


def test_stopping_answers_what_was_taken_then_unbinds():
    async def run():
        world = LinkWorld()
        world.intake.answer = None
        async with FakeSmsc() as smsc:
            connection = world.open(smsc.port)
            (session,) = await smsc.wait_bound()
            waiting = session.start_request(DeliverSm(0, source_addr="48501222333", destination_addr="4301", short_message=b"last"))
            await until(lambda: world.intake.items)
            stopping = asyncio.ensure_future(connection.stop())
            await asyncio.sleep(0.05)
            assert not any(type(event).__name__ == "Unbind" for event in session.events)
            world.intake.answer = True
            world.intake.answer_all()
            await stopping
            assert (await waiting).command_status == 0
            assert [type(event).__name__ for event in session.events][-2:] == ["DeliverSmResp", "Unbind"]

    asyncio.run(run())


def test_stopping_does_not_wait_for_ever():
    async def scenario(smsc, world, connection):
        await smsc.wait_bound()
        await connection.stop(timeout_seconds=0.1)
        await asyncio.wait_for(smsc.sessions[0].closed.wait(), 5)

    play(scenario, SmscBehaviour(answers_unbind=False))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_tls_without_checking_takes_a_home_made_certificate(certificate):
    async def scenario(smsc, world, connection):
        await smsc.wait_bound()
        assert (await smsc.deliver(DeliverSm(0, source_addr="1", destination_addr="4301", short_message=b"x"))).command_status == 0

    play(scenario, tls=certificate, use_tls=True, verify_tls=False)


def test_tls_refuses_a_certificate_nobody_vouches_for(certificate):
    async def scenario(smsc, world, connection):
        await until(lambda: connection.statuses[0].last_error)
        assert "certificate" in connection.statuses[0].last_error.lower()

    play(scenario, tls=certificate, use_tls=True)


def test_delays_grow_to_the_limit_and_start_anew_after_success():
    backoff = Backoff(60, Random(3))
    delays = [backoff.next_delay() for _ in range(12)]
    for delay, plain in zip(delays, [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60], strict=True):
        assert plain * (1 - JITTER) <= delay <= plain * (1 + JITTER)
    backoff.reset()
    assert backoff.next_delay() <= 0.5 * (1 + JITTER)
