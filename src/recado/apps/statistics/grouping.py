"""Groups are counted with the people who are in them now: whoever joins brings all they ever wrote, whoever leaves takes it along.

A group is compared when the number of its members or the latest of them changed, a portion of people at a time. What belongs here: who
is counted where, and moving histories. What does not: who is in a group (`apps.contacts`), what comes meanwhile (`counting`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction

from recado.apps.contacts.models import Group
from recado.apps.sql import lent_connection
from recado.apps.statistics import packing, persons, writing
from recado.apps.statistics.books import advance
from recado.apps.statistics.budget import Budget
from recado.apps.statistics.calendar import Calendar
from recado.apps.statistics.counting import FIELDS, NEW, OPT_OUTS, RECEIVED, REPLIES, WAITS
from recado.apps.statistics.models import Book, GroupPerson, Person, Subject
from recado.apps.statistics.packing import History, Kind, fated, place
from recado.apps.statistics.people import gap
from recado.apps.statistics.subjects import Subjects
from recado.store import tallies, tally_rows

_WHAT = (RECEIVED, RECEIVED, REPLIES, OPT_OUTS, WAITS)
"""What each kind of entry counts as."""


def compare_all(budget: Budget) -> None:
    """Count groups with the people who are in them now, those that changed."""
    stamps = tallies.group_stamps(lent_connection())
    known = {
        (account, target): stamp
        for account, target, stamp in Subject.objects.filter(
            kind=Subject.Kind.ACCOUNT, group_id__gt=0, book__state=Book.State.CURRENT
        ).values_list("book__account_id", "group_id", "stamp")
    }
    of_account = dict(Group.objects.values_list("pk", "account_id"))
    changed: dict[int, set[int]] = defaultdict(set)
    for group_id, stamp in stamps.items():
        account = of_account.get(group_id)
        if account is not None and known.get((account, group_id)) != stamp:
            changed[account].add(group_id)
    for (account, group_id), stamp in known.items():
        if group_id not in stamps and stamp:
            changed[account].add(group_id)
    for book in Book.objects.filter(account__in=changed, state=Book.State.CURRENT):
        subjects, calendar = Subjects(book), Calendar(book.zone)
        subjects.add_met((), {}, changed[book.account_id])
        for group_id in sorted(changed[book.account_id]):
            if not _compare(book, group_id, stamps.get(group_id, ""), subjects, calendar, budget):
                return


def _compare(book: Book, group_id: int, stamp: str, subjects: Subjects, calendar: Calendar, budget: Budget) -> bool:
    subject = subjects.get(Subject.Kind.ACCOUNT, group_id=group_id)
    first, last = packing.group_key(subject, 0), packing.group_key(subject + 1, 0)
    counted = set(GroupPerson.objects.filter(pk__gte=first, pk__lt=last).values_list("person_id", flat=True))
    members = tallies.members_of(lent_connection(), book.pk, group_id)
    for people, sign in ((sorted(members - counted), 1), (sorted(counted - members), -1)):
        for some in persons.in_pieces(people):
            if not budget.take() or not _move(book, subject, some, sign, Moving(subject, sign, calendar, subjects)):
                return False
    Subject.objects.filter(pk=subject).update(stamp=stamp)
    return True


class Moving:
    """What people of a group did, to be added to its counts or taken away."""

    def __init__(self, group: int, sign: int, calendar: Calendar, subjects: Subjects) -> None:
        self._group, self._sign, self._calendar, self._subjects = group, sign, calendar, subjects
        self.hours: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
        self.days: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
        self.sent: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self.operators: Counter[tuple[int, str]] = Counter()
        self.gaps: dict[int, Counter[int]] = defaultdict(Counter)
        self._around: dict[tuple[int, bool], list[int]] = {}

    def prepare(self, histories: Iterable[History]) -> None:
        """Write down the subjects of the group that histories are about."""
        places = {(at, kind == Kind.MEMBER) for history in histories for _hour, at, kind, _count in map(packing.entry, history)}
        for at, is_member in places:
            everybody = self._subjects.around(at, is_member=is_member)
            self._subjects.add_within(self._group, everybody)
            self._around[at, is_member] = [self._subjects.within(self._group, subject) for subject in everybody]

    def add(self, operator: str, history: History, sent: History) -> None:
        """Add one person."""
        last: dict[int, int] = {}
        for number in history:
            hour, at, kind, count = packing.entry(number)
            day, is_member = self._calendar.day_of(hour), kind == Kind.MEMBER
            around = self._around[at, is_member]
            counts = {_WHAT[kind]: count}
            if kind <= Kind.MEMBER:
                self.operators[place(self._group, day), operator] += self._sign * count
                if not last:
                    counts[NEW] = 1
                self._came(around, day, last)
            self._count(around[:-1] if is_member else around, hour, day, counts)
        for number in sent:
            day, _at, fate, segments = packing.sent_entry(number)
            tally = self.sent[place(self._group, fated(day, fate))]
            tally[0] += self._sign
            tally[1] += self._sign * segments

    def _came(self, around: list[int], day: int, last: dict[int, int]) -> None:
        for subject in around:
            previous = last.get(subject)
            if previous is None or previous < day:
                self.gaps[place(subject, day)][gap(day, previous)] += self._sign
                last[subject] = day

    def _count(self, subjects: list[int], hour: int, day: int, counts: dict[int, int]) -> None:
        for what, count in counts.items():
            self.hours[place(self._group, hour)][what] += self._sign * count
            for subject in subjects:
                self.days[place(subject, day)][what] += self._sign * count


def _move(book: Book, subject: int, people: list[int], sign: int, moving: Moving) -> bool:
    rows = Person.objects.filter(pk__in=people).values_list("operator", "history", "sent")
    found = [(operator, packing.loads(history), packing.loads(sent)) for operator, history, sent in rows]
    moving.prepare(history for _operator, history, _sent in found)
    for one in found:
        moving.add(*one)
    with transaction.atomic():
        if not advance(book):
            return False
        con = lent_connection()
        writing.add_days(con, moving.hours, moving.days, moving.operators)
        tally_rows.SENT.run(con, [(key, *tally) for key, tally in sorted(moving.sent.items())])
        writing.write_gaps(con, moving.gaps)
        keys = [packing.group_key(subject, pk) for pk in people]
        if sign > 0:
            GroupPerson.objects.bulk_create([GroupPerson(pk=key, person_id=pk) for key, pk in zip(keys, people, strict=True)])
        else:
            GroupPerson.objects.filter(pk__in=keys).delete()
    return True
