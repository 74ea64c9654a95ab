"""End to end in one process: a text goes out as a mail, is answered by mail, and the answer is a text in the same conversation."""

import asyncio
import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count

import pytest
from aiosmtpd.smtp import SMTP
from django.db import connection

from recado.apps.accounts.services import create_account
from recado.apps.inbox.models import Message
from recado.apps.inbox.services import receive
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.mails.models import MailReceived
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.outbox.models import Destination, Job, JobKind, OutboundMessage
from recado.blobs.choosing import blobs_of
from recado.config import Config, Database, MailListener, MailServer
from recado.core.number import NumberKind
from recado.delivery.mail_message import Identity
from recado.delivery.mail_worker import MailLimits, MailWorker
from recado.delivery.smtp_client import SmtpClient
from recado.gateway.clock import utc_now
from recado.server.mails_in import MailsIn, address_book
from recado.testing.receiving import receiving_directly

PHONE = "48501222333"


@pytest.fixture
def config(tmp_path, transactional_db) -> Config:
    database = Database("sqlite", str(connection.settings_dict["NAME"]))
    return Config(tmp_path, database, mail_domain="reply.example.org", mail_listen=MailListener("lmtp", "127.0.0.1", 0))


class Box:
    """A mailbox behind a mail server."""

    def __init__(self):
        self.mails = asyncio.Queue()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # aiosmtpd's interface
        await self.mails.put(message_from_bytes(envelope.content, policy=default))
        return "250 ok"


async def forwarded(config: Config) -> EmailMessage:
    """Let the worker send what is due; return the mail that arrives."""
    box = Box()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    client = SmtpClient(MailServer("127.0.0.1", server.sockets[0].getsockname()[1], "none"))
    identity = Identity("Sms <sms@example.org>", "https://sms.example.org", address_book(config))
    worker = MailWorker(config.database, client, identity, blobs_of(config), utc_now, count(10**9), limits=MailLimits(poll_seconds=0.05))
    worker.start()
    try:
        return await asyncio.wait_for(box.mails.get(), 20)
    finally:
        await worker.stop()
        server.close()


async def hand_in(config: Config, *mails: EmailMessage) -> None:
    """Hand mails in as a mail server in front does."""
    mails_in = MailsIn(config)
    await mails_in.start()

    def hand() -> None:
        with smtplib.LMTP("127.0.0.1", mails_in.listener.port) as lmtp:
            for mail in mails:
                lmtp.send_message(mail, "shop@example.com", [mail["To"]])

    try:
        await asyncio.to_thread(hand)
    finally:
        await mails_in.stop()


def test_a_text_is_answered_by_mail_in_its_conversation(config):
    account = create_account("Kwiaciarnia Róża")
    number = add_number("48503340503", NumberKind.SHARED_LONG)
    Number.objects.update(connection=ready_simulator())
    box = Destination.objects.create(account=account, name="Box", kind=Destination.Kind.EMAIL, email="shop@example.com", url="")
    reserve_keyword(account, number, "GARDENER", RuleContent(destinations=(box,)))
    with receiving_directly():
        message = Message.objects.get(pk=receive(PHONE, number.digits, "GARDENER"))
    assert Job.objects.get().kind == JobKind.FORWARD_EMAIL

    mail = asyncio.run(forwarded(config))
    assert mail.get_content().startswith("GARDENER")

    answer = EmailMessage()
    answer["From"], answer["To"], answer["Message-ID"] = "Shop <shop@example.com>", str(mail["Reply-To"]), "<1@example.com>"
    answer["Subject"], answer["In-Reply-To"] = f"Re: {mail['Subject']}", str(mail["Message-ID"])
    answer.set_content("Dziękujemy!\n\nW dniu 26.11.2026 o 10:15, Sms pisze:\n> GARDENER\n")
    asyncio.run(hand_in(config, answer, answer))

    text = OutboundMessage.objects.get()
    assert (text.text, text.recipient, text.dialogue_id) == ("Dziękujemy!", PHONE, message.dialogue_id)
    assert MailReceived.objects.get().outbound_id == text.pk
    assert Job.objects.filter(kind=JobKind.FORWARD_EMAIL).get().state == "done"
