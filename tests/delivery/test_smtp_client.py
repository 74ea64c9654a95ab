"""Mails are handed to real SMTP servers, and what they say is understood."""

import io
from dataclasses import replace

import pytest
from mail_server import certificate, mail_server
from test_mail_message import LETTER, NOW, OURS

from recado.config import MailServer
from recado.delivery.mail_files import Attachment, MailedMms
from recado.delivery.mail_message import write_mail
from recado.delivery.smtp_client import MailError, ShownMails, SmtpClient

pytestmark = pytest.mark.anyio
ENVELOPE = write_mail(LETTER, OURS, NOW)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("tls", ["starttls", "ssl", "none"])
async def test_a_mail_arrives_over_every_kind_of_connection(contexts, tls):
    async with mail_server(contexts[0], tls=tls) as (post, server):
        taken = await SmtpClient(server, context=contexts[1]).send(ENVELOPE)
    assert (taken.status, "queued as 42" in taken.words) == (250, True)
    (envelope,) = post.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (ENVELOPE.sender, ["shop@example.com"])
    assert post.mails[0]["Message-ID"] == "<recado.77@reply.example.org>"


@pytest.mark.parametrize(
    ("rcpt", "data", "status", "permanent", "slows", "refuses_mailbox"),
    [
        ("550 5.1.1 no such user", "", 550, True, False, True),
        ("450 4.2.0 greylisted", "", 450, False, False, False),
        ("552 5.2.2 mailbox full", "", 552, True, False, False),
        ("", "554 5.7.1 spam", 554, True, False, False),
        ("", "451 4.3.0 later", 451, False, False, False),
        ("421 4.7.0 too many", "", 421, False, True, False),
    ],
)
async def test_refusals_say_whose_fault_they_are(contexts, rcpt, data, status, permanent, slows, refuses_mailbox):
    async with mail_server(contexts[0]) as (post, server):
        post.rcpt, post.data = rcpt, data
        with pytest.raises(MailError) as refused:
            await SmtpClient(server, context=contexts[1]).send(ENVELOPE)
    error = refused.value
    assert (error.status, error.permanent, error.slows, error.refuses_mailbox) == (status, permanent, slows, refuses_mailbox)
    assert (rcpt or data)[4:] in error.reason


async def test_a_wrong_password_an_unknown_certificate_and_no_server_are_the_server_s_trouble_and_tried_again(contexts):
    async with mail_server(contexts[0]) as (_, server):
        wrong = MailServer(server.host, server.port, "starttls", "recado", "wrong-secret")
        for client, words in (
            (SmtpClient(wrong, context=contexts[1]), "refuses us"),
            (SmtpClient(server), "certificate"),
            (SmtpClient(MailServer("127.0.0.1", 1, "none")), "cannot be reached"),
        ):
            with pytest.raises(MailError, match=words) as failed:
                await client.send(ENVELOPE)
            assert (failed.value.permanent, failed.value.slows) == (False, True)
            assert "secret" not in failed.value.reason


async def test_a_server_that_does_not_answer_is_left_after_a_while(contexts):
    import asyncio

    async with mail_server(contexts[0]) as (post, server):
        post.hold = asyncio.Event()
        with pytest.raises(MailError) as failed:
            await SmtpClient(server, context=contexts[1], timeout=0.2).send(ENVELOPE)
    assert failed.value.slows


async def test_without_a_server_mails_are_shown():
    shown = io.StringIO()
    assert (await ShownMails(shown).send(ENVELOPE)).status == 250
    assert "Subject: SMS from +48 501 222 333" in shown.getvalue()


async def test_shown_mails_name_their_files():
    shown = io.StringIO()
    mms = MailedMms("Beach", (Attachment("sea.jpg", "image/jpeg", io.BytesIO(bytes(5000))),))
    await ShownMails(shown).send(write_mail(replace(LETTER, mms=mms), OURS, NOW))
    assert "Subject: Beach\n" in shown.getvalue()
    assert "[sea.jpg, image/jpeg]" in shown.getvalue()
    assert "AAAAAAAA" not in shown.getvalue()
