"""Writing counts down: what was counted is added to what is there.

What belongs here: adding rows up. What does not: what is counted (`counting`), when, and the transaction (`rolling`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from recado.apps.sql import lent_connection
from recado.apps.statistics import packing, people, persons
from recado.apps.statistics.counting import REST, Counting
from recado.apps.statistics.models import AnswerWait, ArgumentDay, Book, GroupPeopleDay
from recado.apps.statistics.people import Seen
from recado.apps.statistics.persons import in_pieces
from recado.store import tallies, tally_rows
from recado.store.dialect import Connection

_HOURLY = 4
"""So many of FIELDS are kept by hour."""


def write(book: Book, counting: Counting) -> None:
    """Add all counts to those of a book."""
    con = lent_connection()
    persons.save(book, counting.people.values())
    add_days(con, counting.hours, counting.days, counting.operators)
    tally_rows.ARGUMENTS.run(con, [(*key, counting.shown.get(key, ""), received) for key, received in sorted(counting.arguments.items())])
    write_seen(con, counting.moves)
    write_gaps(con, counting.gaps)
    AnswerWait.objects.bulk_create(
        [AnswerWait(book=book, person_id=one.who.id or 0, place=one.place, day=one.day, seconds=one.seconds) for one in counting.answers],
        batch_size=persons.AT_ONCE,
    )


def add_days(
    con: Connection, hours: Mapping[int, list[int]], days: Mapping[int, list[int]], operators: Mapping[tuple[int, str], int]
) -> None:
    """Add counts of hours and days, and of operators by day."""
    tally_rows.HOURS.run(con, [(key, *counts[:_HOURLY]) for key, counts in sorted(hours.items())])
    tally_rows.DAYS.run(con, [(key, *counts) for key, counts in sorted(days.items())])
    tally_rows.OPERATORS.run(con, [(*key, received) for key, received in sorted(operators.items())])


def known_arguments(places: Iterable[int]) -> dict[int, set[str]]:
    """Return the arguments told apart already, by keyword and day."""
    known: dict[int, set[str]] = defaultdict(set)
    for some in in_pieces(list(places)):
        rows = ArgumentDay.objects.filter(place__in=some).exclude(argument=REST)
        for place, argument in rows.values_list("place", "argument"):
            known[place].add(argument)
    return known


def seen_before(subjects: Mapping[int, int]) -> dict[int, Seen]:
    """Return how many people subjects had seen, each by the evening of a day of its own."""
    spans = [packing.span(subject, day - people.DAYS, day) for subject, day in subjects.items()]
    found = {subject: Seen() for subject in subjects}
    for key, seen in tallies.seen_before(lent_connection(), spans):
        found[packing.subject_of(key)] = people.loads(packing.when_of(key), seen)
    return found


def write_seen(con: Connection, moves: Mapping[int, list[tuple[int, int | None]]]) -> None:
    """Move people from the days when they were seen last to those when they came."""
    rows = []
    before = seen_before({subject: moved[-1][0] for subject, moved in moves.items()})
    for subject, moved in sorted(moves.items()):
        seen = before[subject]
        for at, (day, previous) in enumerate(moved):
            seen.move(day, previous)
            if at + 1 == len(moved) or moved[at + 1][0] != day:
                rows.append((packing.place(subject, day), people.dumps(seen)))
    tally_rows.SEEN.run(con, rows)


def write_gaps(con: Connection, gaps: Mapping[int, Mapping[int, int]]) -> None:
    """Add people of groups to those who came on the same days."""
    for keys in in_pieces(sorted(gaps)):
        stored = dict(GroupPeopleDay.objects.filter(pk__in=keys).values_list("pk", "gaps"))
        tally_rows.GAPS.run(con, [(key, people.add_gaps(stored.get(key), gaps[key])) for key in keys])
