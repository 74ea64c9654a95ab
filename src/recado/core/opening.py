"""When a company is open: weekly hours without days off, and when it opens next.

What belongs here: the rules, and reading hours as they are stored. Moments are aware and in the company's time zone; what day it is depends
on it. What does not: which days are days off (`apps.accounts.public_holidays`), what being open means for a rule (`condition`).
"""

from collections.abc import Container, Mapping
from datetime import UTC, date, datetime, time, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = Mapping[str, tuple[time, time]]
"""Weekday to when it opens and closes; closed days are left out. Closing at 00:00 means at the end of the day."""

OFFICE_HOURS: Hours = {day: (time(9), time(17)) for day in WEEKDAYS[:5]}
"""Those of a company that has not said when it is open."""
HORIZON = 366
"""Days looked ahead; a company closed for longer has no next opening."""


def read_hours(stored: Mapping[str, list[str]] | None) -> Hours:
    """Read hours as an account keeps them; None means office hours."""
    if stored is None:
        return OFFICE_HOURS
    return {day: (time.fromisoformat(opens), time.fromisoformat(closes)) for day, (opens, closes) in stored.items()}


def is_open(hours: Hours, days_off: Container[date], moment: datetime) -> bool:
    """Say whether the company is open; at the minute of closing it no longer is."""
    return closing(hours, days_off, moment) is not None


def closing(hours: Hours, days_off: Container[date], moment: datetime) -> datetime | None:
    """Return when the company closes that is open at this moment; None if it is closed."""
    period = _period(hours, days_off, moment.date(), moment)
    if period is None or not period[0].astimezone(UTC) <= moment.astimezone(UTC) < period[1].astimezone(UTC):
        return None
    return period[1]


def next_opening(hours: Hours, days_off: Container[date], moment: datetime) -> datetime | None:
    """Return the first moment from this one on at which the company is open; None if there is none within a year."""
    for ahead in range(HORIZON + 1):
        period = _period(hours, days_off, moment.date() + timedelta(days=ahead), moment)
        if period and moment.astimezone(UTC) < period[1].astimezone(UTC):
            return max(period[0], moment, key=lambda each: each.astimezone(UTC))
    return None


def _period(hours: Hours, days_off: Container[date], day: date, like: datetime) -> tuple[datetime, datetime] | None:
    """Return when it opens and closes on a day, in the time zone of `like`; None on a day off."""
    given = hours.get(WEEKDAYS[day.weekday()])
    if given is None or day in days_off:
        return None
    opens, closes = given
    last_day = day + timedelta(days=1) if closes == time.min else day
    return _local(day, opens, like), _local(last_day, closes, like)


def _local(day: date, at: time, like: datetime) -> datetime:
    """Put a day and a time of the wall clock together; a time that the clock skips becomes the one it shows instead."""
    return datetime.combine(day, at, like.tzinfo).astimezone(UTC).astimezone(like.tzinfo)
