"""Counting back months."""

from datetime import UTC, datetime

import pytest

from recado.core.retention import months_before


@pytest.mark.parametrize(
    ("months", "day"),
    [(0, "2028-03-31"), (1, "2028-02-29"), (3, "2027-12-31"), (13, "2027-02-28"), (15, "2026-12-31"), (120, "2018-03-31")],
)
def test_months_before_end_on_the_same_day_or_the_last_of_the_month(months, day):
    assert months_before(datetime(2028, 3, 31, 8, 5, tzinfo=UTC), months) == datetime.fromisoformat(f"{day}T08:05:00+00:00")
