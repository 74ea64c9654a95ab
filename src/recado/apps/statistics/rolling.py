"""Bringing what is counted up to date with the log, a portion at a time, and counting an account anew.

A portion is read and counted first and written in one short transaction, so that receiving never waits for the counting. What was written
to the book meanwhile makes the portion void. What belongs here: portions, their order, opening books and taking them into use. What does
not: what is counted (`counting`, `settling`, `grouping`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.sql import lent_connection
from recado.apps.statistics import events, grouping, portions, settling, writing
from recado.apps.statistics.books import advance, open_anew, take_into_use
from recado.apps.statistics.budget import Budget
from recado.apps.statistics.calendar import Calendar
from recado.apps.statistics.models import Book
from recado.apps.statistics.putting_away import put_away
from recado.apps.statistics.subjects import Subjects
from recado.store.tallies import accounts_without_book, books_with_news

LAG = timedelta(minutes=5)
"""A message is stored at most so much later than its id was given."""
PORTION = 2000
"""So many rows of each table of the log are counted in one transaction."""
PORTIONS_A_RUN = 100
"""So many portions are counted before upkeep turns to its other work."""
SHARE = 10
"""So many of one account before the next has its turn."""


def roll_up(now: datetime, limit: int = PORTIONS_A_RUN, size: int = PORTION) -> bool:
    """Count what came since the last time; return whether all of it is counted."""
    budget = Budget(limit, size)
    horizon = first_id_at(now - LAG)
    _open_books(horizon)
    behind = set(books_with_news(lent_connection(), horizon, first_id_at(now - settling.SETTLED_AFTER)))
    behind.update(Book.objects.filter(state=Book.State.NEW).values_list("pk", flat=True))
    _take_turns(list(Book.objects.filter(pk__in=behind).select_related("account").order_by("pk")), now, budget)
    settling.look_again(now, budget)
    grouping.compare_all(budget)
    put_away(budget)
    return not budget.is_spent


def _take_turns(behind: list[Book], now: datetime, budget: Budget) -> None:
    """Count what books lack, a few portions of each in turn: one with years to count keeps nobody waiting."""
    while behind and budget.left > 0:
        for book in behind.copy():
            share = Budget(min(SHARE, budget.left), budget.size)
            before = share.left
            bring_up(book, now, share)
            budget.left -= before - share.left
            if not share.is_spent:
                behind.remove(book)
    budget.is_spent = bool(behind)


def bring_up(book: Book, now: datetime, budget: Budget) -> None:
    """Count what a book lacks; a new one is taken into use when it lacks nothing."""
    horizon, calendar, subjects = first_id_at(now - LAG), Calendar(book.zone), Subjects(book)
    while book.counted_to < horizon and budget.take():
        if not _count(book, horizon, calendar, subjects, budget.size):
            return
    while book.settled_to < first_id_at(now - settling.SETTLED_AFTER) and budget.take():
        if not settling.settle(book, now, calendar, subjects, budget.size):
            return
    if book.state == Book.State.NEW and not budget.is_spent:
        take_into_use(book)


def rebuild(account: Account, now: datetime) -> None:
    """Count an account anew from its first message while pages go on reading what is there, and take that into use."""
    book = open_anew(account)
    while True:
        book.refresh_from_db()
        if book.state != Book.State.NEW:
            break
        bring_up(book, now, Budget(PORTIONS_A_RUN, PORTION))
    while put_away(Budget(PORTIONS_A_RUN, PORTION)):
        pass


def _open_books(horizon: int) -> None:
    for account in Account.objects.filter(pk__in=accounts_without_book(lent_connection(), horizon)):
        Book.objects.get_or_create(account=account, state=Book.State.CURRENT, defaults={"time_zone": account.time_zone})
    for book in Book.objects.filter(state=Book.State.CURRENT).exclude(time_zone=F("account__time_zone")).select_related("account"):
        open_anew(book.account)


def _count(book: Book, horizon: int, calendar: Calendar, subjects: Subjects, size: int) -> bool:
    """Count one portion; False where somebody else changed the book meanwhile."""
    portion = events.read(book.account_id, book.counted_to, horizon, size)
    if portion.events:
        counting = portions.count(portion.events, book.account_id, book, calendar, subjects, is_kept=True)
    with transaction.atomic():
        if not advance(book, counted_to=portion.reached):
            return False
        if portion.events:
            writing.write(book, counting)
    return True
