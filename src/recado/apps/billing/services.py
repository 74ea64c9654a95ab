"""Writes about an account's money: top-ups and adjustments.

What belongs here: these two. What does not: payments of invoices (`payments`), fees (`issuing`).
"""

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account, User
from recado.apps.audit.services import record
from recado.apps.billing.booking import Leg, book
from recado.apps.ids import next_id
from recado.core.ledger import Book, Event


@transaction.atomic
def top_up(account: Account, amount: int, note: str, by: User | None) -> None:
    """Book what a customer paid in, net, in minor units."""
    if amount <= 0:
        raise ValueError("a top-up is more than nothing")
    book(account, Event.TOP_UP, next_id(), [Leg(0, Book.BANK, amount, note)], timezone.now())
    record(account, by, "credit.topped_up", account.name, account.pk, after={"amount": _written(amount), "note": note}, is_operator=True)


@transaction.atomic
def adjust(account: Account, amount: int, reason: str, by: User | None) -> None:
    """Give a customer money, or take it where the amount is below zero, and say why."""
    if amount == 0 or not reason.strip():
        raise ValueError("an adjustment has an amount and a reason")
    book(account, Event.ADJUSTMENT, next_id(), [Leg(0, Book.ADJUSTMENTS, amount, reason)], timezone.now())
    record(account, by, "credit.adjusted", account.name, account.pk, after={"amount": _written(amount), "note": reason}, is_operator=True)


def _written(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100},{abs(amount) % 100:02}"
