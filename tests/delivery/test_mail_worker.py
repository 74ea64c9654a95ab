"""Mails are worked off: once, in order, again after failures, and a mailbox that refuses is paused; on both databases."""

import asyncio
import json
from datetime import timedelta

import pytest
from mail_server import mail_server
from outbox_rows import NOW
from worker_twins import until

from recado.config import MailServer
from recado.delivery.worker import Notice

pytestmark = pytest.mark.anyio


async def test_a_message_arrives_as_one_mail_and_the_attempt_is_logged(mails, mailing):
    job, changed, worked = mails.mail(text="Zażółć"), [], []
    hears = {"on_changed": changed.extend, "on_worked": lambda *what: worked.append(what[:2])}
    async with mail_server(tls="none") as (post, server), mailing(server, **hears):
        await until(lambda: mails.outbox.state(job)[0] == "done")
    (mail,) = post.mails
    assert (mail["To"], mail["Subject"]) == ("shop@example.com", "SMS od +48 501 222 333")
    assert mail.get_content().startswith("Zażółć\r\n")
    ((position, request, status, body, error),) = mails.outbox.attempts(job)
    assert (position, status, error) == (1, 250, "")
    assert "queued as 42" in body
    assert request.startswith("MAIL FROM:<bounce+…@reply.example.org>\nRCPT TO:<shop@example.com>\n\nFrom: ")
    assert "Reply-To: reply+…@" in request
    assert (changed, worked) == ([Notice("jobs", 1, 9)], [("forward_email", "done")])
    failing, succeeded, _, _ = mails.destination_row()
    assert failing is None
    assert succeeded is not None


async def test_what_fails_for_now_is_sent_later_and_what_is_refused_for_good_is_given_up(mails, mailing, clock):
    job = mails.mail()
    async with mail_server(tls="none") as (post, server), mailing(server) as worker:
        post.rcpt = "450 4.2.0 greylisted"
        await until(lambda: mails.outbox.state(job)[1] == 1)
        assert mails.outbox.state(job)[3] == "refused: 450 4.2.0 greylisted"
        assert mails.destination_row()[0] is not None
        post.rcpt = ""
        clock.advance(6)
        worker.wake()
        await until(lambda: mails.outbox.state(job)[0] == "done")
        post.data = "554 5.7.1 looks like spam"
        other = mails.mail()
        await until(lambda: mails.outbox.state(other)[0] == "dead")
    assert mails.outbox.state(other)[1:4:2] == (1, "refused: 554 5.7.1 looks like spam")
    assert mails.destination_row()[2] is None


async def test_a_mailbox_that_takes_nothing_is_paused_and_what_waits_for_it_is_kept(mails, mailing):
    job = mails.mail()
    async with mail_server(tls="none") as (post, server), mailing(server) as worker:
        post.rcpt = "550 5.1.1 no such user"
        await until(lambda: mails.outbox.state(job)[0] == "dead")
        assert mails.destination_row()[2] is not None
        assert mails.destination_row()[3] == "mailbox"
        assert mails.outbox.state(job)[3] == "refused: 550 5.1.1 no such user"
        post.rcpt = ""
        waiting = mails.mail()
        sample = mails.mail(sample=json.dumps({"sender": "48500000000", "recipient": "48503340503", "text": "A try"}))
        worker.wake()
        await until(lambda: mails.outbox.state(sample)[0] == "done", "a test is tried all the same")
    assert mails.outbox.state(waiting)[:2] == ("waiting", 0)
    assert post.mails[0]["Subject"] == "[Test] SMS od +48 500 000 000"


async def test_mails_of_one_phone_arrive_in_order_and_a_few_go_at_once(mails, mailing):
    for number in range(10):
        mails.mail(sender=f"4850000000{number % 2}", text=f"No {number}", due=NOW + timedelta(milliseconds=number) - timedelta(seconds=1))
    for number in range(12):
        mails.mail(sender=f"485111111{number:02}")
    async with mail_server(tls="none") as (post, server), mailing(server):
        post.hold = asyncio.Event()
        await until(lambda: post.open_now == 8)
        post.hold.set()
        await until(lambda: len(post.mails) == 22)
    assert post.most_open == 8
    texts = [mail.get_content().splitlines()[0] for mail in post.mails]
    for phone in (0, 1):
        assert [text for text in texts if text in {f"No {n}" for n in range(phone, 10, 2)}] == [f"No {n}" for n in range(phone, 10, 2)]


async def test_a_later_mail_of_a_phone_waits_for_an_earlier_one_that_is_tried_again(mails, mailing, clock):
    first, second = mails.mail(text="One", due=NOW - timedelta(seconds=2)), mails.mail(text="Two", due=NOW - timedelta(seconds=1))
    async with mail_server(tls="none") as (post, server), mailing(server) as worker:
        post.rcpt = "450 4.2.0 greylisted"
        await until(lambda: mails.outbox.state(first)[1] == 1)
        post.rcpt = ""
        third, other = mails.mail(text="Three"), mails.mail(text="Other", sender="48500000000")
        worker.wake()
        await until(lambda: mails.outbox.state(other)[0] == "done", "other phones do not wait")
        await until(lambda: mails.outbox.state(third)[2] > clock(), "it is looked at again when the first is")
        assert [mails.outbox.state(job)[:2] for job in (second, third)] == [("waiting", 0)] * 2
        clock.advance(6)
        worker.wake()
        await until(lambda: mails.outbox.state(third)[0] == "done")
    texts = [mail.get_content().splitlines()[0] for mail in post.mails]
    assert texts == ["Other", "One", "Two", "Three"]
    assert mails.outbox.con.rows("SELECT * FROM outbox_heldphone") == []


async def test_while_the_server_is_gone_one_mail_tries_and_the_others_wait_without_losing_attempts(mails, mailing, clock):
    jobs = [mails.mail(sender=f"4850000000{number}") for number in range(9)]
    async with mailing(MailServer("127.0.0.1", 1, "none"), limits={"at_once": 1}):
        await until(lambda: any(mails.outbox.state(job)[1] for job in jobs))
        await asyncio.sleep(0.1)
        assert sorted(mails.outbox.state(job)[1] for job in jobs) == [0] * 8 + [1]
        assert mails.destination_row()[0] is None
    async with mail_server(tls="none") as (post, server), mailing(server):
        clock.advance(60)
        await until(lambda: all(mails.outbox.state(job)[0] == "done" for job in jobs))
    assert len(post.mails) == 9


async def test_what_is_switched_off_or_gone_is_given_up_with_the_reason(mails, mailing):
    job, lost = mails.mail(), mails.mail()
    mails.outbox.con.execute("UPDATE outbox_destination SET is_enabled = FALSE")
    mails.outbox.con.execute("UPDATE outbox_job SET message_id = NULL WHERE id = ?", (lost,))
    async with mailing(MailServer("127.0.0.1", 1, "none")):
        await until(lambda: mails.outbox.states("forward_email") == {"dead": 2})
    assert mails.outbox.state(job)[3] == "the destination is switched off"
    assert mails.outbox.state(lost)[3] == "the message is gone"


async def test_a_mail_cut_off_by_stopping_goes_back_and_out_again(mails, mailing):
    job = mails.mail()
    async with mail_server(tls="none") as (post, server):
        post.hold = asyncio.Event()
        async with mailing(server):
            await until(lambda: post.open_now == 1)
        assert mails.outbox.state(job)[:2] == ("waiting", 0)
        post.hold.set()
        async with mailing(server):
            await until(lambda: mails.outbox.state(job)[0] == "done")


async def test_a_refusal_in_letters_of_another_code_page_is_written_down_and_holds_no_mail_up(mails, mailing):
    async def refuse(reader, writer):
        writer.write(b"220 mail\r\n")
        while line := await reader.readline():
            writer.write(b"550 5.7.1 skrzynka pe\xb3na\x00\r\n" if line.startswith(b"RCPT") else b"250 ok\r\n")
        writer.close()

    job = mails.mail()
    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as listening:
        server = MailServer("127.0.0.1", listening.sockets[0].getsockname()[1], "none")
        async with mailing(server) as worker:
            await until(lambda: mails.outbox.state(job)[0] == "dead" or worker.trouble)
            assert worker.trouble == ""
    assert mails.outbox.state(job)[3].startswith("refused: 550 5.7.1 skrzynka pe\N{REPLACEMENT CHARACTER}na")
