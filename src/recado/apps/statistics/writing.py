"""Writing counts down: what was counted is added to what is there.

What belongs here: adding rows up. What does not: what is counted (`counting`), when, and the transaction (`rolling`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Model

from recado.apps.statistics import packing, people, persons
from recado.apps.statistics.counting import FIELDS, REST, Counting
from recado.apps.statistics.models import AnswerWait, ArgumentDay, Book, DayTally, GroupPeopleDay, HourTally, OperatorDay, PeopleDay
from recado.apps.statistics.people import Seen
from recado.apps.statistics.persons import in_pieces

_HOUR_FIELDS = ("received", "new_contacts", "replies", "opt_outs")


def write(book: Book, counting: Counting) -> None:
    """Add all counts to those of a book."""
    persons.save(book, counting.people.values())
    add(HourTally, counting.hours, _HOUR_FIELDS)
    add(DayTally, counting.days, FIELDS)
    add_named(OperatorDay, "operator", counting.operators)
    add_named(ArgumentDay, "argument", counting.arguments, counting.shown)
    write_seen(counting.moves)
    write_gaps(counting.gaps)
    AnswerWait.objects.bulk_create(
        [AnswerWait(book=book, person_id=one.who.id or 0, place=one.place, day=one.day, seconds=one.seconds) for one in counting.answers],
        batch_size=persons.AT_ONCE,
    )


def add(model: type[Model], counted: Mapping[int, list[int]], fields: tuple[str, ...]) -> None:
    """Add counts to the rows with the same keys."""
    manager = model._default_manager  # noqa: SLF001  # documented Django API
    for keys in in_pieces(counted):
        stored = {row[0]: row[1:] for row in manager.filter(pk__in=keys).values_list("pk", *fields)}
        rows = []
        for key in keys:
            before = stored.get(key, (0,) * len(fields))
            rows.append(model(pk=key, **{name: before[at] + counted[key][at] for at, name in enumerate(fields)}))
        manager.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=list(fields))


def add_named(
    model: type[Model], field: str, counted: Mapping[tuple[int, str], int], shown: Mapping[tuple[int, str], str] | None = None
) -> None:
    """Add counts to the rows with the same place and name."""
    manager = model._default_manager  # noqa: SLF001  # documented Django API
    for some in in_pieces(counted):
        keys = set(some)
        stored = manager.filter(place__in={place for place, _name in some}).values_list("place", field, "received")
        before = {(place, name): received for place, name, received in stored if (place, name) in keys}
        rows = []
        for place, name in some:
            words = {} if shown is None else {"shown": shown.get((place, name), "")}
            rows.append(model(place=place, **{field: name}, **words, received=before.get((place, name), 0) + counted[place, name]))
        manager.bulk_create(rows, update_conflicts=True, unique_fields=["place", field], update_fields=["received"])


def known_arguments(places: Iterable[int]) -> dict[int, set[str]]:
    """Return the arguments told apart already, by keyword and day."""
    known: dict[int, set[str]] = defaultdict(set)
    for some in in_pieces(list(places)):
        rows = ArgumentDay.objects.filter(place__in=some).exclude(argument=REST)
        for place, argument in rows.values_list("place", "argument"):
            known[place].add(argument)
    return known


def seen_before(subject: int, day: int) -> Seen:
    """Return how many people a subject had seen by the evening of a day."""
    first, last = packing.place(subject, day - people.DAYS), packing.place(subject, day)
    row = PeopleDay.objects.filter(pk__gte=first, pk__lte=last).order_by("-pk").values_list("pk", "seen").first()
    return people.loads(packing.when_of(row[0]), row[1]) if row else Seen()


def write_seen(moves: Mapping[int, list[tuple[int, int | None]]]) -> None:
    """Move people from the days when they were seen last to those when they came."""
    rows = []
    for subject, moved in moves.items():
        seen = seen_before(subject, moved[-1][0])
        for at, (day, previous) in enumerate(moved):
            seen.move(day, previous)
            if at + 1 == len(moved) or moved[at + 1][0] != day:
                rows.append(PeopleDay(pk=packing.place(subject, day), seen=people.dumps(seen)))
    for some in in_pieces(rows):
        PeopleDay.objects.bulk_create(some, update_conflicts=True, unique_fields=["id"], update_fields=["seen"])


def write_gaps(gaps: Mapping[int, Mapping[int, int]]) -> None:
    """Add people of groups to those who came on the same days."""
    for keys in in_pieces(gaps):
        stored = dict(GroupPeopleDay.objects.filter(pk__in=keys).values_list("pk", "gaps"))
        rows = [GroupPeopleDay(pk=key, gaps=people.add_gaps(stored.get(key), gaps[key])) for key in keys]
        GroupPeopleDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=["gaps"])
