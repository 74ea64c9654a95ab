"""The worker hands texts to carriers, never twice on a guess; on both databases."""

import asyncio
from datetime import timedelta

import pytest
from outbox_rows import NOW
from worker_twins import Carrier, Silent, until

from recado.core.submit import SegmentAccepted, SegmentRefused
from recado.delivery.worker import Notice
from recado.store import phone_forwards

pytestmark = pytest.mark.anyio


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


async def test_a_text_of_the_installation_itself_is_handed_over_and_nobody_is_told(outbox, working):
    carrier, changed = Carrier((SegmentAccepted("x1"),)), []
    job = outbox.reply(account_id=None)
    async with working(carrier, on_changed=changed.extend):
        await until(lambda: outbox.state(job)[0] == "done")
    assert outbox.outbound(job)[:3] == ("sent", "", "")
    assert changed == []


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
        ((UNSURE,), "done", ("uncertain", "", "no answer (timeout)")),
        ((SegmentAccepted("x1"), UNSURE), "done", ("uncertain", "", "no answer (timeout)")),
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


async def test_a_text_cut_off_by_stopping_counts_as_perhaps_sent(outbox, working):
    carrier = Silent()
    job = outbox.reply()
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: carrier.asked == 1)
    assert outbox.state(job)[0] == "done"
    assert outbox.outbound(job)[:3] == ("uncertain", "", "no answer (stopped)")


async def test_a_text_that_stopping_kept_from_its_turn_is_sent_after_the_next_start(outbox, working):
    class Queueing(Silent):
        async def submit(self, *arguments):
            try:
                return await super().submit(*arguments)
            except asyncio.CancelledError:
                return (SegmentRefused("stopped", permanent=False),)

    carrier = Queueing()
    job = outbox.reply()
    async with working(carrier, timeout_seconds=0.05):
        await until(lambda: carrier.asked == 1)
    assert outbox.state(job)[0] == "waiting"
    assert outbox.outbound(job)[:3] == ("queued", "", "stopped")


async def test_a_forward_to_a_phone_becomes_a_text_that_is_handed_over_and_one_that_breaks_harms_no_other(outbox, working, monkeypatch):
    outbox.con.execute("UPDATE numbers_number SET can_send = TRUE, kind = 'individual_long'")
    carrier, changed, phone = Carrier(), [], outbox.destination("", kind="phone")
    outbox.con.execute("UPDATE outbox_destination SET msisdn = '48600700800'")
    jobs = [outbox.forward(phone, text=text) for text in ("Good morning", "poison")]
    outbox.con.execute("UPDATE outbox_job SET kind = 'forward_phone'")
    write = phone_forwards.forwarded_text
    poisoned = {"poison": None}
    monkeypatch.setattr(phone_forwards, "forwarded_text", lambda sender, text, count: write(sender, poisoned.get(text, text), count))
    async with working(carrier, on_changed=changed.extend):
        await until(lambda: outbox.states("submit") == {"done": 1})
        await until(lambda: outbox.states("forward_phone") == {"done": 1, "dead": 1})
    assert [(recipient, text) for _, _, recipient, text in carrier.taken] == [("48600700800", "501 222 333: Good morning")]
    assert [outbox.state(job)[3] for job in jobs] == ["", "phone_broken"]
    assert Notice("jobs", 1, 9) in changed
