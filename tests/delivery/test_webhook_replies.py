"""Replies in the answers of programs become texts to the person, once and under the breaker; on both databases."""

import pytest
from outbox_rows import NOW
from webhook_rows import webhook
from worker_twins import until

pytestmark = pytest.mark.anyio
PERSON = "48501222333"


def texts(outbox):
    sql = """SELECT recipient, sender, text, cost, charge_state, origin, rule_id, is_test FROM outbox_outboundmessage ORDER BY id"""
    return [tuple(row) for row in outbox.con.rows(sql)]


def fate(outbox, job):
    return outbox.con.row("SELECT reply FROM outbox_attempt WHERE job_id = ? ORDER BY position DESC", (job,))[0]


@pytest.fixture
def answered(outbox, working, receiving, response, clock):
    """Forward one message to a program that answers with a body; return the job."""

    async def run(answer: bytes, columns=None, *, sender: str = PERSON):
        columns = {"takes_replies": True, **(columns or {})}
        async with receiving(response(200, answer)) as receiver:
            job = outbox.forward(webhook(outbox, receiver.url, **columns), sender=sender)
            async with working():
                await until(lambda: outbox.state(job)[0] == "done")
                await until(lambda: set(outbox.states("submit")) <= {"done"})
        return job

    return run


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        (b'{"reply": " Open at 9\\n"}', {}),
        (b"<Response><Message>Open at 9</Message></Response>", {"body": "twilio"}),
        (b"OK\r\nOpen at 9", {"kind": "url"}),
    ],
)
async def test_a_reply_in_the_answer_is_sent_from_the_number_they_wrote_to(answered, outbox, body, columns):
    outbox.insert("dialogues_dialogue", id=9, account_id=1, number_id=2, msisdn=PERSON, **DIALOGUE)
    job = await answered(body, columns)
    assert texts(outbox) == [(PERSON, "48503340503", "Open at 9", 9, "settled", "rule", None, False)]
    assert fate(outbox, job) == "sent"
    assert outbox.con.row("SELECT message_count FROM dialogues_dialogue WHERE id = 9")[0] == 2


DIALOGUE = {
    "last_message_at": NOW,
    "last_text": "",
    "unread_count": 1,
    "message_count": 1,
    "is_test": False,
    "state": "open",
    "last_is_inbound": True,
}


@pytest.mark.parametrize(
    ("body", "columns", "said"),
    [
        (b"fine", {}, ""),
        (b'{"reply": 7}', {}, "unreadable"),
        (b'{"reply": "Hello"}', {"takes_replies": False}, ""),
        (b'{"reply": "Hello"}', {"batch_limit": 5}, ""),
    ],
)
async def test_without_a_reply_that_can_be_read_nothing_is_sent_and_the_forward_is_done(answered, outbox, body, columns, said):
    job = await answered(body, columns)
    assert (texts(outbox), fate(outbox, job)) == ([], said)


async def test_ok_and_a_reply_is_a_failure_where_no_replies_are_taken(outbox, working, receiving, response):
    async with receiving(response(200, b"OK\nHello")) as receiver:
        job = outbox.forward(webhook(outbox, receiver.url, kind="url"))
        async with working():
            await until(lambda: outbox.state(job)[1] == 1)
    assert outbox.state(job)[3] == "answered 'OK Hello' instead of OK"


async def test_a_message_gets_one_automatic_answer_however_often_it_is_delivered(outbox, working, receiving, response):
    async with receiving(response(200, b'{"reply": "Hello"}')) as receiver:
        destination = webhook(outbox, receiver.url, takes_replies=True)
        first = outbox.forward(destination)
        async with working():
            await until(lambda: outbox.state(first)[0] == "done")
            message = outbox.con.row("SELECT message_id FROM outbox_job WHERE id = ?", (first,))[0]
            outbox.job(7, "forward_url", NOW, message_id=message, destination_id=destination)
            await until(lambda: outbox.state(7)[0] == "done")
    assert (fate(outbox, first), fate(outbox, 7)) == ("sent", "answered")
    assert len(texts(outbox)) == 1
    assert outbox.con.row("SELECT idempotency_key FROM outbox_outboundmessage")[0] == f"reply:{first}"


async def test_whoever_is_blocked_gets_no_reply(answered, outbox):
    outbox.insert("contacts_blockedsender", account_id=1, msisdn=PERSON, reason="", created_at=NOW)
    job = await answered(b'{"reply": "Hello"}')
    assert (texts(outbox), fate(outbox, job)) == ([], "blocked")


async def test_two_programs_that_answer_each_other_are_stopped_and_the_trip_is_noted(outbox, working, receiving, response):
    async with receiving(response(200, b'{"reply": "Hello"}')) as receiver:
        destination = webhook(outbox, receiver.url, takes_replies=True)
        jobs = [outbox.forward(destination, text=f"Hi {number}") for number in range(5)]
        async with working():
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs))
    assert [fate(outbox, job) for job in jobs] == ["sent"] * 3 + ["breaker"] * 2
    assert len(texts(outbox)) == 3
    trips = outbox.con.rows("SELECT account_id, msisdn, reason, rule_id, autoresponder_id FROM autoresponders_breakertrip")
    assert [tuple(row) for row in trips] == [(1, PERSON, "identical", None, None)]


async def test_a_reply_that_credit_does_not_reach_for_is_not_sent(answered, outbox):
    outbox.insert("billing_wallet", account_id=1, balance=8, reserved=0, floor=0, updated_at=NOW)
    job = await answered(b'{"reply": "Hello"}')
    assert (texts(outbox), fate(outbox, job)) == ([], "no_credit")
