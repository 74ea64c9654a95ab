"""What moved for texts is added up by quarters of an hour, on both databases."""

from datetime import UTC, datetime, timedelta

from recado.core.ledger import Book, Event
from recado.store.charging import Entry, book
from recado.store.usage import load_texts
from recado.testing.routing import configure

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_texts_are_added_up_in_order_and_nothing_else_is_among_them(connection):
    account, other = configure(connection, SINCE).accounts
    moves = [
        (account, Book.CUSTOMER, Book.MESSAGES, 9, Event.MESSAGE, 14.9),
        (account, Book.CUSTOMER, Book.MESSAGES, 18, Event.MESSAGE, 0),
        (account, Book.MESSAGES, Book.CUSTOMER, 9, Event.REFUND, 15),
        (account, Book.CUSTOMER, Book.FORWARDS, 7, Event.MESSAGE, 31),
        (account, Book.BANK, Book.CUSTOMER, 500, Event.TOP_UP, 1),
        (other, Book.CUSTOMER, Book.MESSAGES, 9, Event.MESSAGE, 1),
        (account, Book.CUSTOMER, Book.MESSAGES, 9, Event.MESSAGE, -1),
        (account, Book.CUSTOMER, Book.MESSAGES, 9, Event.MESSAGE, 60),
    ]
    for number, (whose, debit, credit, amount, event, minutes) in enumerate(moves, 1):
        book(connection, Entry(number, whose, debit, credit, amount, event, number), SINCE + minutes * MINUTE)
    found = [tuple(one) for one in load_texts(connection, account, SINCE, SINCE + 60 * MINUTE)]
    assert found == [
        (SINCE, "message", "customer", Book.MESSAGES.value, 2, 27),
        (SINCE + 15 * MINUTE, "refund", Book.MESSAGES.value, "customer", 1, 9),
        (SINCE + 30 * MINUTE, "message", "customer", Book.FORWARDS.value, 1, 7),
    ]
