"""What the people of a group did on a number or for a keyword, by hour and operator: that is not kept, but read from their histories.

What belongs here: reading histories. What does not: what is kept (`grouping`, `view`).
"""

from collections import Counter
from collections.abc import Callable, Iterator

from recado.apps.statistics import packing
from recado.apps.statistics.counting import FIELDS, NEW, OPT_OUTS, RECEIVED, REPLIES, WAITS
from recado.apps.statistics.fresh import Fresh
from recado.apps.statistics.models import GroupPerson
from recado.apps.statistics.packing import COUNTS, KIND_AT, KINDS, SUBJECT_AT, SUBJECTS, History, Kind

_WHAT = (RECEIVED, RECEIVED, REPLIES, OPT_OUTS, WAITS)
"""What each kind of entry counts as."""


class Members:
    """Counts of the entries that are asked about, by hour and operator."""

    def __init__(self, fresh: Fresh, group: int | None, first: int, last: int, is_about: Callable[[int], bool]) -> None:
        self._fresh, self._group = fresh, group
        self._about = {subject for subject in fresh.subjects.key_of if is_about(subject)}
        self.by_hour: dict[int, list[int]] = {}
        self.operators: Counter[str] = Counter()
        """Messages by operator."""
        if group is not None:
            hours = fresh.calendar.hours(first, last)
            self._read(packing.from_hour(hours[0]), packing.from_hour(hours[-1] + 1))

    def _read(self, start: int, end: int) -> None:
        counts: Counter[int] = Counter()
        new: Counter[int] = Counter()
        for operator, history in self._histories():
            first = next((number for number in history if number >> KIND_AT & KINDS <= Kind.MEMBER), None)
            if first is not None and start <= first < end:
                new[first] += 1
            within = [number for number in history if start <= number < end and number >> SUBJECT_AT & SUBJECTS in self._about]
            counts.update(within)
            self.operators[operator] += sum(number & COUNTS for number in within if number >> KIND_AT & KINDS <= Kind.MEMBER)
        for number, times in counts.items():
            hour, _at, kind, count = packing.entry(number)
            self._add(hour, _WHAT[kind], times * count)
        for number, times in new.items():
            hour, at, _kind, _count = packing.entry(number)
            if at in self._about:
                self._add(hour, NEW, times)

    def _add(self, hour: int, what: int, count: int) -> None:
        self.by_hour.setdefault(hour, [0] * len(FIELDS))[what] += count

    def _histories(self) -> Iterator[tuple[str, History]]:
        """Give the operators and histories of all members, with what is fresh."""
        group = self._group or 0
        people = self._fresh.counting.people.values()
        fresh = {who.id: who for who in people if who.id is not None}
        first, last = packing.group_key(group, 0), packing.group_key(group + 1, 0)
        rows = GroupPerson.objects.filter(pk__gte=first, pk__lt=last).values_list("person_id", "person__operator", "person__history")
        for person_id, operator, history in rows.iterator(chunk_size=2000):
            who = fresh.get(person_id)
            yield operator, packing.loads(history) if who is None else who.history
        for who in people:
            if who.id is None and group in who.groups:
                yield who.operator, who.history
