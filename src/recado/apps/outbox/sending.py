"""One order of a program: texts to some phones at once, with an answer for each of them.

What belongs here: checking each phone, sending once to each, saying what became of it, also without sending (`dry_run`). What does not:
thousands of people (`apps.campaigns`), the rows (`services`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from recado.apps.accounts.models import Account, User
from recado.apps.connections.queries import reference_width
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.opt_outs import OptedOutError, is_opted_out
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.numbers.models import Number
from recado.apps.outbox.credit import NoCreditError, credit_left
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.pool import pool_number_for
from recado.apps.outbox.senders import sender_for
from recado.apps.outbox.services import AS_USUAL, Order, UniqueIdError, check_unique_id, queue_text
from recado.apps.plans.queries import prices_for
from recado.core.price import Service, cost
from recado.core.receipt import OutboundState
from recado.protocols.gsm.segment import MAX_SEGMENTS, segments


class NotSent(StrEnum):
    """Why a phone gets nothing."""

    INVALID_NUMBER = "invalid_number"
    """No phone has this number, or it is one of the installation's own."""
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    NO_POOL_NUMBER = "no_pool_number"
    """Kept as a message that was never handed over."""
    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    BAD_UNIQUE_ID = "bad_unique_id"
    UNIQUE_ID_TAKEN = "unique_id_taken"
    NO_CREDIT = "no_credit"
    """The account cannot pay for it; `Sent.missing` says how much is missing."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one phone is to get."""

    phone: str
    """In any usual form."""
    text: str
    unique_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it."""

    phone: str
    """In international digits, or as given where it is no number."""
    text: str
    segment_count: int
    reason: NotSent | None = None
    """None: it is queued."""
    message_id: int | None = None
    """None where nothing was written: refused, or a dry run."""
    cost: int = 0
    missing: int = 0
    """By how much the credit does not reach, in minor units."""

    @property
    def is_queued(self) -> bool:
        """Whether it will be sent."""
        return self.reason is None


def send_texts(
    account: Account,
    outgoing: Sequence[Outgoing],
    *,
    now: datetime,
    origin: Origin,
    number: Number | None = None,
    order: Order = AS_USUAL,
    author: User | None = None,
    dry_run: bool = False,
) -> list[Sent]:
    """Send to each phone once, in the order given, and say what became of each; a dry run gives the same answer and writes nothing.

    Raises NoSenderError where the sender cannot be used at all.
    """
    sender_for(account, order.kind, sender_name=order.sender_name, number=number)
    wanted = _once_each(outgoing)
    kept_from = _Barred(account, [phone for phone, _one in wanted if phone is not None])
    used: set[str] = set()
    left = credit_left(account) if dry_run else None
    answers: list[Sent] = []
    for phone, one in wanted:
        reason = _refusal(account, phone, one, kept_from, used)
        if phone is None or reason is not None:
            answers.append(Sent(phone or one.phone, one.text, segments(one.text).count, reason))
        elif dry_run:
            answers.append(_affordable(_as_if(account, phone, one, number, order, now), left, answers))
        else:
            own = replace(order, unique_id=one.unique_id)
            answers.append(_queue(account, phone, one, number, own, now=now, origin=origin, author=author))
    return answers


class _Barred:
    """Phones that get nothing from the account, whatever the sender."""

    def __init__(self, account: Account, phones: Collection[str]) -> None:
        self.blocked = blocked_among(account, phones)
        self.ours = set(Number.objects.filter(digits__in=phones).values_list("digits", flat=True))


def _once_each(outgoing: Iterable[Outgoing]) -> list[tuple[str | None, Outgoing]]:
    """Read the phones; one that comes again gets the first text only."""
    found: dict[str, tuple[str | None, Outgoing]] = {}
    for one in outgoing:
        phone = parse_msisdn(one.phone)
        found.setdefault(phone or one.phone, (phone, one))
    return list(found.values())


def _refusal(account: Account, phone: str | None, one: Outgoing, barred: _Barred, used: set[str]) -> NotSent | None:
    if phone is None or phone in barred.ours:
        return NotSent.INVALID_NUMBER
    if phone in barred.blocked:
        return NotSent.BLOCKED
    if not one.text.strip():
        return NotSent.NO_TEXT
    if segments(one.text).count > MAX_SEGMENTS:
        return NotSent.TEXT_TOO_LONG
    return _refusal_of_id(account, one.unique_id, used)


def _refusal_of_id(account: Account, unique_id: str | None, used: set[str]) -> NotSent | None:
    if unique_id is None:
        return None
    try:
        check_unique_id(account, unique_id)
    except UniqueIdError as error:
        return NotSent.UNIQUE_ID_TAKEN if error.is_taken else NotSent.BAD_UNIQUE_ID
    if unique_id in used:
        return NotSent.UNIQUE_ID_TAKEN
    used.add(unique_id)
    return None


def _queue(
    account: Account,
    phone: str,
    one: Outgoing,
    number: Number | None,
    order: Order,
    *,
    now: datetime,
    origin: Origin,
    author: User | None,
) -> Sent:
    count = segments(one.text).count
    try:
        with transaction.atomic():
            message = queue_text(account, number, phone, one.text, now=now, origin=origin, author=author, order=order)
    except OptedOutError:
        return Sent(phone, one.text, count, NotSent.OPTED_OUT)
    except UniqueIdError:
        return Sent(phone, one.text, count, NotSent.UNIQUE_ID_TAKEN)
    except NoCreditError as error:
        return Sent(phone, one.text, count, NotSent.NO_CREDIT, missing=error.missing)
    reason = NotSent.NO_POOL_NUMBER if message.state == OutboundState.UNSENT else None
    return Sent(phone, one.text, message.segment_count, reason, message.pk, message.cost)


def _affordable(one: Sent, left: int | None, before: Iterable[Sent]) -> Sent:
    """Say of a dry run's message that the credit would not reach for it, after what those before it would have cost."""
    if one.reason is not None or left is None:
        return one
    missing = one.cost - (left - sum(each.cost for each in before))
    return replace(one, reason=NotSent.NO_CREDIT, cost=0, missing=missing) if missing > 0 and one.cost else one


def _as_if(account: Account, phone: str, one: Outgoing, number: Number | None, order: Order, now: datetime) -> Sent:
    """Say what `_queue` would come to."""
    leaving = sender_for(account, order.kind, sender_name=order.sender_name, number=number)
    number_id, connection_id = leaving.number_id, leaving.connection_id
    if order.kind == SendKind.ECO:
        taken = pool_number_for(account, phone, now)
        if taken is None:
            return Sent(phone, one.text, segments(one.text).count, NotSent.NO_POOL_NUMBER)
        number_id, connection_id = taken.id, taken.connection_id
    count = segments(one.text, reference_width(connection_id)).count
    if is_opted_out(account, phone, number=number_id):
        return Sent(phone, one.text, count, NotSent.OPTED_OUT)
    return Sent(phone, one.text, count, None, None, cost(prices_for(account), Service(order.kind), count))
