"""When somebody is to be told that a reservation ends (product.md §2).

Pure: told the times. Whom to tell and how belongs to `apps.keywords.reminders`.
"""

from datetime import datetime, timedelta

REMIND_BEFORE = timedelta(days=14)


def is_ending(ends_at: datetime | None, now: datetime) -> bool:
    """Say whether a reservation ends soon and has not ended yet."""
    return ends_at is not None and now < ends_at <= now + REMIND_BEFORE


def is_due(ends_at: datetime | None, reminded_at: datetime | None, now: datetime) -> bool:
    """Say whether people are to be reminded now: once for each end, and again where the end was moved."""
    if ends_at is None or not is_ending(ends_at, now):
        return False
    return reminded_at is None or reminded_at < ends_at - REMIND_BEFORE
