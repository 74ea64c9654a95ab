"""Days in forms: how they are asked for, which make sense, and when they begin.

What belongs here: the widget, the limits, the moment. What does not: what a day means to a form (the form).
"""

from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
PERIOD = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
"""Other days are slips of the finger."""
PERIOD_MOMENTS = [
    MinValueValidator(datetime.combine(FIRST_DAY, time.min, UTC)),
    MaxValueValidator(datetime.combine(LAST_DAY, time.min, UTC)),
]
DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")


def midnight(day: date | None, later: timedelta = timedelta()) -> datetime | None:
    """Return the moment a day begins on the account's clocks; None for no day, and for one that no calendar has."""
    if day is None:
        return None
    try:
        return timezone.make_aware(datetime.combine(day + later, time.min))
    except (OverflowError, ValueError):
        return None
