"""Quiet hours: when nobody wants to be woken by a text, as read on the wall clock of the phone it goes to.

Pure and told the time and the zones (product.md §9). Which zones a phone may be in belongs to `store.phone_zones`, whose hours they are to
the account; what is let through all the same (direct answers) decides whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

_LONGEST = timedelta(days=2)
"""Looked ahead for a moment that suits all zones at once; hours that leave one leave it every day."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` on the wall clock, over midnight where the end is earlier; equal ones mean no quiet hours at all."""

    start: time
    end: time

    def covers(self, local: time) -> bool:
        """Whether it is quiet at this time of day; the end is not."""
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


def next_allowed(moment: datetime, quiet: QuietHours | None, zones: Sequence[tzinfo]) -> datetime:
    """Return the first moment from the given one on at which it is quiet in none of the zones.

    Where zones lie so far apart that it is always quiet in one of them, the first of them alone counts: late is better than never.
    """
    if quiet is None:
        return moment
    found = _first(moment, quiet, zones)
    return found if found is not None else _first(moment, quiet, zones[:1]) or moment


def _first(moment: datetime, quiet: QuietHours, zones: Sequence[tzinfo]) -> datetime | None:
    """Go from end to end of the quiet hours: until the last end of those that hold now, no moment can be right."""
    at = moment
    while at - moment <= _LONGEST:
        ends = [_end(at, quiet, zone) for zone in zones if quiet.covers(at.astimezone(zone).time())]
        if not ends:
            return at
        at = max(ends)
    return None


def _end(moment: datetime, quiet: QuietHours, zone: tzinfo) -> datetime:
    """Return when the quiet hours that hold now end there; where clocks are set back within them, at the later of the two."""
    today = moment.astimezone(zone).date()
    days = (today, today + timedelta(days=1))
    ends = (datetime.combine(day, quiet.end, zone).replace(fold=fold).astimezone(UTC) for day in days for fold in (0, 1))
    return min(end for end in ends if end > moment)
