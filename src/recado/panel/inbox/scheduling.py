"""When an answer is to be sent, as people choose it in the composer, on their own clock.

What belongs here: turning what the form says into a moment. What does not: quiet hours (`apps.dialogues.timing`), the words of the choices,
which snoozing has too (`snoozing`).
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise

from recado.apps.dialogues.answering import FARTHEST, check_time
from recado.apps.dialogues.timing import Timing
from recado.panel.inbox import snoozing

CHOICES = ("evening", "tomorrow", "monday")
CHOSEN = "at"
"""The choice that means the moment written in the field of this name."""


def choices_at(now: datetime) -> list[tuple[str, Promise]]:
    """Return the choices that lie ahead; `now` is local time."""
    return [(choice, label) for choice, label in snoozing.choices_at(now) if choice in CHOICES]


def timing_of(posted: Mapping[str, str], now: datetime) -> Timing:
    """Read when to send: a choice, the moment in the field, or the end of quiet hours as the page named it; raise ReplyRefusedError.

    `now` is local time, whose zone the field is read in. A page that lay open over the end of the quiet hours means: at once.
    """
    if choice := posted.get("when", ""):
        return Timing(check_time(_written(posted.get(CHOSEN, ""), now) if choice == CHOSEN else _of_choice(choice, now), now))
    if "now" in posted:
        return Timing(is_urgent=True)
    until = _written(posted.get("until", ""), now)
    return Timing(until if until and until > now and until - now <= FARTHEST else None)


def _of_choice(choice: str, now: datetime) -> datetime | None:
    return snoozing.moment_of(choice, now) if choice in CHOICES else None


def _written(text: str, now: datetime) -> datetime | None:
    """Read 2026-11-30T15:20, in local time where it names no other zone; None for what is no moment."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None
