"""Books money outside the hot path: transfers and the balance they change, in one transaction.

What belongs here: writing legs of one event. What does not: which legs (`posting`, `payments`, `corrections`, `services`), the money of
messages (`store.charging`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recado.apps.accounts.models import Account
from recado.apps.ids import next_id
from recado.apps.sql import lent_connection
from recado.core.ledger import Book, Event
from recado.store import charging


@dataclass(frozen=True, slots=True)
class Leg:
    """A movement between the customer's book and another; above zero the customer gets it, below it pays."""

    number: int
    other: Book
    amount: int
    note: str = ""


@transaction.atomic
def book(account: Account, event: Event, reference_id: int, legs: Sequence[Leg], now: datetime) -> None:
    """Write the transfers of an event and change the balance by their sum; an event and leg that was booked before is a mistake."""
    for leg in legs:
        if leg.amount and not charging.book(lent_connection(), _entry(account.pk, event, reference_id, leg), now):
            raise RuntimeError(f"{event.value} {reference_id} leg {leg.number} is booked already")


def open_wallets(account_ids: Iterable[int], now: datetime) -> None:
    """Give those of these accounts a wallet that have none."""
    charging.open_wallets(lent_connection(), account_ids, now)


def book_all(events: Iterable[tuple[int, int, Sequence[Leg]]], event: Event, now: datetime) -> None:
    """Write the transfers of many events of a kind, each with its account, its reference and its legs; call it within a transaction.

    An event and leg that was booked before breaks a constraint, whereupon all must be undone.
    """
    entries = [_entry(account_id, event, reference_id, leg) for account_id, reference_id, legs in events for leg in legs if leg.amount]
    charging.book_all(lent_connection(), entries, now)


def _entry(account_id: int, event: Event, reference_id: int, leg: Leg) -> charging.Entry:
    books = (leg.other, Book.CUSTOMER) if leg.amount > 0 else (Book.CUSTOMER, leg.other)
    return charging.Entry(next_id(), account_id, *books, abs(leg.amount), event, reference_id, leg=leg.number, note=leg.note)
