"""What becomes of a mail that came to one of our addresses: a table of answers, forgeries, robots and loops."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mails
from django.utils import timezone

from panel.conversations import dialogue
from recado.apps.accounts.models import Membership, Role, User
from recado.apps.accounts.services import create_account, create_owner
from recado.apps.contacts.models import OptOut
from recado.apps.contacts.opt_outs import opt_out
from recado.apps.dialogues.answering import Refusal
from recado.apps.ids import next_id
from recado.apps.mails.models import MailReason, MailReceived, Outcome
from recado.apps.mails.services import KEPT_FOR, forget, take
from recado.apps.outbox.models import Destination, Job, JobKind, JobState, OutboundMessage
from recado.panel.mail_words import FOR_OPERATORS, NEVER_BY_MAIL, SENTENCES
from recado.panel.refusal_mail import tell
from recado.protocols.mail.received import Automatic, read_mail
from recado.protocols.mail.signed import AddressBook, BounceAddress, ReplyAddress

BOOK = AddressBook("secret", "reply.example.org")
BOX = "shop@example.com"


@pytest.fixture
def account(db):
    return create_account("Kwiaciarnia Róża")


@pytest.fixture
def anna(account):
    return create_owner(account, "anna@example.com", "a long password")


@pytest.fixture
def conversation(account):
    return dialogue(account)


@pytest.fixture
def box(account):
    return Destination.objects.create(account=account, name="Box", kind=Destination.Kind.EMAIL, email="Shop@Example.com")


@pytest.fixture
def answer(account, conversation, box):
    """Answer by mail; return the record and whom to tell."""

    def come(text="Yes, at five.", *, sender=BOX, headers="", message_id="1@example.com", days=30, envelope=BOX, **more):
        now = timezone.now()
        address = ReplyAddress(account.pk, conversation.pk, (now + timedelta(days=days)).date())
        octets = f"From: {sender}\nMessage-ID: <{message_id}>\nSubject: Re: SMS\n{headers}\n{text}\n".encode()
        local = BOOK.reply(address).partition("@")[0]
        refused = take(read_mail(octets, envelope, BOOK.domain), local, address, now, **more)
        return MailReceived.objects.get(message_id=message_id), refused

    return come


def test_an_answer_of_the_mailbox_becomes_a_text_in_the_same_conversation(answer, conversation):
    record, refused = answer("Yes, at five.\n\n> On Thu, 26 Nov 2026 Jan wrote:\n> Can I come?")
    message = OutboundMessage.objects.get()
    assert (message.text, message.recipient, message.dialogue_id) == ("Yes, at five.", conversation.msisdn, conversation.pk)
    assert (message.origin, message.author, message.state) == ("agent", None, "queued")
    assert (record.outcome, record.reason, record.outbound_id, refused) == (Outcome.SENT, "", message.pk, None)
    assert Job.objects.get().kind == JobKind.SUBMIT


def test_an_answer_of_somebody_of_the_team_is_theirs(answer, anna):
    answer(sender="Anna <ANNA@example.com>")
    assert OutboundMessage.objects.get().author == anna


def test_a_mail_that_comes_twice_is_sent_once_even_after_its_record_is_gone(answer):
    assert answer()[0].outcome == answer()[0].outcome == Outcome.SENT
    MailReceived.objects.all().delete()
    assert answer()[0].outcome == Outcome.SENT
    assert OutboundMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"sender": "mallory@example.com"}, MailReason.UNKNOWN_SENDER),
        ({"sender": "shop@example.com.evil.com"}, MailReason.UNKNOWN_SENDER),
        ({"sender": '"shop@example.com" <mallory@evil.com>'}, MailReason.UNKNOWN_SENDER),
        ({"sender": "shop@example.com, mallory@evil.com"}, MailReason.UNKNOWN_SENDER),
        ({"sender": "mallory@evil.com\nFrom: shop@example.com"}, MailReason.UNKNOWN_SENDER),
        ({"headers": "Auto-Submitted: auto-replied\n"}, "auto_submitted"),
        ({"headers": "Precedence: bulk\n"}, "bulk"),
        ({"headers": "X-Autoreply: yes\n"}, "responder"),
        ({"headers": "List-Id: <a>\n"}, "list"),
        ({"headers": "X-Recado-Loop: reply.example.org\n"}, "loop"),
        ({"message_id": "recado.5@reply.example.org"}, "loop"),
        ({"envelope": ""}, "no_envelope_sender"),
        ({"headers": "Content-Type: multipart/report; boundary=b\n"}, "report"),
        ({"authenticator": "mx.example.org"}, MailReason.NOT_AUTHENTIC),
        (
            {"authenticator": "mx.example.org", "headers": "Authentication-Results: mx.evil.com; dmarc=pass header.from=example.com\n"},
            "not_authentic",
        ),
    ],
)
def test_what_no_person_wrote_or_nobody_who_may_is_ignored_and_never_answered(answer, given, reason):
    record, refused = answer(**given)
    assert (record.outcome, record.reason, refused) == (Outcome.IGNORED, reason, None)
    assert not OutboundMessage.objects.exists()


def test_a_sender_the_server_in_front_vouches_for_is_let_in(answer):
    header = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\n"
    assert answer(authenticator="mx.example.org", headers=header)[0].outcome == Outcome.SENT


@pytest.mark.parametrize(
    ("role", "is_active", "may"),
    [(Role.AGENT, True, True), (Role.VIEWER, True, False), (Role.BILLING, True, False), (Role.OWNER, False, False)],
)
def test_of_the_team_those_may_answer_who_may_in_the_panel(answer, account, role, is_active, may):
    user = User.objects.create_user("ewa@example.com", is_active=is_active)
    Membership.objects.create(account=account, user=user, role=role)
    assert (answer(sender="ewa@example.com")[0].outcome == Outcome.SENT) is may


def test_a_mailbox_of_another_account_or_one_that_is_switched_off_may_not_answer(answer, box):
    Destination.objects.create(account=create_account("Other"), kind=Destination.Kind.EMAIL, email="else@example.com")
    assert answer(sender="else@example.com")[0].reason == MailReason.UNKNOWN_SENDER
    Destination.objects.filter(pk=box.pk).update(is_enabled=False)
    assert answer(message_id="2@x")[0].reason == MailReason.UNKNOWN_SENDER


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"text": "x" * 1531}, Refusal.TOO_LONG), ({"text": "> quoted"}, Refusal.EMPTY), ({"days": -1}, MailReason.EXPIRED)],
)
def test_a_person_is_told_why_a_mail_was_not_sent_but_once_an_hour(answer, given, reason):
    record, refused = answer(**given)
    assert (record.outcome, record.reason, refused.reason, refused.sender) == (Outcome.REFUSED, reason, reason, BOX)
    assert answer(**given, message_id="2@example.com")[1] is None
    MailReceived.objects.update(answered_at=timezone.now() - timedelta(hours=2))
    assert answer(**given, message_id="3@example.com")[1] is not None
    assert not OutboundMessage.objects.exists()


def test_who_opted_out_or_is_suspended_gets_nothing(answer, account, conversation):
    opt_out(account, conversation.msisdn, OptOut.Scope.ACCOUNT, now=timezone.now())
    assert answer()[1].reason == Refusal.OPTED_OUT
    account.is_suspended = True
    account.save()
    assert answer(message_id="2@x")[0].reason == MailReason.CLOSED


def test_a_token_of_another_account_opens_no_conversation(account, box, conversation):
    other = create_account("Other")
    Destination.objects.create(account=other, kind=Destination.Kind.EMAIL, email=BOX)
    mail = read_mail(f"From: {BOX}\nMessage-ID: <1@x>\n\nx\n".encode(), BOX, BOOK.domain)
    now = timezone.now()
    assert take(mail, "reply+x", ReplyAddress(other.pk, conversation.pk, now.date()), now).reason == MailReason.CONVERSATION_GONE


def test_the_mail_that_tells_says_why_in_the_reader_s_language_and_starts_no_loop(answer, anna):
    anna.language = "pl"
    anna.save()
    _, refused = answer(sender="anna@example.com", text="x" * 1531)
    assert tell(refused, BOOK.domain)
    (sent,) = sent_mails.outbox
    assert sent.to == ["anna@example.com"]
    assert "Re: SMS" in sent.body
    written = sent.message()
    assert (written["Auto-Submitted"], written["In-Reply-To"], written["X-Recado-Loop"]) == ("auto-replied", "<1@example.com>", BOOK.domain)
    assert answer(sender="anna@example.com", headers=f"X-Recado-Loop: {BOOK.domain}\n", message_id="9@x")[0].reason == "loop"


def test_every_reason_has_a_sentence():
    assert {*SENTENCES, *FOR_OPERATORS, *NEVER_BY_MAIL} == {*Refusal, *MailReason, *Automatic}
    assert not {*SENTENCES} & {*FOR_OPERATORS}


REPORT = """From: MAILER-DAEMON@mx
Message-ID: <r@mx>
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx

Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b--
"""


@pytest.fixture
def job(account, box):
    return Job.objects.create(
        id=next_id(), account=account, kind=JobKind.FORWARD_EMAIL, destination=box, state=JobState.DONE,
        next_attempt_at=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "status", "outcome", "state", "is_paused"),
    [
        ("failed", "5.1.1", Outcome.BOUNCED, JobState.DEAD, True),
        ("failed", "5.2.2", Outcome.BOUNCED, JobState.DEAD, False),
        ("failed", "4.4.7", Outcome.IGNORED, JobState.DONE, False),
        ("delayed", "4.4.1", Outcome.IGNORED, JobState.DONE, False),
    ],
)
def test_a_bounce_ends_its_job_and_a_mailbox_that_takes_nothing_is_paused(job, box, action, status, outcome, state, is_paused):
    mail = read_mail(REPORT.format(action=action, status=status).encode(), "", BOOK.domain)
    assert take(mail, "bounce+x", BounceAddress(job.pk), timezone.now()) is None
    record = MailReceived.objects.get()
    job.refresh_from_db()
    box.refresh_from_db()
    assert (record.outcome, record.job_id, record.detail, job.state) == (outcome, job.pk, f"550 {status} no", state)
    assert (box.paused_at is not None) is is_paused
    assert job.last_error == (f"came back: 550 {status} no" if state == JobState.DEAD else "")
    assert box.pause_reason == ("mailbox" if is_paused else "")


def test_a_note_of_absence_and_a_bounce_of_nothing_change_nothing(job, box):
    absent = read_mail(b"From: shop@example.com\nAuto-Submitted: auto-replied\nMessage-ID: <a@x>\n\nBack on Monday.\n", BOX, BOOK.domain)
    take(absent, "bounce+x", BounceAddress(job.pk), timezone.now())
    assert MailReceived.objects.get().reason == MailReason.NO_REPORT
    bounce = read_mail(REPORT.format(action="failed", status="5.1.1").encode(), "", BOOK.domain)
    take(bounce, "bounce+y", BounceAddress(5), timezone.now())
    assert MailReceived.objects.get(recipient="bounce+y").reason == MailReason.JOB_GONE
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_records_are_forgotten_after_a_month(answer):
    answer()
    assert forget(timezone.now()) == 0
    assert forget(timezone.now() + KEPT_FOR + timedelta(minutes=1)) == 1
