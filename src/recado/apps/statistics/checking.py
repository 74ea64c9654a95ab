"""Counts closed days anew from the log, compares, and has an account counted anew where something differs.

Each night looks at the latest days and at some of the earlier ones, where the night before stopped, so that all have their turn.
What belongs here: which days, the comparison, the remedy. What does not: when it runs and whom it alarms (`apps.installation.self_check`).

A message that became an account's later (the sender said which keyword was meant, the operator gave it to somebody) is no fault, nor is
an old text that was sent once more: they are counted by the same remedy, without alarm. Of groups only who joined and left is compared:
the rest of their figures follows from the histories of people, which are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import structlog
from django.db.models import F, Q

from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.apps.sql import lent_connection
from recado.apps.statistics import events, packing, people, settling
from recado.apps.statistics.books import open_anew
from recado.apps.statistics.calendar import Calendar, number, to_date
from recado.apps.statistics.counting import FIELDS, JOINED, LEFT, OPT_OUTS, RECEIVED, REPLIES
from recado.apps.statistics.events import Event, Moved, Received, Reply
from recado.apps.statistics.models import Book, DayTally, HourTally, PeopleDay, SentDay, Subject, UnsettledMessage
from recado.apps.statistics.packing import Kind, fated, place, span, unfated, when_of
from recado.apps.statistics.persons import in_pieces
from recado.apps.statistics.subjects import Subjects
from recado.store import tallies

log = structlog.get_logger(__name__)

LATEST_DAYS = 3
"""So many of the latest days are looked at every night."""
EARLIER_DAYS = 31
"""So many of the earlier ones besides …"""
AT_MOST = 100_000
"""… until so many messages of an account are read."""
DAYS_A_NIGHT = 5000
"""So many days of all accounts together, and those who waited longest first: a minute's work."""
PORTION = 5000
_HOURLY = (RECEIVED, REPLIES, OPT_OUTS)
_LAST_FATE = 255
_Figure: TypeAlias = tuple[str, int, int]
"""What it is, of which subject and time, and which of `counting.FIELDS`."""
_CAME_LATER = ('"handed_over"', '"assigned"')
"""Steps of a trail (`core.trail`) that are put there after a message was nobody's."""


@dataclass(frozen=True, slots=True)
class DayChecked:
    """What one day of an account came to."""

    account_id: int
    day: date
    stored: int
    """Of what differs: as it is kept."""
    counted: int
    """As the log says."""
    messages: int
    is_different: bool
    is_late: bool = False
    """Whether there is no fault: something became the account's, or was sent once more, after it was counted."""


def check(now: datetime, *, everything: bool = False) -> Iterator[DayChecked]:
    """Compare closed days of accounts with the log, those of one night or all of them; an account that differs is not gone on with."""
    left = DAYS_A_NIGHT
    current = Book.objects.filter(state=Book.State.CURRENT).order_by(F("checked_at").asc(nulls_first=True), "pk")
    for pk in list(current.values_list("pk", flat=True)):
        book = Book.objects.filter(pk=pk, state=Book.State.CURRENT).first()
        if book is None:
            continue
        for day in _check(book, now, everything=everything):
            left -= 1
            yield day
        if not everything:
            Book.objects.filter(pk=pk).update(checked_at=now)
            if left <= 0:
                return


def mend(found: DayChecked) -> None:
    """Have an account counted anew; upkeep does it, and pages read what is there until it is done."""
    open_anew(Account.objects.get(pk=found.account_id))
    log.warning("statistics_counted_anew", account_id=found.account_id, day=str(found.day), stored=found.stored, counted=found.counted)


def _check(book: Book, now: datetime, *, everything: bool) -> Iterator[DayChecked]:
    calendar, subjects = Calendar(book.zone), Subjects(book)
    first, last = _closed(book, calendar, subjects)
    latest = range(max(first, last - LATEST_DAYS + 1), last + 1)
    start = number(book.checked_to) + 1 if book.checked_to else first
    earlier = range(start if first <= start < latest.start else first, latest.start)[:EARLIER_DAYS]
    budget = AT_MOST
    for days in (range(first, last + 1),) if everything else (latest, earlier):
        if not everything and _is_idle(book, days, calendar, subjects):
            _note_checked(book, days, latest)
            continue
        for day in days:
            found = _Day(book, day, calendar, subjects).checked(now)
            yield found
            budget -= found.messages
            if found.is_different:
                return
            if not everything:
                _note_checked(book, range(day, day + 1), latest)
                if budget <= 0:
                    return


def _note_checked(book: Book, days: range, latest: range) -> None:
    """Remember how far the earlier days are looked at; the latest are every night."""
    if days and days.stop <= latest.start:
        Book.objects.filter(pk=book.pk).update(checked_to=to_date(days[-1]))


def _is_idle(book: Book, days: range, calendar: Calendar, subjects: Subjects) -> bool:
    """Say whether nothing happened on some days, as far as counts and log say: most accounts are idle most of the time."""
    if not days:
        return True
    first, last = span(subjects.get(Subject.Kind.ACCOUNT), days[0], days[-1])
    if DayTally.objects.filter(pk__gte=first, pk__lte=last).exists():
        return False
    within = {"account_id": book.account_id, "pk__gte": calendar.first_id(days[0]), "pk__lt": calendar.first_id(days.stop)}
    return not Message.objects.filter(**within).exists() and not OutboundMessage.objects.filter(**within).exists()


def _closed(book: Book, calendar: Calendar, subjects: Subjects) -> tuple[int, int]:
    """Return the first day and the last one that is counted whole."""
    first, last = span(subjects.get(Subject.Kind.ACCOUNT), 0, packing.WHEN - 1)
    key = DayTally.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list("pk", flat=True).first()
    under_way = calendar.day_of(calendar.hour_of(book.counted_to))
    return (when_of(key), under_way - 1) if key is not None else (1, 0)


class _Day:
    """One day of a book, counted anew in the plainest way."""

    def __init__(self, book: Book, day: int, calendar: Calendar, subjects: Subjects) -> None:
        self._book, self._day, self._calendar, self._subjects = book, day, calendar, subjects
        self._start, self._end = calendar.first_id(day), calendar.first_id(day + 1)
        self._counted: Counter[_Figure] = Counter()
        self._phones: dict[int, set[str]] = defaultdict(set)
        self._histories: dict[str, Counter[tuple[int, int, int]]] = defaultdict(Counter)
        self._messages = 0

    def checked(self, now: datetime) -> DayChecked:
        """Compare the day."""
        start = self._start
        while start < self._end:
            portion = events.read(self._book.account_id, start, self._end, PORTION)
            for event in portion.events:
                self._add(event)
            start = portion.reached
        self._counted.update({("people", place(one, self._day), 0): len(phones) for one, phones in self._phones.items()})
        stored, wrong_histories = self._stored(), self._wrong_histories()
        missing, superfluous = self._counted - stored, stored - self._counted
        is_different = bool(missing or superfluous or wrong_histories)
        is_late = is_different and self._came_later()
        if not is_different:
            superfluous, missing = self._sent(now)
            is_different = is_late = bool(missing or superfluous)
        return DayChecked(
            self._book.account_id,
            to_date(self._day),
            superfluous.total(),
            missing.total() + wrong_histories,
            self._messages,
            is_different,
            is_late,
        )

    def _add(self, event: Event) -> None:
        hour = self._calendar.hour_of(event.id)
        self._messages += 1
        if isinstance(event, Moved):
            group = self._subjects.get(Subject.Kind.ACCOUNT, group_id=event.group_id)
            self._counted["day", place(group, self._day), JOINED if event.is_joined else LEFT] += 1
            return
        about = self._subjects.about(event.number_id, event.keyword_id)
        what, kind = OPT_OUTS, Kind.OPT_OUT
        if isinstance(event, Reply):
            what, kind = REPLIES, Kind.REPLY
        elif isinstance(event, Received):
            what, kind = RECEIVED, Kind.MEMBER if event.is_member else Kind.RECEIVED
            for subject in self._subjects.around(about[-1], is_member=event.is_member):
                self._phones[subject].add(event.phone)
        for subject in about:
            self._counted["day", place(subject, self._day), what] += 1
            self._counted["hour", place(subject, hour), what] += 1
        self._histories[event.phone][hour, about[-1], kind] += 1

    def _stored(self) -> Counter[_Figure]:
        """Return what is kept of the same figures."""
        found: Counter[_Figure] = Counter()
        everybody = {pk: not group_id for pk, (_kind, _target, group_id) in self._subjects.key_of.items()}
        for keys in in_pieces([place(one, self._day) for one in everybody]):
            for key, *counts in DayTally.objects.filter(pk__in=keys).values_list("pk", *FIELDS):
                wanted = (RECEIVED, REPLIES, OPT_OUTS) if everybody[packing.subject_of(key)] else ()
                found.update({("day", key, what): counts[what] for what in (*wanted, JOINED, LEFT) if counts[what]})
            for key, seen in PeopleDay.objects.filter(pk__in=keys).values_list("pk", "seen"):
                if count := people.loads(self._day, seen).counts.get(self._day):
                    found["people", key, 0] = count
        busy = {packing.subject_of(key) for what, key, _column in (*found, *self._counted) if what == "day"}
        hours = self._calendar.hours(self._day, self._day)
        for keys in in_pieces([place(one, hour) for one in busy if everybody.get(one) for hour in hours]):
            for key, *counts in HourTally.objects.filter(pk__in=keys).values_list("pk", *FIELDS[: len(_HOURLY) + 1]):
                found.update({("hour", key, what): counts[what] for what in _HOURLY if counts[what]})
        return found

    def _wrong_histories(self) -> int:
        """Count the people whose histories say something else of the day than the log."""
        wrong = 0
        for phones in in_pieces(self._histories):
            known = {row[0]: packing.loads(row[3]) for row in tallies.persons_of(lent_connection(), self._book.pk, phones)}
            for phone in phones:
                found: Counter[tuple[int, int, int]] = Counter()
                for hour, at, kind, count in map(packing.entry, known.get(phone, ())):
                    if kind != Kind.WAIT and self._calendar.day_of(hour) == self._day:
                        found[hour, at, kind] += count
                wrong += found != self._histories[phone]
        return wrong

    def _came_later(self) -> bool:
        """Say whether a message of the day became the account's only after it was stored."""
        log = Message.objects.filter(account_id=self._book.account_id, pk__gte=self._start, pk__lt=self._end)
        return log.filter(Q(trail__contains=_CAME_LATER[0]) | Q(trail__contains=_CAME_LATER[1])).exists()

    def _sent(self, now: datetime) -> tuple[Counter[_Figure], Counter[_Figure]]:
        """Return by how much the fates of what was sent are too many and too few."""
        if self._end > self._book.settled_to:
            return Counter(), Counter()
        counted: Counter[_Figure] = Counter()
        log = OutboundMessage.objects.filter(account_id=self._book.account_id, pk__gte=self._start, pk__lt=self._end)
        open_ones = set(UnsettledMessage.objects.filter(book=self._book).values_list("message_id", flat=True))
        for one in settling.read(log, now):
            if one.id not in open_ones:
                counted["sent", one.fate, 0] += 1
        first, last = span(self._subjects.get(Subject.Kind.ACCOUNT), fated(self._day, 0), fated(self._day, _LAST_FATE))
        stored: Counter[_Figure] = Counter()
        for key, messages in SentDay.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", "messages"):
            stored["sent", unfated(when_of(key))[1], 0] += messages
        return stored - counted, counted - stored
