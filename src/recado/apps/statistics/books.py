"""Books: the one in use, one begun anew, the change from one to the other.

What belongs here: rows of `Book`. What does not: filling them (`rolling`), emptying them (`putting_away`).
"""

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account
from recado.apps.statistics.models import Book


def in_use(account: Account) -> Book | None:
    """Return the book that pages read; none where nothing was ever counted."""
    return Book.objects.filter(account=account, state=Book.State.CURRENT).first()


def open_anew(account: Account) -> Book:
    """Begin a new book of an account, unless one is begun already; upkeep fills it and takes it into use."""
    return Book.objects.get_or_create(account=account, state=Book.State.NEW, defaults={"time_zone": account.time_zone})[0]


@transaction.atomic
def take_into_use(book: Book) -> None:
    """Have pages read a book from now on; the one before is put away."""
    Book.objects.filter(account=book.account_id, state=Book.State.CURRENT).update(state=Book.State.OLD)
    book.state = Book.State.CURRENT
    book.save(update_fields=["state"])


def advance(book: Book, **changes: int) -> bool:
    """Note that a book is changed, within the transaction that changes it; False where somebody else did meanwhile."""
    if not Book.objects.filter(pk=book.pk, version=book.version).update(version=F("version") + 1, **changes):
        return False
    book.version += 1
    for name, value in changes.items():
        setattr(book, name, value)
    return True
