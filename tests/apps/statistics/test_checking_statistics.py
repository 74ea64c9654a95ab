"""Wrong counts are found at night, told, and made anew; what became an account's later is counted without alarm."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from counted_by_hand import ByHand, Log
from django.db.models import F

from recado.apps.billing.models import CheckResult
from recado.apps.ids import first_id_at
from recado.apps.inbox.models import Message
from recado.apps.installation import self_check
from recado.apps.statistics import books, checking, packing, queries
from recado.apps.statistics.figures import Filters, Measure, Period
from recado.apps.statistics.models import Book, DayTally, HourTally, PeopleDay, Person, SentDay, Subject
from recado.apps.statistics.rolling import rebuild, roll_up

pytestmark = pytest.mark.django_db
START, END = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 6, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 3, tzinfo=UTC)
ALL = Filters(Period(date(2026, 4, 1), date(2026, 5, 31)))


@pytest.fixture
def log() -> Log:
    made = Log(Random(7))
    made.change_groups()
    made.add(60, START, END)
    roll_up(NOW)
    return made


def checked(*, everything: bool = True) -> list[checking.DayChecked]:
    return [day for day in checking.check(NOW, everything=everything) if day.is_different]


def test_what_was_counted_right_is_in_order(log):
    assert not checked()
    assert len(list(checking.check(NOW, everything=True))) >= 5


def first_key(kind: str) -> int:
    return packing.place(Subject.objects.filter(kind=kind, group_id=0).earliest("pk").pk, 0)


CORRUPTIONS = {
    "a day": lambda: DayTally.objects.filter(received__gt=1).order_by("pk").update(received=F("received") + 1),
    "an hour": lambda: HourTally.objects.filter(received__gt=0).update(received=F("received") - 1),
    "replies": lambda: DayTally.objects.filter(replies__gt=0).update(replies=0),
    "missing rows": lambda: DayTally.objects.filter(pk__gte=(keyword := first_key("keyword")), pk__lt=keyword + packing.WHEN).delete(),
    "people": lambda: PeopleDay.objects.all().delete(),
    "a history": lambda: Person.objects.exclude(history=b"").update(history=b""),
}


@pytest.mark.parametrize("corrupt", CORRUPTIONS.values(), ids=CORRUPTIONS)
def test_a_wrong_count_is_found_told_and_made_anew(log, corrupt):
    corrupt()
    assert checked()
    found = {one.subject: one for one in self_check.check(NOW, since=NOW - timedelta(days=3))}
    assert found["statistics"].difference_count == 1
    assert found["statistics"].differences[0].id == log.account.pk
    assert CheckResult.objects.get(subject="statistics").difference_count == 1
    roll_up(NOW)
    assert not checked()
    assert queries.totals(log.account, ALL) == ByHand(log, ALL).totals()


def test_a_recount_that_somebody_asks_for_changes_nothing(log):
    CORRUPTIONS["a day"]()
    assert next(one for one in self_check.check(NOW) if one.subject == "statistics").difference_count == 1
    assert not Book.objects.filter(state=Book.State.NEW).exists()


def test_a_message_that_became_the_accounts_later_is_counted_without_alarm(log):
    at = START + timedelta(hours=5)
    Message.objects.create(
        pk=first_id_at(at) + 77,
        account=log.account,
        number_id=log.numbers[0],
        sender="48501000001",
        recipient="1",
        text="x",
        received_at=at,
        trail='[["handed_over", {"keyword": "Rose"}]]',
    )
    before = queries.totals(log.account, ALL).received
    found = {one.subject: one for one in self_check.check(NOW, since=NOW - timedelta(days=3))}
    assert found["statistics"].difference_count == 0
    roll_up(NOW)
    assert queries.totals(log.account, ALL).received == before + 1


def test_fates_that_changed_late_are_counted_without_alarm(log):
    SentDay.objects.update(messages=F("messages") + 1)
    assert {day.is_late for day in checked()} == {True}


def test_in_some_nights_every_day_has_its_turn(log, monkeypatch):
    monkeypatch.setattr(checking, "EARLIER_DAYS", 1)
    monkeypatch.setattr(checking, "LATEST_DAYS", 1)
    every = list(checking.check(NOW, everything=True))
    seen = {day.day for _night in every for day in checking.check(NOW)}
    assert seen >= {day.day for day in every if day.messages}


def test_a_rebuild_leaves_one_book_and_the_same_figures(log):
    before = queries.totals(log.account, ALL)
    rebuild(log.account, NOW)
    assert [book.state for book in Book.objects.all()] == [Book.State.CURRENT]
    assert queries.totals(log.account, ALL) == before == ByHand(log, ALL).totals()
    books_subjects = set(Book.objects.get().subjects.values_list("pk", flat=True))
    assert {packing.subject_of(pk) for pk in DayTally.objects.values_list("pk", flat=True)} <= books_subjects


def test_another_time_zone_has_other_days(log):
    log.account.time_zone = "Asia/Kolkata"
    log.account.save()
    roll_up(NOW)
    assert books.in_use(log.account).time_zone == "Asia/Kolkata"
    points = queries.series(log.account, ALL, Measure.RECEIVED)
    assert sum(point.count for point in points) == queries.totals(log.account, ALL).received


def test_of_two_who_count_at_once_one_finds_that_it_is_late(log):
    mine, theirs = (books.in_use(log.account) for _ in range(2))
    assert books.advance(mine, counted_to=mine.counted_to)
    assert not books.advance(theirs, counted_to=0)
    assert books.in_use(log.account).counted_to == mine.counted_to
