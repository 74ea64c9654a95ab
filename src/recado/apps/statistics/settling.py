"""What became of outgoing messages: counted when it hardly changes any more, before that read from the log by who asks.

A message may change its state for three days, so what is older is counted by its state. What is not settled then, because it is to leave
later, is kept in mind and counted when it is. What belongs here: this. What does not: replies as such (`counting`).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from recado.apps.ids import first_id_at
from recado.apps.outbox.models import OutboundMessage
from recado.apps.sql import lent_connection
from recado.apps.statistics import fates, packing, persons
from recado.apps.statistics.books import advance
from recado.apps.statistics.budget import Budget
from recado.apps.statistics.calendar import Calendar
from recado.apps.statistics.events import Reply
from recado.apps.statistics.models import Book, Person, Subject, UnsettledMessage
from recado.apps.statistics.packing import fated, place
from recado.apps.statistics.someone import Someone
from recado.apps.statistics.subjects import Subjects
from recado.core.receipt import OutboundState
from recado.store import tally_rows
from recado.store.tallies import keywords_of_messages

CHANGES_FOR = timedelta(hours=72)
SETTLED_AFTER = CHANGES_FOR + timedelta(hours=1)
_COLUMNS = ("id", "recipient", "number_id", "in_reply_to_id", "state", "reason", "segment_count", "sent_at")
_UNDER_WAY = (OutboundState.SENT, OutboundState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Sent:
    """An outgoing message and what became of it so far."""

    id: int
    phone: str
    number_id: int | None
    keyword_id: int | None
    fate: int
    segments: int
    is_settled: bool


def read(rows: QuerySet[OutboundMessage], now: datetime, limit: int | None = None) -> list[Sent]:
    """Read outgoing messages with the keywords of what they reply to; tests are left out."""
    found: list[tuple[Any, ...]] = list(rows.filter(is_test=False).order_by("id").values_list(*_COLUMNS)[:limit])
    keywords = keywords_of_messages(lent_connection(), [row[3] for row in found if row[3] is not None])
    return [
        Sent(pk, phone, number_id, keywords.get(cause or 0), fates.code(state, reason), segments, _is_settled(state, sent_at, now))
        for pk, phone, number_id, cause, state, reason, segments, sent_at in found
    ]


def _is_settled(state: str, sent_at: datetime | None, now: datetime) -> bool:
    if state == OutboundState.QUEUED:
        return False
    return state not in _UNDER_WAY or sent_at is None or sent_at < now - CHANGES_FOR


def settle(book: Book, now: datetime, calendar: Calendar, subjects: Subjects, size: int) -> bool:
    """Count one portion of what is old enough; False where somebody else changed the book meanwhile."""
    horizon = first_id_at(now - SETTLED_AFTER)
    log = OutboundMessage.objects.filter(account_id=book.account_id, pk__gte=book.settled_to, pk__lt=horizon)
    found = read(log, now, size)
    reached = found[-1].id + 1 if len(found) == size else horizon
    people = _prepare(book, found, subjects)
    with transaction.atomic():
        if not advance(book, settled_to=reached):
            return False
        _count(book, [one for one in found if one.is_settled], calendar, subjects, people)
        late = [UnsettledMessage(book=book, message_id=one.id) for one in found if not one.is_settled]
        UnsettledMessage.objects.bulk_create(late, ignore_conflicts=True)
    return True


def look_again(now: datetime, budget: Budget) -> None:
    """Count what was not settled when its time came, and is now."""
    for book in Book.objects.filter(pk__in=UnsettledMessage.objects.values("book")).exclude(state=Book.State.OLD):
        ids = list(UnsettledMessage.objects.filter(book=book).values_list("message_id", flat=True))
        subjects, calendar = Subjects(book), Calendar(book.zone)
        for some in persons.in_pieces(ids):
            found = [one for one in read(OutboundMessage.objects.filter(pk__in=some), now) if one.is_settled]
            if not found:
                continue
            if not budget.take():
                return
            people = _prepare(book, found, subjects)
            with transaction.atomic():
                if not advance(book):
                    return
                _count(book, found, calendar, subjects, people)
                UnsettledMessage.objects.filter(book=book, message_id__in=[one.id for one in found]).delete()


def _prepare(book: Book, found: list[Sent], subjects: Subjects) -> dict[str, Someone]:
    """Write down the subjects of messages and load the people they went to."""
    phones = {one.phone for one in found}
    met = [Reply(one.id, one.phone, one.number_id, one.keyword_id, is_by_person=False) for one in found]
    people = persons.load(book, book.account_id, phones, subjects, is_kept=True)
    subjects.add_met(met, {})
    return people


def _count(book: Book, found: list[Sent], calendar: Calendar, subjects: Subjects, people: dict[str, Someone]) -> None:
    persons.save(book, [who for who in people.values() if who.id is None])
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    entries: dict[int, list[int]] = defaultdict(list)
    for one in found:
        who, day = people[one.phone], calendar.day_of(calendar.hour_of(one.id))
        about = [subject for subject in subjects.about(one.number_id, one.keyword_id) if subjects.key_of[subject][0] != Subject.Kind.OTHER]
        for subject in (*about, *who.groups):
            tally = counted[place(subject, fated(day, one.fate))]
            tally[0] += 1
            tally[1] += one.segments
        entries[who.id or 0].append(packing.pack_sent(day, subjects.about(one.number_id, one.keyword_id)[-1], one.fate, one.segments))
    tally_rows.SENT.run(lent_connection(), [(key, *tally) for key, tally in sorted(counted.items())])
    _append(entries)


def _append(entries: dict[int, list[int]]) -> None:
    for some in persons.in_pieces(sorted(entries)):
        rows = []
        for pk, sent in Person.objects.filter(pk__in=some).values_list("pk", "sent"):
            kept = packing.loads(sent)
            kept.extend(entries[pk])
            rows.append((packing.dumps(kept), pk))
        tally_rows.write_sent(lent_connection(), rows)
