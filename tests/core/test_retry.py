"""When forwards and submits are tried again (product.md §7)."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.retry import FORWARD_SCHEDULE, SUBMIT_SCHEDULE, Failure, next_attempt, next_submit

AGAIN = Failure()


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 0), (1, 5), (2, 300), (3, 1800), (4, 7200), (5, 18000), (6, 36000), (7, 50400), (8, 72000), (9, 86400), (10, None), (99, None)],
)
def test_forwards_follow_the_schedule(attempts, seconds):
    pause = next_attempt(attempts, AGAIN, 0.5)
    assert (pause.total_seconds() if pause is not None else None) == seconds


@given(st.integers(0, len(FORWARD_SCHEDULE) - 1), st.floats(0, 1))
def test_jitter_moves_a_pause_by_a_tenth_at_most(attempts, jitter):
    pause = next_attempt(attempts, AGAIN, jitter)
    assert FORWARD_SCHEDULE[attempts] * 0.9 <= pause <= FORWARD_SCHEDULE[attempts] * 1.1


@pytest.mark.parametrize(("asked", "expected"), [(1, 5), (60, 60), (86400, 86400), (999999, 86400)])
def test_a_wait_asked_for_is_never_undercut_and_never_longer_than_a_day(asked, expected):
    assert next_attempt(1, Failure(retry_after=timedelta(seconds=asked)), 0.5) == timedelta(seconds=expected)


@pytest.mark.parametrize("following", [next_attempt, next_submit])
def test_a_permanent_failure_is_not_tried_again(following):
    assert following(1, Failure(permanent=True, retry_after=timedelta(seconds=1)), 0.5) is None


def test_submits_begin_with_short_pauses_and_last_about_a_day():
    assert next_submit(1, AGAIN, 0.5) == timedelta(seconds=1)
    assert next_submit(len(SUBMIT_SCHEDULE), AGAIN, 0.5) is None
    assert all(one <= other for one, other in pairwise(SUBMIT_SCHEDULE))
    assert timedelta(hours=23) < sum(SUBMIT_SCHEDULE, timedelta()) < timedelta(hours=25)
