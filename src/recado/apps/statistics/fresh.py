"""What came since the log was counted last, counted for a look by the same code. It is minutes, and at most AT_MOST rows of each table.

What is beyond that, while an account is counted for the first time, is left out, and `until` says so. What belongs here: this, and
remembering it as long as nothing comes. What does not: figures (`queries`).
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import ConsentRecord
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.apps.statistics import events, portions
from recado.apps.statistics.books import in_use
from recado.apps.statistics.calendar import Calendar, given_at
from recado.apps.statistics.counting import Counting
from recado.apps.statistics.models import Book
from recado.apps.statistics.subjects import Subjects

AT_MOST = 5000
_REMEMBERED = 32
T = TypeVar("T")
_State: TypeAlias = tuple[int, datetime, str, int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A book with what is not in it yet."""

    book: Book | None
    calendar: Calendar
    subjects: Subjects
    counting: Counting
    reached: int
    """The first id that is not counted; END: everything is."""

    @property
    def until(self) -> datetime:
        """Up to when everything is counted."""
        return timezone.now() if self.reached == events.END else given_at(self.reached)


_looked: ContextVar[dict[Any, Any] | None] = ContextVar("looked", default=None)
_lock = threading.Lock()
_known: dict[_State, Fresh] = {}


@contextmanager
def one_look() -> Iterator[None]:
    """Let all questions within see an account as the first of them did, so that a page looks for news once and reads nothing twice."""
    token = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(token)


def seen_once(what: Hashable, work: Callable[[], T]) -> T:
    """Return what work returns; within one look, the same for the same thing."""
    seen = _looked.get()
    if seen is None:
        return work()
    if what not in seen:
        seen[what] = work()
    found: T = seen[what]
    return found


def fresh(account: Account) -> Fresh:
    """Return what is counted of an account, up to now."""
    return seen_once(account.pk, lambda: _up_to_now(account))


def _up_to_now(account: Account) -> Fresh:
    book = in_use(account)
    state = _state(account, book)
    with _lock:
        found = _known.get(state)
    if found is None:
        found = _count(account, book)
        with _lock:
            while len(_known) >= _REMEMBERED:
                del _known[next(iter(_known))]
            _known[state] = found
    return found


def _state(account: Account, book: Book | None) -> _State:
    start = book.counted_to if book else 0
    newest = [
        model._default_manager.filter(account=account, pk__gte=start).order_by("-pk").values_list("pk", flat=True).first() or 0  # noqa: SLF001
        for model in (Message, OutboundMessage, ConsentRecord)
    ]
    return account.pk, account.created_at, account.time_zone, book.pk if book else 0, book.version if book else 0, tuple(newest)


def _count(account: Account, book: Book | None) -> Fresh:
    calendar, subjects = Calendar(book.zone if book else account.zone), Subjects(book)
    portion = events.read(account.pk, book.counted_to if book else 0, events.END, AT_MOST)
    counting = portions.count(portion.events, account.pk, book, calendar, subjects, is_kept=False)
    return Fresh(book, calendar, subjects, counting, portion.reached)
