"""Reminding of the end of a reservation."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.core.reminder import is_due, is_ending

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("in_days", "is_soon"), [(15, False), (14, True), (1, True), (0, False), (-1, False)])
def test_the_end_is_near_for_two_weeks(in_days, is_soon):
    assert is_ending(NOW + in_days * DAY, NOW) is is_soon


def test_what_never_ends_needs_no_reminder():
    assert not is_ending(None, NOW)
    assert not is_due(None, None, NOW)


@pytest.mark.parametrize(
    ("ends_in", "reminded_ago", "due"),
    [
        (20, None, False),
        (10, None, True),
        (10, 1, False),  # told of this end
        (10, 30, True),  # told of an earlier end, which was moved
        (-1, None, False),
    ],
)
def test_people_are_reminded_once_for_each_end(ends_in, reminded_ago, due):
    reminded_at = None if reminded_ago is None else NOW - reminded_ago * DAY
    assert is_due(NOW + ends_in * DAY, reminded_at, NOW) is due
