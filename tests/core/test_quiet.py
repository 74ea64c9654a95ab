"""Quiet hours are those of the phone's wall clock; where a country has several, of all of them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.quiet import QuietHours, next_allowed

NIGHT = QuietHours(time(21), time(8))
WARSAW, LONDON, NEW_YORK, HONOLULU = (ZoneInfo(name) for name in ("Europe/Warsaw", "Europe/London", "America/New_York", "Pacific/Honolulu"))
KALININGRAD, KAMCHATKA = ZoneInfo("Europe/Kaliningrad"), ZoneInfo("Asia/Kamchatka")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zones", "allowed"),
    [
        ("2026-01-10 12:00", [WARSAW], "2026-01-10 12:00"),
        ("2026-01-10 19:59", [WARSAW], "2026-01-10 19:59"),  # 20:59 in Warsaw
        ("2026-01-10 20:00", [WARSAW], "2026-01-11 07:00"),
        ("2026-01-10 20:00", [LONDON], "2026-01-10 20:00"),
        ("2026-01-10 21:00", [LONDON], "2026-01-11 08:00"),
        ("2026-01-11 06:59:59", [WARSAW], "2026-01-11 07:00"),
        ("2026-07-10 19:00", [WARSAW], "2026-07-11 06:00"),  # summer time
        ("2026-03-28 22:00", [WARSAW], "2026-03-29 06:00"),  # clocks go forward in that night
        ("2026-10-24 22:00", [WARSAW], "2026-10-25 07:00"),  # and back in that one
        ("2026-01-10 12:00", [NEW_YORK], "2026-01-10 13:00"),
        ("2026-01-10 13:00", [NEW_YORK, HONOLULU], "2026-01-10 18:00"),  # 8:00 in New York, 3:00 in Honolulu
        ("2026-01-11 02:00", [NEW_YORK, HONOLULU], "2026-01-11 18:00"),  # 21:00 in New York
        ("2026-01-10 12:00", [], "2026-01-10 12:00"),
    ],
)
def test_a_text_leaves_once_it_is_quiet_nowhere_the_phone_may_be(moment, zones, allowed):
    assert next_allowed(at(moment), NIGHT, zones) == at(allowed)


def test_hours_within_a_day_are_kept_too():
    siesta = QuietHours(time(13), time(15, 30))
    assert next_allowed(at("2026-01-10 12:30"), siesta, [WARSAW]) == at("2026-01-10 14:30")
    assert next_allowed(at("2026-01-10 14:30"), siesta, [WARSAW]) == at("2026-01-10 14:30")


@pytest.mark.parametrize("quiet", [None, QuietHours(time(8), time(8))])
def test_without_quiet_hours_everything_leaves_at_once(quiet):
    assert next_allowed(at("2026-01-10 23:00"), quiet, [WARSAW]) == at("2026-01-10 23:00")


def test_where_it_is_always_quiet_somewhere_the_first_zone_counts():
    long = QuietHours(time(17), time(10))
    assert next_allowed(at("2026-01-10 16:00"), long, [KALININGRAD, KAMCHATKA]) == at("2026-01-11 08:00")
    assert next_allowed(at("2026-01-11 08:00"), long, [KALININGRAD, KAMCHATKA]) == at("2026-01-11 08:00")


YEAR = (at("2026-01-01"), at("2027-01-01"))
MOMENTS = st.datetimes(*(one.replace(tzinfo=None) for one in YEAR), timezones=st.just(UTC))
HOURS = st.builds(lambda start, end: QuietHours(time(start), time(end)), st.integers(0, 23), st.integers(3, 23))
ZONES = st.lists(st.sampled_from([WARSAW, LONDON, ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Istanbul")]), min_size=1, unique=True)


@given(MOMENTS, HOURS, ZONES)
def test_the_moment_found_is_the_first_that_suits_all_or_the_first_zone(moment, quiet, zones):
    found = next_allowed(moment, quiet, zones)
    assert found >= moment
    assert not quiet.covers(found.astimezone(zones[0]).time())
    if not any(quiet.covers(found.astimezone(zone).time()) for zone in zones):
        before = [moment + step * (found - moment) / 100 for step in range(100)] if found > moment else []
        assert all(any(quiet.covers(one.astimezone(zone).time()) for zone in zones) for one in before)
    assert found - moment <= timedelta(days=3)
