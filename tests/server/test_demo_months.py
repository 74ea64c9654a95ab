"""Which months the demo has billed: the last two that can have been posted by now, whenever it is loaded."""

from datetime import UTC, date, datetime

import pytest

from recado.apps.billing.months import is_over
from recado.server.demo_money import billed_months, posted_at


@pytest.mark.parametrize(
    ("now", "months"),
    [
        (datetime(2026, 11, 27, tzinfo=UTC), (date(2026, 9, 1), date(2026, 10, 1))),
        (datetime(2026, 12, 1, 14, tzinfo=UTC), (date(2026, 10, 1), date(2026, 11, 1))),
        (datetime(2026, 12, 1, 13, 59, tzinfo=UTC), (date(2026, 9, 1), date(2026, 10, 1))),
        (datetime(2027, 1, 15, tzinfo=UTC), (date(2026, 11, 1), date(2026, 12, 1))),
    ],
)
def test_the_last_two_months_that_can_have_been_posted(now: datetime, months: tuple[date, date]):
    assert billed_months(now) == months
    assert all(is_over(month, posted_at(month)) and posted_at(month) <= now for month in months)
