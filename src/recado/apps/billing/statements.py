"""Statements: what an account had at the beginning of a month, what came and went, what was left at its end.

What belongs here: reading the ledger into days. What does not: pages and files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter

from django.db.models import Case, F, QuerySet, Sum, When

from recado.apps.accounts.models import Account
from recado.apps.billing.models import Transfer
from recado.apps.billing.months import borders
from recado.apps.sql import lent_connection
from recado.core.billing import month_of, next_month
from recado.core.ledger import Book
from recado.store.usage import load_texts

TEXTS = ("message", "refund")
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
    moved = [*_texts(account, since, until), *_others(account, transfers.filter(at__gte=since, at__lt=until))]
    return Statement(month, opening, tuple(movement for _at, movement in sorted(moved, key=itemgetter(0))))


def months_with_movements(account: Account, today: date) -> list[date]:
    """Return the months a statement can be had of, the latest first."""
    first = Transfer.objects.filter(account=account).order_by("pk").values_list("at", flat=True).first()
    found, month = [], month_of(first.astimezone(account.zone).date()) if first else month_of(today)
    while month <= today:
        found.append(month)
        month = next_month(month)
    return found[::-1]


def _texts(account: Account, since: datetime, until: datetime) -> Iterator[tuple[datetime, Movement]]:
    """Return a movement for the texts of each day and kind, with when the first of them was."""
    found: dict[tuple[date, str, str], tuple[datetime, Movement]] = {}
    for some in load_texts(lent_connection(), account.pk, since, until):
        book, sign = (some.debit, 1) if some.credit == Book.CUSTOMER.value else (some.credit, -1)
        day = some.began_at.astimezone(account.zone).date()
        began_at, before = found.get((day, some.event, book), (some.began_at, Movement(day, some.event, book, 0, 0)))
        added = replace(before, count=before.count + some.text_count, amount=before.amount + sign * some.amount)
        found[day, some.event, book] = began_at, added
    yield from found.values()


def _others(account: Account, transfers: QuerySet[Transfer]) -> Iterator[tuple[datetime, Movement]]:
    for at, event, debit, credit, amount, note in (
        transfers.exclude(event__in=TEXTS).order_by("at", "pk").values_list("at", "event", "debit", "credit", "amount", "note")
    ):
        book, sign = (debit, 1) if credit == Book.CUSTOMER.value else (credit, -1)
        yield at, Movement(at.astimezone(account.zone).date(), event, book, 1, sign * amount, note)
