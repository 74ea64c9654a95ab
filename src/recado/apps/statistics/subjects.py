"""The subjects of a book: what messages are counted by, found by what it is of.

What belongs here: looking subjects up, and adding those that are met first. What does not: counting.
"""

from collections.abc import Collection

from recado.apps.contacts.models import Group
from recado.apps.keywords.models import Keyword
from recado.apps.numbers.models import Number
from recado.apps.statistics.events import Event, Moved, Received
from recado.apps.statistics.models import Book, Subject

_UNKNOWN = (1 << 28) - 1
"""Subjects not written down yet have numbers from here downwards."""
_Key = tuple[str, int]


class Subjects:
    """All subjects of one book in memory. One that nobody has met is given a number that is not kept."""

    def __init__(self, book: Book | None) -> None:
        self.book = book
        self.by_key: dict[_Key, int] = {}
        self.number_of: dict[int, int] = {}
        """The number's id of subjects that have one."""
        self.key_of: dict[int, _Key] = {}
        if book is not None:
            for pk, kind, target, number_id in Subject.objects.filter(book=book).values_list("pk", "kind", "target_id", "number_id"):
                self._note(pk, kind, target, number_id)

    def get(self, kind: Subject.Kind, target: int = 0, number_id: int | None = None) -> int:
        """Return the number of a subject."""
        found = self.by_key.get((kind, target))
        if found is None:
            found = _UNKNOWN - len(self.by_key)
            self._note(found, kind, target, number_id)
        return found

    def find(self, kind: Subject.Kind, target: int) -> int | None:
        """Return the number of a subject if there is one."""
        return self.by_key.get((kind, target))

    def _note(self, pk: int, kind: str, target: int, number_id: int | None) -> None:
        self.by_key[kind, target] = pk
        if number_id is not None:
            self.number_of[pk] = number_id
        self.key_of[pk] = (kind, target)

    def add_met(self, events: Collection[Event], group_ids: Collection[int] = ()) -> None:
        """Write down the subjects that events are about, those that are not there yet, with the names of now."""
        keys: dict[_Key, int | None] = {(Subject.Kind.ACCOUNT, 0): None, (Subject.Kind.OTHER, 0): None}
        keys |= {(Subject.Kind.GROUP, group_id): None for group_id in group_ids}
        for event in events:
            if isinstance(event, Moved):
                keys.setdefault((Subject.Kind.GROUP, event.group_id), None)
                continue
            if event.number_id is not None:
                keys.setdefault((Subject.Kind.NUMBER, event.number_id), event.number_id)
                keys.setdefault((Subject.Kind.OTHER, event.number_id), event.number_id)
            if event.keyword_id is not None:
                keys.setdefault((Subject.Kind.KEYWORD, event.keyword_id), event.number_id)
                if isinstance(event, Received) and event.is_member:
                    keys.setdefault((Subject.Kind.MEMBERS, event.keyword_id), event.number_id)
        self._add({key: number_id for key, number_id in keys.items() if key not in self.by_key})

    def _add(self, missing: dict[_Key, int | None]) -> None:
        if not missing:
            return
        names = _names(missing)
        rows = [
            Subject(book=self.book, kind=kind, target_id=target, number_id=number_id, name=names.get((kind, target), ""))
            for (kind, target), number_id in missing.items()
        ]
        Subject.objects.bulk_create(rows, ignore_conflicts=True)
        found = Subject.objects.filter(book=self.book, target_id__in={target for _kind, target in missing})
        for pk, kind, target, number_id in found.values_list("pk", "kind", "target_id", "number_id"):
            self._note(pk, kind, target, number_id)


def _names(keys: Collection[_Key]) -> dict[_Key, str]:
    def ids(kind: str) -> set[int]:
        return {target for one, target in keys if one == kind}

    words = Keyword.objects.filter(pk__in=ids(Subject.Kind.KEYWORD)).values_list("pk", "word")
    digits = Number.objects.filter(pk__in=ids(Subject.Kind.NUMBER)).values_list("pk", "digits")
    groups = Group.objects.filter(pk__in=ids(Subject.Kind.GROUP)).values_list("pk", "name")
    return (
        {(Subject.Kind.KEYWORD.value, pk): word[:100] for pk, word in words}
        | {(Subject.Kind.NUMBER.value, pk): name for pk, name in digits}
        | {(Subject.Kind.GROUP.value, pk): name for pk, name in groups}
    )
