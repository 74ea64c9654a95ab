"""From a foreign message centre to the database and back: message, decision, reply by submit_sm, receipt, delivered."""

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest
from foreign import COMMANDS, ForeignSmsc

from recado.config import Config
from recado.delivery.worker import Worker
from recado.gateway.app import Gateway
from recado.gateway.clock import utc_now

pytestmark = pytest.mark.slow

PHONE, NUMBER = "48501222333", "48503340503"
REPLY = "Dziękujemy, jesteś na liście."


@pytest.fixture(params=COMMANDS)
def smsc(request):
    with ForeignSmsc(request.param) as foreign:
        yield foreign


def configure(con, port):
    """Write one account with a shared number, a keyword that adds to a group and replies, and a connection."""
    now = con.dialect.timestamp(datetime(2026, 11, 1, tzinfo=UTC))
    settings = json.dumps({"host": "127.0.0.1", "port": port, "system_id": "recado", "password": "secret"})
    rows = {
        "connections_connection": {"id": 1, "name": "Carrier", "kind": "smpp", "settings": settings, "is_enabled": True, "created_at": now},
        "accounts_account": {
            "id": 1,
            "name": "Róża",
            "language": "pl",
            "time_zone": "Europe/Warsaw",
            "is_suspended": False,
            "created_at": now,
        },
        "numbers_number": {
            "id": 1,
            "digits": NUMBER,
            "kind": "shared_long",
            "state": "assigned",
            "connection_id": 1,
            "label": "",
            "created_at": now,
        },
        "contacts_group": {"id": 1, "account_id": 1, "name": "Newsletter", "created_at": now},
        "keywords_keyword": {
            "id": 1,
            "account_id": 1,
            "number_id": 1,
            "word": "Gardener",
            "tokens": "gardener",
            "folded": "gardener",
            "kind": "exact",
            "also_when_text_follows": False,
            "state": "live",
            "created_at": now,
        },
        "keywords_rule": {"id": 1, "account_id": 1, "number_id": 1, "keyword_id": 1, "priority": 0, "is_enabled": True, "created_at": now},
        "keywords_ruleaction": {"id": 1, "rule_id": 1, "position": 1, "kind": "send_reply", "text": REPLY},
        "numbers_routingversion": {"id": 1, "version": 2},
    }
    with con.transaction():
        for table, row in rows.items():
            add(con, table, **row)
        add(con, "keywords_ruleaction", id=2, rule_id=1, position=0, kind="add_to_group", group_id=1, text="")


def add(con, table, **row):
    con.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


class NoClient:
    """No URL is called in these tests."""


@pytest.fixture
def play(database, connection, smsc, tmp_path):
    configure(connection, smsc.port)

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
