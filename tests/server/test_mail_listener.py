"""The listener over real sockets: which recipients there are, limits, and that nothing is acknowledged before it is stored."""

import asyncio
import smtplib
from contextlib import asynccontextmanager

import pytest

from recado.config import MailListener as Listen
from recado.protocols.mail.signed import AddressBook, BounceAddress
from recado.server.mail_listener import LARGEST_MAIL, MailListener

pytestmark = pytest.mark.anyio
BOOK = AddressBook("secret", "reply.example.org")
GOOD = BOOK.bounce(BounceAddress(5))
TWO = BOOK.bounce(BounceAddress(6))


@pytest.fixture
def anyio_backend():
    return "asyncio", {"use_uvloop": True}  # the loop of `recado serve`, whose transports are not of asyncio's classes


@asynccontextmanager
async def listening(take, protocol="smtp", **more):
    listener = MailListener(Listen(protocol, "127.0.0.1", 0), BOOK, take, **more)
    await listener.start()
    try:
        yield listener
    finally:
        await listener.stop()


def client(listener, protocol="smtp"):
    return (smtplib.LMTP if protocol == "lmtp" else smtplib.SMTP)(
        "127.0.0.1", listener.port, **({"timeout": 5} if protocol == "smtp" else {})
    )


def code_of(error):
    return next(iter(error.recipients.values()))[0] if isinstance(error, smtplib.SMTPRecipientsRefused) else error.smtp_code


@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
async def test_a_mail_to_a_signed_address_is_handed_on_as_it_came(protocol):
    taken = []

    def hand():
        with client(listener, protocol) as smtp:
            return smtp.sendmail("a@x.pl", [GOOD.upper()], "Subject: ą\r\n\r\n.x\r\n".encode(), ["BODY=8BITMIME"])

    async with listening(lambda *what: taken.append(what), protocol) as listener:
        assert await asyncio.to_thread(hand) == {}
    assert taken == [("Subject: ą\r\n\r\n.x\r\n".encode(), "a@x.pl", GOOD.upper())]


@pytest.mark.parametrize(
    "recipient", ["a@gmail.com", "postmaster@reply.example.org", "bounce+aaaa@reply.example.org", GOOD.replace("reply.", "")]
)
async def test_nothing_is_relayed_and_forged_addresses_do_not_exist(recipient):
    def hand():
        with client(listener) as smtp, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            smtp.sendmail("a@x.pl", [recipient], b"x")
        return code_of(refused.value)

    async with listening(lambda *_: pytest.fail("it was taken")) as listener:
        assert await asyncio.to_thread(hand) == 550


async def test_what_cannot_be_stored_is_not_acknowledged_and_several_recipients_come_one_by_one():
    taken, fails = [], [True]

    def take(_octets, _sender, recipient):
        if fails.pop():
            raise RuntimeError("the database is down")
        taken.append(recipient)

    def hand():
        with client(listener) as smtp, pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail("a@x.pl", [GOOD], b"x")
        assert code_of(refused.value) == 451
        fails.append(False)
        with client(listener) as smtp:
            later = smtp.sendmail("a@x.pl", [GOOD, TWO], b"x")
        assert later[TWO][0] == 452

    async with listening(take) as listener:
        await asyncio.to_thread(hand)
    assert taken == [GOOD]


async def test_too_large_a_mail_is_turned_away_before_it_is_sent():
    def hand():
        with client(listener) as smtp:
            smtp.ehlo()
            return smtp.mail("a@x.pl", [f"SIZE={LARGEST_MAIL + 1}"])[0]

    async with listening(lambda *_: None) as listener:
        assert await asyncio.to_thread(hand) == 552


async def test_too_many_connections_are_turned_away_and_those_there_are_go_on():
    async def connect():
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        return reader, writer, await reader.readline()

    async def say(reader, writer, command):
        writer.write(command)
        return await reader.readline()

    async with listening(lambda *_: None, connections=1) as listener:
        *first, greeting = await connect()
        *second, refusal = await connect()
        assert (greeting[:4], refusal[:4], await second[0].read()) == (b"220 ", b"421 ", b"")
        assert (await say(*first, b"NOOP\r\n"))[:4] == b"250 "
        assert (await say(*first, b"QUIT\r\n"))[:4] == b"221 "
        assert await first[0].read() == b""
        *third, greeting = await connect()
        assert greeting[:4] == b"220 "
        for _, writer in (first, second, third):
            writer.close()
