"""Groups are counted with the people who are in them now: whoever joins brings all they ever wrote, whoever leaves takes it along.

A group is compared when the number of its members or the latest of them changed, a portion of people at a time. What belongs here: who
is counted where, and moving histories. What does not: who is in a group (`apps.contacts`), what comes meanwhile (`counting`).
"""

from collections import Counter, defaultdict

from django.db import transaction

from recado.apps.contacts.models import GroupMembership
from recado.apps.sql import lent_connection
from recado.apps.statistics import packing, persons, writing
from recado.apps.statistics.books import advance
from recado.apps.statistics.budget import Budget
from recado.apps.statistics.calendar import Calendar
from recado.apps.statistics.counting import FIELDS, NEW, OPT_OUTS, RECEIVED, REPLIES, WAITS
from recado.apps.statistics.models import Book, DayTally, GroupPerson, HourTally, OperatorDay, Person, SentDay, Subject
from recado.apps.statistics.packing import Kind, fated, place
from recado.apps.statistics.subjects import Subjects
from recado.store.tallies import group_stamps

_WHAT = {Kind.RECEIVED: RECEIVED, Kind.MEMBER: RECEIVED, Kind.REPLY: REPLIES, Kind.OPT_OUT: OPT_OUTS, Kind.WAIT: WAITS}


def compare_all(budget: Budget) -> None:
    """Count groups with the people who are in them now, those that changed."""
    stamps = group_stamps(lent_connection())
    known = {
        (account, target): stamp
        for account, target, stamp in Subject.objects.filter(kind=Subject.Kind.GROUP, book__state=Book.State.CURRENT).values_list(
            "book__account_id", "target_id", "stamp"
        )
    }
    of_account = dict(GroupMembership.group.field.related_model._default_manager.values_list("pk", "account_id"))  # noqa: SLF001
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
        subjects.add_met([], changed[book.account_id])
        for group_id in sorted(changed[book.account_id]):
            if not _compare(book, group_id, stamps.get(group_id, ""), subjects, calendar, budget):
                return


def _compare(book: Book, group_id: int, stamp: str, subjects: Subjects, calendar: Calendar, budget: Budget) -> bool:
    subject = subjects.get(Subject.Kind.GROUP, group_id)
    first, last = packing.group_key(subject, 0), packing.group_key(subject + 1, 0)
    counted = set(GroupPerson.objects.filter(pk__gte=first, pk__lt=last).values_list("person_id", flat=True))
    phones = list(GroupMembership.objects.filter(group_id=group_id).values_list("contact__msisdn", flat=True))
    members: set[int] = set()
    for piece in persons.in_pieces(phones):
        members.update(Person.objects.filter(book=book, phone__in=piece).values_list("pk", flat=True))
    for people, sign in ((sorted(members - counted), 1), (sorted(counted - members), -1)):
        for some in persons.in_pieces(people):
            if not budget.take() or not _move(book, subject, some, sign, calendar):
                return False
    Subject.objects.filter(pk=subject).update(stamp=stamp)
    return True


def _move(book: Book, subject: int, people: list[int], sign: int, calendar: Calendar) -> bool:
    hours: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
    days: dict[int, list[int]] = defaultdict(lambda: [0] * len(FIELDS))
    sent: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    operators: Counter[tuple[int, str]] = Counter()
    for operator, history, settled in Person.objects.filter(pk__in=people).values_list("operator", "history", "sent"):
        is_known = False
        for number in packing.loads(history):
            hour, _at, kind, count = packing.entry(number)
            day, what = calendar.day_of(hour), _WHAT[Kind(kind)]
            hours[place(subject, hour)][what] += sign * count
            days[place(subject, day)][what] += sign * count
            if what == RECEIVED:
                operators[place(subject, day), operator] += sign * count
                if not is_known:
                    is_known = True
                    hours[place(subject, hour)][NEW] += sign
                    days[place(subject, day)][NEW] += sign
        for number in packing.loads(settled):
            day, _at, fate, segments = packing.sent_entry(number)
            tally = sent[place(subject, fated(day, fate))]
            tally[0] += sign
            tally[1] += sign * segments
    with transaction.atomic():
        if not advance(book):
            return False
        writing.add(HourTally, hours, FIELDS[:4])
        writing.add(DayTally, days, FIELDS)
        writing.add(SentDay, sent, ("messages", "segments"))
        writing.add_named(OperatorDay, "operator", operators)
        keys = [packing.group_key(subject, pk) for pk in people]
        if sign > 0:
            GroupPerson.objects.bulk_create([GroupPerson(pk=key, person_id=pk) for key, pk in zip(keys, people, strict=True)])
        else:
            GroupPerson.objects.filter(pk__in=keys).delete()
    return True
