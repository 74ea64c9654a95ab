"""The feeder takes its turns by itself, beside a worker; on both databases."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

import pytest
from campaign_rows import CampaignRows
from outbox_rows import NOW
from worker_twins import Carrier, until

from recado.delivery import feeding
from recado.delivery.database_thread import DatabaseThread
from recado.delivery.feeder import Feeder
from recado.delivery.worker import Notice
from recado.store.ids import greatest_before

pytestmark = pytest.mark.anyio
PHONES = [f"4850100{index:04d}" for index in range(150)]


@pytest.fixture
def rows(outbox) -> CampaignRows:
    return CampaignRows(outbox)


@pytest.fixture
def feeding_in(database, clock):
    """Run a feeder inside `async with`."""

    @asynccontextmanager
    async def run(**more):
        feeder = Feeder(database, clock, count(9_000_000), turn_seconds=0.02, **more)
        feeder.start()
        try:
            yield feeder
        finally:
            await feeder.stop()

    return run


async def test_a_campaign_reaches_every_phone_once_and_pages_hear_of_it(rows, working, feeding_in):
    carrier, told = Carrier(), []
    rows.begin(PHONES)
    async with working(carrier) as worker, feeding_in(on_released=worker.wake, on_changed=told.extend):
        await until(lambda: rows.state() == "sent")
    assert sorted(taken[2] for taken in carrier.taken) == PHONES
    assert rows.messages() == {"sent": len(PHONES)}
    assert set(told) == {Notice("campaign", 1, 1)}


async def test_a_stop_is_at_once(rows, feeding_in, monkeypatch):
    monkeypatch.setattr(feeding, "BACKLOG", 50)
    rows.begin(PHONES)
    async with feeding_in() as feeder:
        await until(lambda: rows.jobs() == {"waiting": 50})
        rows.stop()
        feeder.wake()
        await until(lambda: rows.messages() == {"unsentstopped": len(PHONES)})
    assert rows.jobs() == {"done": 50}


async def test_a_program_is_told_what_is_never_sent(rows, connection, feeding_in, monkeypatch):
    monkeypatch.setattr(feeding, "BACKLOG", 2)
    connection.execute(
        "INSERT INTO outbox_destination (id, account_id, name, kind, url, method, is_enabled, is_default, created_at) "
        "VALUES (71, 1, 'reports', 'receipts', 'https://shop.example/', 'GET', TRUE, TRUE, ?)",
        (connection.dialect.timestamp(NOW),),
    )
    rows.begin(PHONES[:5])
    async with feeding_in() as feeder:
        await until(lambda: rows.jobs() == {"waiting": 2})
        rows.stop()
        feeder.wake()
        await until(lambda: rows.messages() == {"unsentstopped": 5})
    assert connection.rows("SELECT COUNT(DISTINCT outbound_message_id), COUNT(*) FROM outbox_job WHERE kind = 'push_receipt'") == [(5, 5)]


async def test_who_opts_out_while_it_waits_with_the_workers_gets_nothing(rows, feeding_in):
    rows.begin(PHONES[:3])
    async with feeding_in():
        await until(lambda: rows.jobs() == {"waiting": 3})
        rows.opt_out(PHONES[1], key=greatest_before(int(NOW.timestamp() * 1000)) + 1)
        await until(lambda: rows.fates()[PHONES[1]] == "unsent opted_out")
        rows.block(PHONES[2])
        await until(lambda: rows.fates()[PHONES[2]] == "unsent opted_out")
    assert rows.jobs() == {"waiting": 1, "done": 2}


async def test_a_campaign_that_breaks_holds_up_no_other(rows, connection, feeding_in):
    rows.begin(PHONES[:3], key=1)
    rows.begin(PHONES[:3], key=2, per_minute=-1)
    connection.execute("UPDATE campaigns_campaign SET released_at = ?", (connection.dialect.timestamp(NOW - timedelta(days=1)),))
    async with feeding_in() as feeder:
        await until(lambda: rows.jobs(1) == {"waiting": 3})
        assert feeder.trouble == ""


async def test_when_the_database_is_away_the_feeder_says_so_and_goes_on_later(rows, database, feeding_in):
    class Flaky(DatabaseThread):
        failures = 2

        async def peek(self, work):
            if self.failures:
                self.failures -= 1
                raise ConnectionError("gone")
            return await super().peek(work)

    rows.begin(PHONES[:3])
    seen = set()
    async with feeding_in(transactions=Flaky(database)) as feeder:
        while rows.jobs() != {"waiting": 3}:
            seen.add(feeder.trouble)
            await asyncio.sleep(0.005)
        await until(lambda: feeder.trouble == "")
    assert "ConnectionError: gone" in seen
