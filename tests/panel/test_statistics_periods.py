"""Periods of the statistics: buttons, days somebody chose, what a bar stands for."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.statistics.figures import LONGEST, Period, Point
from recado.panel.statistics.periods import Preset, custom_period, later, preset_period
from recado.panel.statistics.spans import MOST_DAYS, Grain, gathered, grain_of

WARSAW = ZoneInfo("Europe/Warsaw")
TODAY = date(2026, 11, 27)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("preset", "first"),
    [
        (Preset.TODAY, date(2026, 11, 27)),
        (Preset.WEEK, date(2026, 11, 21)),
        (Preset.MONTH, date(2026, 10, 29)),
        (Preset.YEAR, date(2025, 12, 1)),
    ],
)
def test_a_button_ends_today(preset, first):
    assert preset_period(preset, TODAY) == Period(first, TODAY)


@given(st.none() | DATES, st.none() | DATES, DATES)
def test_whatever_days_are_chosen_they_can_be_counted(first, last, today):
    period = custom_period(first, last, today)
    assert period.first <= period.last <= today
    assert period.days <= LONGEST.days


@given(DATES)
def test_a_year_is_twelve_months(today):
    period = preset_period(Preset.YEAR, today)
    assert period.first.day == 1
    assert (today.year * 12 + today.month) - (period.first.year * 12 + period.first.month) == 11
    assert period.days <= LONGEST.days


def test_one_goes_on_to_later_days_until_today():
    period = Period(date(2026, 11, 1), date(2026, 11, 20))
    assert later(period, TODAY) == Period(date(2026, 11, 21), TODAY)
    assert later(Period(date(2026, 11, 8), TODAY), TODAY) is None


def days_of(period: Period) -> list[Point]:
    days = (period.first + timedelta(days=one) for one in range(period.days))
    return [Point(datetime(day.year, day.month, day.day, tzinfo=WARSAW), day.day) for day in days]


@given(DATES, st.integers(1, LONGEST.days))
def test_bars_hold_every_message_once(last, days):
    period = Period(last - timedelta(days=days - 1), last)
    points, before = days_of(period), days_of(period.before)
    if period.by_hour:
        return
    spans = gathered(period, points, before)
    assert len(spans) <= MOST_DAYS
    assert sum(span.count for span in spans) == sum(point.count for point in points)
    assert sum(span.before or 0 for span in spans) == sum(point.count for point in before)
    assert spans[0].start.date() == period.first
    assert spans[-1].last == period.last
    assert all(span.start.date() == earlier.last + timedelta(days=1) for earlier, span in pairwise(spans))


@pytest.mark.parametrize(("days", "grain"), [(1, Grain.HOUR), (2, Grain.DAY), (62, Grain.DAY), (63, Grain.WEEK), (191, Grain.MONTH)])
def test_long_periods_are_drawn_by_longer_bars(days, grain):
    assert grain_of(Period(TODAY - timedelta(days=days - 1), TODAY)) is grain


def hours_of(day: datetime, hours: int) -> list[Point]:
    begun = day.astimezone(ZoneInfo("UTC"))
    return [Point((begun + timedelta(hours=hour)).astimezone(WARSAW), 10 + hour) for hour in range(hours)]


def test_hours_are_compared_by_the_clock_also_where_one_is_there_twice():
    longer, plain = hours_of(datetime(2026, 10, 25, tzinfo=WARSAW), 25), hours_of(datetime(2026, 10, 24, tzinfo=WARSAW), 24)
    spans = gathered(Period(date(2026, 10, 25), date(2026, 10, 25)), longer, plain)
    assert len(spans) == 25
    assert sum(span.before or 0 for span in spans) == sum(point.count for point in plain)
    assert (spans[1].before, spans[2].before, spans[3].before, spans[4].before) == (11, 12, 0, 13)


def test_without_a_period_before_there_is_nothing_beside_a_bar():
    period = Period(TODAY - timedelta(days=2), TODAY)
    assert {span.before for span in gathered(period, days_of(period))} == {None}
