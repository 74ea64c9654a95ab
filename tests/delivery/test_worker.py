"""The worker on both databases, with real HTTP receivers and carriers in memory."""

import asyncio
import random
import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from outbox_rows import NOW

from recado.core.retry import FORWARD_SCHEDULE
from recado.core.submit import SegmentAccepted, SegmentRefused
from recado.delivery.database_thread import BorrowedTransactions, DatabaseThread
from recado.delivery.http_client import HttpClient
from recado.delivery.worker import Limits, Notice, Worker
from recado.gateway.intake import Intake
from recado.gateway.writer import GroupCommitWriter

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=60)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Carrier:
    """Takes everything, unless told what else to say."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.taken = []

    async def submit(self, connection_id, message):
        self.taken.append((connection_id, message.outbound_id, message.recipient, message.text))
        return self.answers.pop(0) if self.answers else (SegmentAccepted(f"c{len(self.taken)}"),)


class Silent:
    """A carrier that never answers."""

    def __init__(self):
        self.asked = 0

    async def submit(self, *_):
        self.asked += 1
        await asyncio.Event().wait()


async def until(condition, what: str = "") -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited in vain: {what}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def working(database, clock):
    """Run a worker inside `async with`; it is stopped at the end."""

    @asynccontextmanager
    async def run(carrier=None, *, timeout_seconds: float = 5, total_seconds: float = 5, **more):
        limits = Limits(poll_seconds=0.02, lease=LEASE, **more.pop("limits", {}))
        async with HttpClient(allow_private=more.pop("allow_private", True), total_seconds=total_seconds) as client:
            chance = random.Random(1)
            worker = Worker(database, carrier or Carrier(), client, clock, chance=chance, limits=limits, **more)
            worker.start()
            try:
                yield worker
            finally:
                await worker.stop(timeout_seconds=timeout_seconds)

    return run


async def test_a_forward_reaches_its_url_once_and_is_done(outbox, working, receiving):
    changed, worked = [], []
    async with receiving() as receiver:
        job = outbox.forward(outbox.destination(receiver.url + "?n=#NUMER#&w=#WIADOMOSC#&d=#DATA#"))
        async with working(on_changed=changed.extend, on_worked=lambda *what: worked.append(what[:2])):
            await until(lambda: outbox.state(job)[0] == "done")
    assert receiver.heads[0].startswith("GET /in?n=48501222333&w=Gardener&d=2026-03-01%2012%3A00%3A00 ")
    assert len(receiver.heads) == 1
    assert outbox.state(job)[1] == 1
    ((position, request, status, body, error),) = outbox.attempts(job)
    assert (position, status, body, error) == (1, 200, "OK", "")
    assert request.startswith(f"GET {receiver.url}?n=48501222333")
    assert changed == [Notice("jobs", 1, 9)]
    assert worked == [("forward_url", "done")]


async def test_a_failing_forward_follows_the_schedule_and_is_given_up_after_the_last_attempt(outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        job = outbox.forward(outbox.destination(receiver.url))
        async with working() as worker:
            for attempts, pause in enumerate(FORWARD_SCHEDULE[1:], 1):
                await until(lambda made=attempts: outbox.state(job)[1] == made, f"attempt {attempts}")
                state, _, due, error = outbox.state(job)
                assert (state, error) == ("waiting", "answered HTTP 500")
                assert pause * 0.9 <= due - clock.now <= pause * 1.1
                clock.now = due
                worker.wake()
            await until(lambda: outbox.state(job)[0] == "dead", "given up")
    assert len(receiver.heads) == len(FORWARD_SCHEDULE)
    assert [attempt[0] for attempt in outbox.attempts(job)] == list(range(1, len(FORWARD_SCHEDULE) + 1))


async def test_a_forward_that_failed_succeeds_later(outbox, working, receiving, response, clock):
    async with receiving(response(200, b"ERROR")) as receiver:
        job = outbox.forward(outbox.destination(receiver.url))
        async with working():
            await until(lambda: outbox.state(job)[1] == 1)
            receiver.answer = response(200, b"OK")
            clock.advance(4)
            await asyncio.sleep(0.1)
            assert len(receiver.heads) == 1
            clock.advance(2)
            await until(lambda: outbox.state(job)[0] == "done")
    assert [attempt[4] for attempt in outbox.attempts(job)] == ["answered 'ERROR' instead of OK", ""]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"SSH-2.0\r\n\r\n", "the connection broke"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "answered HTTP 302; redirects are not followed",
        ),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nOK", "answered HTTP 404"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"\x00" * 2_000_000, "answered"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nOK", "the connection broke"),
    ],
)
async def test_bad_answers_are_tried_again(outbox, working, receiving, answer, reason):
    async with receiving(answer) as receiver:
        job = outbox.forward(outbox.destination(receiver.url))
        async with working():
            await until(lambda: outbox.state(job)[1] == 1)
    state, _, _, error = outbox.state(job)
    assert state == "waiting"
    assert error.startswith(reason)


@pytest.mark.parametrize("given", [{"allow_private": False}, {}])
async def test_what_can_never_work_is_given_up_at_once(outbox, working, given):
    job = outbox.forward(outbox.destination("http://127.0.0.1:9/" if given else "ftp://example.com/"))
    async with working(**given):
        await until(lambda: outbox.state(job)[0] == "dead")
    assert outbox.state(job)[1] == 1


async def test_jobs_whose_destination_or_message_is_gone_or_switched_off_are_given_up(outbox, working):
    off = outbox.forward(outbox.destination("http://127.0.0.1:9/", is_enabled=False))
    outbox.job(1, "forward_url", NOW, destination_id=4711)
    outbox.job(2, "forward_url", NOW, destination_id=outbox.destination("http://127.0.0.1:9/"), message_id=4711)
    outbox.job(3, "submit", NOW, outbound_message_id=4711)
    async with working():
        await until(lambda: {outbox.state(job)[0] for job in (off, 1, 2, 3)} == {"dead"})
    errors = [outbox.state(job)[3] for job in (off, 1, 2, 3)]
    assert errors == ["the destination is switched off", "the destination is gone", "the message is gone", "the message is gone"]


async def test_an_endpoint_that_hangs_delays_no_other(outbox, working, receiving):
    async def hang(reader, writer):
        await reader.read()

    async with receiving(hang) as dead, receiving() as alive:
        slow, quick = outbox.destination(dead.url), outbox.destination(alive.url)
        stuck = [outbox.forward(slow, sender=f"4850{number}", due=NOW - timedelta(hours=1)) for number in range(50)]
        jobs = [outbox.forward(quick, sender=f"4860{number}") for number in range(30)]
        async with working(limits={"claim": 10, "forwards": 20}, timeout_seconds=0.1):
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs), "the quick ones")
            assert 1 <= dead.most_open <= Limits().forwards_per_destination
    assert {outbox.state(job)[:2] for job in stuck} == {("waiting", 0)}


async def test_an_overloaded_endpoint_is_left_alone_for_as_long_as_it_asks(outbox, working, receiving, response, clock):
    async with receiving(response(503, b"", "Retry-After: 100")) as receiver:
        destination = outbox.destination(receiver.url)
        jobs = [outbox.forward(destination, sender="48501") for _ in range(3)]
        async with working():
            await until(lambda: outbox.state(jobs[0])[1] == 1)
            assert outbox.state(jobs[0])[2] == NOW + timedelta(seconds=100)
            receiver.answer = response(200, b"OK")
            clock.advance(99)
            await asyncio.sleep(0.1)
            assert len(receiver.heads) == 1
            clock.advance(2)
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs))
    assert len(receiver.heads) == 4


async def test_messages_of_one_sender_arrive_in_order(outbox, working, receiving):
    async with receiving() as receiver:
        destination = outbox.destination(receiver.url + "?w=#WIADOMOSC#")
        jobs = [outbox.forward(destination, text=str(number)) for number in range(20)]
        async with working():
            await until(lambda: outbox.state(jobs[-1])[0] == "done")
    assert [head.split("w=")[1].split()[0] for head in receiver.heads] == [str(number) for number in range(20)]
    assert receiver.most_open == 1


async def test_a_reply_is_handed_over_through_the_connection_of_its_number(outbox, working):
    carrier, changed = Carrier((SegmentAccepted("x1"), SegmentAccepted("x2"))), []
    job = outbox.reply("Long " * 40)
    async with working(carrier, on_changed=changed.extend):
        await until(lambda: outbox.state(job)[0] == "done")
    assert [(connection, recipient) for connection, _, recipient, _ in carrier.taken] == [(3, "48501222333")]
    assert outbox.outbound(job) == ("sent", "", "", 2, 3)
    assert outbox.segments(job) == [(1, 3, "x1", "sent"), (2, 3, "x2", "sent")]
    assert outbox.attempts(job) == []
    assert changed == [Notice("outbound", 1, 9)]


async def test_a_receipt_that_came_before_the_answer_was_written_is_applied(outbox, working):
    report = {"carrier_state": "DELIVRD", "carrier_error": "000", "state": "delivered", "reason": "", "raw": b"", "received_at": NOW}
    outbox.insert("outbox_unmatchedreceipt", id=1, connection_id=3, carrier_message_id="x1", **report)
    job = outbox.reply()
    async with working(Carrier((SegmentAccepted("x1"),))):
        await until(lambda: outbox.outbound(job)[0] == "delivered")
    assert outbox.segments(job) == [(1, 3, "x1", "delivered")]


REFUSED = SegmentRefused("ESME_RINVDSTADR (0x0000000B)", permanent=True)
UNSURE = SegmentRefused("timeout", permanent=False, uncertain=True)
THROTTLED = SegmentRefused("ESME_RTHROTTLED (0x00000058)", permanent=False)


@pytest.mark.parametrize(
    ("answer", "job_state", "message"),
    [
        ((REFUSED,), "dead", ("undelivered", "wrong_number", REFUSED.error)),
        ((UNSURE,), "done", ("sent", "", "no answer (timeout)")),
        ((SegmentAccepted("x1"), UNSURE), "done", ("sent", "", "no answer (timeout)")),
        ((SegmentAccepted("x1"), THROTTLED), "dead", ("undelivered", "operator_error", f"only 1 segments taken, then {THROTTLED.error}")),
    ],
)
async def test_what_may_have_been_sent_or_never_will_is_not_sent_again(outbox, working, clock, answer, job_state, message):
    carrier = Carrier(answer)
    job = outbox.reply()
    async with working(carrier) as worker:
        await until(lambda: outbox.state(job)[0] == job_state)
        clock.advance(100_000)
        worker.wake()
        await asyncio.sleep(0.1)
    assert len(carrier.taken) == 1
    assert outbox.outbound(job)[:3] == message
    assert outbox.attempts(job)[0][4] == message[2]


async def test_a_throttled_reply_is_sent_a_little_later(outbox, working, clock):
    carrier = Carrier((THROTTLED,))
    job = outbox.reply()
    async with working(carrier):
        await until(lambda: outbox.state(job)[1] == 1)
        assert outbox.outbound(job)[:3] == ("queued", "", THROTTLED.error)
        clock.advance(2)
        await until(lambda: outbox.state(job)[0] == "done")
    assert outbox.outbound(job)[:3] == ("sent", "", "")
    assert len(carrier.taken) == 2


async def test_a_reply_that_no_link_takes_for_a_day_is_undelivered(outbox, working, clock):
    job = outbox.reply(attempt_count=30)
    async with working(Carrier((SegmentRefused("link_down", permanent=False),))):
        await until(lambda: outbox.state(job)[0] == "dead")
    assert outbox.outbound(job)[:3] == ("undelivered", "message_expired", "link_down")


async def test_replies_are_not_delayed_by_forwards_nor_by_a_silent_connection(outbox, working, receiving):
    class Mixed(Carrier):
        async def submit(self, connection_id, message):
            if connection_id == 4:
                await asyncio.Event().wait()
            return await super().submit(connection_id, message)

    async def hang(reader, writer):
        await reader.read()

    outbox.insert("connections_connection", id=4, name="silent", kind="smpp", settings="{}", is_enabled=True, created_at=NOW)
    for number in range(30):
        outbox.reply(recipient=f"4870{number}", connection_id=4, due=NOW - timedelta(hours=1))
    async with receiving(hang) as dead:
        destination = outbox.destination(dead.url)
        for number in range(20):
            outbox.forward(destination, sender=f"4870{number}", due=NOW - timedelta(hours=1))
        job = outbox.reply()
        async with working(Mixed(), timeout_seconds=0.1, limits={"claim": 10, "submits_per_connection": 5}):
            await until(lambda: outbox.state(job)[0] == "done")


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
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
        await writer.drain()

    async with receiving(slow) as receiver:
        destination = outbox.destination(receiver.url)
        for number in range(20):
            outbox.forward(destination, sender=str(number))
        async with working(limits={"forwards_per_destination": 2}):
            await until(lambda: len(receiver.heads) == 2)
    assert outbox.states("forward_url") == {"done": 2, "waiting": 18}


async def test_a_text_cut_off_by_stopping_counts_as_sent_without_an_answer(outbox, working):
    carrier = Silent()
    job = outbox.reply()
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: carrier.asked == 1)
    assert outbox.state(job)[0] == "done"
    assert outbox.outbound(job)[:3] == ("sent", "", "no answer (stopped)")


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
    assert outbox.outbound(bad)[:3] == ("undelivered", "other_error", "the result could not be written down")
    assert len(carrier.taken) == 8


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
        assert outbox.state(job)[0] == "claimed"
        shaky.is_away = False
        await until(lambda: outbox.state(job)[0] == "done")
        await until(lambda: not worker.trouble)
    assert len(carrier.taken) == 1
    assert outbox.outbound(job)[0] == "sent"


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
