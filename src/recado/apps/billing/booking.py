"""Books money outside the hot path: transfers and the balance they change, in one transaction.

What belongs here: writing legs of one event. What does not: which legs (`posting`, `payments`, `corrections`, `services`), the money of
messages (`store.charging`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Transfer, Wallet
from recado.apps.ids import next_id
from recado.apps.sql import lent_connection
from recado.core.ledger import Book, Event
from recado.store.charging import open_wallet


@dataclass(frozen=True, slots=True)
class Leg:
    """A movement between the customer's book and another; above zero the customer gets it, below it pays."""

    number: int
    other: Book
    amount: int
    note: str = ""


@transaction.atomic
def book(account: Account, event: Event, reference_id: int, legs: Sequence[Leg], now: datetime) -> None:
    """Write transfers and change the balance by their sum. What was booked before under the same event and leg raises IntegrityError."""
    moved = [leg for leg in legs if leg.amount]
    if not moved:
        return
    open_wallet(lent_connection(), account.pk, now)
    Transfer.objects.bulk_create([_transfer(account, event, reference_id, leg, now) for leg in moved])
    total = sum(leg.amount for leg in moved)
    Wallet.objects.filter(account=account).update(balance=F("balance") + total, updated_at=now)


def _transfer(account: Account, event: Event, reference_id: int, leg: Leg, now: datetime) -> Transfer:
    books = (leg.other, Book.CUSTOMER) if leg.amount > 0 else (Book.CUSTOMER, leg.other)
    return Transfer(
        id=next_id(),
        account=account,
        debit=books[0].value,
        credit=books[1].value,
        amount=abs(leg.amount),
        event=event.value,
        reference_id=reference_id,
        leg=leg.number,
        note=leg.note[:200],
        at=now,
    )
