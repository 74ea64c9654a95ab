"""What follows a failed attempt: when the job is tried again, and how long its endpoint is left in peace.

Pure: chance is passed in. The schedules themselves belong to `core.retry`.
"""

from datetime import datetime, timedelta

from recado.core import retry
from recado.delivery.errors import DeliveryError

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=1)
FIRST_LINK_PAUSE = timedelta(seconds=1)
LONGEST_LINK_PAUSE = timedelta(seconds=10)


def next_forward(attempts: int, failure: DeliveryError, now: datetime, jitter: float) -> datetime | None:
    """Say when to forward again after `attempts` attempts; None to give up."""
    return _later(now, retry.next_attempt(attempts, retry.Failure(failure.permanent, failure.retry_after), jitter))


def next_submit(attempts: int, now: datetime, jitter: float) -> datetime | None:
    """Say when to hand a text over again after `attempts` attempts that handed nothing over; None to give up."""
    return _later(now, retry.next_submit(attempts, retry.Failure(), jitter))


def endpoint_pause(failures: int, asked: timedelta | None) -> timedelta:
    """Say how long to leave an endpoint alone that was in trouble `failures` times before in a row."""
    return asked if asked is not None else min(FIRST_PAUSE * (1 << min(failures, 10)), LONGEST_PAUSE)


def link_pause(failures: int) -> timedelta:
    """Say the same for a connection to a carrier."""
    return min(FIRST_LINK_PAUSE * (1 << min(failures, 10)), LONGEST_LINK_PAUSE)


def _later(now: datetime, pause: timedelta | None) -> datetime | None:
    return None if pause is None else now + pause
