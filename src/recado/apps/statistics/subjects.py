"""The subjects of a book: what messages are counted by, found by what it is of.

What belongs here: looking subjects up, and adding those that are met first. What does not: counting.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.statistics.events import Event, Moved, Received
from recado.apps.statistics.models import Book, Subject
from recado.apps.statistics.someone import Someone

_UNKNOWN = (1 << 28) - 1
"""Subjects not written down yet have numbers from here downwards …"""
_KEPT = 1 << 27
"""… to here."""
Key: TypeAlias = tuple[str, int, int]
"""Kind, id of number or keyword, id of the group or 0."""


class Subjects:
    """All subjects of one book in memory. One that nobody has met is given a number that is not kept."""

    def __init__(self, book: Book | None) -> None:
        self.book = book
        self.by_key: dict[Key, int] = {}
        self.key_of: dict[int, Key] = {}
        self.number_of: dict[int, int] = {}
        """The number's id of subjects that have one."""
        self._within: dict[tuple[int, int], int] = {}
        self._about: dict[tuple[int | None, int | None], list[int]] = {}
        if book is not None:
            rows = Subject.objects.filter(book=book).values_list("pk", "kind", "target_id", "group_id", "number_id")
            for pk, kind, target, group_id, number_id in rows.iterator():
                self._note(pk, (kind, target, group_id), number_id)

    def get(self, kind: Subject.Kind, target: int = 0, number_id: int | None = None, group_id: int = 0) -> int:
        """Return the number of a subject."""
        return self._get((kind.value, target, group_id), number_id)

    def find(self, kind: Subject.Kind, target: int = 0, group_id: int = 0) -> int | None:
        """Return the number of a subject if there is one."""
        return self.by_key.get((kind.value, target, group_id))

    def within(self, group: int, subject: int) -> int:
        """Return the subject that is the same as one of everybody, for the people of a group alone."""
        found = self._within.get((group, subject))
        if found is None:
            kind, target, _everybody = self.key_of[subject]
            found = self._get((kind, target, self.key_of[group][2]), self.number_of.get(subject))
            self._within[group, subject] = found
        return found

    def about(self, number_id: int | None, keyword_id: int | None) -> list[int]:
        """Return all subjects of something on a number, for a keyword; the account is the first, the narrowest the last."""
        found = self._about.get((number_id, keyword_id))
        if found is None:
            found = self._look_up(number_id, keyword_id)
            self._about[number_id, keyword_id] = found
        return found.copy()

    def _look_up(self, number_id: int | None, keyword_id: int | None) -> list[int]:
        found = [self.get(Subject.Kind.ACCOUNT)]
        if number_id is not None:
            found.append(self.get(Subject.Kind.NUMBER, number_id, number_id))
        if keyword_id is not None:
            return [*found, self.get(Subject.Kind.KEYWORD, keyword_id, number_id)]
        found.append(self.get(Subject.Kind.OTHER))
        if number_id is not None:
            found.append(self.get(Subject.Kind.OTHER, number_id, number_id))
        return found

    def around(self, at: int, *, is_member: bool) -> list[int]:
        """Return all subjects of something at a place, which is the narrowest of them."""
        kind, target, _group = self.key_of[at]
        number_id = self.number_of.get(at)
        if kind == Subject.Kind.OTHER:
            return self.about(number_id, None)
        found = self.about(number_id, target)
        if is_member:
            found.append(self.get(Subject.Kind.MEMBERS, target, number_id))
        return found

    def add_met(self, events: Collection[Event], people: Mapping[str, Someone], group_ids: Collection[int] = ()) -> None:
        """Write down the subjects that events are about, those that are not there yet, with the names of now."""
        keys: dict[Key, int | None] = {(Subject.Kind.ACCOUNT.value, 0, 0): None}
        keys |= {(Subject.Kind.ACCOUNT.value, 0, group_id): None for group_id in group_ids}
        for event in events:
            if isinstance(event, Moved):
                keys.setdefault((Subject.Kind.ACCOUNT.value, 0, event.group_id), None)
                continue
            who = people.get(event.phone)
            groups = [0, *(self.key_of[group][2] for group in who.groups)] if who is not None else [0]
            is_member = isinstance(event, Received) and event.is_member
            for kind, target in _keys(event.number_id, event.keyword_id, is_member=is_member):
                for group_id in groups:
                    keys.setdefault((kind, target, group_id), event.number_id if target else None)
        self._add({key: number_id for key, number_id in keys.items() if not self.is_kept(key)})

    def add_within(self, group: int, subjects: Collection[int]) -> None:
        """Write down the same as some subjects of everybody for the people of a group alone."""
        keys = {(*self.key_of[subject][:2], self.key_of[group][2]): self.number_of.get(subject) for subject in subjects}
        self._add({key: number_id for key, number_id in keys.items() if not self.is_kept(key)})

    def is_kept(self, key: Key) -> bool:
        """Say whether a subject is written down."""
        return self.by_key.get(key, _UNKNOWN) <= _KEPT

    def _get(self, key: Key, number_id: int | None) -> int:
        found = self.by_key.get(key)
        if found is None:
            found = _UNKNOWN - len(self.by_key)
            self._note(found, key, number_id)
        return found

    def _note(self, pk: int, key: Key, number_id: int | None) -> None:
        self.by_key[key] = pk
        self.key_of[pk] = key
        if number_id is not None:
            self.number_of[pk] = number_id

    def _add(self, missing: dict[Key, int | None]) -> None:
        if not missing:
            return
        names = _names(missing)
        rows = [
            Subject(book=self.book, kind=kind, target_id=target, group_id=group_id, number_id=number_id, name=names.get((kind, target), ""))
            for (kind, target, group_id), number_id in missing.items()
        ]
        Subject.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        found = Subject.objects.filter(book=self.book, target_id__in={target for _kind, target, _group in missing})
        for pk, kind, target, group_id, number_id in found.values_list("pk", "kind", "target_id", "group_id", "number_id"):
            if (kind, target, group_id) in missing:
                self._note(pk, (kind, target, group_id), number_id)
        self._within.clear()
        self._about.clear()


def _keys(number_id: int | None, keyword_id: int | None, *, is_member: bool) -> Iterator[tuple[str, int]]:
    yield Subject.Kind.ACCOUNT.value, 0
    if number_id is not None:
        yield Subject.Kind.NUMBER.value, number_id
    if keyword_id is not None:
        yield Subject.Kind.KEYWORD.value, keyword_id
        if is_member:
            yield Subject.Kind.MEMBERS.value, keyword_id
        return
    yield Subject.Kind.OTHER.value, 0
    if number_id is not None:
        yield Subject.Kind.OTHER.value, number_id


def _names(keys: Collection[Key]) -> dict[tuple[str, int], str]:
    def ids(kind: Subject.Kind) -> set[int]:
        return {target for one, target, _group in keys if one == kind.value}

    words = Keyword.objects.filter(pk__in=ids(Subject.Kind.KEYWORD)).values_list("pk", "word")
    digits = Number.objects.filter(pk__in=ids(Subject.Kind.NUMBER)).values_list("pk", "digits")
    return {(Subject.Kind.KEYWORD.value, pk): word[:100] for pk, word in words} | {
        (Subject.Kind.NUMBER.value, pk): name for pk, name in digits
    }
