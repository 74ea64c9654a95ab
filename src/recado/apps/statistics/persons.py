"""Persons of a book: loading them with everything they did, and writing them down.

What belongs here: rows of `Person` and `GroupPerson`. What does not: what is noted of them (`counting`).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from recado.apps.contacts.models import GroupMembership
from recado.apps.statistics import packing
from recado.apps.statistics.events import Event, Moved
from recado.apps.statistics.models import Book, GroupPerson, Person, Subject
from recado.apps.statistics.operators import operator_of
from recado.apps.statistics.someone import Someone
from recado.apps.statistics.subjects import Subjects

AT_ONCE = 1000
_COLUMNS = ("phone", "pk", "operator", "history", "waiting_since", "waiting_place")
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
    for some in in_pieces(phones):
        if book is not None:
            for phone, pk, operator, history, since, at in Person.objects.filter(book=book, phone__in=some).values_list(*_COLUMNS):
                kept = packing.loads(history)
                people[phone] = Someone(phone, pk, operator, kept, since, at, before=len(kept))
    by_id = {who.id: who for who in people.values() if who.id is not None}
    for pieces in in_pieces(list(by_id)):
        for key, person_id in GroupPerson.objects.filter(person_id__in=pieces).values_list("pk", "person_id"):
            by_id[person_id].groups.append(packing.group_of(key))
    for some in in_pieces([phone for phone in phones if phone not in people]):
        people |= {phone: Someone(phone, operator=operator_of(phone)) for phone in some}
        members = _memberships(account_id, some)
        if is_kept:
            subjects.add_met((), {}, {group_id for _phone, group_id in members})
        for phone, group_id in members:
            people[phone].groups.append(subjects.get(Subject.Kind.ACCOUNT, group_id=group_id))
    return people


def _memberships(account_id: int, phones: list[str]) -> list[tuple[str, int]]:
    rows = GroupMembership.objects.filter(contact__account_id=account_id, contact__msisdn__in=phones)
    return list(rows.values_list("contact__msisdn", "group_id"))


def save(book: Book, people: Iterable[Someone]) -> None:
    """Write down what was noted of persons."""
    old: list[tuple[Someone, Person]] = []
    new: list[tuple[Someone, Person]] = []
    for who in people:
        row = Person(
            pk=who.id,
            book=book,
            phone=who.phone,
            operator=who.operator,
            history=packing.dumps(who.history),
            waiting_since=who.waiting_since,
            waiting_place=who.waiting_place,
        )
        (new if who.id is None else old).append((who, row))
    Person.objects.bulk_create(
        [row for _who, row in old],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["history", "waiting_since", "waiting_place"],
    )
    Person.objects.bulk_create([row for _who, row in new], batch_size=AT_ONCE)
    for who, row in new:
        who.id = row.pk
    members = [
        GroupPerson(pk=packing.group_key(group, row.pk), person_id=row.pk) for who, row in new for group in dict.fromkeys(who.groups)
    ]
    GroupPerson.objects.bulk_create(members, batch_size=AT_ONCE)
