"""Destinations that fail are paused, what waits for them waits, and nobody else notices; on both databases with real receivers."""

from datetime import timedelta

import pytest
from outbox_rows import NOW
from worker_twins import until

from recado.core.pausing import FAILED_ATTEMPTS
from recado.store import parking

pytestmark = pytest.mark.anyio


def paused(outbox, destination):
    sql = "SELECT pause_reason, failed_attempts, failing_since, succeeded_at FROM outbox_destination WHERE id = ?"
    return outbox.con.rows(sql, (destination,))[0]


def due(outbox, job):
    return outbox.state(job)[2]


async def test_after_a_day_of_failures_a_destination_is_paused_and_its_jobs_wait(outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        destination = outbox.destination(receiver.url)
        jobs = [outbox.forward(destination, sender=f"4850{number}") for number in range(FAILED_ATTEMPTS - 1)]
        async with working() as worker:
            await until(lambda: all(outbox.state(job)[1] == 1 for job in jobs), "first attempts")
            assert paused(outbox, destination)[:2] == ("", FAILED_ATTEMPTS - 1)
            clock.advance(25 * 3600)
            last = outbox.forward(destination, sender="48599")
            worker.wake()
            await until(lambda: paused(outbox, destination)[0] == "failing", "paused")
            clock.advance(3600)
            worker.wake()
            await until(lambda: {due(outbox, job) for job in [*jobs, last]} == {parking.PARKED}, "all wait")
            asked = len(receiver.heads)
            late = outbox.forward(destination, due=clock.now)
            worker.wake()
            await until(lambda: due(outbox, late) == parking.PARKED, "the late one waits")
        assert len(receiver.heads) == asked
    assert {outbox.state(job)[0] for job in [*jobs, last, late]} == {"waiting"}


async def test_410_pauses_at_once_and_loses_nothing(outbox, working, receiving, response, clock):
    async with receiving(response(410)) as receiver:
        destination = outbox.destination(receiver.url)
        jobs = [outbox.forward(destination) for _ in range(3)]
        async with working() as worker:
            await until(lambda: paused(outbox, destination)[0] == "gone", "paused")
            clock.advance(3600)
            worker.wake()
            await until(lambda: {due(outbox, job) for job in jobs} == {parking.PARKED}, "all wait")
            assert len(receiver.heads) == 1
            receiver.answer = response(200, b"OK")
            outbox.con.execute("UPDATE outbox_destination SET paused_at = NULL WHERE id = ?", (destination,))
            assert parking.left_behind(outbox.con) == [destination]
            assert parking.take_out(outbox.con, destination, clock.now) == 3
            worker.wake()
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs), "resumed")
    assert parking.left_behind(outbox.con) == []


async def test_a_success_ends_a_row_of_failures(outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        destination = outbox.destination(receiver.url)
        job = outbox.forward(destination)
        async with working() as worker:
            await until(lambda: outbox.state(job)[1] == 1)
            assert paused(outbox, destination)[1:3] == (1, outbox.con.dialect.timestamp(NOW)) or paused(outbox, destination)[1] == 1
            receiver.answer = response(200, b"OK")
            clock.advance(6)
            worker.wake()
            await until(lambda: outbox.state(job)[0] == "done")
    _, failed, since, succeeded = paused(outbox, destination)
    assert (failed, since) == (0, None)
    assert outbox.con.dialect.moment(succeeded) == NOW


async def test_a_later_message_of_a_phone_never_overtakes_one_that_waits_for_its_retry(outbox, working, receiving, response, clock):
    async def judge(reader, writer):
        writer.write(response(*((500,) if is_down and "48501222333" in receiver.heads[-1] else (200, b"OK"))))
        await writer.drain()

    is_down = True
    async with receiving(judge) as receiver:
        destination = outbox.destination(receiver.url + "?n=#NUMER#&w=#WIADOMOSC#")
        first, second = outbox.forward(destination, text="1"), outbox.forward(destination, text="2")
        async with working() as worker:
            await until(lambda: outbox.state(first)[1] == 1)
            third, other = outbox.forward(destination, text="3"), outbox.forward(destination, sender="48601", text="4")
            worker.wake()
            await until(lambda: outbox.state(other)[0] == "done", "another phone's")
            clock.advance(6)
            worker.wake()
            await until(lambda: outbox.state(first)[1] == 2, "the retry")
            is_down = False
            await until(lambda: clock.advance(2) or worker.wake() or outbox.state(third)[0] == "done", "all")
    texts = [head.split("w=")[1].split()[0] for head in receiver.heads]
    assert texts.index("4") < len(texts) - 3
    assert [text for text in texts if text != "4"] == ["1", "1", "1", "2", "3"]
    assert outbox.state(second)[:2] == ("done", 1)
    assert outbox.con.rows("SELECT * FROM outbox_heldphone") == []


async def test_when_a_message_is_given_up_the_next_of_its_phone_goes(outbox, working, receiving, response, clock):
    async def judge(reader, writer):
        writer.write(response(*((500,) if "w=1" in receiver.heads[-1] else (200, b"OK"))))
        await writer.drain()

    async with receiving(judge) as receiver:
        destination = outbox.destination(receiver.url + "?w=#WIADOMOSC#")
        first = outbox.forward(destination, text="1", attempt_count=9)
        second = outbox.forward(destination, text="2")
        async with working():
            await until(lambda: outbox.state(second)[0] == "done")
    assert outbox.state(first)[0] == "dead"


async def test_a_test_is_tried_once_also_where_all_else_waits(outbox, working, receiving, response):
    async with receiving(response(500)) as receiver:
        destination = outbox.destination(receiver.url + "?w=#WIADOMOSC#&id=#ID#", is_enabled=False)
        outbox.con.execute("UPDATE outbox_destination SET paused_at = ? WHERE id = ?", (outbox.con.dialect.timestamp(NOW), destination))
        waiting = outbox.forward(destination)
        outbox.job(5, "forward_url", NOW, destination_id=destination, sample='{"sender": "48501", "recipient": "48502", "text": "Hello"}')
        async with working():
            await until(lambda: outbox.state(5)[0] == "dead", "the test")
            await until(lambda: due(outbox, waiting) == parking.PARKED, "the other waits")
    assert [head.split()[1] for head in receiver.heads] == ["/in?w=Hello&id=0"]
    assert paused(outbox, destination)[1] == 0


async def test_another_address_takes_what_its_own_does_not(outbox, working, receiving, response):
    async with receiving(response(410)) as dead, receiving(response(200, b"OK")) as other:
        destination = outbox.destination(dead.url)
        waiting = outbox.forward(destination)
        async with working():
            await until(lambda: paused(outbox, destination)[0] == "gone")
            elsewhere = outbox.forward(destination, url=other.url + "?w=#WIADOMOSC#")
            await until(lambda: outbox.state(elsewhere)[0] == "done")
    assert other.heads[0].startswith("GET /in?w=Gardener ")
    assert outbox.state(waiting)[0] == "waiting"


def test_a_backlog_of_paused_destinations_is_parked_a_part_at_a_time(outbox, monkeypatch):
    monkeypatch.setattr(parking, "AT_ONCE", 4)
    destination = outbox.destination("http://127.0.0.1:9/")
    jobs = [outbox.forward(destination, due=NOW - timedelta(hours=1)) for _ in range(6)]
    assert parking.park(outbox.con, jobs[:1], NOW) == frozenset()
    outbox.con.execute("UPDATE outbox_destination SET paused_at = ? WHERE id = ?", (outbox.con.dialect.timestamp(NOW), destination))
    with outbox.con.transaction():
        assert parking.park(outbox.con, jobs[:1], NOW) == {jobs[0]}
    assert [outbox.state(job)[2] == parking.PARKED for job in jobs] == [True] * 4 + [False] * 2
    assert parking.places(outbox.con) == [destination]
