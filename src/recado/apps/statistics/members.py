"""What the people of a group did in a period, from their histories: how many they are cannot be added up from days.

What belongs here: reading histories. What does not: sums of a group as a whole, which are kept like those of any subject (`grouping`).
"""

from collections import Counter
from collections.abc import Callable, Iterator

from recado.apps.statistics import packing
from recado.apps.statistics.counting import FIELDS, NEW, OPT_OUTS, RECEIVED, REPLIES, WAITS
from recado.apps.statistics.fresh import Fresh
from recado.apps.statistics.models import GroupPerson, Subject
from recado.apps.statistics.packing import COUNTS, KIND_AT, KINDS, SUBJECT_AT, SUBJECTS, History, Kind

_WHAT = (RECEIVED, RECEIVED, REPLIES, OPT_OUTS, WAITS)
"""What each kind of entry counts as."""


class Members:
    """Counts of the entries that are asked about, by hour and place."""

    def __init__(self, fresh: Fresh, group: int | None, first: int, last: int, is_about: Callable[[int], bool]) -> None:
        self._fresh, self._group, self._is_about = fresh, group, is_about
        self.by_hour: dict[int, list[int]] = {}
        self.by_place: dict[int, list[int]] = {}
        self.people_at: Counter[int] = Counter()
        """Different people by place."""
        self.members_at: Counter[int] = Counter()
        """Different people by place whom a message brought or found in a group."""
        self.people_without_keyword = 0
        self.operators: Counter[str] = Counter()
        """Messages by operator."""
        self.people = 0
        self.totals = [0] * len(FIELDS)
        if group is not None:
            hours = fresh.calendar.hours(first, last)
            self._read(packing.from_hour(hours[0]), packing.from_hour(hours[-1] + 1))

    def _read(self, start: int, end: int) -> None:
        others = {subject for subject, (kind, _target) in self._fresh.subjects.key_of.items() if kind == Subject.Kind.OTHER}
        about = {subject: self._is_about(subject) for subject in self._fresh.subjects.key_of}
        counts: Counter[int] = Counter()
        new: Counter[int] = Counter()
        for operator, history in self._histories():
            first = next((number for number in history if number >> KIND_AT & KINDS <= Kind.MEMBER), None)
            if first is not None and start <= first < end:
                new[first] += 1
            within = [number for number in history if start <= number < end and about[number >> SUBJECT_AT & SUBJECTS]]
            counts.update(within)
            wrote = [number for number in within if number >> KIND_AT & KINDS <= Kind.MEMBER]
            if wrote:
                seen = {number >> SUBJECT_AT & SUBJECTS for number in wrote}
                self.people += 1
                self.people_at.update(seen)
                self.members_at.update({number >> SUBJECT_AT & SUBJECTS for number in wrote if number >> KIND_AT & KINDS == Kind.MEMBER})
                self.people_without_keyword += not others.isdisjoint(seen)
                self.operators[operator] += sum(number & COUNTS for number in wrote)
        self._sum_up(counts, new, about)

    def _sum_up(self, counts: Counter[int], new: Counter[int], about: dict[int, bool]) -> None:
        for number, times in counts.items():
            hour, at, kind, count = packing.entry(number)
            self._add(hour, at, _WHAT[kind], times * count)
        for number, times in new.items():
            hour, at, _kind, _count = packing.entry(number)
            if about[at]:
                self._add(hour, at, NEW, times)

    def _add(self, hour: int, at: int, what: int, count: int) -> None:
        for key, counts in ((hour, self.by_hour), (at, self.by_place)):
            counts.setdefault(key, [0] * len(FIELDS))[what] += count
        self.totals[what] += count

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
