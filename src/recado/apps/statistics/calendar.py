"""Hours and days of an account as numbers, and which of them an id is of.

An hour is the number of quarter hours from 1970 to its beginning in UTC, so that the hour a clock shows twice is two hours; a day is its
number from 1970. What belongs here: from ids to numbers, from numbers to what people see. What does not: counting.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from recado.apps.ids import first_id_at
from recado.store.ids import EPOCH_MS, moment_of

_QUARTER = 900
_FIRST = date(1970, 1, 1).toordinal()


class Calendar:
    """The calendar of one time zone; remembers what it worked out."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._hours: dict[int, int] = {}
        self._days: dict[int, tuple[int, int]] = {}

    def hour_of(self, key: int) -> int:
        """Return the hour in which an id was given."""
        quarter = (moment_of(key) + EPOCH_MS) // (_QUARTER * 1000)
        found = self._hours.get(quarter)
        if found is None:
            local = datetime.fromtimestamp(quarter * _QUARTER, self.zone)
            found = self._hours[quarter] = quarter - local.minute * 60 // _QUARTER
        return found

    def day_of(self, hour: int) -> int:
        """Return the day of an hour."""
        return self.day_and_clock(hour)[0]

    def day_and_clock(self, hour: int) -> tuple[int, int]:
        """Return the day of an hour, and what the clock shows."""
        found = self._days.get(hour)
        if found is None:
            local = datetime.fromtimestamp(hour * _QUARTER, self.zone)
            found = self._days[hour] = (number(local.date()), local.hour)
        return found

    def hours(self, first: int, last: int) -> list[int]:
        """Return all hours of days, both included: 23 or 25 where a clock is changed."""
        start, end = (int(self.midnight(day).timestamp()) // _QUARTER for day in (first, last + 1))
        return list(range(start, end, 3600 // _QUARTER))

    def midnight(self, day: int) -> datetime:
        """Return when a day begins."""
        return datetime.combine(to_date(day), time.min, self.zone)

    def begins(self, hour: int) -> datetime:
        """Return when an hour begins, on the account's clock."""
        return datetime.fromtimestamp(hour * _QUARTER, self.zone)

    def first_id(self, day: int) -> int:
        """Return a number not greater than any id given on a day or later."""
        return first_id_at(self.midnight(day))


def number(day: date) -> int:
    """Return the number of a day."""
    return day.toordinal() - _FIRST


def to_date(day: int) -> date:
    """Return the day of a number."""
    return date.fromordinal(day + _FIRST)


def given_at(key: int) -> datetime:
    """Return when an id was given."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=moment_of(key) + EPOCH_MS)


def ids_in(duration: timedelta) -> int:
    """Return by how much ids grow within a time."""
    return first_id_at(datetime(2027, 1, 1, tzinfo=UTC) + duration) - first_id_at(datetime(2027, 1, 1, tzinfo=UTC))
