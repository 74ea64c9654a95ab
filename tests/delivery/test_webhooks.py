"""Webhooks over real HTTP: bodies, signatures, batches; on both databases."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

import pytest
from outbox_rows import NOW
from standardwebhooks import Webhook
from twilio.request_validator import RequestValidator
from webhook_rows import HMAC, OLD, add_secret, webhook
from worker_twins import until

pytestmark = pytest.mark.anyio


def headers_of(head: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in head.lower().splitlines()[1:] if line)


def exact_headers(head: str) -> dict[str, str]:
    return {name.lower(): value for name, value in (line.split(": ", 1) for line in head.splitlines()[1:] if line)}


async def delivered(outbox, working, receiving, jobs_of, **more):
    """Let the jobs that `jobs_of(url)` makes arrive; return the receiver."""
    async with receiving() as receiver:
        jobs = jobs_of(receiver.url)
        async with working(**more):
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs))
    return receiver


async def test_a_webhook_is_signed_json_that_the_public_verifier_accepts(outbox, working, receiving, clock):
    clock.now = datetime.now(UTC)  # the verifier reads the clock itself
    receiver = await delivered(outbox, working, receiving, lambda url: [outbox.forward(webhook(outbox, url), text="Żółw \U0001f422 & <b>")])
    sent = Webhook(HMAC).verify(receiver.bodies[0], exact_headers(receiver.heads[0]))
    assert receiver.heads[0].startswith("POST /in HTTP/1.1\r\n")
    assert headers_of(receiver.heads[0])["content-type"] == "application/json; charset=utf-8"
    assert (sent["type"], sent["timestamp"]) == ("message.received", "2026-03-01T12:00:00.000Z")
    message_id = outbox.con.row("SELECT id FROM inbox_message")[0]
    assert sent["data"] == {
        "id": str(message_id),
        "sender": "48501222333",
        "recipient": "48503340503",
        "text": "Żółw \U0001f422 & <b>",
        "received_at": "2026-03-01T12:00:00.000Z",
        "keyword": None,
        "argument": "",
        "dialogue_id": "9",
        "account_id": "1",
        "is_test": False,
    }


async def test_the_id_stays_over_attempts_and_when_it_is_delivered_again(outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        destination = webhook(outbox, receiver.url)
        job = outbox.forward(destination)
        async with working():
            await until(lambda: outbox.state(job)[1] == 1)
            receiver.answer = response(204)
            clock.advance(10)
            await until(lambda: outbox.state(job)[0] == "done")
            message_id = outbox.con.row("SELECT id FROM inbox_message")[0]
            outbox.job(5, "forward_url", NOW, message_id=message_id, destination_id=destination)
            await until(lambda: outbox.state(5)[0] == "done")
    sent = [headers_of(head) for head in receiver.heads]
    assert {one["webhook-id"] for one in sent} == {f"msg_{message_id}_{destination}"}
    assert int(sent[1]["webhook-timestamp"]) - int(sent[0]["webhook-timestamp"]) == 10


async def test_old_and_new_secret_sign_until_the_old_one_ends(outbox, working, receiving, clock):
    clock.now = datetime.now(UTC)

    def jobs_of(url):
        both, one = webhook(outbox, url), webhook(outbox, url)
        add_secret(outbox, both, OLD, expires_at=clock.now + timedelta(hours=1))
        add_secret(outbox, one, OLD, expires_at=clock.now - timedelta(hours=1))
        return [outbox.forward(both), outbox.forward(one)]

    receiver = await delivered(outbox, working, receiving, jobs_of)
    counts = sorted(len(exact_headers(head)["webhook-signature"].split()) for head in receiver.heads)
    assert counts == [1, 2]
    head, body = next((head, body) for head, body in zip(receiver.heads, receiver.bodies, strict=True) if head.count("v1,") == 2)
    assert all(Webhook(secret).verify(body, exact_headers(head)) for secret in (HMAC, OLD))


async def test_xml_is_well_formed_whatever_the_text_holds(outbox, working, receiving):
    text = 'Tom & <"Jerry">\r\n]]> \x01\x0b'
    receiver = await delivered(outbox, working, receiving, lambda url: [outbox.forward(webhook(outbox, url, body="xml"), text=text)])
    event = ET.fromstring(receiver.bodies[0])  # our own
    assert (event.tag, event.findtext("type")) == ("event", "message.received")
    assert event.findtext("data/text") == 'Tom & <"Jerry">\r\n]]> '
    assert event.findtext("data/is_test") == "false"
    assert event.find("data/keyword") is None
    assert "webhook-signature" in headers_of(receiver.heads[0])


async def test_a_form_as_twilio_posts_it_is_accepted_by_its_validator(outbox, working, receiving):
    token = "0123456789abcdef" * 2

    def jobs_of(url):
        return [
            outbox.forward(webhook(outbox, url, body="twilio", secret=token, batch_limit=100), text=text) for text in ("Zażółć", "+ &=")
        ]

    receiver = await delivered(outbox, working, receiving, jobs_of)
    for head, body in zip(receiver.heads, receiver.bodies, strict=True):
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        assert RequestValidator(token).validate(receiver.url, form, exact_headers(head)["x-twilio-signature"])
        assert (form["From"], form["To"], form["NumMedia"], form["SmsStatus"]) == ("+48501222333", "+48503340503", "0", "received")
        assert len(form["MessageSid"]) == len(form["AccountSid"]) == 34
    assert {dict(parse_qsl(body.decode()))["Body"] for body in receiver.bodies} == {"Zażółć", "+ &="}


async def test_own_headers_are_sent_but_cannot_take_the_place_of_ours(outbox, working, receiving):
    given = {
        "X-Shop": "7",
        "Authorization": "Bearer s3cret",
        "Content-Type": "text/evil",
        "Host": "evil",
        "Webhook-Id": "x",
        "X-A": "b\r\nX-B: c",
    }
    receiver = await delivered(outbox, working, receiving, lambda url: [outbox.forward(webhook(outbox, url, headers=given))])
    sent = headers_of(receiver.heads[0])
    assert (sent["x-shop"], sent["authorization"]) == ("7", "bearer s3cret")
    assert sent["content-type"] == "application/json; charset=utf-8"
    assert sent["host"] == f"127.0.0.1:{receiver.port}"
    assert sent["webhook-id"].startswith("msg_")
    assert "x-a" not in sent
    assert "x-b" not in sent


async def test_the_log_has_request_and_answer_without_secrets(outbox, working, receiving, response):
    async with receiving(response(201, b"thanks", "X-Request-Id: 12", "Set-Cookie: a=b")) as receiver:
        job = outbox.forward(webhook(outbox, receiver.url, headers={"X-Api-Key": "s3cret", "X-Shop": "7"}))
        async with working():
            await until(lambda: outbox.state(job)[0] == "done")
    ((request, status, headers, body),) = outbox.con.rows(
        "SELECT request, response_status, response_headers, response_body FROM outbox_attempt WHERE job_id = ?", (job,)
    )
    head, _, sent = request.partition("\n\n")
    assert head.splitlines()[0] == f"POST {receiver.url}"
    assert {"x-api-key: ***", "x-shop: 7"} < set(head.splitlines())
    assert "webhook-signature: v1," in head
    assert sent.encode() == receiver.bodies[0]
    assert (status, body) == (201, "thanks")
    assert "x-request-id: 12" in headers
    assert "set-cookie: ***" in headers


async def test_what_waits_for_a_webhook_that_takes_batches_goes_in_one_request(outbox, working, receiving):
    def jobs_of(url):
        destination = webhook(outbox, url, batch_limit=10)
        return [outbox.forward(destination, sender=f"4850{number % 3}", text=str(number)) for number in range(25)]

    receiver = await delivered(outbox, working, receiving, jobs_of)
    batches = [json.loads(body) for body in receiver.bodies]
    assert {batch["type"] for batch in batches} == {"messages.received"}
    assert max(len(batch["data"]) for batch in batches) == 10
    assert len(batches) <= 6
    for sender in ("48500", "48501", "48502"):
        texts = [int(one["text"]) for batch in batches for one in batch["data"] if one["sender"] == sender]
        assert texts == sorted(texts)
    assert sorted(int(one["text"]) for batch in batches for one in batch["data"]) == list(range(25))


async def test_a_batch_that_fails_is_tried_again_as_the_same_one(outbox, working, receiving, response, clock):
    async with receiving(response(500)) as receiver:
        destination = webhook(outbox, receiver.url, batch_limit=10)
        jobs = [outbox.forward(destination, sender=f"4850{number}", text=f"only {number}") for number in range(5)]
        async with working():
            await until(lambda: all(outbox.state(job)[1] == 1 for job in jobs))
            receiver.answer = response(200)
            clock.advance(10)
            await until(lambda: all(outbox.state(job)[0] == "done" for job in jobs))
    assert len(receiver.heads) == 2
    assert len({headers_of(head)["webhook-id"] for head in receiver.heads}) == 1
    assert headers_of(receiver.heads[0])["webhook-id"].startswith("batch_")
    logged = [outbox.attempts(job) for job in jobs]
    assert [len(attempts) for attempts in logged] == [2] * 5
    assert all(f"only {number}" in attempts[0][1] and attempts[0][1].count("only") == 1 for number, attempts in enumerate(logged))


async def test_a_batch_given_back_while_it_runs_is_claimed_again_whole(outbox, working, receiving):
    async def hang(reader, _writer):
        await reader.read()

    async with receiving(hang) as receiver:
        destination = webhook(outbox, receiver.url, batch_limit=10)
        jobs = [outbox.forward(destination, sender=f"4850{number}") for number in range(5)]
        async with working(timeout_seconds=0.05):
            await until(lambda: receiver.heads)
            await asyncio.sleep(0)
    assert {outbox.state(job)[:2] for job in jobs} == {("waiting", 0)}
