"""From a portion of the log to its counts, for good or for a look.

What belongs here: gathering what counting needs. What does not: reading the log (`events`), the counting (`counting`).
"""

from recado.apps.statistics import persons, writing
from recado.apps.statistics.calendar import Calendar
from recado.apps.statistics.counting import Counting
from recado.apps.statistics.events import Event, Received
from recado.apps.statistics.models import Book, Subject
from recado.apps.statistics.packing import place
from recado.apps.statistics.subjects import Subjects


def count(events: list[Event], account_id: int, book: Book | None, calendar: Calendar, subjects: Subjects, *, is_kept: bool) -> Counting:
    """Count events that follow what a book has; where this is to be kept, subjects met first are written down."""
    people = persons.load(book, account_id, persons.phones_of(events), subjects, is_kept=is_kept)
    if is_kept:
        subjects.add_met(events, people)
    counting = Counting(calendar, subjects, people)
    argued = {
        place(subjects.get(Subject.Kind.KEYWORD, event.keyword_id, event.number_id), calendar.day_of(calendar.hour_of(event.id)))
        for event in events
        if isinstance(event, Received) and event.argument and event.keyword_id is not None
    }
    counting.known.update(writing.known_arguments(argued))
    counting.add(events)
    return counting
