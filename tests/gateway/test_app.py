"""The gateway as a whole, on both databases, against a fake message centre: what is stored, answered, resent, drained and shown."""

import asyncio
from datetime import UTC, datetime

import pytest

from recado.config import Config
from recado.core.message import Encoding, InboundPart
from recado.gateway.app import Gateway
from recado.gateway.intake import NotStoredError
from recado.protocols.smpp import DeliverSm
from recado.testing.links import until
from recado.testing.sample import NUMBER, change_connection, write_sample
from recado.testing.smsc import FakeSmsc

PHONE = "48501222333"


def message(text=b"Gardener", **fields):
    given = {"source_addr_ton": 1, "source_addr_npi": 1, "source_addr": PHONE, "destination_addr": NUMBER, "short_message": text}
    return DeliverSm(0, **{**given, **fields})


@pytest.fixture
def play(database, connection, tmp_path):
    def run(scenario, **settings):
        async def inside():
            async with FakeSmsc() as smsc:
                write_sample(connection, smsc.port, **settings)
                gateway = Gateway(Config(tmp_path, database))
                await gateway.start()
                try:
                    await smsc.wait_bound(settings.get("links", 1))
                    await scenario(smsc, gateway)
                finally:
                    await gateway.stop()

        asyncio.run(inside())

    return run


def count(con, table):
    return con.rows(f"SELECT COUNT(*) FROM {table}")[0][0]


def test_an_acknowledged_message_is_there_with_all_its_effects(play, connection):
    async def scenario(smsc, gateway):
        assert (await smsc.deliver(message())).command_status == 0
        tables = (
            "inbox_message",
            "dialogues_dialogue",
            "contacts_contact",
            "contacts_groupmembership",
            "outbox_outboundmessage",
            "outbox_job",
        )
        assert {table: count(connection, table) for table in tables} == dict.fromkeys(tables, 1)

    play(scenario)


def test_who_watches_is_told_after_the_commit(play):
    async def scenario(smsc, gateway):
        events = gateway.live.subscribe(1)
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await smsc.deliver(message())
        notice = (await asyncio.wait_for(first, 5)).notice
        assert (notice.kind, notice.account_id) == ("message", 1)
        assert notice.object_id
        await events.aclose()

    play(scenario)


def test_the_same_text_twice_is_two_messages(play, connection):
    async def scenario(smsc, gateway):
        await smsc.deliver(message(b"vote A"))
        await smsc.deliver(message(b"vote A"))
        assert count(connection, "inbox_message") == 2

    play(scenario)


def test_what_is_sent_again_after_a_cut_has_no_second_effect_and_a_third_vote_counts(play, connection):
    async def scenario(smsc, gateway):
        acknowledged = smsc.sessions[0].start_request(message(b"vote A"))
        smsc.sessions[0].start_request(message(b"vote B"))
        await acknowledged
        await until(lambda: count(connection, "inbox_message") == 2)
        smsc.sessions[0].cut()
        await until(lambda: len(smsc.sessions) == 2 and smsc.sessions[1].is_bound)
        assert (await smsc.deliver(message(b"vote B"))).command_status == 0
        assert count(connection, "inbox_message") == 2
        assert (await smsc.deliver(message(b"vote B"))).command_status == 0
        assert count(connection, "inbox_message") == 3
        assert connection.rows("SELECT event FROM connections_carrierlog WHERE event = 'repeat_dropped'") == [("repeat_dropped",)]

    play(scenario)


def test_many_links_cut_in_the_middle_of_a_window_lose_and_double_nothing(play, connection):
    async def scenario(smsc, gateway):
        wanted = [message(b"vote %d" % index, source_addr=f"485010{index:05d}") for index in range(300)]
        sessions = await smsc.wait_bound(3)
        sent = [(one, sessions[index % 3].start_request(one)) for index, one in enumerate(wanted)]
        await until(lambda: any(future.done() for _, future in sent))
        for session in sessions:
            session.cut()
        await until(lambda: sum(session.is_bound for session in smsc.sessions[3:]) == 3)
        unanswered = [one for one, future in sent if not future.done() or future.exception()]
        answers = await asyncio.gather(*(smsc.deliver(one) for one in unanswered))
        assert all(answer.command_status == 0 for answer in answers)
        stored = sorted(sender for (sender,) in connection.rows("SELECT sender FROM inbox_message"))
        assert stored == sorted(one.source_addr for one in wanted)

    play(scenario, links=3)


def test_an_unreadable_pdu_is_in_the_carrier_log(play, connection):
    async def scenario(smsc, gateway):
        session = smsc.sessions[0]
        session.send_octets(bytes.fromhex("00000014000000050000000000000384") + b"\1\2\3\4")
        await until(lambda: any(event.sequence_number == 900 for event in session.events))
        (row,) = await until(lambda: connection.rows("SELECT direction, event, octets FROM connections_carrierlog"))
        assert (row[0], row[1], bytes(row[2])[-4:]) == ("in", "malformed_pdu", b"\1\2\3\4")

    play(scenario)


def test_a_changed_connection_is_followed_while_running(play, connection):
    async def scenario(smsc, gateway):
        change_connection(connection, links=2, system_id="other")
        await asyncio.to_thread(gateway.check_routes)
        await until(lambda: len(smsc.bound) == 2)
        assert {session.bind.system_id for session in smsc.bound} == {"other"}
        assert (await smsc.deliver(message())).command_status in {0, 0x58}

    play(scenario)


def test_a_thread_may_receive_and_gets_the_id(play, connection):
    part = InboundPart(1, PHONE, NUMBER, "gardener", Encoding.UCS2, datetime.now(UTC), b"", 1, is_test=True)

    async def scenario(smsc, gateway):
        message_id = await asyncio.to_thread(gateway.receive, part)
        assert connection.rows("SELECT id, text FROM inbox_message") == [(message_id, "gardener")]

    play(scenario)


def test_draining_stores_and_answers_what_was_taken_then_unbinds(play, connection):
    async def scenario(smsc, gateway):
        session = smsc.sessions[0]
        answers = [session.start_request(message(source_addr=f"4850122{index:04d}")) for index in range(200)]
        await until(lambda: gateway.pool.statuses[0].received_count)
        await gateway.drain()
        answered = [answer.result().command_status for answer in answers if answer.done() and not answer.exception()]
        assert answered.count(0) == count(connection, "inbox_message")
        assert "Unbind" in [type(event).__name__ for event in session.events]
        assert not gateway.health()["ok"]
        with pytest.raises(NotStoredError):
            await asyncio.to_thread(gateway.receive, InboundPart(1, PHONE, NUMBER, "x", Encoding.GSM7, datetime.now(UTC), b"", 1))

    play(scenario)


def test_health_says_how_everything_is(play):
    async def scenario(smsc, gateway):
        await until(lambda: gateway.health()["links"][0]["state"] == "bound")
        health = gateway.health()
        assert (health["ok"], health["database"]["ok"], health["queue"], health["misconfigured"]) == (True, True, 0, {})
        assert health["routes"]["version"] == 2
        smsc.behaviour.bind_status = 0x0E
        smsc.sessions[0].cut()
        await until(lambda: "RINVPASWD" in gateway.health()["links"][0]["last_error"])
        assert gateway.health()["ok"]  # a carrier in trouble is no reason to restart us

    play(scenario)


def test_metrics_show_links_and_counts(play):
    from prometheus_client import REGISTRY

    async def scenario(smsc, gateway):
        before = REGISTRY.get_sample_value("recado_items_total", {"outcome": "message"})
        await smsc.deliver(message())
        labels = {"connection": "Carrier", "link": "transceiver 1"}
        assert REGISTRY.get_sample_value("recado_link_received_total", labels) == 1
        assert REGISTRY.get_sample_value("recado_link_bound", labels) == 1
        await until(lambda: REGISTRY.get_sample_value("recado_items_total", {"outcome": "message"}) == before + 1)

    play(scenario)
