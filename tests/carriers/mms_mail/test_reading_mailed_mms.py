"""What is read out of mailed MMS: the person's words once, their files, nothing of the operator's, and nothing lost in doubt."""

from email.message import EmailMessage

import mailed
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mailed import JPEG, mail, multi, page, picture, text

from recado.carriers.mms_mail.dialects import DIALECTS, GENERIC, dialect_of, matches
from recado.carriers.mms_mail.errors import MailFormatError
from recado.carriers.mms_mail.reading import read_mailed
from recado.core.mms import Slide


def read(octets: bytes, envelope_sender: str = "gateway@mms.example.net"):
    return read_mailed(octets, envelope_sender)


@pytest.mark.parametrize(
    ("name", "sender", "subject", "words", "files"),
    [
        ("T_MOBILE_US", "12065550123", "", "our cat", ["IMG_5.jpg", "text_0.txt*"]),
        ("SPRINT", "12065550123", "", "look", [""]),  # the page, because the picture is behind its link
        ("ATT", "12065550123", "", "at the beach", ["*", "photo.jpg"]),
        ("VERIZON", "12065550123", "Re: offer", "ship", ["0611.jpg", "*"]),
        ("ORANGE_PL", "48501222333", "", "róża 5", ["*", "róża.jpg"]),
        ("PLUS_PL", "48501222333", "", "głosuję na B", ["*", "a.jpg"]),
        ("LAID_OUT", "48501222333", "KOT", "first\nthen", ["", "first.txt*", "*", "cat.jpg"]),
        ("HTML_ALONE", "48501222333", "x", "Hello\nyou\n\na quote of hers", ["*"]),
        ("OWN_LOGO", "48501222333", "", "our new logo", ["*", "logo.jpg", "spacer.gif"]),
        ("ONE_BAD_PART", "48501222333", "", "ok", ["cat.jpg", "bad.png", "*"]),
    ],
)
def test_a_mail_of_each_gateway_gives_what_the_person_sent(name, sender, subject, words, files):
    message = read(getattr(mailed, name)).given
    assert (message.sender, message.subject, message.text) == (sender, subject, words)
    assert [one.name + "*" * one.is_text for one in message.files] == files  # a star: its words are in the text
    assert all(one.content == JPEG for one in message.files if one.name.endswith(".jpg"))


def test_a_layout_says_what_is_shown_together_and_how_long():
    message = read(mailed.LAID_OUT).given
    assert message.slides == (Slide((2,), 5000), Slide((3, 1), 5000))
    assert message.files[0].claimed_type == "application/smil"
    assert read(mailed.ATT).given.slides == ()


def test_a_picture_that_the_layout_shows_is_the_person_s_whatever_its_name():
    layout = mailed.part(b'<smil><body><par><img src="logo.gif"/></par></body></smil>', "Content-Type: application/smil")
    own = picture("logo.gif", "Content-ID: <1>", content=mailed.GIF, kind="image/gif")
    for parts, names in (((own,), []), ((own, layout), ["logo.gif", ""])):
        octets = mail(multi("related", page("<img src='cid:1'>"), *parts), "2065550123@tmomail.net")
        assert [one.name for one in read(octets).given.files] == names


def test_what_was_left_out_and_what_was_broken_is_noted():
    assert read(mailed.T_MOBILE_US).given.flags == (
        "mms_operator_words_left_out",
        "mms_operator_picture_left_out: masthead.jpg",
        "mms_operator_picture_left_out: dottedLine_600.gif",
        "mms_operator_picture_left_out: spacer.gif",
    )
    assert read(mailed.PLUS_PL).given.flags[0] == "mms_operator_subject_left_out: Nowa wiadomość MMS"
    assert read(mailed.ONE_BAD_PART).given.flags == ("mms_part_junk",)
    assert read(mailed.OWN_LOGO).given.flags == ()


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"sender": "<+48 501-222-333@mms.example.net>"}, "48501222333"),
        ({"sender": "0048501222333/TYPE=PLMN@mms.example.net"}, "48501222333"),
        ({"sender": '"+48501222333" <no-reply@mms.example.net>'}, "48501222333"),
        ({"sender": "=?utf-8?B?KzQ4NTAxMjIyMzMz?= <no-reply@mms.example.net>"}, "48501222333"),
        ({"sender": "MMS <mms@mms.example.net>", "X_MMS_From": "+48501222333"}, "48501222333"),
        ({"sender": "MMS <mms@mms.example.net>", "Reply_To": "48501222333@mms.example.net"}, "48501222333"),
        ({"sender": "501222333@x.mms.orange.pl"}, "48501222333"),
        ({"sender": "Anna <Anna@example.com>"}, "Anna"),
        ({"sender": ""}, "gateway"),
    ],
)
def test_who_sent_it(headers, sender):
    assert read(mail(text("x"), **headers)).given.sender == sender


@pytest.mark.parametrize(
    ("headers", "numbers"),
    [
        ({"To": "48503340503/TYPE=PLMN@mms.example.net"}, ("48503340503",)),
        ({"To": "MMS <mms+abc@reply.example.org>, +48503340504", "X_MMS_To": "+48 503 340 503"}, ("48503340503", "48503340504")),
        ({"To": "+48503340503"}, ("48503340503",)),
        ({}, ()),
    ],
)
def test_for_which_numbers_it_is(headers, numbers):
    assert read(mail(text("x"), **headers)).numbers == numbers


def test_a_repeat_has_the_same_id_and_each_number_one_of_its_own():
    one = read(mail(text("x"), X_Mms_Message_Id='"4711"', Received="by a"))
    again = read(mail(text("x"), X_Mms_Message_Id="4711", Message_ID="<m2@x>"))
    assert one.to("501").transaction_id == again.to("501").transaction_id == "4711 501"
    assert one.to("502") != one.to("501")
    assert read(mail(text("x"))).to("501").transaction_id == "m1@mms.example.net 501"
    assert len(read(mail(text("x"), Message_ID=f"<{'x' * 200}@x>")).to("501").transaction_id) == 64
    nameless = [
        read(mail(text(words), Message_ID="", Received=by)).given.transaction_id for words, by in (("x", "a"), ("x", "b"), ("y", "b"))
    ]
    assert nameless[0] == nameless[1] != nameless[2]


@pytest.mark.parametrize(
    ("plain", "html", "words"),
    [
        ("two words, wrapped\nat a line end", "<p>two words, wrapped at a line end</p>", "two words, wrapped\nat a line end"),
        ("one", "<p>one</p><p>and more</p>", "one\nand more"),
        ("one hundred", "<p>one hun</p>", "one hundred\none hun"),
        ("", "<p>alone</p>", "alone"),
    ],
)
def test_words_that_are_text_and_html_come_once(plain, html, words):
    assert read(mail(multi("alternative", text(plain), page(html)))).given.text == words


def test_the_same_text_twice_comes_once_and_two_texts_both():
    parts = (text("yes"), text("yes"), text("yes, please"))
    assert read(mail(multi("mixed", *parts))).given.text == "yes\nyes, please"


@pytest.mark.parametrize("line", ["MMS", "You have won", "Nowa sukienka", "logo", "MMS from Anna", "T-Mobile"])
def test_words_that_a_person_may_have_written_are_kept(line):
    assert read(mail(text(line))).given.text == line


def test_a_footer_that_much_follows_is_a_person_s_sentence():
    words = "Brought to you by AT&T\n" + "and more\n" * 20
    assert read(mail(text(words), "2065550123@txt.att.net")).given.text == words.strip()


@pytest.mark.parametrize(
    "subject", ["MMS", "Multimedia message", "Nowa wiadomość MMS", "You have received a new MMS", "MMS od 501 222 333"]
)
def test_subjects_that_gateways_write_are_none(subject):
    assert read(mail(text("x"), Subject=subject)).given.subject == ""


@pytest.mark.parametrize(
    ("content_type", "octets", "words"),
    [
        ("text/plain; charset=iso-8859-2", "zażółć".encode("iso8859-2"), "zażółć"),
        ("text/plain; charset=x-unknown", "zażółć".encode(), "zażółć"),
        ("text/plain; charset=utf-16", "zażółć".encode("utf-16"), "zażółć"),
        ("text/html; charset=windows-1250", "<p>za&#380;ółć</p>".encode("cp1250"), "zażółć"),
    ],
)
def test_each_part_has_a_charset_of_its_own(content_type, octets, words):
    parts = (mailed.part(octets, f"Content-Type: {content_type}"), text("other", charset="utf-8"))
    assert words in read(mail(multi("mixed", *parts))).given.text.split("\n")


@pytest.mark.parametrize(
    "body",
    [
        b"\r\nhello",
        b"Content-Type: multipart/mixed\r\n\r\nhello",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nhello",
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nhello',
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8",
    ],
)
def test_mails_that_break_rules_are_read_all_the_same(body):
    message = read(mail(body)).given
    assert message.text == "hello" or message.files[0].content == b"hello"


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (mail(multi("mixed", *[picture(f"{n}.jpg", content=b"\xff\xd8\xff") for n in range(51)])), "more than 50 parts"),
        (mail(b"".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n'.encode() for n in range(9))), "nested deeper"),
        (b"From: a@b\r\nX: " + b"x" * 70_000, "the headers are longer"),
    ],
)
def test_more_than_is_taken_is_refused_with_the_reason(octets, why):
    with pytest.raises(MailFormatError, match=why):
        read(octets)


def test_what_the_standard_library_writes_is_read():
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "48501222333@mms.example.net", "a@example.org", "Zdjęcie z łąki " + "x" * 80
    written.set_content("zażółć gęślą jaźń\n")
    written.add_alternative("<p>zażółć gęślą jaźń</p>", subtype="html")
    written.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="zdjęcie łąki.jpg")
    message = read(written.as_bytes()).given
    assert (message.subject, message.text) == (str(written["Subject"]), "zażółć gęślą jaźń")
    assert [one.name for one in message.files if not one.is_text] == ["zdjęcie łąki.jpg"]


def test_every_pattern_can_be_used_and_every_domain_is_one_operator_s():
    for dialect in (GENERIC, *DIALECTS):
        matches("x", dialect.lines, dialect.last, dialect.subjects, dialect.images)
        assert all(dialect_of([f"mms.{domain}"]) is dialect for domain in dialect.domains)


HEADER = st.sampled_from(["From", "To", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"])
VALUE = st.binary(max_size=60) | st.sampled_from([b"multipart/mixed; boundary=b", b"text/html", b"text/plain; charset=utf-7", b"base64"])


@given(st.lists(st.tuples(HEADER, VALUE)), st.lists(st.binary(max_size=80) | st.just(b"\r\n--b\r\n")), st.text(max_size=20))
@example([("From", b'"\xff" <@>, =?x?B??=')], [], "")
def test_no_octets_break_it(headers, pieces, envelope_sender):
    octets = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + b"".join(pieces)
    for tried in (octets, octets[2:].replace(b"\r", b"")):
        try:
            message = read(tried, envelope_sender).to("48503340503")
        except MailFormatError:
            continue
        assert len(message.transaction_id) <= 80
        message.text.encode()
        message.sender.encode()
