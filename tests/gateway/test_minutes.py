"""Counts per minute of the last hour."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.gateway.minutes import MINUTES, MinuteCounts


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)

    def __call__(self):
        return self.at

    def pass_by(self, minutes):
        self.at += timedelta(minutes=minutes)


@pytest.fixture
def clock():
    return Clock()


def test_what_is_counted_stands_in_its_minute(clock):
    counts = MinuteCounts(clock)
    counts.add(3)
    clock.pass_by(1)
    counts.add()
    clock.pass_by(2)
    assert counts.last_hour() == (*[0] * (MINUTES - 4), 3, 1, 0, 0)


def test_what_is_older_than_an_hour_is_forgotten(clock):
    counts = MinuteCounts(clock)
    counts.add(3)
    clock.pass_by(MINUTES - 1)
    assert counts.last_hour()[0] == 3
    clock.pass_by(1)
    assert sum(counts.last_hour()) == 0


@pytest.mark.parametrize("minutes", [60, 61, 600, 100_000])
def test_after_a_long_silence_all_is_zero(clock, minutes):
    counts = MinuteCounts(clock)
    counts.add(5)
    clock.pass_by(minutes)
    counts.add(2)
    assert counts.last_hour() == (*[0] * (MINUTES - 1), 2)


def test_a_clock_that_goes_back_loses_nothing(clock):
    counts = MinuteCounts(clock)
    counts.add(3)
    clock.pass_by(-5)
    counts.add(1)
    assert counts.last_hour()[-1] == 4
