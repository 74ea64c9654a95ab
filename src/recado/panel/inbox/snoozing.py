"""When a snoozed conversation comes back: the choices people have, as moments in their own time zone.

What belongs here: turning a choice into a moment. What does not: snoozing (`apps.dialogues.services`).
"""

from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENING, MORNING = time(18), time(9)
CHOICES: dict[str, Promise] = {
    "hour": _("In an hour"),
    "evening": _("This evening, 18:00"),
    "tomorrow": _("Tomorrow, 9:00"),
    "monday": _("On Monday, 9:00"),
}


def moment_of(choice: str, now: datetime) -> datetime | None:
    """Return the moment of a choice, or of what is written as 2026-11-30 or 2026-11-30T15:20+01:00; None for what is neither or is over.

    `now` is local time.
    """
    if choice not in CHOICES:
        moment = _written(choice, now)
        return moment if moment and moment > now else None
    days_to_monday = 7 - now.weekday()
    moments = {
        "hour": now + timedelta(hours=1),
        "evening": _at(now.date(), EVENING, now),
        "tomorrow": _at(now.date() + timedelta(days=1), MORNING, now),
        "monday": _at(now.date() + timedelta(days=days_to_monday), MORNING, now),
    }
    return moments[choice] if moments[choice] > now else None


def choices_at(now: datetime) -> list[tuple[str, Promise]]:
    """Return the choices that lie ahead: there is no "this evening" at night."""
    return [(choice, label) for choice, label in CHOICES.items() if moment_of(choice, now) is not None]


def _written(text: str, now: datetime) -> datetime | None:
    """Read a day, whose morning is meant, or a moment with its offset."""
    try:
        return _at(date.fromisoformat(text), MORNING, now)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(now.tzinfo) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _at(day: date, hour: time, now: datetime) -> datetime:
    return datetime.combine(day, hour, now.tzinfo)
