"""When a company is open, by table and for whatever hours somebody thinks of."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.accounts.working_hours import OFFICE_HOURS, WEEKDAYS, closing, from_json, is_open, next_opening, to_json

WARSAW = ZoneInfo("Europe/Warsaw")
HOLIDAY = date(2026, 11, 11)
LATE = {"fri": (time(18), time(0)), "sat": (time(0), time(2))}


def at(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=WARSAW)


TABLE = [
    (OFFICE_HOURS, "2026-11-23 08:59", None, "2026-11-23 09:00"),
    (OFFICE_HOURS, "2026-11-23 09:00", "2026-11-23 17:00", "2026-11-23 09:00"),
    (OFFICE_HOURS, "2026-11-23 16:59", "2026-11-23 17:00", "2026-11-23 16:59"),
    (OFFICE_HOURS, "2026-11-23 17:00", None, "2026-11-24 09:00"),
    (OFFICE_HOURS, "2026-11-20 17:00", None, "2026-11-23 09:00"),
    (OFFICE_HOURS, "2026-11-11 12:00", None, "2026-11-12 09:00"),
    (OFFICE_HOURS, "2026-11-10 18:00", None, "2026-11-12 09:00"),
    (LATE, "2026-11-20 23:59", "2026-11-21 00:00", "2026-11-20 23:59"),
    (LATE, "2026-11-21 00:00", "2026-11-21 02:00", "2026-11-21 00:00"),
    (LATE, "2026-11-21 02:00", None, "2026-11-27 18:00"),
]


@pytest.mark.parametrize(("hours", "moment", "closes", "opens"), TABLE)
def test_open_until_and_closed_until(hours, moment, closes, opens):
    assert closing(hours, {HOLIDAY}, at(moment)) == (at(closes) if closes else None)
    assert next_opening(hours, {HOLIDAY}, at(moment)) == at(opens)
    assert is_open(hours, {HOLIDAY}, at(moment)) is (closes is not None)


def test_a_company_that_never_opens_has_no_next_opening():
    assert next_opening({}, set(), at("2026-11-23 09:00")) is None


def test_hours_that_the_clock_skips_in_spring_do_not_open_the_company():
    skipped = {"sun": (time(2, 15), time(2, 45))}
    night = at("2026-03-29 00:00")
    assert next_opening(skipped, set(), night) == at("2026-03-29 03:15")
    assert closing(skipped, set(), at("2026-03-29 03:20")) == at("2026-03-29 03:45")


def test_the_hour_that_comes_twice_in_autumn_is_open_both_times():
    night = {"sun": (time(1), time(4))}
    first = at("2026-10-25 02:30")
    assert is_open(night, set(), first)
    assert is_open(night, set(), first.replace(fold=1))


def test_hours_are_kept_as_they_were_given():
    assert from_json(to_json(LATE)) == LATE
    assert from_json(None) == OFFICE_HOURS
    assert from_json({}) == {}


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
days = st.tuples(minutes, minutes).map(sorted).filter(lambda pair: pair[0] < pair[1]).map(tuple)
weeks = st.dictionaries(st.sampled_from(WEEKDAYS), days)
YEARS = (datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001  # Hypothesis adds the zone
moments = st.datetimes(*YEARS, timezones=st.just(UTC)).map(lambda moment: moment.astimezone(WARSAW))
closed_days = st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20)


@given(weeks, closed_days, moments)
def test_it_is_open_at_the_next_opening_and_not_before(hours, closed, moment):
    opens = next_opening(hours, closed, moment)
    if opens is None:
        assert not hours
        return
    assert opens >= moment
    assert is_open(hours, closed, opens)
    if opens > moment:
        assert not is_open(hours, closed, moment)
        assert not is_open(hours, closed, (opens.astimezone(UTC) - timedelta(microseconds=1)).astimezone(WARSAW))


@given(weeks, closed_days, moments)
def test_it_stays_open_until_it_closes(hours, closed, moment):
    closes = closing(hours, closed, moment)
    if closes is None:
        return
    last = (closes.astimezone(UTC) - timedelta(microseconds=1)).astimezone(WARSAW)
    assert is_open(hours, closed, last)
    assert closing(hours, closed, last) == closes
    assert moment.date() not in closed
