"""Writes of the ledger that people bring about: paying in, and putting a balance right.

What belongs here: these transfers with their note in the activity log. What does not: messages (`store.charging`), fees, invoices and their
payment (`runs`).
"""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.audit.services import record
from recado.apps.billing.models import Transfer
from recado.apps.changes import Change, announce
from recado.apps.ids import next_id
from recado.apps.sql import lent_connection
from recado.core.ledger import Book, Event
from recado.store.charging import Entry, book

MOST = 100_000_000_00
"""Minor units that can be moved at once: a slip of the finger is larger."""


class TransferRefusal(StrEnum):
    """Why money cannot be moved as asked."""

    NO_AMOUNT = "no_amount"
    TOO_MUCH = "too_much"
    NO_REASON = "no_reason"


class TransferError(ValueError):
    """Money cannot be moved as asked; `reason` says why."""

    def __init__(self, reason: TransferRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def top_up(account: Account, amount: int, note: str = "", by: User | None = None, *, key: int | None = None) -> Transfer:
    """Note that an account paid in; the same `key` is booked once, and then the first transfer is the answer."""
    if amount <= 0:
        raise TransferError(TransferRefusal.NO_AMOUNT)
    return _move(account, amount, Event.TOP_UP, Book.BANK, note, by, key)


def adjust(account: Account, amount: int, reason: str, by: User | None = None, *, key: int | None = None) -> Transfer:
    """Give an account money, or with an amount below nothing take it, for a reason that is said; it may go below its floor by that."""
    if not reason.strip():
        raise TransferError(TransferRefusal.NO_REASON)
    return _move(account, amount, Event.ADJUSTMENT, Book.ADJUSTMENTS, reason, by, key)


@transaction.atomic
def _move(account: Account, amount: int, event: Event, other: Book, note: str, by: User | None, key: int | None) -> Transfer:
    if not amount:
        raise TransferError(TransferRefusal.NO_AMOUNT)
    if abs(amount) > MOST:
        raise TransferError(TransferRefusal.TOO_MUCH)
    new_id = next_id()
    reference, books = key or new_id, (other, Book.CUSTOMER) if amount > 0 else (Book.CUSTOMER, other)
    entry = Entry(new_id, account.pk, *books, abs(amount), event, reference, note=" ".join(note.split()))
    if book(lent_connection(), entry, timezone.now()):
        after = {"amount": amount, "note": entry.note}
        record(account, by, f"credit.{event.value}", account.name, account.pk, after=after, is_operator=True)
        announce(Change("notification", account.pk))  # open pages show whether there is credit
    return Transfer.objects.get(event=event.value, reference_id=reference, leg=0)
