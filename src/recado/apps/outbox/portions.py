"""A portion of a program's order, written at once: senders, money and rows of some hundred phones in a few statements.

What belongs here: writing those that nothing speaks against. What does not: the checks of each phone, cutting into portions, and writing
one by one where a portion cannot be written whole (`sending`). What is written is what `services.queue_text` would write for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Account, User
from recado.apps.changes import Change, announce
from recado.apps.connections.queries import reference_width
from recado.apps.contacts.opt_outs import Scope, in_force_among
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.credit import credit_left, reserve_money
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.pool import take_pool_numbers
from recado.apps.outbox.senders import Sender, sender_for
from recado.apps.outbox.services import Order, report_ends
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.core.price import Service, cost
from recado.core.receipt import UnsentReason
from recado.store.mms import write_sent
from recado.store.orders import OrderedText, SharedByOrder, write_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What all texts of an order share."""

    account: Account
    number: Number | None
    order: Order
    origin: Origin
    author: User | None
    now: datetime
    is_bulk: bool = False
    """Whether answers and single messages go first."""
    widths: dict[int | None, int] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """When the texts leave."""
        return max(self.now, self.order.scheduled_at or self.now)

    def parts(self, text: str, connection_id: int | None = None) -> int:
        """Count the segments of a text as a connection sends it; one that comes again and again is counted once."""
        if connection_id not in self.widths and self.order.kind != SendKind.MMS:
            self.widths[connection_id] = reference_width(connection_id)
        key = text, self.widths.get(connection_id, 8)
        if key not in self.counts:
            self.counts[key] = self.order.parts(*key)
        return self.counts[key]


def apart(ordered: Ordered, phones: Sequence[str]) -> tuple[set[str], set[str]]:
    """Return who opted out of what is sent, and who must be looked at alone: they opted out of single numbers of a pool."""
    opted_out, alone = set(), set()
    fixed = ordered.number.pk if ordered.number is not None and ordered.order.sender_name is None else None
    for phone, noted in in_force_among(ordered.account, phones).items():
        if any(one.scope == Scope.ACCOUNT or (one.scope == Scope.NUMBER and one.target_id == fixed) for one in noted):
            opted_out.add(phone)
        elif ordered.order.kind == SendKind.ECO and any(one.scope == Scope.NUMBER for one in noted):
            alone.add(phone)
    return opted_out, alone


class OvertakenError(Exception):
    """Others were quicker with the ids; nothing of the portion is written."""


def queue_portion(ordered: Ordered, some: Sequence[tuple[str, Outgoing]]) -> list[Sent]:
    """Write texts to phones, each once at most in here; say what became of each.

    Raises OvertakenError, and NoCreditError where others were quicker with the money: then nothing of it is written.
    """
    try:
        return _queue_portion(ordered, some)
    except Exception as error:
        if lent_connection().dialect.is_conflict(error):
            raise OvertakenError from error
        raise


@transaction.atomic
def _queue_portion(ordered: Ordered, some: Sequence[tuple[str, Outgoing]]) -> list[Sent]:
    refused, affordable = _by_credit(ordered, some)
    senders = _senders(ordered, [phone for phone, _one in affordable])
    prices = prices_for(ordered.account)
    texts = [_text(ordered, phone, one, senders.get(phone), prices) for phone, one in affordable]
    con = lent_connection()
    write_texts(con, _shared(ordered), texts)
    if ordered.order.mms is not None:
        write_sent(con, [one.id for one in texts], ordered.order.mms, iter(next_id, None), con.dialect.timestamp(ordered.now))
    if ended := [one.id for one in texts if one.reason]:
        report_ends(ordered.account, ended, ordered.now)
    reserve_money(ordered.account, sum(one.cost for one in texts), ordered.now)
    announce(Change("jobs", ordered.account.pk))
    written = iter(texts)
    return [refused.get(place) or _sent(next(written)) for place in range(len(some))]


def _by_credit(ordered: Ordered, some: Sequence[tuple[str, Outgoing]]) -> tuple[dict[int, Sent], list[tuple[str, Outgoing]]]:
    """Part those the credit does not reach for, by their place, from the others; no pool number is taken for them."""
    left = credit_left(ordered.account)
    if left is None:
        return {}, list(some)
    prices = prices_for(ordered.account)
    refused: dict[int, Sent] = {}
    affordable: list[tuple[str, Outgoing]] = []
    for place, (phone, one) in enumerate(some):
        count = ordered.parts(one.text)
        price = cost(prices, Service(ordered.order.kind), count)
        if price > left:
            refused[place] = Sent(phone, one.text, count, NotSent.NO_CREDIT, missing=price - left)
        else:
            left -= price
            affordable.append((phone, one))
    return refused, affordable


def _senders(ordered: Ordered, phones: Sequence[str]) -> dict[str, Sender]:
    """Settle where each leaves from; who has nothing to be written to from is not in the answer."""
    order = ordered.order
    if order.kind != SendKind.ECO:
        return dict.fromkeys(phones, sender_for(ordered.account, order.kind, sender_name=order.sender_name, number=ordered.number))
    taken = take_pool_numbers(ordered.account, phones, ordered.now, at=ordered.at)
    return {phone: Sender(SendKind.ECO, number.digits, number.id, number.connection_id) for phone, number in taken.items()}


def _text(ordered: Ordered, phone: str, one: Outgoing, sender: Sender | None, prices: Mapping[Service, int]) -> OrderedText:
    count = ordered.parts(one.text, sender.connection_id if sender else None)
    return OrderedText(
        id=next_id(),
        job_id=next_id(),
        number_id=sender.number_id if sender else None,
        connection_id=sender.connection_id if sender else None,
        sender=sender.shown if sender else "",
        recipient=phone,
        text=one.text,
        segment_count=count,
        unique_id=one.unique_id,
        cost=cost(prices, Service(ordered.order.kind), count) if sender else 0,
        reason="" if sender else UnsentReason.NO_POOL_NUMBER.value,
    )


def _shared(ordered: Ordered) -> SharedByOrder:
    order = ordered.order
    return SharedByOrder(
        account_id=ordered.account.pk,
        origin=ordered.origin.value,
        author_id=ordered.author.pk if ordered.author else None,
        kind=order.kind.value,
        is_flash=order.is_flash,
        scheduled_at=order.scheduled_at,
        valid_until=order.valid_until,
        receipt_destination_id=order.receipt_destination_id,
        is_bulk=ordered.is_bulk,
        at=ordered.at,
        created_at=ordered.now,
    )


def _sent(one: OrderedText) -> Sent:
    reason = NotSent.NO_POOL_NUMBER if one.reason else None
    return Sent(one.recipient, one.text, one.segment_count, reason, one.id, one.cost)
