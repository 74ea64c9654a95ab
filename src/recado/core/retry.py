"""When to try again: the schedules of forwards and of messages handed to carriers (product.md §7).

Only the spacing is decided here. What counts as failure belongs to whoever tried, waiting and giving up to `delivery`.
"""

from dataclasses import dataclass
from datetime import timedelta

FORWARD_SCHEDULE: tuple[timedelta, ...] = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Pause before each attempt, the first included."""

SUBMIT_SCHEDULE: tuple[timedelta, ...] = (
    timedelta(0),
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    *[timedelta(hours=1)] * 23,
)
"""Pause before each attempt. Short first, because a throttled or lost link is mostly back soon; all together about a day."""

JITTER = 0.1
LONGEST_PAUSE = timedelta(hours=24)
"""However long the other side asks us to wait."""


@dataclass(frozen=True, slots=True)
class Failure:
    """How an attempt failed, as far as trying again goes."""

    permanent: bool = False
    """Whether trying again is pointless."""
    retry_after: timedelta | None = None
    """How long the other side asked us to wait."""


def next_attempt(
    attempt_count: int, outcome: Failure, jitter: float, schedule: tuple[timedelta, ...] = FORWARD_SCHEDULE
) -> timedelta | None:
    """Say how long to wait after `attempt_count` attempts, the latest of which ended as `outcome`; None to give up.

    `jitter` from 0 to 1 is drawn by the caller and moves the pause within ±10 %. What the other side asked for is never undercut,
    and never followed beyond a day.
    """
    if outcome.permanent or attempt_count >= len(schedule):
        return None
    pause = schedule[attempt_count] * (1 + JITTER * (2 * jitter - 1))
    if outcome.retry_after is None:
        return pause
    return max(pause, min(outcome.retry_after, LONGEST_PAUSE))


def next_submit(attempt_count: int, outcome: Failure, jitter: float) -> timedelta | None:
    """Say the same for handing a message to a carrier."""
    return next_attempt(attempt_count, outcome, jitter, SUBMIT_SCHEDULE)
