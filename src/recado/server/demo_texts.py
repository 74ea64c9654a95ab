"""Texts the demo's accounts sent by program in the months before it was started, and what they paid for them.

What belongs here: writing such texts down, a day at a time, paid like all others. What does not: who sent what when (`demo_money`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.ids import next_id
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import ChargeState, Origin, OutboundMessage, SendKind
from recado.apps.plans.queries import prices_for
from recado.apps.sql import lent_connection
from recado.core.price import Service, cost
from recado.core.receipt import OutboundState
from recado.protocols.gsm.segment import segments
from recado.store.charging import reserve, settle
from recado.store.ids import IdGenerator

PHONES = 48699000000
"""Invented; nobody of the story has one of these, so that no reply of the story belongs to such a text."""


@dataclass(frozen=True, slots=True)
class Program:
    """What a program of an account sends: `text` has a place for a number that counts."""

    account: Account
    number: Number
    kind: SendKind
    text: str


def send(program: Program, first: int, count: int, at: datetime, ids: IdGenerator) -> None:
    """Write down texts of one moment as delivered and paid; `first` is the number of the first of them."""
    stream = ids.stream(int(at.timestamp() * 1000))
    sent = [_text(program, next(stream), number, at) for number in range(first, first + count)]
    OutboundMessage.objects.bulk_create(sent)
    if not reserve(lent_connection(), program.account.pk, sum(text.cost for text in sent), at):
        raise RuntimeError(f"the demo's account {program.account.name} cannot pay for its texts")
    settle(lent_connection(), [text.pk for text in sent], _new_ids(), at + timedelta(seconds=1))


def _text(program: Program, message_id: int, number: int, at: datetime) -> OutboundMessage:
    text = program.text.format(number)
    count = segments(text).count
    return OutboundMessage(
        id=message_id,
        account=program.account,
        number=program.number,
        connection_id=program.number.connection_id,
        sender=program.number.digits,
        recipient=f"{PHONES + number}",
        text=text,
        segment_count=count,
        state=OutboundState.DELIVERED,
        origin=Origin.API,
        kind=program.kind,
        cost=cost(prices_for(program.account), Service(program.kind), count),
        charge_state=ChargeState.RESERVED,
        created_at=at,
        sent_at=at + timedelta(seconds=1),
        finished_at=at + timedelta(seconds=4),
    )


def _new_ids() -> Iterator[int]:
    return iter(next_id, None)
