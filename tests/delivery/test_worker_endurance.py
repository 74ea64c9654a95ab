"""The worker through crashes, stops, outages and beside other workers; on both databases."""

import asyncio
import sqlite3
from datetime import timedelta

import psycopg
import pytest
from outbox_rows import NOW
from worker_twins import Carrier, until

from recado.core.submit import SegmentAccepted
from recado.delivery.database_thread import BorrowedTransactions, DatabaseThread
from recado.delivery.http_client import HttpClient
from recado.delivery.limits import Limits
from recado.delivery.worker import PATIENCE, Worker
from recado.gateway.intake import Intake
from recado.gateway.writer import GroupCommitWriter
from recado.store import handed_over
from recado.store.charging import CreditGoneError

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=60)


async def test_a_job_claimed_by_a_worker_that_died_returns_when_its_lease_ends(outbox, working, receiving, clock):
    async with receiving() as receiver:
        job = outbox.forward(outbox.destination(receiver.url), state="claimed", claimed_until=NOW + LEASE)
        async with working():
            await asyncio.sleep(0.1)
            assert receiver.heads == []
            clock.advance(61)
            await until(lambda: outbox.state(job)[0] == "done")
    assert len(receiver.heads) == 1


async def test_a_crash_after_the_answer_repeats_the_forward_and_the_id_stays(outbox, database, working, receiving, clock):
    """The first worker disappears between the answer and writing it down."""
    async with receiving() as receiver:
        job = outbox.forward(outbox.destination(receiver.url + "?id=#ID#"))
        async with HttpClient(allow_private=True) as client:
            first = Worker(database, Carrier(), client, clock, limits=Limits(poll_seconds=0.02))
            first._done = lambda *_: None
            first.start()
            await until(lambda: len(receiver.heads) == 1)
            await first.stop()
        assert outbox.state(job)[0] == "claimed"
        clock.advance(61)
        async with working():
            await until(lambda: outbox.state(job)[0] == "done")
    assert len(receiver.heads) == 2
    assert receiver.heads[0] == receiver.heads[1]


async def test_work_that_takes_longer_than_the_lease_is_kept(outbox, database, working, receiving, clock):
    go = asyncio.Event()

    async def late(reader, writer):
        await go.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        await writer.drain()

    async with receiving(late) as receiver:
        job = outbox.forward(outbox.destination(receiver.url))
        async with working(), working(node=1):
            await until(lambda: len(receiver.heads) == 1)
            for _ in range(6):
                clock.advance(21)
                await until(lambda: _lease(outbox, job) > clock.now + timedelta(seconds=59))
            go.set()
            await until(lambda: outbox.state(job)[0] == "done")
    assert len(receiver.heads) == 1


def _lease(outbox, job):
    return outbox.con.dialect.moment(outbox.con.rows("SELECT claimed_until FROM outbox_job WHERE id = ?", (job,))[0][0])


async def test_two_workers_share_the_work_and_nothing_is_done_twice(outbox, working):
    first, second = Carrier(), Carrier()
    jobs = [outbox.reply(recipient=f"4850{number}") for number in range(200)]
    async with working(first, limits={"claim": 7}), working(second, limits={"claim": 7}, node=1):
        await until(lambda: outbox.states("submit") == {"done": len(jobs)})
    sent = [outbound for _, outbound, *_ in first.taken + second.taken]
    assert len(sent) == len(set(sent)) == len(jobs)


async def test_stopping_ends_what_is_under_way_and_leaves_the_rest(outbox, working, receiving):
    async def slow(reader, writer):
        await asyncio.sleep(0.2)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK")
        await writer.drain()

    async with receiving(slow) as receiver:
        destination = outbox.destination(receiver.url)
        for number in range(20):
            outbox.forward(destination, sender=str(number))
        async with working(limits={"forwards_per_destination": 2}):
            await until(lambda: len(receiver.heads) == 3)  # the first alone, then two at once
    assert outbox.states("forward_url") == {"done": 3, "waiting": 17}


async def test_a_forward_cut_off_by_stopping_returns_at_once(outbox, working, receiving):
    async def hang(reader, writer):
        await reader.read()

    async with receiving(hang) as receiver:
        job = outbox.forward(outbox.destination(receiver.url))
        async with working(timeout_seconds=0.05):
            await until(lambda: len(receiver.heads) == 1)
    assert outbox.state(job)[:2] == ("waiting", 0)


async def test_a_wake_from_another_thread_starts_the_work_before_the_next_look(outbox, working, receiving):
    async with receiving() as receiver, working(limits={}) as worker:
        worker._limits = Limits(poll_seconds=3600)
        await asyncio.sleep(0.1)
        job = outbox.forward(outbox.destination(receiver.url))
        await asyncio.to_thread(worker.wake)
        await until(lambda: outbox.state(job)[0] == "done")


async def test_a_result_that_cannot_be_written_holds_up_no_other(outbox, working, monkeypatch):
    class Bad(Carrier):
        async def submit(self, connection_id, message):
            await super().submit(connection_id, message)
            return (SegmentAccepted({"not": "a text"} if message.text == "bad" else "x"),)

    bad, good = outbox.reply("bad", recipient="1"), [outbox.reply(recipient=str(number)) for number in range(2, 9)]
    carrier = Bad()
    async with working(carrier) as worker:
        await until(lambda: all(outbox.state(job)[0] == "done" for job in good))
        await until(lambda: outbox.state(bad)[0] == "dead")
        await until(lambda: not worker.trouble)
    assert outbox.outbound(bad)[:3] == ("uncertain", "", "the result could not be written down")
    assert len(carrier.taken) == 8


async def test_a_worker_that_gave_way_to_others_does_its_turn_again_and_gives_nothing_up(outbox, working, monkeypatch):
    charge, times = handed_over.charge, []

    def gives_way(con, messages, *rest) -> None:
        if messages and len(times) < 2 * PATIENCE:
            times.append(1)
            raise CreditGoneError(frozenset({1})) if len(times) % 2 else psycopg.errors.DeadlockDetected
        charge(con, messages, *rest)

    monkeypatch.setattr(handed_over, "charge", gives_way)
    monkeypatch.setattr(type(outbox.con.dialect), "is_deadlock", lambda _dialect, error: isinstance(error, psycopg.errors.DeadlockDetected))
    job = outbox.reply()
    async with working(Carrier()) as worker:
        await until(lambda: outbox.state(job)[0] == "done")
        assert not worker.trouble
    assert (len(times), outbox.outbound(job)[0]) == (2 * PATIENCE, "sent")


async def test_results_wait_for_a_database_that_is_away(outbox, database, working):
    class Shaky(DatabaseThread):
        is_away = False

        async def peek(self, work):
            return await super().peek(self.broken if self.is_away else work)

        def broken(self, _):
            raise (sqlite3 if database.engine == "sqlite" else psycopg).OperationalError("disk I/O error")

    class Leaving(Carrier):
        async def submit(self, connection_id, message):
            shaky.is_away = True
            return await super().submit(connection_id, message)

    shaky, carrier, job = Shaky(database), Leaving(), outbox.reply()
    async with working(carrier, transactions=shaky) as worker:
        await until(lambda: worker.trouble)
        assert outbox.state(job)[0] == "handing"
        shaky.is_away = False
        await until(lambda: outbox.state(job)[0] == "done")
        await until(lambda: not worker.trouble)
    assert len(carrier.taken) == 1
    assert outbox.outbound(job)[0] == "sent"


async def test_what_waited_beyond_its_lease_is_left_to_whoever_claimed_it_meanwhile(outbox, database, working, clock):
    class Gone(DatabaseThread):
        is_away = False

        async def peek(self, work):
            if self.is_away:
                raise (sqlite3 if database.engine == "sqlite" else psycopg).OperationalError("disk I/O error")
            return await super().peek(work)

    class Slow(Carrier):
        async def submit(self, connection_id, message):
            await go.wait()
            return await super().submit(connection_id, message)

    go, gone, slow, other = asyncio.Event(), Gone(database), Slow(), Carrier()
    jobs = [outbox.reply(recipient=f"4850{number}") for number in range(5)]
    async with working(slow, transactions=gone, limits={"submits_per_connection": 1}) as worker:
        await until(lambda: worker.running_count == 1 and worker.waiting_count == 4)
        gone.is_away = True
        await until(lambda: worker.trouble)
        clock.advance(61)
        async with working(other, node=1):
            await until(lambda: outbox.states("submit") == {"done": len(jobs)})
        go.set()
        await until(lambda: slow.taken)
        gone.is_away = False
        await until(lambda: not worker.trouble)
    assert len(slow.taken) == 1, "what was under way cannot be called back"


async def test_the_gateways_writer_can_lend_its_thread(outbox, database, working):
    intake = Intake()
    writer = GroupCommitWriter(database, intake, lambda: None, asyncio.get_running_loop())
    writer.start()
    try:
        jobs = [outbox.reply(recipient=str(number)) for number in range(50)]
        async with working(transactions=BorrowedTransactions(database, writer.submit)):
            await until(lambda: outbox.states("submit") == {"done": len(jobs)})
    finally:
        await asyncio.to_thread(writer.stop)
    assert [outbox.outbound(job)[0] for job in jobs] == ["sent"] * len(jobs)
