"""Writes about outgoing messages: putting a text and the job that sends it into the outbox, and taking one back that still waits.

What belongs here: the rows of an order to send. What does not: many at once (`sending`, `apps.campaigns`), which sender may be used
(`senders`, `pool`), sending (`delivery`), deciding on automatic replies (`core`, `store.write`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.connections.queries import reference_width
from recado.apps.contacts.opt_outs import OptedOutError, is_opted_out
from recado.apps.ids import next_id
from recado.apps.numbers.links import ready_simulator
from recado.apps.numbers.models import Number
from recado.apps.outbox.credit import release_money, reserve_money
from recado.apps.outbox.models import ChargeState, Job, JobKind, JobState, Origin, OutboundMessage, SendKind
from recado.apps.outbox.pool import number_for_test, pool_numbers, take_pool_number
from recado.apps.outbox.senders import NoSenderError, Sender, SenderRefusal, sender_for
from recado.apps.plans.queries import prices_for
from recado.apps.senders.models import SenderName
from recado.apps.sql import lent_connection
from recado.core.mms import MmsContent
from recado.core.number import NumberKind
from recado.core.price import Service, cost
from recado.core.receipt import OutboundState, UnsentReason
from recado.protocols.gsm.segment import segments
from recado.store.fates import owe_reports
from recado.store.mms import write_sent

_UNIQUE_ID = re.compile(r"[A-Za-z0-9]{3,50}")
TEST_SENDER = "TEST"
"""Shown by tests where the installation has no pool."""


class UniqueIdError(ValueError):
    """A program's own id for a message cannot be used; `is_taken` says whether another message has it, or it is badly written."""

    def __init__(self, unique_id: str, *, is_taken: bool) -> None:
        super().__init__(f"the unique id {unique_id!r} " + ("is taken" if is_taken else "is not 3 to 50 letters and figures"))
        self.unique_id, self.is_taken = unique_id, is_taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a text is to be sent, besides to whom."""

    kind: SendKind = SendKind.FULL
    sender_name: SenderName | None = None
    is_flash: bool = False
    scheduled_at: datetime | None = None
    """Not to be handed over before; None or past: at once."""
    valid_until: datetime | None = None
    unique_id: str | None = None
    receipt_destination_id: int | None = None
    mms: MmsContent | None = None
    """With `SendKind.MMS`: what makes them multimedia messages; their texts may be empty then."""

    def parts(self, text: str, width: int) -> int:
        """Count what is paid for: the segments of a text, or one MMS."""
        return 1 if self.kind == SendKind.MMS else segments(text, width).count


AS_USUAL = Order()


@transaction.atomic
def queue_text(
    account: Account,
    number: Number | None,
    recipient: str,
    text: str,
    *,
    now: datetime,
    origin: Origin,
    author: User | None = None,
    dialogue_id: int | None = None,
    idempotency_key: str | None = None,
    is_test: bool = False,
    is_service: bool = False,
    order: Order = AS_USUAL,
) -> OutboundMessage:
    """Order `text` to be sent from `number`; it leaves through the number's connection soon after the commit, or at its time.

    From a pool number or one its carrier takes no texts from, and with ECO+, it leaves from a pool number that is free between account and
    phone, `number` first; where none is, the message is written all the same, as one that was never handed over. A name goes before a
    number.
    With `Order.mms` it is an MMS, from a number of the account that has MMS.

    Raises OptedOutError if the person wants no messages at all or none from this number; `is_service` says that this one is no marketing
    and is owed to them all the same. Raises NoSenderError, UniqueIdError, and NoCreditError (`credit`) where the account cannot pay for it.
    """
    check_unique_id(account, order.unique_id)
    at = max(now, order.scheduled_at or now)
    sender = _sender(account, number, recipient, now, at, is_test=is_test, order=order)
    if not is_service and (noted := is_opted_out(account, recipient, number=sender.number_id)):
        raise OptedOutError(noted)
    count = order.parts(text, reference_width(sender.connection_id))
    is_unsent = not sender.shown
    price = 0 if is_test or is_unsent else cost(prices_for(account), Service(sender.kind), count)
    message = OutboundMessage(
        id=next_id(),
        account=account,
        number_id=sender.number_id,
        connection_id=sender.connection_id,
        dialogue_id=dialogue_id,
        sender=sender.shown,
        recipient=recipient,
        text=text,
        segment_count=count,
        state=OutboundState.UNSENT if is_unsent else OutboundState.QUEUED,
        reason=UnsentReason.NO_POOL_NUMBER if is_unsent else "",
        origin=origin,
        author=author,
        idempotency_key=idempotency_key,
        is_test=is_test,
        kind=sender.kind,
        unique_id=order.unique_id,
        cost=price,
        charge_state=ChargeState.RESERVED if price else ChargeState.NONE,
        is_flash=order.is_flash,
        scheduled_at=order.scheduled_at,
        valid_until=order.valid_until,
        receipt_destination_id=order.receipt_destination_id,
        created_at=now,
        finished_at=now if is_unsent else None,
    )
    _store(account, message)
    if order.mms is not None:
        con = lent_connection()
        write_sent(con, [message.pk], order.mms, iter(next_id, None), con.dialect.timestamp(now))
    if is_unsent:
        report_ends(account, [message.pk], now)
    else:
        Job.objects.create(id=next_id(), account=account, kind=JobKind.SUBMIT, outbound_message=message, next_attempt_at=at, created_at=now)
        announce(Change("jobs", account.pk))
    reserve_money(account, price, now)
    return message


def cancel(message: OutboundMessage, reason: UnsentReason = UnsentReason.CANCELLED) -> bool:
    """Take back a message that waits for its time; return whether that was in time. Once a worker has it, it goes out."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Job.objects.filter(outbound_message=message, kind=JobKind.SUBMIT, state=JobState.WAITING)
        if not waiting.update(state=JobState.DONE, finished_at=now, last_error=reason.value):
            return False
        if OutboundMessage.objects.filter(pk=message.pk, state=OutboundState.QUEUED).update(
            state=OutboundState.UNSENT, reason=reason, finished_at=now
        ):
            release_money([message.pk], now)
            OutboundMessage.objects.filter(pk=message.pk).update(cost=0)
        if message.account is not None:
            report_ends(message.account, [message.pk], now)
    message.refresh_from_db()
    if message.account_id is not None and message.dialogue_id is not None:
        announce(Change("outbound", message.account_id, message.dialogue_id))
    return message.state == OutboundState.UNSENT


def check_unique_id(account: Account, unique_id: str | None) -> None:
    """Raise UniqueIdError where an id is badly written or another message of the account has it."""
    if unique_id is None:
        return
    if not is_unique_id(unique_id):
        raise UniqueIdError(unique_id, is_taken=False)
    if OutboundMessage.objects.filter(account=account, unique_id=unique_id).exists():
        raise UniqueIdError(unique_id, is_taken=True)


def is_unique_id(written: str) -> bool:
    """Say whether a program's own id is well written."""
    return _UNIQUE_ID.fullmatch(written) is not None


def taken_unique_ids(account: Account, unique_ids: Collection[str]) -> set[str]:
    """Return those of a program's ids that messages of the account have already."""
    if not unique_ids:
        return set()
    found = OutboundMessage.objects.filter(account=account, unique_id__in=unique_ids)
    return {one for one in found.values_list("unique_id", flat=True) if one is not None}


def _sender(account: Account, number: Number | None, recipient: str, now: datetime, at: datetime, *, is_test: bool, order: Order) -> Sender:
    """Settle where a text leaves from; one without `shown` has nothing to leave from."""
    if order.kind == SendKind.MMS:
        return sender_for(account, SendKind.MMS, number=number, is_test=is_test)
    if order.sender_name is not None:
        return sender_for(account, SendKind.FULL, sender_name=order.sender_name, is_test=is_test)
    if order.kind == SendKind.FULL and number is None:
        raise NoSenderError(SenderRefusal.NO_SENDER)
    if number is not None and order.kind == SendKind.FULL and number.can_send and number.kind != NumberKind.ECO:
        return Sender(SendKind.FULL, number.digits, number.pk, ready_simulator().pk if is_test else number.connection_id)
    if is_test:
        return _for_test(number, recipient)
    taken = take_pool_number(account, recipient, now, at=at, preferred=number)
    if taken is not None:
        return Sender(SendKind.ECO, taken.digits, taken.id, taken.connection_id)
    if not pool_numbers():
        raise NoSenderError(SenderRefusal.NO_POOL)
    return Sender(SendKind.ECO, "", None, None)


def _for_test(number: Number | None, recipient: str) -> Sender:
    if number is not None:
        return Sender(SendKind.ECO, number.digits, number.pk, ready_simulator().pk)
    shown = number_for_test(recipient)
    return Sender(SendKind.ECO, shown.digits if shown else TEST_SENDER, shown.id if shown else None, ready_simulator().pk)


def _store(account: Account, message: OutboundMessage) -> None:
    """Write a message; where another took its unique id in this moment, say so."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        check_unique_id(account, message.unique_id)
        raise


@transaction.atomic
def report_ends(account: Account, outbound_ids: Collection[int], now: datetime) -> None:
    """Owe the account's program the news that these messages have ended; call in the transaction that ended them.

    For ends that panel and API bring about, as taking a message back does: what carriers report is told by itself.
    """
    if owe_reports(lent_connection(), outbound_ids, iter(next_id, None), now):
        announce(Change("jobs", account.pk))
