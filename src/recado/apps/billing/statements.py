"""Statements: what an account had at the beginning of a month, what came and went, what was left at its end.

What belongs here: reading the ledger into days. What does not: pages and files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, QuerySet, Sum, When

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Transfer
from recado.apps.billing.months import borders
from recado.core.billing import month_of, next_month
from recado.core.ledger import Book

SIGNED = Case(When(credit=Book.CUSTOMER.value, then=F("amount")), default=-F("amount"))


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved on a day for one reason; above zero the account got it."""

    day: date
    event: str
    book: str
    """The other book."""
    count: int
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One month of an account."""

    month: date
    opening: int
    movements: tuple[Movement, ...]

    @property
    def closing(self) -> int:
        """What was left."""
        return self.opening + sum(movement.amount for movement in self.movements)


def statement(account: Account, month: date) -> Statement:
    """Return an account's month; texts of a day are one movement for each kind, everything else stands alone."""
    since, until = borders(month, account.zone)
    transfers = Transfer.objects.filter(account=account)
    opening = transfers.filter(at__lt=since).aggregate(sum=Sum(SIGNED, default=0))["sum"]
    return Statement(month, opening, tuple(_movements(account, transfers.filter(at__gte=since, at__lt=until))))


def months_with_movements(account: Account, today: date) -> list[date]:
    """Return the months a statement can be had of, the latest first."""
    first = Transfer.objects.filter(account=account).order_by("pk").values_list("at", flat=True).first()
    found, month = [], month_of(first.astimezone(account.zone).date()) if first else month_of(today)
    while month <= today:
        found.append(month)
        month = next_month(month)
    return found[::-1]


def _movements(account: Account, transfers: QuerySet[Transfer]) -> Iterator[Movement]:
    found: dict[tuple[date, str, str, int], Movement] = {}
    for row in transfers.order_by("at", "pk").values_list("pk", "at", "event", "debit", "credit", "amount", "note").iterator(2000):
        key, at, event, debit, credit, amount, note = row
        book = debit if credit == Book.CUSTOMER.value else credit
        signed = amount if credit == Book.CUSTOMER.value else -amount
        day = at.astimezone(account.zone).date()
        is_text = event in {"message", "refund"}
        place = (day, event, book, 0 if is_text else key)
        before = found.get(place)
        found[place] = Movement(
            day, event, book, (before.count if before else 0) + 1, (before.amount if before else 0) + signed, "" if is_text else note
        )
    yield from found.values()
