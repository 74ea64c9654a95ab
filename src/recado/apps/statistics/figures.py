"""The figures of the statistics as values: what is asked about, and what is answered.

What belongs here: shapes. What does not: how they are counted (`queries`), how they are drawn (`panel.statistics`). Test messages are
counted nowhere. Days are those of the account's calendar.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)
"""No period is longer."""


class Measure(StrEnum):
    """What the chart over time shows."""

    RECEIVED = "received"
    """Messages that came."""
    NEW_CONTACTS = "new_contacts"
    REPLIES = "replies"
    """Messages that went out, automatic or written by people, other than group sends."""
    OPT_OUTS = "opt_outs"


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the account's calendar, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """The period of the same length that ends the day before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def by_hour(self) -> bool:
        """Whether its chart has a bar for each hour."""
        return self.days == 1


@dataclass(frozen=True, slots=True)
class Filters:
    """What is counted: everything of the account within a period, or what is about one number, keyword or group."""

    period: Period
    number_id: int | None = None
    keyword_id: int | None = None
    group_id: int | None = None
    """People who are in the group now."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The cards on top."""

    received: int = 0
    new_contacts: int = 0
    replies: int = 0
    opt_outs: int = 0
    people: int = 0
    """Different phones that wrote."""


@dataclass(frozen=True, slots=True)
class Point:
    """One bar of a chart over time."""

    start: datetime
    """Aware, in the account's time zone: midnight of a day, or a full hour."""
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, and how much."""

    key: str
    """What a filter takes: an id in decimal; empty for what cannot be filtered by."""
    name: str
    """As shown; empty for what has no name (no keyword, a phone's unknown operator)."""
    count: int
    share: float
    """Of all, 0 to 1."""
    before: int | None = None
    """In the period before, where that was asked for."""
    details: dict[str, int] = field(default_factory=dict)
    """Further columns by their names, which each function lists."""
