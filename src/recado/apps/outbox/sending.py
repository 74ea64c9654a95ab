"""One order of a program: texts to one phone or many, with an answer for each of them.

What belongs here: checking each phone, sending once to each, saying what became of it, also without sending (`dry_run`). What does not:
writing many rows at once (`portions`), group sends of people (`apps.campaigns`), a single text's rows (`services`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from recado.apps.accounts.models import Account, ApiUser, User
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.opt_outs import OptedOutError, Scope, in_force_among
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.numbers.models import Number
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.credit import NoCreditError, credit_left
from recado.apps.outbox.limits import queue_within, room, within
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.pool import pool_numbers_for
from recado.apps.outbox.portions import Ordered, OvertakenError, apart, queue_portion
from recado.apps.outbox.senders import sender_for
from recado.apps.outbox.services import AS_USUAL, Order, UniqueIdError, is_unique_id, queue_text, taken_unique_ids
from recado.apps.plans.queries import prices_for
from recado.core.price import Service
from recado.core.receipt import OutboundState
from recado.protocols.gsm.segment import MAX_SEGMENTS, segments

__all__ = ("BULK_FROM", "NotSent", "Outgoing", "Sent", "send_in_portions", "send_texts")

PORTION: Final = 250
"""Phones of one transaction."""
BULK_FROM: Final = 1_000
"""More texts than these in one order wait for answers and single messages to go first."""


def send_texts(
    account: Account,
    outgoing: Iterable[Outgoing],
    *,
    now: datetime,
    origin: Origin,
    number: Number | None = None,
    order: Order = AS_USUAL,
    author: User | None = None,
    dry_run: bool = False,
    program: ApiUser | None = None,
) -> list[Sent]:
    """Send to each phone once, in the order given, and say what became of each; a dry run gives the same answer and writes nothing.

    Raises NoSenderError where the sender cannot be used at all.
    """
    portions = send_in_portions(
        account, outgoing, now=now, origin=origin, number=number, order=order, author=author, dry_run=dry_run, program=program
    )
    return [one for some in portions for one in some]


def send_in_portions(
    account: Account,
    outgoing: Iterable[Outgoing],
    *,
    now: datetime,
    origin: Origin,
    number: Number | None = None,
    order: Order = AS_USUAL,
    author: User | None = None,
    dry_run: bool = False,
    is_personal: bool = False,
    is_urgent: bool = False,
    program: ApiUser | None = None,
) -> Iterator[list[Sent]]:
    """Do the same a portion at a time, each in a transaction of its own, so that receiving does not wait for a long order.

    `is_personal`: a phone may get several texts, each once. More than BULK_FROM texts let answers and single messages go first, unless
    they are urgent. `program` is the login that orders them: no more are sent than it may send.
    """
    sender_for(account, order.kind, sender_name=order.sender_name, number=number)
    wanted = _once_each(outgoing, is_personal=is_personal)
    ordered = Ordered(
        account=account,
        number=number,
        order=order,
        origin=origin,
        author=author,
        now=now,
        is_bulk=len(wanted) > BULK_FROM and not is_urgent,
    )
    return _portions(ordered, wanted, program, dry_run=dry_run)


def _portions(ordered: Ordered, wanted: Sequence["_Wanted"], program: ApiUser | None, *, dry_run: bool) -> Iterator[list[Sent]]:
    used: set[str] = set()
    left = credit_left(ordered.account) if dry_run else None
    free = room(program, ordered.order.kind) if dry_run else None
    for start in range(0, len(wanted), PORTION):
        some = wanted[start : start + PORTION]
        reasons = _refusals(ordered, some, used)
        refused: list[Sent | None] = [
            None if reason is None else Sent(phone or one.phone, one.text, ordered.parts(one.text), reason)
            for (phone, one), reason in zip(some, reasons, strict=True)
        ]
        going = [(phone, one) for (phone, one), reason in zip(some, reasons, strict=True) if reason is None and phone is not None]
        if dry_run:
            answers, left = _affordable(_as_if(ordered, going), left)
            answers, free = within(answers, free)
        else:
            answers = queue_within(program, ordered, going, _queued)
        rest = iter(answers)
        yield [one if one is not None else next(rest) for one in refused]


def _queued(ordered: Ordered, going: Sequence[tuple[str, Outgoing]]) -> list[Sent]:
    """Write a portion at once; one by one what cannot be, and all of it where others were quicker with money or ids."""
    phones = [phone for phone, _one in going]
    opted_out, alone = apart(ordered, phones)
    seen = Counter(phones)
    together, found = [], dict[int, Sent]()
    for place, (phone, one) in enumerate(going):
        if phone in opted_out:
            found[place] = Sent(phone, one.text, ordered.parts(one.text), NotSent.OPTED_OUT)
        elif phone not in alone and seen[phone] == 1:
            together.append((place, (phone, one)))
    if len(together) > 1:
        try:
            written = queue_portion(ordered, [one for _place, one in together])
        except (OvertakenError, NoCreditError):
            written = []
        found |= {place: sent for (place, _one), sent in zip(together, written, strict=False)}
    return [found[place] if place in found else _queue(ordered, phone, one) for place, (phone, one) in enumerate(going)]


class _Barred:
    """Phones that get nothing from the account, whatever the sender."""

    def __init__(self, account: Account, phones: Collection[str]) -> None:
        self.blocked = blocked_among(account, phones)
        self.ours = set(Number.objects.filter(digits__in=phones).values_list("digits", flat=True))


_Wanted = tuple[str | None, Outgoing]
"""A phone, None where it is none, and what it is to get."""


def _once_each(outgoing: Iterable[Outgoing], *, is_personal: bool) -> list[_Wanted]:
    """Read the phones; one that comes again gets the first text only, or with texts of their own each text once."""
    found: dict[object, _Wanted] = {}
    for one in outgoing:
        phone = parse_msisdn(one.phone)
        known = phone or one.phone
        found.setdefault((known, one.text) if is_personal else known, (phone, one))
    return list(found.values())


def _refusals(ordered: Ordered, some: Sequence[_Wanted], used: set[str]) -> list[NotSent | None]:
    """Say of a portion what speaks against each; ids of the order seen so far are in `used`."""
    barred = _Barred(ordered.account, [phone for phone, _one in some if phone is not None])
    asked = [one.unique_id for _phone, one in some if one.unique_id is not None]
    taken = taken_unique_ids(ordered.account, asked)
    is_mms = ordered.order.kind == SendKind.MMS
    return [_refusal(phone, one, barred, taken, used, is_mms=is_mms) for phone, one in some]


def _refusal(phone: str | None, one: Outgoing, barred: _Barred, taken: set[str], used: set[str], *, is_mms: bool) -> NotSent | None:
    if phone is None or phone in barred.ours:
        return NotSent.INVALID_NUMBER
    if phone in barred.blocked:
        return NotSent.BLOCKED
    if not one.text.strip() and not is_mms:
        return NotSent.NO_TEXT
    if not is_mms and segments(one.text).count > MAX_SEGMENTS:
        return NotSent.TEXT_TOO_LONG
    return None if one.unique_id is None else _refusal_of_id(one.unique_id, taken, used)


def _refusal_of_id(unique_id: str, taken: set[str], used: set[str]) -> NotSent | None:
    if not is_unique_id(unique_id):
        return NotSent.BAD_UNIQUE_ID
    if unique_id in taken or unique_id in used:
        return NotSent.UNIQUE_ID_TAKEN
    used.add(unique_id)
    return None


def _queue(ordered: Ordered, phone: str, one: Outgoing) -> Sent:
    count = ordered.parts(one.text)
    order = replace(ordered.order, unique_id=one.unique_id)
    try:
        with transaction.atomic():
            message = queue_text(
                ordered.account,
                ordered.number,
                phone,
                one.text,
                now=ordered.now,
                origin=ordered.origin,
                author=ordered.author,
                order=order,
            )
    except OptedOutError:
        return Sent(phone, one.text, count, NotSent.OPTED_OUT)
    except UniqueIdError:
        return Sent(phone, one.text, count, NotSent.UNIQUE_ID_TAKEN)
    except NoCreditError as error:
        return Sent(phone, one.text, count, NotSent.NO_CREDIT, missing=error.missing)
    reason = NotSent.NO_POOL_NUMBER if message.state == OutboundState.UNSENT else None
    return Sent(phone, one.text, message.segment_count, reason, message.pk, message.cost)


def _affordable(tried: Iterable[Sent], left: int | None) -> tuple[list[Sent], int | None]:
    """Say of a dry run's messages for which the credit would not reach, after what those before would have cost; and what is left."""
    answers = []
    for one in tried:
        if left is not None and one.cost > max(left, 0):
            answers.append(replace(one, reason=NotSent.NO_CREDIT, cost=0, missing=one.cost - left))
        else:
            left = None if left is None else left - one.cost
            answers.append(one)
    return answers, left


def _as_if(ordered: Ordered, going: Sequence[tuple[str, Outgoing]]) -> list[Sent]:
    """Say what `_queue` would come to for each of a portion."""
    account, order = ordered.account, ordered.order
    phones = [phone for phone, _one in going]
    noted = in_force_among(account, phones)
    leaving: dict[str, tuple[int | None, int | None]]
    if order.kind == SendKind.ECO:
        taken = pool_numbers_for(account, phones, ordered.now)
        leaving = {phone: (number.id, number.connection_id) for phone, number in taken.items()}
    else:
        sender = sender_for(account, order.kind, sender_name=order.sender_name, number=ordered.number)
        leaving = dict.fromkeys(phones, (sender.number_id, sender.connection_id))
    price = prices_for(account)[Service(order.kind)]
    answers = []
    for phone, one in going:
        if phone not in leaving:
            answers.append(Sent(phone, one.text, ordered.parts(one.text), NotSent.NO_POOL_NUMBER))
            continue
        number_id, connection_id = leaving[phone]
        count = ordered.parts(one.text, connection_id)
        places = {(Scope.ACCOUNT, 0), (Scope.NUMBER, number_id)}
        is_out = any((out.scope, out.target_id) in places for out in noted.get(phone, ()))
        answers.append(Sent(phone, one.text, count, NotSent.OPTED_OUT if is_out else None, None, 0 if is_out else price * count))
    return answers
