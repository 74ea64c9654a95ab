"""From a foreign message centre to the database and back: message, decision, reply by submit_sm, receipt, delivered."""

import asyncio
import time

import pytest
from foreign import COMMANDS, ForeignSmsc

from recado.config import Config
from recado.delivery.worker import Worker
from recado.gateway.app import Gateway
from recado.gateway.clock import utc_now
from recado.testing.sample import NUMBER, REPLY, write_sample

pytestmark = pytest.mark.slow

PHONE = "48501222333"


@pytest.fixture(params=COMMANDS)
def smsc(request):
    with ForeignSmsc(request.param) as foreign:
        yield foreign


class NoClient:
    """No URL is called in these tests."""


@pytest.fixture
def play(database, connection, smsc, tmp_path):
    write_sample(connection, smsc.port)

    async def run(scenario):
        worker = None
        gateway = Gateway(Config(tmp_path, database), on_jobs=lambda: worker and worker.wake())
        await gateway.start()
        worker = Worker(database, gateway.pool, NoClient(), utc_now)
        worker.start()
        try:
            await asyncio.to_thread(scenario)
        finally:
            await gateway.drain()
            await worker.stop()
            await gateway.stop()

    return lambda scenario: asyncio.run(run(scenario))


def eventually(con, query, expected, seconds=15):
    deadline = time.monotonic() + seconds
    while (found := con.rows(query)) != expected:
        assert time.monotonic() < deadline, found
        time.sleep(0.02)


def test_a_message_is_stored_answered_and_its_reply_delivered(play, smsc, connection):
    def scenario():
        smsc.expect("bound")
        smsc.send(b"gardener")
        assert smsc.expect("answered")["status"] == 0
        stored = connection.rows("SELECT sender, recipient, text, account_id, keyword_id FROM inbox_message")
        assert stored == [(PHONE, NUMBER, "gardener", 1, 1)]
        sent = smsc.expect("submitted")
        assert (sent["source"], sent["destination"], sent["data_coding"]) == (NUMBER, PHONE, 8)
        assert smsc.expect("receipt_answered")["status"] == 0
        eventually(connection, "SELECT text, state, reason, segment_count FROM outbox_outboundmessage", [(REPLY, "delivered", "", 1)])
        eventually(connection, "SELECT carrier_message_id, state FROM outbox_segment", [(sent["id"], "delivered")])

    play(scenario)


def test_a_long_message_in_reversed_parts_is_joined(play, smsc, connection):
    def scenario():
        smsc.expect("bound")
        for position, text in ((2, b"second half"), (1, b"First half, ")):
            smsc.send(bytes([5, 0, 3, 9, 2, position]) + text, esm_class=0x40)
            assert smsc.expect("answered")["status"] == 0
        assert connection.rows("SELECT text, parts_received, parts_total FROM inbox_message") == [("First half, second half", 2, 2)]

    play(scenario)
