"""The mail about a message: what it says, how it threads, and that nothing of a message becomes a header."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_rows import BOOK, OURS

from recado.core.mail_subject import PLACES, subject_of, unknown_places
from recado.delivery.errors import DeliveryError
from recado.delivery.mail_files import Attachment, MailedMms
from recado.delivery.mail_message import Identity, Letter, readable, write_mail
from recado.protocols.mail.signed import BounceAddress, ReplyAddress

NOW = datetime(2026, 11, 26, 9, 15, tzinfo=UTC)
LETTER = Letter(
    job_id=77, account_id=1, destination_id=5, address="shop@example.com", subject="", phone="48501222333", number="48503340503",
    text="Gardener, zażółć", received_at=NOW, dialogue_id=9, keyword="GARDENER", language="en",
)  # fmt: skip


def text(mail):
    return mail.get_content().replace("\r\n", "\n")


def written(letter=LETTER, identity=OURS):
    envelope = write_mail(letter, identity, NOW)
    return envelope, message_from_bytes(envelope.message.as_bytes(), policy=default)


def test_a_mail_says_who_wrote_what_where_when_and_how_to_answer():
    envelope, mail = written()
    assert (envelope.sender, envelope.recipient) == (BOOK.bounce(BounceAddress(77)), "shop@example.com")
    assert mail["From"].addresses[0].display_name == "+48 501 222 333 via Sms Centre"
    assert mail["Subject"] == "SMS from +48 501 222 333"
    assert BOOK.read(mail["Reply-To"]) == ReplyAddress(1, 9, datetime(2027, 5, 25).date())  # noqa: DTZ001
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["List-Id"]) == (
        "auto-generated",
        "All",
        "<forward-5.reply.example.org>",
    )
    assert mail.get_content_type() == "text/plain"
    assert text(mail) == (
        "Gardener, zażółć\n\n"
        "From: +48 501 222 333\nTo: +48 503 340 503\nKeyword: GARDENER\nReceived: 26.11.2026, 10:15\n\n"
        "Answer this mail, and your words go back as an SMS.\nOpen the conversation: https://sms.example.org/inbox/9/\n"
    )


def test_a_polish_account_and_a_known_person_are_told_so():
    _, mail = written(replace(LETTER, language="pl", first_name="Żaneta", last_name="Łoś"))
    assert mail["From"].addresses[0].display_name == "Żaneta Łoś przez Sms Centre"
    assert mail["Subject"] == "SMS od Żaneta Łoś"
    assert "Od: Żaneta Łoś, +48 501 222 333\nDo: +48 503 340 503\nHasło SMS: GARDENER\nOtrzymano: 26.11.2026, 10:15\n" in text(mail)


def test_mails_of_a_conversation_thread_and_a_retry_is_the_same_mail():
    (_, first), (_, again), (_, later), (_, other) = (
        written(), written(), written(replace(LETTER, job_id=78)), written(replace(LETTER, dialogue_id=10)),
    )  # fmt: skip
    assert first["Message-ID"] == again["Message-ID"] != later["Message-ID"]
    assert first["References"] == later["References"] == later["In-Reply-To"] != other["References"]


@pytest.mark.parametrize(
    "letter",
    [replace(LETTER, phone="MyBank"), replace(LETTER, phone="4301"), replace(LETTER, dialogue_id=None), replace(LETTER, is_test=True)],
)
def test_what_cannot_be_answered_does_not_say_that_it_can(letter):
    _, mail = written(letter)
    assert mail["Reply-To"] is None
    assert "Answer this mail" not in text(mail)
    assert "Do not answer this mail: an answer reaches nobody." in text(mail)


def test_without_a_domain_for_answers_mails_go_out_all_the_same():
    envelope, mail = written(LETTER, Identity("sms@example.org", "", None))
    assert envelope.sender == "sms@example.org"
    assert mail["Reply-To"] is None
    assert mail["Message-ID"] == "<recado.77@example.org>"
    assert "https" not in text(mail)
    assert text(mail).endswith("Do not answer this mail: an answer reaches nobody.\n")


@pytest.mark.parametrize(
    ("template", "subject"),
    [
        ("{sender} → {number}: {text}", "+48 501 222 333 → +48 503 340 503: Gardener, zażółć"),
        ("Order {keyword} {first_name}", "Order GARDENER"),
        ("Fixed", "Fixed"),
        ("{first_name}", "SMS from +48 501 222 333"),
        ("{unknown} {phone}", "{unknown} +48 501 222 333"),
    ],
)
def test_subjects_follow_their_template(template, subject):
    assert written(replace(LETTER, subject=template))[1]["Subject"] == subject
    assert written(replace(LETTER, subject=template, is_test=True))[1]["Subject"] == f"[Test] {subject}"


def test_unknown_places_of_a_subject_are_named():
    assert unknown_places("{sender} {nobody}") == ["nobody"]
    assert subject_of("{" + "} {".join(PLACES) + "}", {}) == ""


def test_attachments_are_carried_whatever_they_are_called():
    files = (
        Attachment("kot.jpg", "image/jpeg", BytesIO(b"\xff\xd8")),
        Attachment("a\r\nX: y.bin", "odd", BytesIO(b"\0")),
        Attachment("żółw.txt", "message/x", BytesIO(b"z")),
    )
    _, mail = written(replace(LETTER, mms=MailedMms(attached=files)))
    found = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in mail.iter_attachments()]
    assert found == [
        ("kot.jpg", "image/jpeg", b"\xff\xd8"),
        ("a X: y.bin", "application/octet-stream", b"\0"),
        ("żółw.txt", "application/octet-stream", b"z"),
    ]


ODD = st.text(st.characters(codec="utf-16", categories=None) | st.sampled_from('\r\n\0:<>@",;\u2028')) | st.text()


@settings(max_examples=40)
@given(ODD, ODD, ODD, ODD)
def test_nothing_of_a_message_becomes_a_header(name, words, subject, phone):
    _, mail = written(replace(LETTER, first_name=name, text=words, subject=subject, phone=phone))
    known = written()[1].keys()
    assert set(mail.keys()) <= set(known)
    assert [mail["From"].addresses[0].addr_spec, len(mail["From"].addresses)] == ["sms@example.org", 1]
    assert len(mail["To"].addresses) == 1


@pytest.mark.parametrize("address", ["", "a", "a@x.pl\r\nBcc: b@x.pl", "a@x.pl, b@x.pl", "a b@x.pl"])
def test_what_is_no_address_gets_no_mail(address):
    with pytest.raises(DeliveryError) as refused:
        written(replace(LETTER, address=address))
    assert refused.value.permanent


@pytest.mark.parametrize(("phone", "shown"), [("48501222333", "+48 501 222 333"), ("MyBank", "MyBank"), ("4301", "4301"), ("", "")])
def test_phones_are_written_as_people_do(phone, shown):
    assert readable(phone) == shown
