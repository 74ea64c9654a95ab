"""The periods one can choose, and moving through them.

What belongs here: days. What does not: the address they stand in (`asked`), how they are written (`words`). Pure: told which day it is.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from recado.apps.statistics.figures import LONGEST, Period

YEAR = 12


class Preset(StrEnum):
    """Periods with a button of their own; all of them end today."""

    TODAY = "today"
    WEEK = "7d"
    MONTH = "30d"
    YEAR = "12m"


USUAL = Preset.MONTH
_DAYS = {Preset.TODAY: 1, Preset.WEEK: 7, Preset.MONTH: 30}


def preset_period(preset: Preset, today: date) -> Period:
    """Return the days of a button; a year is this month and the eleven before it, so that every bar is a whole month."""
    if preset is Preset.YEAR:
        return Period(_months_before(today.replace(day=1), YEAR - 1), today)
    return Period(today - timedelta(days=_DAYS[preset] - 1), today)


def custom_period(first: date | None, last: date | None, today: date) -> Period:
    """Make the best of two days somebody chose: in order, not in the future, no longer than can be counted."""
    end = min(last or today, today)
    begin = first or end - timedelta(days=_DAYS[USUAL] - 1)
    if begin > end:
        begin, end = end, min(begin, today)
    return Period(max(begin, end - LONGEST + timedelta(days=1)), end)


def later(period: Period, today: date) -> Period | None:
    """Return the period of the same length after this one; None where it would begin after today."""
    first = period.last + timedelta(days=1)
    return Period(first, min(first + timedelta(days=period.days - 1), today)) if first <= today else None


def _months_before(first: date, months: int) -> date:
    month = first.year * YEAR + first.month - 1 - months
    year, number = divmod(month, YEAR)
    return date(year, number + 1, min(first.day, monthrange(year, number + 1)[1]))
