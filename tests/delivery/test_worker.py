"""The worker forwards: schedule, isolation, order; on both databases with real HTTP receivers."""

import asyncio
from datetime import timedelta

import pytest
from outbox_rows import NOW
from worker_twins import until

from recado.core.retry import FORWARD_SCHEDULE
from recado.delivery.worker import Limits, Notice

pytestmark = pytest.mark.anyio


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


async def test_phones_are_written_into_a_call_as_the_destination_wants_them(outbox, working, receiving):
    async with receiving() as receiver:
        place = outbox.destination(receiver.url + "?n=#NUMER#&to=#NUMERDO#")
        outbox.con.execute("UPDATE outbox_destination SET phone_form = 'plus'")
        job = outbox.forward(place)
        async with working():
            await until(lambda: outbox.state(job)[0] == "done")
    assert receiver.heads[0].startswith("GET /in?n=%2B48501222333&to=%2B48503340503 ")


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
