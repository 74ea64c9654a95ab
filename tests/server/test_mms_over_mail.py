"""MMS over mail, by real SMTP and LMTP: from whom they are taken, what is stored before 250, what is refused and how."""

import asyncio
import smtplib
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import close_old_connections, connections

from carriers.mms_mail.mailed import JPEG, PLUS_PL, T_MOBILE_US, mail, text
from recado.apps.accounts.services import create_account
from recado.apps.connections.services import add_connection
from recado.apps.inbox.models import Message
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.mms.queries import attachments_of
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.blobs.base import read
from recado.blobs.local import LocalBlobs
from recado.config import MailListener as Listen
from recado.core.number import NumberKind
from recado.gateway.intake import NotStoredError
from recado.protocols.mail.signed import AddressBook, BounceAddress, MmsAddress
from recado.server.mail_listener import LARGEST_ANSWER, LARGEST_MAIL, MailListener
from recado.server.mail_sessions import tell_of_xforward
from recado.server.mm7.answering import Ports
from recado.server.mms_in.over_mail import OverMail
from recado.store.connections import ConnectionRow
from recado.testing.receiving import direct_receiver

pytestmark = pytest.mark.anyio
BOOK = AddressBook("secret", "reply.example.org")
NUMBER = "48503340503"
ADDRESS = BOOK.mms(MmsAddress(7, 1, NUMBER))
NAMELESS = BOOK.mms(MmsAddress(7, 1))
GOOD = mail(text("hello"))


@pytest.fixture
def anyio_backend():
    return "asyncio", {"use_uvloop": True}  # the loop of `recado serve`


@asynccontextmanager
async def listening(tmp_path, receive=lambda _part: 5, *, key=7, protocol="smtp", is_held=False, is_open=True, **settings):
    """Have a listener with a connection for MMS; `send` returns the code and the words of the answer."""
    rows = [ConnectionRow(key, "Operator", "mms_mail", settings), ConnectionRow(8, "Other", "mms_http", {"token": "x"})]
    noted, answers, blobs = [], [], LocalBlobs(tmp_path)
    ports = Ports(
        receive,
        lambda _reply: True,
        lambda *what: noted.append(what),
        lambda digits: digits == NUMBER,
        lambda _key: is_held,
        noted.append,
        lambda: datetime(2026, 11, 27, tzinfo=UTC),
    )
    listener = MailListener(Listen(protocol, "127.0.0.1", 0), BOOK, lambda *what: answers.append(what))
    if is_open:
        listener.open_for_mms(OverMail(lambda: rows, ports, blobs))
    await listener.start()

    def send(octets, *recipients, size=0, forwarded=()):
        with (smtplib.LMTP if protocol == "lmtp" else smtplib.SMTP)("127.0.0.1", listener.port) as client:
            client.ehlo_or_helo_if_needed()
            for one in forwarded:
                client.docmd("XFORWARD", one)
            begun = client.mail("gateway@mms.example.net", [f"SIZE={size}"] if size else [])
            said = [begun] if begun[0] != 250 else [client.rcpt(one) for one in recipients]
            code, words = client.data(octets) if said[0][0] == 250 else said[0]
            return code, words.decode()

    try:
        yield SimpleNamespace(send=lambda *what, **more: asyncio.to_thread(send, *what, **more), noted=noted, answers=answers, blobs=blobs)
    finally:
        await listener.stop()


@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
async def test_a_message_is_stored_with_its_files_before_the_answer(tmp_path, protocol):
    taken = []
    async with listening(tmp_path, lambda part: taken.append(part) or 41, protocol=protocol) as at:
        assert await at.send(T_MOBILE_US, ADDRESS.upper()) == (250, "2.0.0 stored")
        (part,) = taken
        picture, words = part.mms.parts
        assert (part.connection_id, part.sender, part.recipient, part.text) == (7, "12065550123", NUMBER, "our cat")
        assert (part.carrier_message_id, picture.name, words.name) == (f"m1@mms.example.net {NUMBER}", "IMG_5.jpg", "text_0.txt")
        assert read(at.blobs, picture.sha256) == JPEG
        assert part.raw.startswith(b"From: ")
        assert b"base64" not in part.raw
        assert "mms_operator_words_left_out" in part.flags
        assert at.noted == [7]


@pytest.mark.parametrize(
    ("recipient", "more", "answer"),
    [
        (
            AddressBook("another's secret", "reply.example.org").mms(MmsAddress(7, 1, NUMBER)),
            {},
            (550, "5.1.1 there is no such address here"),
        ),
        (BOOK.mms(MmsAddress(7, 1, NUMBER)), {"edition": 2}, (550, "5.1.1 there is no such address here")),
        (BOOK.mms(MmsAddress(8, 1, NUMBER)), {}, (550, "5.1.1 there is no such address here")),
        (BOOK.mms(MmsAddress(9, 1, NUMBER)), {}, (550, "5.1.1 there is no such address here")),
        (ADDRESS, {"networks": "192.0.2.0/24"}, (550, "5.7.1 127.0.0.1 may not hand in mails for this address")),
        (ADDRESS, {"networks": "192.0.2.0/24 127.0.0.0/8"}, (250, "2.0.0 stored")),
        (ADDRESS, {"networks": "nonsense"}, (451, "4.3.5 the connection's settings cannot be used, try again later")),
        (ADDRESS, {"is_held": True}, (451, "4.3.2 the connection is drained, try again later")),
        (ADDRESS, {"is_open": False}, (451, "4.3.2 not started yet, try again")),
    ],
)
async def test_from_whom_and_for_what_mails_are_taken(tmp_path, recipient, more, answer):
    async with listening(tmp_path, **more) as at:
        assert await at.send(GOOD, recipient) == answer


@pytest.mark.parametrize(
    ("octets", "recipient", "settings", "number"),
    [
        (mail(text("x"), To=f"+48500000000, +{NUMBER}/TYPE=PLMN@mms.example.net"), NAMELESS, {"default_recipient": "48500000001"}, NUMBER),
        (mail(text("x"), To="+48500000000"), NAMELESS, {"default_recipient": "+48 500 000 001"}, "48500000001"),
        (mail(text("x"), To="+48500000000"), NAMELESS, {}, "48500000000"),
        (mail(text("x"), To=f"+{NUMBER}"), BOOK.mms(MmsAddress(7, 1, "48500000002")), {}, "48500000002"),
    ],
)
async def test_the_number_is_that_of_the_address_else_one_of_ours_in_the_headers_else_the_connection_s(
    tmp_path, octets, recipient, settings, number
):
    taken = []
    async with listening(tmp_path, lambda part: taken.append(part) or 1, **settings) as at:
        assert (await at.send(octets, recipient))[0] == 250
        assert taken[0].recipient == number


@pytest.mark.parametrize(
    ("forwarded", "code"),
    [
        (["NAME=mms.example.net ADDR=192.0.2.7 PORT=25", "PROTO=ESMTP HELO=a"], 250),
        (["addr=IPV6:2001:db8::7"], 250),
        (["ADDR=198.51.100.1"], 550),
        (["ADDR=[UNAVAILABLE]"], 550),
        (["ADDR=192.0.2.7", "ADDR=198.51.100.1"], 550),
        (["ADDR=192.0.2.7 LOGIN=x"], 550),  # not understood, so nothing of it counts
        ([""], 550),
        ([], 550),
    ],
)
async def test_a_mail_server_in_front_says_whom_a_mail_comes_from(tmp_path, forwarded, code):
    async with listening(tmp_path, networks="192.0.2.0/24 2001:db8::/32") as at:
        assert (await at.send(GOOD, ADDRESS, forwarded=forwarded))[0] == code


def test_only_a_mail_server_on_the_same_machine_is_believed():
    def offered(peer):
        return len(tell_of_xforward(SimpleNamespace(peer=peer), ["250-SIZE 5", "250 HELP"])) - 2

    assert [offered(peer) for peer in (("127.0.0.1", 1), ("::1", 1), ("192.0.2.7", 1), ("10.0.0.1", 1), "", None)] == [1, 1, 0, 0, 0, 0]


async def test_what_can_never_be_taken_is_refused_for_good_and_noted(tmp_path):
    async with listening(tmp_path, lambda _part: pytest.fail("it was stored")) as at:
        assert await at.send(GOOD, NAMELESS) == (554, "5.6.0 the mail names no number it is for")
        assert (await at.send(b"X: " + b"x\r\n " * 20_000, ADDRESS))[0] == 554
        assert [(one[0], one[2]) for one in at.noted] == [(7, "answered_with_error")] * 2


@pytest.mark.parametrize("error", [NotStoredError("the intake is full"), OSError(28, "No space left on device"), RuntimeError("a fault")])
async def test_what_could_not_be_stored_is_to_be_sent_again(tmp_path, error):
    def fail(_part):
        raise error

    async with listening(tmp_path, fail) as at:
        assert (await at.send(GOOD, ADDRESS))[0] == 451
        assert 7 not in at.noted


async def test_an_mms_may_be_larger_than_an_answer_and_both_have_an_end(tmp_path):
    answer = BOOK.bounce(BounceAddress(5))
    large = mail(text("x" * 900 + "\n")) + (b"x" * 900 + b"\r\n") * (LARGEST_ANSWER // 900)
    async with listening(tmp_path) as at:
        assert (await at.send(large, ADDRESS))[0] == 250
        assert (await at.send(large, answer))[0] == 552
        assert (await at.send(GOOD, answer, size=LARGEST_ANSWER + 1))[0] == 552
        assert (await at.send(GOOD, ADDRESS, size=LARGEST_MAIL + 1))[0] == 552
        assert at.answers == []


async def test_answers_to_our_mails_go_where_they_went(tmp_path):
    address = BOOK.bounce(BounceAddress(5))
    async with listening(tmp_path, lambda _part: pytest.fail("it was stored")) as at:
        assert (await at.send(GOOD, address, ADDRESS))[0] == 250
        assert [one[1:] for one in at.answers] == [("gateway@mms.example.net", address)]


def test_a_message_is_its_account_s_once_however_often_the_mail_comes(tmp_path, transactional_db):
    anna, bob = create_account("Anna"), create_account("Bob")
    link = add_connection("operator", "mms_mail", {})
    number = add_number(NUMBER, NumberKind.SHARED_LONG)
    Number.objects.update(connection=link)
    reserve_keyword(anna, number, "KOT", RuleContent())
    attempts = count()

    def receive(part):
        if next(attempts) == 0:
            raise NotStoredError("the database is down")
        try:
            return direct_receiver()(part)
        finally:
            connections.close_all()

    async def hand_in():
        async with listening(tmp_path, receive, key=link.pk) as at:
            octets = PLUS_PL.replace(b"Subject: ", b"Subject: KOT\r\nX-Old: ")
            return [(await at.send(octets, BOOK.mms(MmsAddress(link.pk, 1, NUMBER))))[0] for _ in range(3)]

    assert asyncio.run(hand_in()) == [451, 250, 250]
    close_old_connections()
    message = Message.objects.get()
    assert (message.account, message.sender) == (anna, "48501222333")
    assert not Message.objects.filter(account=bob).exists()
    assert [one.name for one in attachments_of([message.pk])[message.pk]] == ["", "a.jpg"]
