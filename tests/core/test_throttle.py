"""So many a minute means so many a minute: no more in any minute, no fewer over time, and nothing is made up for after a pause."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.throttle import Throttle

BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def leave(throttle, seconds, *, step=0.5, begin=BEGIN, settled=None):
    """Look every `step` seconds; return how many left at each look and the moment kept."""
    left = []
    for turn in range(int(seconds / step)):
        now = begin + timedelta(seconds=turn * step)
        count = throttle.allowance(settled, now)
        settled = throttle.settle(settled, now, count)
        left.append((now, count))
    return left, settled


@pytest.mark.parametrize("per_minute", [1, 7, 60, 100, 977, 6000])
def test_in_ten_minutes_exactly_ten_times_the_throttle_leaves(per_minute):
    left, _ = leave(Throttle(per_minute), 600)
    assert abs(sum(count for _, count in left) - 10 * per_minute) <= max(1, per_minute // 60)


@given(st.integers(1, 5000), st.floats(0.1, 1.9), st.integers(0, 200))
def test_no_minute_sees_more_than_the_throttle_and_what_two_seconds_bring(per_minute, step, offset):
    left, _ = leave(Throttle(per_minute), 130, step=step)
    start = BEGIN + timedelta(seconds=offset % 70)
    within = sum(count for now, count in left if start <= now < start + timedelta(minutes=1))
    assert within <= per_minute + per_minute / 30 + 2


@pytest.mark.parametrize("per_minute", [7, 60, 6000])
def test_after_a_pause_nothing_is_made_up_for(per_minute):
    throttle = Throttle(per_minute)
    _, settled = leave(throttle, 60)
    later = BEGIN + timedelta(hours=1)
    assert throttle.allowance(settled, later) <= 1 + per_minute // 30
    left, _ = leave(throttle, 60, begin=later, settled=settled)
    assert sum(count for _, count in left) <= per_minute + 1 + per_minute // 30


def test_one_leaves_at_once_and_the_next_when_its_time_has_come():
    throttle = Throttle(7)
    assert throttle.allowance(None, BEGIN) == 1
    settled = throttle.settle(None, BEGIN, 1)
    assert throttle.allowance(settled, BEGIN + timedelta(seconds=8.5)) == 0
    assert throttle.allowance(settled, BEGIN + timedelta(seconds=8.6)) == 1


def test_a_clock_set_back_stops_nothing():
    throttle = Throttle(60)
    settled = throttle.settle(None, BEGIN, 1)
    back = BEGIN - timedelta(hours=1)
    settled = throttle.settle(settled, back, throttle.allowance(settled, back))
    assert throttle.allowance(settled, back + timedelta(seconds=1)) == 1
