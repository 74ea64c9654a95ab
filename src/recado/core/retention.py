"""How long messages and the files of MMS are kept: from which moment on they are old.

What belongs here: counting back. What does not: what an account chose (`apps.accounts.retention`), what becomes of what is old
(`apps.dialogues.retention`).
"""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

FOR_EVER: Final = 0
LONGEST_MONTHS: Final = 120
LONGEST_DAYS: Final = 3650


def months_before(now: datetime, months: int) -> datetime:
    """Return the same day and time so many months ago, or the last day of that month where it has no such day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def days_before(now: datetime, days: int) -> datetime:
    """Return the same moment so many days of 24 hours ago."""
    return now - timedelta(days=days)
