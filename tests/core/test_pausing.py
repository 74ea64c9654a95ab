"""When a destination is paused."""

from datetime import UTC, datetime, timedelta

import pytest

from recado.core.pausing import FAILED_ATTEMPTS, FAILING_FOR, PauseReason, due_pause

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
A_DAY_AGO = NOW - FAILING_FOR


@pytest.mark.parametrize(
    ("failing_since", "attempts", "is_gone", "expected"),
    [
        (None, 0, False, None),
        (A_DAY_AGO, FAILED_ATTEMPTS, False, PauseReason.FAILING),
        (A_DAY_AGO + timedelta(seconds=1), FAILED_ATTEMPTS, False, None),
        (A_DAY_AGO - timedelta(days=9), FAILED_ATTEMPTS - 1, False, None),
        (A_DAY_AGO - timedelta(days=9), 100_000, False, PauseReason.FAILING),
        (NOW, 1, True, PauseReason.GONE),
        (None, 0, True, PauseReason.GONE),
    ],
)
def test_it_is_paused_after_a_day_of_failures_or_when_it_says_that_it_is_gone(failing_since, attempts, is_gone, expected):
    assert due_pause(failing_since, attempts, NOW, is_gone=is_gone) == expected
