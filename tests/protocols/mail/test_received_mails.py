"""A mail is read as well as it can be, and automatic ones say so of themselves in many ways."""

from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recado.protocols.mail.authentication import is_authentic
from recado.protocols.mail.received import Automatic, read_mail


def read(text: str, envelope_sender: str = "anna@example.com"):
    return read_mail(text.replace("\n", "\r\n").encode(), envelope_sender, "sms.example.org")


HEAD = "From: Anna <Anna@Example.com>\nMessage-ID: <1@example.com>\nSubject: Re: SMS\n"


def test_an_answer_is_read():
    mail = read(HEAD + "\nYes.\n\n> At five?\n")
    assert (mail.message_id, mail.sender, mail.subject, mail.text) == ("1@example.com", "anna@example.com", "Re: SMS", "Yes.")
    assert mail.automatic is None
    assert mail.bounce is None


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Auto-Submitted: auto-replied", Automatic.AUTO_SUBMITTED),
        ("Auto-Submitted: auto-generated; owner-email=x", Automatic.AUTO_SUBMITTED),
        ("Precedence: bulk", Automatic.BULK),
        ("Precedence: List", Automatic.BULK),
        ("Precedence: junk", Automatic.BULK),
        ("List-Id: <a.example.com>", Automatic.LIST),
        ("X-Autoreply: yes", Automatic.RESPONDER),
        ("X-Auto-Response: yes", Automatic.RESPONDER),
        ("Content-Type: multipart/report; boundary=a", Automatic.REPORT),
        ("X-Recado-Loop: sms.example.org", Automatic.LOOP),
        ("Auto-Submitted: no", None),
        ("X-Auto-Response-Suppress: All", None),
        ("Precedence: first-class", None),
    ],
)
def test_headers_that_say_that_no_person_wrote_it(header, reason):
    assert read(f"{header}\n{HEAD}\nYes.\n").automatic == reason


@pytest.mark.parametrize(
    "subject", ["Automatic reply: SMS", "Out of office", "Automatyczna odpowiedź: SMS", "Odpowiedz automatyczna", "Poza biurem"]
)
def test_notes_of_absence_are_known_by_their_subjects(subject):
    assert read(HEAD.replace("Re: SMS", subject) + "\nBack on Monday.\n").automatic == Automatic.ABSENCE


def test_what_nobody_can_be_answered_for_and_what_we_sent_ourselves_is_automatic():
    assert read(HEAD + "\nx\n", "<>").automatic == Automatic.NO_ENVELOPE_SENDER
    assert read(HEAD.replace("1@example.com", "recado.5@sms.example.org") + "\nx\n").automatic == Automatic.LOOP
    assert read(HEAD.replace("1@example.com", "5@sms.example.org") + "\nx\n").automatic is None


@pytest.mark.parametrize(
    "written",
    [
        "From: a@x.pl, b@x.pl", "From: a@x.pl\nFrom: b@x.pl", "From: a", "From:", "X: y",
        'From: "b@x.pl" <a@x.pl>, b@x.pl', "From: <a@x.pl> b@x.pl",
    ],
)  # fmt: skip
def test_a_mail_from_several_or_nobody_is_from_nobody(written):
    assert not read(f"{written}\nMessage-ID: <1@x.pl>\n\nx\n").sender


def test_a_mail_in_html_alone_an_unknown_character_set_and_flowed_lines_are_read():
    html = EmailMessage()
    html["From"] = "anna@example.com"
    html.set_content("<p>Zażółć</p><blockquote>x</blockquote>", subtype="html")
    assert read_mail(html.as_bytes(), "a@x.pl", "sms.example.org").text == "Zażółć"
    assert read(HEAD + "Content-Type: text/plain; charset=klingon\n\nYes.\n").text == "Yes."
    flowed = HEAD + "Content-Type: text/plain; format=flowed\n\nOne line that \ngoes on.\nThe next.\n-- \nAnna\n"
    assert read(flowed).text == "One line that goes on.\nThe next."


def test_a_mail_without_an_id_gets_one_of_its_content():
    assert read("From: a@x.pl\n\nx\n").message_id == read("From: a@x.pl\n\nx\n").message_id != read("From: a@x.pl\n\ny\n").message_id


TEXT_IN = b"Content-Type: text/plain; charset=%b\r\n\r\n"
REPORT_OF = b"Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n"
CODECS = (b"utf-16", b"utf-7", b"idna", b"punycode", b"unicode_escape")
BEGINNINGS = [b"", b"From: ", b"Subject: =?utf-8?b?", b"Message-ID: <", REPORT_OF, *(TEXT_IN % name for name in CODECS)]


@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS))
@example(b"Content-Type: text/plain; charset=undefined\r\n\r\nYes", b"")
@example(b'Content-Type: text/plain; charset="ut\x00f"\r\n\r\nYes', b"")
@example(b"\\ud800 Yes", b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n")
@example(b"1\x00@x.pl>\r\nSubject: a\x00b\r\n\r\nYe\x00s, 550 5.1.1 user unknown \x00", b"Message-ID: <")
def test_no_octets_break_it_and_what_is_read_can_be_stored(octets, begin):
    mail = read_mail(begin + octets, "a@x.pl", "sms.example.org")
    said = (mail.bounce.status, mail.bounce.words) if mail.bounce else ()
    for text in (mail.message_id, mail.sender, mail.subject, mail.text, *said):
        assert "\x00" not in text
        text.encode()


def test_parts_in_parts_without_end_and_endless_lines_are_read_as_far_as_they_go():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(3000))
    assert read(HEAD + deep).sender == "anna@example.com"
    assert read(HEAD + "\n" + "- " * 300_000 + "x").sender == "anna@example.com"
    assert read(HEAD + "\nYes.\n" + " " * 300_000 + "x").text.startswith("Yes.")
    assert read(HEAD + "X-Long: " + "a " * 300_000 + "\n\nYes.\n").text == "Yes."


REPORT = """From: MAILER-DAEMON@mx.example.com
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; shop@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}
--b--
"""


@pytest.mark.parametrize(
    ("action", "status", "words", "is_permanent", "is_mailbox"),
    [
        ("failed", "5.1.1", "550 5.1.1 User unknown", True, True),
        ("failed", "5.1.10", "550 null MX", True, True),
        ("failed", "5.0.0", "550 No such user here", True, True),
        ("failed", "5.2.2", "552 mailbox full", True, False),
        ("failed", "5.7.1", "554 spam", True, False),
        ("failed", "4.4.7", "too long in the queue", False, False),
        ("delayed", "4.4.1", "no answer", False, False),
        ("delayed", "5.1.1", "odd", False, False),
        ("delivered", "2.0.0", "ok", False, False),
    ],
)
def test_reports_of_servers_are_read(action, status, words, is_permanent, is_mailbox):
    bounce = read(REPORT.format(action=action, status=status, words=words), "").bounce
    assert bounce is not None
    assert (bounce.is_permanent, bounce.status, bounce.words, bounce.is_about_the_mailbox) == (is_permanent, status, words, is_mailbox)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Hi. <a@x.pl>: host mx said: 550 5.1.1 no such user", (True, "5.1.1")),
        ("User unknown", (True, "")),
        ("try 4.2.1 later", (False, "4.2.1")),
    ],
)
def test_a_bounce_in_plain_words_is_read(body, found):
    bounce = read(f"From: MAILER-DAEMON@x.pl\nSubject: Undelivered Mail\n\n{body}\n", "").bounce
    assert bounce is not None
    assert (bounce.is_permanent, bounce.status) == found


@pytest.mark.parametrize("body", ["Wracam 5.12.26.", "Out until 5.1.2026", "From 5.1.2.3", "See you."])
def test_days_and_addresses_of_machines_are_no_bounce(body):
    assert read(f"From: anna@x.pl\nSubject: Urlop\n\n{body}\n", "").bounce is None


@pytest.mark.parametrize(
    ("header", "is_good"),
    [
        ("mx.example.org; dmarc=pass (p=none) header.from=example.com", True),
        ("mx.example.org; spf=fail smtp.mailfrom=x.pl; dkim=pass header.d=example.com", True),
        ("mx.example.org; dkim=pass header.i=@example.com", True),
        ("mx.example.org 1; spf=pass smtp.mailfrom=anna@example.com", True),
        ("mx.example.org; dkim=pass header.d=evil.com", False),
        ("mx.example.org; dmarc=fail header.from=example.com", False),
        ("mx.example.org (dmarc=pass header.from=example.com); none", False),
        ("evil.com; dmarc=pass header.from=example.com", False),
        ('mx.example.org; spf=pass smtp.mailfrom="anna"@example.com', True),
        ('mx.example.org; dmarc=pass (p=none ("x")) header.from="example.com"', True),
        ('mx.example.org; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.com;"@evil.com', False),
        ('mx.example.org; spf=pass smtp.mailfrom="\\"; dmarc=pass header.from=example.com;"@evil.com', False),
        ('mx.example.org; dkim=fail reason="x; dkim=pass header.d=example.com"', False),
        ("mx.example.org; spf=pass (a (b) ; dmarc=pass header.from=example.com;) smtp.mailfrom=x@evil.com", False),
        ("mx.example.org; spf=pass ((a; dmarc=pass header.from=example.com", False),
        ("mx.example.org; spf=pass smtp.mailfrom=header.from=example.com@evil.com; dmarc=pass x-header.from=example.com", False),
        ("", False),
    ],
)
def test_only_the_trusted_server_vouches_for_a_sender(header, is_good):
    assert is_authentic([header], "mx.example.org", "anna@example.com") is is_good
