"""What is asked about, found in what is counted: one account's book with what is fresh, a period, and the subject that filters name.

What belongs here: sums over days and hours of subjects. What does not: rows for people (`tables` and its neighbours).
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Sum

from recado.apps.accounts.models import Account
from recado.apps.sql import lent_connection
from recado.apps.statistics import people, persons, writing
from recado.apps.statistics.calendar import number
from recado.apps.statistics.counting import FIELDS
from recado.apps.statistics.figures import Filters, Period
from recado.apps.statistics.fresh import Fresh, fresh, seen_once
from recado.apps.statistics.members import Members
from recado.apps.statistics.models import DayTally, GroupPeopleDay, PeopleDay, Subject
from recado.apps.statistics.packing import span, subject_of, when_of
from recado.store import tallies
from recado.store.tallies import Sums

T = TypeVar("T")


class View:
    """One question, and the counts that answer it."""

    def __init__(self, account: Account, filters: Filters) -> None:
        self.account, self.filters = account, filters
        self.first, self.last = number(filters.period.first), number(filters.period.last)
        self._found: dict[str, Any] = {}

    def of(self, period: Period) -> "View":
        """Return the same question about another period."""
        return view_of(self.account, replace(self.filters, period=period))

    def once(self, what: str, work: Callable[[], T]) -> T:
        """Return what work returns, the same for the same thing."""
        if what not in self._found:
            self._found[what] = work()
        found: T = self._found[what]
        return found

    @cached_property
    def fresh(self) -> Fresh:
        """The account's book with what is not in it yet."""
        return fresh(self.account)

    @property
    def book_id(self) -> int:
        """The book's id; 0 where nothing was ever counted."""
        return self.fresh.book.pk if self.fresh.book else 0

    @property
    def group_id(self) -> int:
        """The group that is asked about; 0: everybody."""
        return self.filters.group_id or 0

    @cached_property
    def is_narrow_group(self) -> bool:
        """Whether a number or keyword within a group is asked about: hours, operators and fates of that are not kept but looked up."""
        return bool(self.group_id) and (self.filters.number_id, self.filters.keyword_id) != (None, None)

    @cached_property
    def subject(self) -> int | None:
        """The subject that the filters name; none where there is nothing to it."""
        return self._find(self.group_id)

    @cached_property
    def narrow(self) -> int | None:
        """The subject that the filters name besides the group."""
        return self._find(0)

    def _find(self, group_id: int) -> int | None:
        filters, subjects = self.filters, self.fresh.subjects
        if filters.keyword_id is not None:
            found = subjects.find(Subject.Kind.KEYWORD, filters.keyword_id, group_id)
            is_there = found is not None and filters.number_id in (None, subjects.number_of.get(found))
            return found if is_there else None
        if filters.number_id is not None:
            return subjects.find(Subject.Kind.NUMBER, filters.number_id, group_id)
        return subjects.find(Subject.Kind.ACCOUNT, group_id=group_id)

    def is_about(self, at: int) -> bool:
        """Say whether something at a place (a keyword, or what no keyword took on a number) is asked about, whatever the group."""
        if self.filters.keyword_id is not None:
            return at == self.narrow
        return self.filters.number_id is None or self.fresh.subjects.number_of.get(at) == self.filters.number_id

    @cached_property
    def whole_group(self) -> int | None:
        """The subject of all that people of the group do."""
        return self.fresh.subjects.find(Subject.Kind.ACCOUNT, group_id=self.group_id)

    @cached_property
    def members(self) -> Members:
        """What the members of the group did in the period, from their histories."""
        return Members(self.fresh, self.whole_group, self.first, self.last, self.is_about)

    def totals(self) -> list[int]:
        """Return the sums over the period, in the order of FIELDS."""
        if self.subject is None:
            return [0] * len(FIELDS)
        first, last = span(self.subject, self.first, self.last)
        stored = DayTally.objects.filter(pk__gte=first, pk__lte=last).aggregate(**{f"sum_{name}": Sum(name) for name in FIELDS})
        found = [stored[f"sum_{name}"] or 0 for name in FIELDS]
        for _day, counts in self.fresh_days(self.subject):
            found = [one + more for one, more in zip(found, counts, strict=True)]
        return found

    def fresh_days(self, subject: int) -> Iterator[tuple[int, list[int]]]:
        """Give the days of a subject that are not written down, within the period."""
        for key, counts in self.fresh.counting.days.items():
            if subject_of(key) == subject and self.first <= when_of(key) <= self.last:
                yield when_of(key), counts

    def people(self) -> int:
        """Return how many different people wrote."""
        if self.subject is None:
            return 0
        return self._within_group(self.subject) if self.group_id else self._of_one(self.subject)

    def _of_one(self, subject: int) -> int:
        seen = writing.seen_before({subject: self.last})[subject]
        for day, previous in self.fresh.counting.moves.get(subject, ()):
            if day <= self.last:
                seen.move(day, previous)
        return seen.since(self.first)

    def _within_group(self, subject: int) -> int:
        first, last = span(subject, self.first, self.last)
        rows = GroupPeopleDay.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", "gaps")
        return sum(self._came_first([*rows, *self._fresh_gaps({subject})]).values())

    def _came_first(self, rows: Iterable[tuple[int, bytes | memoryview]]) -> Counter[int]:
        """Return by subject how many people came between the days for the first time."""
        found: Counter[int] = Counter()
        for key, gaps in rows:
            found[subject_of(key)] += people.came_first(gaps, when_of(key), self.first)
        return found

    def _fresh_gaps(self, subjects: Container[int]) -> list[tuple[int, bytes]]:
        return [
            (key, people.add_gaps(None, gaps))
            for key, gaps in self.fresh.counting.gaps.items()
            if subject_of(key) in subjects and self.first <= when_of(key) <= self.last
        ]

    def people_of(self, kind: Subject.Kind) -> dict[int, int]:
        """Return for each subject of a kind how many different people wrote."""
        return self.once(f"people of {kind.value}", lambda: self._people_of(kind))

    def _people_of(self, kind: Subject.Kind) -> dict[int, int]:
        subjects, con = self.fresh.subjects, lent_connection()
        if self.group_id:
            mine = {pk for pk, (of, _target, group_id) in subjects.key_of.items() if of == kind and group_id == self.group_id}
            stored = tallies.gaps(con, self.book_id, kind.value, self.group_id, self.first, self.last)
            return dict(self._came_first([*stored, *self._fresh_gaps(mine)]))
        found: dict[int, int] = {}
        for some in persons.in_pieces(tallies.latest_seen(con, self.book_id, kind.value, self.first, self.last)):
            for key, seen in PeopleDay.objects.filter(pk__in=some).values_list("pk", "seen"):
                found[subject_of(key)] = people.since(seen, when_of(key), self.first)
        for subject in self.fresh.counting.moves:
            if subjects.key_of[subject][0] == kind:
                found[subject] = self._of_one(subject)
        return found

    def sums(self, kind: Subject.Kind) -> list[Sums]:
        """Add up the period for all subjects of a kind that have anything in it."""
        stored = tallies.sums(lent_connection(), self.book_id, kind.value, self.group_id, self.first, self.last)
        found = {one.subject: one for one in stored}
        subjects = self.fresh.subjects
        for key, counts in self.fresh.counting.days.items():
            subject = subject_of(key)
            of, target, group_id = subjects.key_of[subject]
            if of != kind or group_id != self.group_id or not self.first <= when_of(key) <= self.last:
                continue
            one = found.get(subject) or Sums(subject, target, subjects.number_of.get(subject), "", 0, 0, 0, 0)
            received, new, replies, opt_outs = counts[:4]
            found[subject] = one._replace(
                received=one.received + received,
                new_contacts=one.new_contacts + new,
                replies=one.replies + replies,
                opt_outs=one.opt_outs + opt_outs,
            )
        return list(found.values())


def view_of(account: Account, filters: Filters) -> View:
    """Return a question; within one look, the same for the same filters, so that what it found is found once."""
    return seen_once((account.pk, filters), lambda: View(account, filters))
