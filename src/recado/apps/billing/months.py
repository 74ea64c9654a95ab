"""Months as moments: when a month of an account's calendar begins and ends.

What belongs here: these borders. What does not: calendar arithmetic (`core.billing`).
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from recado.core.billing import next_month


def borders(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment of a month and the first after it, in UTC."""
    return between(month, next_month(month), zone)


def between(first: date, after: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment of days and the first after them, in UTC."""
    return _midnight(first, zone), _midnight(after, zone)


def is_over(month: date, now: datetime) -> bool:
    """Say whether a month has ended everywhere on earth, so that nothing of it is to come."""
    return now >= _midnight(next_month(month), ZoneInfo("Etc/GMT+12"))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
