"""Persons of a book: loading them with everything they did, and writing them down.

What belongs here: rows of `Person` and `GroupPerson`. What does not: what is noted of them (`counting`).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from recado.apps.sql import lent_connection
from recado.apps.statistics import packing
from recado.apps.statistics.events import Event, Moved
from recado.apps.statistics.models import Book, Subject
from recado.apps.statistics.operators import operator_of
from recado.apps.statistics.someone import Someone
from recado.apps.statistics.subjects import Subjects
from recado.store import tallies, tally_rows

AT_ONCE = 1000
T = TypeVar("T")


def in_pieces(things: Collection[T]) -> Iterator[list[T]]:
    """Cut a list so that each piece fits a statement."""
    every = list(things)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def phones_of(events: Iterable[Event]) -> set[str]:
    """Return the phones that take part in events."""
    return {event.phone for event in events if not isinstance(event, Moved)}


def load(book: Book | None, account_id: int, phones: Collection[str], subjects: Subjects, *, is_kept: bool) -> dict[str, Someone]:
    """Load the persons with these phones; those not met before are new ones, whose groups are written down where this is kept."""
    people: dict[str, Someone] = {}
    con = lent_connection()
    known = tallies.persons_of(con, book.pk, phones) if book is not None and phones else []
    for phone, pk, operator, history, since, at in known:
        people[phone] = Someone(phone, pk, operator, packing.loads(history), since, at)
    by_id = {who.id: who for who in people.values() if who.id is not None}
    for person_id, key in tallies.groups_of_persons(con, by_id) if by_id else ():
        by_id[person_id].groups.append(packing.group_of(key))
    new = [phone for phone in phones if phone not in people]
    people |= {phone: Someone(phone, operator=operator_of(phone)) for phone in new}
    members = tallies.memberships_of(con, account_id, new) if new else []
    if is_kept:
        subjects.add_met((), {}, {group_id for _phone, group_id in members})
    for phone, group_id in members:
        people[phone].groups.append(subjects.get(Subject.Kind.ACCOUNT, group_id=group_id))
    return people


def save(book: Book, people: Iterable[Someone]) -> None:
    """Write down what was noted of persons."""
    con = lent_connection()
    old: list[Someone] = []
    new: list[Someone] = []
    for who in people:
        (new if who.id is None else old).append(who)
    tally_rows.write_persons(con, [(packing.dumps(who.history), who.waiting_since, who.waiting_place, who.id) for who in old])
    if not new:
        return
    added = [(book.pk, who.phone, who.operator, packing.dumps(who.history), b"", who.waiting_since, who.waiting_place) for who in new]
    tally_rows.PERSONS.run(con, added)
    ids = tallies.person_ids(con, book.pk, [who.phone for who in new])
    members = []
    for who in new:
        who.id = ids[who.phone]
        members += [(packing.group_key(group, who.id), who.id) for group in dict.fromkeys(who.groups)]
    tally_rows.GROUP_PERSONS.run(con, members)
