"""When and for whom a rule holds, as tables: the account's wall clock, days off, groups, first time or again, prefixes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.action import Scope
from recado.core.condition import ALWAYS, Clock, Condition, Days, Occasion, OfficeHours, Standing, unmet
from recado.core.sender import SenderState, lasting
from recado.core.trail import SkipReason

WARSAW = Clock(ZoneInfo("Europe/Warsaw"), frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
ANNA = SenderState("48501222333", 5, lasting({7}), frozenset({1}))
WORKDAYS = frozenset(range(1, 6))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=WARSAW.zone).astimezone(UTC)


NIGHT = Condition(from_time=time(22), until_time=time(6))
FRIDAY_NIGHT = Condition(weekdays=frozenset({5}), from_time=time(22), until_time=time(6))


@pytest.mark.parametrize(
    ("condition", "moment", "expected"),
    [
        (ALWAYS, "2026-12-25 03:00", None),
        (Condition(from_time=time(9), until_time=time(17)), "2026-11-26 09:00", None),
        (Condition(from_time=time(9), until_time=time(17)), "2026-11-26 17:00", SkipReason.OUTSIDE_HOURS),
        (Condition(from_time=time(9), until_time=time(17)), "2026-07-26 08:59", SkipReason.OUTSIDE_HOURS),
        (Condition(from_time=time(9)), "2026-11-26 23:59", None),
        (Condition(from_time=time(9)), "2026-11-26 00:00", SkipReason.OUTSIDE_HOURS),
        (Condition(until_time=time(9)), "2026-11-26 00:00", None),
        (Condition(until_time=time(9)), "2026-11-26 09:00", SkipReason.OUTSIDE_HOURS),
        (NIGHT, "2026-11-26 22:00", None),
        (NIGHT, "2026-11-26 05:59", None),
        (NIGHT, "2026-11-26 06:00", SkipReason.OUTSIDE_HOURS),
        (Condition(from_time=time(9), until_time=time(9)), "2026-11-26 03:00", None),
        # The night of Friday reaches into Saturday.
        (FRIDAY_NIGHT, "2026-11-27 23:00", None),
        (FRIDAY_NIGHT, "2026-11-28 03:00", None),
        (FRIDAY_NIGHT, "2026-11-27 03:00", SkipReason.OTHER_DAY),
        (Condition(weekdays=WORKDAYS), "2026-11-27 00:00", None),
        (Condition(weekdays=WORKDAYS), "2026-11-28 00:00", SkipReason.OTHER_DAY),
        (Condition(office_hours=OfficeHours.OPEN), "2026-11-27 16:59", None),
        (Condition(office_hours=OfficeHours.OPEN), "2026-11-27 17:00", SkipReason.CLOSED),
        (Condition(office_hours=OfficeHours.OPEN), "2026-11-28 12:00", SkipReason.CLOSED),
        (Condition(office_hours=OfficeHours.OPEN), "2026-12-25 12:00", SkipReason.CLOSED),
        (Condition(office_hours=OfficeHours.CLOSED), "2026-12-25 12:00", None),
        (Condition(office_hours=OfficeHours.CLOSED), "2026-11-27 17:00", None),
        (Condition(office_hours=OfficeHours.CLOSED), "2026-11-27 09:00", SkipReason.OPEN),
        (Condition(days=Days.WORKING), "2026-12-24 12:00", None),
        (Condition(days=Days.WORKING), "2026-12-25 12:00", SkipReason.DAY_OFF),
        (Condition(days=Days.OFF), "2026-12-25 12:00", None),
        (Condition(days=Days.OFF), "2026-12-24 12:00", SkipReason.WORKING_DAY),
        (Condition(from_time=time(22), until_time=time(6), days=Days.OFF), "2026-12-27 03:00", None),
        (Condition(from_time=time(22), until_time=time(6), days=Days.OFF), "2026-12-25 03:00", SkipReason.WORKING_DAY),
    ],
)
def test_a_rule_holds_by_the_accounts_wall_clock(condition, moment, expected):
    assert unmet(condition, ANNA, 1, at(moment), WARSAW) is expected


@pytest.mark.parametrize(
    ("condition", "keyword_id", "sender", "expected"),
    [
        (Condition(in_group_id=7), 1, ANNA, None),
        (Condition(in_group_id=8), 1, ANNA, SkipReason.NOT_IN_GROUP),
        (Condition(not_in_group_id=8), 1, ANNA, None),
        (Condition(not_in_group_id=7), 1, ANNA, SkipReason.IN_GROUP),
        (Condition(occasion=Occasion.FIRST), 1, ANNA, SkipReason.NOT_FIRST),
        (Condition(occasion=Occasion.FIRST), 2, ANNA, None),
        (Condition(occasion=Occasion.AGAIN), 1, ANNA, None),
        (Condition(occasion=Occasion.AGAIN), 2, ANNA, SkipReason.NOT_AGAIN),
        (Condition(occasion=Occasion.FIRST), None, ANNA, SkipReason.NOT_FIRST),
        (Condition(occasion=Occasion.FIRST), None, SenderState("48", is_new=True), None),
        (Condition(occasion=Occasion.AGAIN), None, SenderState("48", is_new=True), SkipReason.NOT_AGAIN),
        (Condition(sender_prefixes=("4850", "4860")), 1, ANNA, None),
        (Condition(sender_prefixes=("4860",)), 1, ANNA, SkipReason.OTHER_PREFIX),
    ],
)
def test_a_rule_is_for_these_people(condition, keyword_id, sender, expected):
    assert unmet(condition, sender, keyword_id, at("2026-11-26 12:00"), WARSAW) is expected


def test_the_hours_that_count_are_those_the_account_keeps():
    late = Clock(WARSAW.zone, frozenset(), {"sat": (time(20), time(0))})
    for written, expected in (("2026-11-28 23:59", SkipReason.OPEN), ("2026-11-29 00:00", None), ("2026-11-27 10:00", None)):
        assert unmet(Condition(office_hours=OfficeHours.CLOSED), ANNA, 1, at(written), late) is expected


@pytest.mark.parametrize(
    ("standing", "opt_outs", "expected"),
    [
        (Standing.IN, frozenset(), None),
        (Standing.IN, {(Scope.ACCOUNT, 0)}, SkipReason.OPTED_OUT),
        (Standing.IN, {(Scope.NUMBER, 4)}, SkipReason.OPTED_OUT),
        (Standing.IN, {(Scope.NUMBER, 5), (Scope.GROUP, 4), (Scope.KEYWORD, 4)}, None),
        (Standing.OPTED_OUT, {(Scope.NUMBER, 4), (Scope.GROUP, 4)}, None),
        (Standing.OPTED_OUT, {(Scope.NUMBER, 5)}, SkipReason.NOT_OPTED_OUT),
        (Standing.ANY, {(Scope.ACCOUNT, 0)}, None),
    ],
)
def test_opting_out_of_the_account_or_the_number_counts(standing, opt_outs, expected):
    sender = replace(ANNA, opt_outs=frozenset(opt_outs))
    assert unmet(Condition(standing=standing), sender, 1, at("2026-11-27 10:00"), WARSAW, 4) is expected


def test_each_restriction_makes_a_rule_narrower():
    every = Condition(WORKDAYS, time(9), time(17), Days.WORKING, 7, 8, Occasion.FIRST, ("48",))
    assert (ALWAYS.narrowness, Condition(from_time=time(9)).narrowness, every.narrowness) == (0, 1, 7)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.times(), st.times())  # noqa: DTZ001  # made aware below
def test_hours_and_the_other_hours_share_no_moment_and_leave_none_out(moment, start, end):
    now = moment.replace(tzinfo=UTC)
    inside, outside = Condition(from_time=start, until_time=end), Condition(from_time=end, until_time=start)
    met = [unmet(one, ANNA, 1, now, WARSAW) is None for one in (inside, outside)]
    assert met == [True, True] if start == end else sum(met) == 1


def test_days_and_nights_cover_the_week_also_when_clocks_change():
    days, nights = Condition(from_time=time(6), until_time=time(22)), NIGHT
    now = at("2026-10-24 00:00")
    for _ in range(7 * 24 * 4):
        assert [unmet(one, ANNA, 1, now, WARSAW) for one in (days, nights)].count(None) == 1
        now += timedelta(minutes=15)
