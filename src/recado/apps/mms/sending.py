"""Sending an MMS: to one phone, or to many of a program's order that share its files.

What belongs here: joining a draft with the ways of SMS. What does not: checks of the draft (`composing`), of phones, money and limits
(`apps.outbox`), replies in a conversation (`apps.dialogues.answering.reply` takes what `composing.content_of` makes), handing over
(`delivery`, `gateway`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, ApiUser, User
from recado.apps.contacts.blocking import block_of
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.ids import next_id
from recado.apps.mms.composing import content_of
from recado.apps.mms.drafts import Draft
from recado.apps.numbers.models import Number
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.sending import send_in_portions
from recado.apps.outbox.services import AS_USUAL, Order, queue_text
from recado.apps.sql import lent_connection
from recado.core.mms import MmsContent
from recado.store.mms import write_files


class BadRecipientError(ValueError):
    """The phone can get nothing; `reason` is INVALID_NUMBER or BLOCKED."""

    def __init__(self, reason: NotSent) -> None:
        super().__init__(reason.value)
        self.reason = reason


def send_mms(
    account: Account,
    number: Number,
    recipient: str,
    draft: Draft,
    *,
    origin: Origin,
    author: User | None = None,
    at: datetime | None = None,
    is_test: bool = False,
    unique_id: str | None = None,
    idempotency_key: str | None = None,
    dialogue_id: int | None = None,
    order: Order = AS_USUAL,
) -> OutboundMessage:
    """Send an MMS to one phone, at once or at a time to come; the same idempotency key never sends twice.

    Raises MmsRefusedError, BadRecipientError, and as `queue_text`: OptedOutError, NoSenderError, UniqueIdError, NoCreditError. `order` says
    the rest (validity, where its fate is reported to). Takes a moment where pictures are made smaller: call it outside transactions.
    """
    sent_before = OutboundMessage.objects.filter(account=account, idempotency_key=idempotency_key)
    if idempotency_key is not None and (found := sent_before.first()):
        return found
    phone = parse_msisdn(recipient)
    if phone is None or Number.objects.filter(digits=phone).exists():
        raise BadRecipientError(NotSent.INVALID_NUMBER)
    if block_of(account, phone):
        raise BadRecipientError(NotSent.BLOCKED)
    content = content_of(draft, number, is_test=is_test)
    asked = replace(order, kind=SendKind.MMS, sender_name=None, mms=content, scheduled_at=at, unique_id=unique_id)
    now = timezone.now()
    try:
        return queue_text(
            account,
            number,
            phone,
            draft.text.strip(),
            now=now,
            origin=origin,
            author=author,
            dialogue_id=dialogue_id,
            idempotency_key=idempotency_key,
            is_test=is_test,
            order=asked,
        )
    except IntegrityError:  # the same key in this moment
        if idempotency_key is None:
            raise
        return sent_before.get()


def send_mms_in_portions(
    account: Account,
    number: Number,
    outgoing: Sequence[Outgoing],
    draft: Draft,
    *,
    now: datetime,
    origin: Origin,
    order: Order = AS_USUAL,
    author: User | None = None,
    dry_run: bool = False,
    program: ApiUser | None = None,
) -> Iterator[list[Sent]]:
    """Send one MMS to many phones, each with its own text, as `apps.outbox.sending.send_in_portions` sends texts; the files are noted once.

    A dry run gives the same answer and writes nothing. Raises MmsRefusedError, NoSenderError.
    """
    content = content_of(replace(draft, text=draft.text or next((one.text for one in outgoing if one.text), "")), number)
    shared = content if dry_run or not content.parts else share_files(content, now)
    asked = replace(order, kind=SendKind.MMS, sender_name=None, mms=shared)
    return send_in_portions(
        account, outgoing, now=now, origin=origin, number=number, order=asked, author=author, dry_run=dry_run, program=program
    )


@transaction.atomic
def share_files(content: MmsContent, now: datetime) -> MmsContent:
    """Note the files of an MMS once, for all messages that will be sent with what is returned."""
    con, attachments_id = lent_connection(), next_id()
    write_files(con, attachments_id, content.parts, iter(next_id, None), con.dialect.timestamp(now))
    return MmsContent(content.subject, (), attachments_id)
