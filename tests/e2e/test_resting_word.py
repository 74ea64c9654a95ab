"""Over a real SMPP link: a resting word is answered by the installation itself, the carrier's receipt finishes the answer."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from configuring import configure
from web_client import WebClient, eventually

from recado.config import Database
from recado.protocols import smpp
from recado.store.dialect import connect
from recado.testing.process import RunningRecado
from recado.testing.routing import insert, keyword_with_rule
from recado.testing.smsc import FakeSmsc, SmscBehaviour, delivery_receipt

pytestmark = pytest.mark.slow

SHARED, PHONE = "48503340503", "48604218377"
STATES = "SELECT account_id, dialogue_id, state FROM outbox_outboundmessage"


def release_a_word(database: Database) -> None:
    """Put a shared number on the carrier, with a word of its first account that ended yesterday."""
    con = connect(database)
    now = datetime.now(UTC)
    at, ended = con.dialect.timestamp(now), con.dialect.timestamp(now - timedelta(days=1))
    account, carrier = con.rows("SELECT a.id, c.id FROM accounts_account a, connections_connection c WHERE c.name = 'carrier'")[0]
    with con.transaction():
        kind = {"kind": "shared_long", "state": "assigned", "connection_id": carrier, "label": ""}
        number = insert(con, "numbers_number", digits=SHARED, **kind, created_at=at)
        keyword, _ = keyword_with_rule(con, account, number, "TULIP", at)
        con.execute("UPDATE keywords_keyword SET state = 'quarantine', ends_at = ? WHERE id = ?", (ended, keyword))
    con.close()


def test_a_resting_word_is_answered_delivered_and_shown_to_no_account(sqlite_database: Database, tmp_path: Path):
    async def scene() -> None:
        async with FakeSmsc(SmscBehaviour(receipts=lambda request, message_id: [delivery_receipt(request, message_id)])) as smsc:
            database_url = f"sqlite://{sqlite_database.name}"
            await asyncio.to_thread(configure, smsc.port, database_url, tmp_path / "data")
            await asyncio.to_thread(release_a_word, sqlite_database)
            recado = RunningRecado(tmp_path / "data", database_url)
            await asyncio.to_thread(recado.start)
            try:
                await smsc.wait_bound(2)
                with WebClient(recado.url) as owner:
                    await asyncio.to_thread(owner.sign_in, "owner@recado.example", "correct horse battery")
                    for _ in range(2):
                        words = smpp.DeliverSm(0, source_addr=PHONE, destination_addr=SHARED, short_message=b"Tulip")
                        assert (await smsc.deliver(words)).command_status == 0
                    await asyncio.to_thread(eventually, lambda: states(sqlite_database), lambda found: found == [(None, None, "delivered")])
                    assert PHONE[2:5] not in await asyncio.to_thread(owner.get, "/inbox/")
                (answer,) = smsc.submitted
                assert (answer.source_addr, answer.destination_addr) == (SHARED, PHONE)
                assert answer.short_message == b"This keyword is no longer in use."
            finally:
                await asyncio.to_thread(recado.stop)

    asyncio.run(scene())


def states(database: Database) -> list[tuple[object, ...]]:
    con = connect(database)
    try:
        return con.rows(STATES)
    finally:
        con.close()
