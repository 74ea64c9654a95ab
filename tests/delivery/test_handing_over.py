"""A text is handed over at most once: marked first, never again after a crash, and what nobody knows is said; on both databases."""

import asyncio
import sqlite3
from datetime import timedelta

import psycopg
import pytest
from outbox_rows import NOW
from worker_twins import Carrier, Silent, until

from recado.core.submit import SegmentRefused
from recado.delivery.database_thread import DatabaseThread
from recado.delivery.worker import Notice
from recado.store.claimer import claimer
from recado.store.dialect import connect

pytestmark = pytest.mark.anyio
LEASE = timedelta(seconds=60)
LONG_AGO = claimer(0, 5)
OTHER_NODE = claimer(1, 5)
CUT_OFF = ("uncertain", "", "no answer (the program was cut off)")


async def test_that_a_text_is_handed_over_is_committed_before_it_is(outbox, database, working):
    class Looking(Carrier):
        async def submit(self, connection_id, message):
            other = connect(database)
            seen.append(other.rows("SELECT state FROM outbox_job WHERE outbound_message_id = ?", (message.outbound_id,))[0][0])
            other.close()
            return await super().submit(connection_id, message)

    seen = []
    job = outbox.reply()
    async with working(Looking()):
        await until(lambda: outbox.state(job)[0] == "done")
        second = outbox.reply(recipient="48501222334")  # its connection is known now: claimed and marked at once
        await until(lambda: outbox.state(second)[0] == "done")
    assert seen == ["handing", "handing"]


async def test_what_this_node_was_handing_over_when_it_was_killed_is_perhaps_sent_at_once(outbox, working):
    job = outbox.reply(state="handing", claimed_by=LONG_AGO, claimed_until=NOW + LEASE)
    carrier, changed = Carrier(), []
    async with working(carrier, on_changed=changed.extend):
        await until(lambda: outbox.state(job)[0] == "done")
    assert outbox.outbound(job)[:3] == CUT_OFF
    assert changed == [Notice("outbound", 1, 9)]
    assert carrier.taken == []


async def test_what_another_node_hands_over_is_left_alone_until_its_lease_ends(outbox, working, clock):
    job = outbox.reply(state="handing", claimed_by=OTHER_NODE, claimed_until=NOW + LEASE)
    carrier = Carrier()
    async with working(carrier):
        await asyncio.sleep(0.1)
        assert outbox.state(job)[0] == "handing"
        clock.advance(61)
        await until(lambda: outbox.state(job)[0] == "done")
    assert outbox.outbound(job)[:3] == CUT_OFF
    assert carrier.taken == []


async def test_what_this_node_only_claimed_when_it_was_killed_is_sent_at_once(outbox, working):
    job = outbox.reply(state="claimed", claimed_by=LONG_AGO, claimed_until=NOW + LEASE)
    other = outbox.reply(recipient="4850", state="claimed", claimed_by=OTHER_NODE, claimed_until=NOW + LEASE)
    async with working():
        await until(lambda: outbox.state(job)[0] == "done")
    assert outbox.outbound(job)[0] == "sent"
    assert outbox.state(other)[0] == "claimed"


async def test_no_more_is_marked_than_can_leave_soon(outbox, working):
    carrier = Silent()
    carrier.places = 3
    for number in range(20):
        outbox.reply(recipient=f"4850{number}")
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: carrier.asked == 3)
        await asyncio.sleep(0.1)
        assert outbox.states("submit")["handing"] == 3
    assert carrier.asked == 3
    assert outbox.states("submit") == {"done": 3, "waiting": 17}


async def test_while_a_connection_takes_nothing_nothing_is_marked_and_later_everything_leaves(outbox, working, clock):
    carrier = Carrier()
    carrier.places, carrier.why_closed = 0, "link_drained"
    jobs = [outbox.reply(recipient=f"4850{number}") for number in range(5)]
    async with working(carrier):
        await until(lambda: any(outbox.outbound(job)[2] == "link_drained" for job in jobs))
        assert "handing" not in outbox.states("submit")
        assert carrier.taken == []
        carrier.places = 10
        clock.advance(5)
        await until(lambda: outbox.states("submit") == {"done": 5})
    assert len(carrier.taken) == 5


async def test_what_is_taken_back_while_it_waits_for_its_turn_is_not_sent(outbox, working):
    carrier = Silent()
    carrier.places = 1
    jobs = [outbox.reply(recipient=f"4850{number}") for number in range(2)]
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: outbox.states("submit") == {"handing": 1, "claimed": 1})
        outbox.con.execute("UPDATE outbox_outboundmessage SET state = 'unsent' WHERE state = 'queued' AND recipient = '48501'")
        carrier.places = 2
        await until(lambda: outbox.state(jobs[1])[0] == "done")
    assert carrier.asked == 1
    assert outbox.outbound(jobs[1])[0] == "unsent"


async def test_what_is_not_handed_over_in_time_never_is(outbox, working):
    carrier = Carrier()
    late, early = outbox.reply(valid_until=NOW), outbox.reply(recipient="4850", valid_until=NOW + timedelta(seconds=1))
    async with working(carrier):
        await until(lambda: outbox.states("submit") == {"done": 2})
    assert outbox.outbound(late)[:2] == ("unsent", "too_late")
    assert outbox.outbound(early)[0] == "sent"
    assert len(carrier.taken) == 1


async def test_a_text_of_later_waits_for_its_time(outbox, working, clock):
    job, carrier = outbox.reply(due=NOW + timedelta(hours=1)), Carrier()
    async with working(carrier) as worker:
        await asyncio.sleep(0.1)
        assert carrier.taken == []
        clock.advance(3600)
        worker.wake()
        await until(lambda: outbox.state(job)[0] == "done")


async def test_answers_go_before_a_group_send_that_is_older(outbox, working):
    carrier = Carrier()
    carrier.places = 1
    for number in range(10):
        outbox.reply(f"bulk {number}", recipient=f"4850{number}", is_bulk=True, due=NOW - timedelta(hours=1))
    for number in range(3):
        outbox.reply(f"answer {number}", recipient=f"4850{number}")
    async with working(carrier):
        await until(lambda: outbox.states("submit") == {"done": 13})
    texts = [text for *_, text in carrier.taken]
    assert texts == [f"answer {number}" for number in range(3)] + [f"bulk {number}" for number in range(10)]


async def test_a_group_send_leaves_room_for_an_answer(outbox, working):
    carrier = Silent()
    carrier.places = 16
    for number in range(40):
        outbox.reply(recipient=f"4850{number}", is_bulk=True)
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: carrier.asked == 14)
        await asyncio.sleep(0.1)
        assert carrier.asked == 14
        outbox.reply(recipient="4860")
        await until(lambda: carrier.asked == 15)


async def test_an_answer_that_comes_after_all_wins_over_no_answer(outbox, working):
    """The worker was cut off from the database for so long that another one gave its text up."""

    class Waiting(Carrier):
        async def submit(self, connection_id, message):
            await go.wait()
            return await super().submit(connection_id, message)

    go, job = asyncio.Event(), outbox.reply()
    async with working(Waiting()) as worker:
        await until(lambda: worker.running_count == 1 and outbox.state(job)[0] == "handing")
        outbox.con.execute("UPDATE outbox_job SET state = 'done'")
        outbox.con.execute("UPDATE outbox_outboundmessage SET state = 'uncertain', carrier_error = 'no answer'")
        go.set()
        await until(lambda: outbox.outbound(job)[0] == "sent")
    assert outbox.segments(job) == [(1, 3, "c1", "sent")]


async def test_a_receipt_that_came_before_no_answer_tells_that_it_was_sent(outbox, working):
    report = {"carrier_state": "DELIVRD", "carrier_error": "000", "state": "delivered", "reason": "", "raw": b""}
    spoken_of = {"sender": "48503340503", "recipient": "48501222333", "text": "", "received_at": NOW}
    outbox.insert("outbox_unmatchedreceipt", id=1, connection_id=3, carrier_message_id="x1", **report, **spoken_of)
    job = outbox.reply()
    async with working(Carrier((SegmentRefused("timeout", permanent=False, uncertain=True),))):
        await until(lambda: outbox.outbound(job)[0] == "delivered")
    assert outbox.segments(job) == [(1, 3, "x1", "delivered")]
    assert outbox.con.rows("SELECT COUNT(*) FROM outbox_unmatchedreceipt")[0][0] == 0


async def test_what_was_marked_in_a_commit_nobody_heard_of_is_handed_over_after_all_and_once(outbox, database, working, clock):
    class Deaf(DatabaseThread):
        async def run(self, work):
            result = await super().run(work)
            if is_deaf and outbox.states("submit").get("handing"):
                is_deaf.clear()
                raise (sqlite3 if database.engine == "sqlite" else psycopg).OperationalError("the connection broke")
            return result

    carrier, is_deaf = Carrier(), []
    first = outbox.reply()
    async with working(carrier, transactions=Deaf(database)) as worker:
        await until(lambda: outbox.state(first)[0] == "done")
        is_deaf.append(True)
        second = outbox.reply(recipient="4850")
        await until(lambda: worker.trouble)
        await until(lambda: not worker.trouble)
        assert outbox.state(second)[0] == "handing"
        clock.advance(61)
        await until(lambda: outbox.state(second)[0] == "done")
    assert len(carrier.taken) == 2
    assert outbox.outbound(second)[0] == "sent"
