"""The cards of the statistics: a day that goes on is compared with as much of the day it follows; how long people waited, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recado.apps.accounts.models import Account
from recado.apps.statistics.figures import Filters, Measure, Period, Point, Totals
from recado.panel.statistics import cards
from recado.panel.statistics.cards import totals_before
from recado.panel.templatetags.statistics import lasting

ACCOUNT = Account(name="Kwiaciarnia Róża", time_zone="Europe/Warsaw")
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)  # half past ten in Warsaw
TODAY, LONG_AGO = date(2026, 11, 27), date(2020, 1, 1)
WHOLE = Totals(1000, 100, 500, 10, 400)


@pytest.fixture(autouse=True)
def counts(monkeypatch) -> list[Period]:
    """Sixty of everything in each hour; the periods whose totals were asked for."""
    asked: list[Period] = []

    def totals(_account: Account, filters: Filters) -> Totals:
        asked.append(filters.period)
        return WHOLE

    def series(account: Account, filters: Filters, _measure: Measure) -> list[Point]:
        assert filters.period.by_hour
        midnight = datetime.combine(filters.period.first, datetime.min.time(), account.zone)
        return [Point(midnight + timedelta(hours=hour), 60) for hour in range(24)]

    monkeypatch.setattr(cards, "totals", totals)
    monkeypatch.setattr(cards, "series", series)
    return asked


def before(days: int, last: date = TODAY, first_day: date | None = LONG_AGO) -> Totals | None:
    return totals_before(ACCOUNT, Filters(Period(last - timedelta(days=days - 1), last)), first_day, NOW)


def test_a_morning_is_compared_with_a_morning(counts: list[Period]):
    assert before(1) == Totals(630, 630, 630, 630, 0)
    assert counts == []


def test_days_that_end_today_are_compared_up_to_this_time_of_day(counts: list[Period]):
    assert before(7) == Totals(1630, 730, 1130, 640, 400)
    assert counts == [Period(date(2026, 11, 14), date(2026, 11, 19))]


def test_days_that_are_over_are_compared_as_a_whole(counts: list[Period]):
    assert before(7, date(2026, 11, 20)) == WHOLE
    assert counts == [Period(date(2026, 11, 7), date(2026, 11, 13))]


@pytest.mark.parametrize("first_day", [None, date(2026, 11, 15)])
def test_less_than_a_period_tells_nothing(first_day: date | None):
    assert before(7, first_day=first_day) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "1 minute"), (660, "11 minutes"), (7199, "120 minutes"), (7200, "2 hours"), (90_000, "25 hours"), (400_000, "5 days")],
)
def test_a_time_is_said_in_the_largest_unit_of_which_there_are_several(seconds: int, words: str):
    assert lasting(timedelta(seconds=seconds)) == words
