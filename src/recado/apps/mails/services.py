"""Takes a mail that came to one of our signed addresses: an answer becomes a text, a bounce ends its job, all else is noted.

What belongs here: what a mail may do, in one transaction, so that it is acknowledged only once that is stored, and done once however often
it comes. What does not: reading it (`protocols.mail`), telling its sender that it was refused (`panel.refusal_mail`).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import Account
from recado.apps.dialogues.answering import ReplyRefusedError, reply
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for
from recado.apps.ids import first_id_at, next_id
from recado.apps.mails.bounces import bounced, job_of
from recado.apps.mails.models import MailReason, MailReceived, Outcome
from recado.apps.mails.senders import MailSender, sender_of
from recado.protocols.mail.authentication import is_authentic
from recado.protocols.mail.received import ReceivedMail
from recado.protocols.mail.signed import BounceAddress, ReplyAddress

KEPT_FOR = timedelta(days=30)
ONE_ANSWER = timedelta(hours=1)
"""Whoever writes several mails that are refused is told once in this time."""
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Refused:
    """A mail of a person could not be sent, and the person is to be told."""

    account: Account
    sender: str
    reason: str
    """A word of `MailReason` or `Refusal`."""
    message_id: str
    subject: str


def take(
    mail: ReceivedMail, recipient: str, address: ReplyAddress | BounceAddress, now: datetime, *, authenticator: str = ""
) -> Refused | None:
    """Do what a mail asks for, and note it; return whom to tell that it was refused.

    `recipient` is the part of the address before the `@`, `address` what it means. With an `authenticator`, senders count only where that
    mail server vouches for them. A mail that came before does nothing.
    """
    with transaction.atomic():
        row = MailReceived(
            id=next_id(),
            message_id=mail.message_id,
            recipient=recipient[:64],
            sender=mail.sender[:254],
            received_at=now,
            outcome=Outcome.IGNORED,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            return None
        if isinstance(address, BounceAddress):
            _take_bounce(row, mail, address)
            refused = None
        else:
            refused = _take_answer(row, mail, address, authenticator)
        row.save()
    return refused


def forget(now: datetime) -> int:
    """Remove the record of mails that came long ago, some at once; return how many."""
    old = MailReceived.objects.filter(pk__lt=first_id_at(now - KEPT_FOR)).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return MailReceived.objects.filter(pk__in=list(old)).delete()[0]


def _take_bounce(row: MailReceived, mail: ReceivedMail, address: BounceAddress) -> None:
    job = job_of(address.job_id)
    row.job_id = address.job_id
    row.account_id = job.account_id if job else None
    row.detail = mail.bounce.words[:200] if mail.bounce else ""
    if mail.bounce is None:
        row.reason = MailReason.NO_REPORT
    elif not mail.bounce.is_permanent:
        row.reason = MailReason.NOT_FINAL
    elif job is None:
        row.reason = MailReason.JOB_GONE
    else:
        row.outcome = Outcome.BOUNCED
        bounced(job, mail.bounce, row.received_at)


def _take_answer(row: MailReceived, mail: ReceivedMail, address: ReplyAddress, authenticator: str) -> Refused | None:
    account = Account.objects.filter(pk=address.account_id).first()
    row.account, row.dialogue_id = account, address.dialogue_id
    sender = sender_of(account, mail.sender) if account else None
    if account is None or sender is None or mail.automatic is not None:
        row.reason = mail.automatic or (MailReason.UNKNOWN_SENDER if account else MailReason.CONVERSATION_GONE)
        return None
    if authenticator and not is_authentic(mail.authentication, authenticator, mail.sender):
        row.reason = MailReason.NOT_AUTHENTIC
        return None
    reason = _send(row, mail, account, sender, address)
    if reason:
        return _refuse(row, account, mail, reason)
    row.outcome = Outcome.SENT
    return None


def _send(row: MailReceived, mail: ReceivedMail, account: Account, sender: MailSender, address: ReplyAddress) -> str:
    """Send the words of a mail; return why they cannot be sent, or nothing."""
    if account.is_suspended:
        return MailReason.CLOSED
    if address.expires_on < row.received_at.date():
        return MailReason.EXPIRED
    try:
        dialogue = get_dialogue_for(account, address.dialogue_id)
        row.outbound_id = reply(account, sender.user, dialogue, mail.text, _key(row)).pk
    except Dialogue.DoesNotExist:
        return MailReason.CONVERSATION_GONE
    except ReplyRefusedError as error:
        return error.reason
    return ""


def _refuse(row: MailReceived, account: Account, mail: ReceivedMail, reason: str) -> Refused | None:
    """Note why; return whom to tell, unless they were told something lately."""
    row.outcome, row.reason = Outcome.REFUSED, reason
    if MailReceived.objects.filter(sender=row.sender, answered_at__gt=row.received_at - ONE_ANSWER).exists():
        return None
    row.answered_at = row.received_at
    return Refused(account, mail.sender, reason, mail.message_id, mail.subject)


def _key(row: MailReceived) -> str:
    """Name the mail for the outbox, where the same name never sends twice, even after the record of the mail is gone."""
    return "mail:" + hashlib.sha256(f"{row.message_id}\n{row.recipient}".encode()).hexdigest()[:40]
