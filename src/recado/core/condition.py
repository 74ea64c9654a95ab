"""When and for whom a rule holds: hours and weekdays in the account's zone, days off, groups, first time or again, prefixes of phones.

Pure and told the time (product.md §2, "Conditions of a rule"). What happens when a rule does not fit belongs to `decide`: it falls through.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from recado.core.sender import SenderState
from recado.core.trail import SkipReason


class Days(StrEnum):
    """On which days a rule holds, public holidays and the account's own days off considered."""

    ANY = "any"
    WORKING = "working"
    """Not on days off."""
    OFF = "off"
    """On days off only."""


class Occasion(StrEnum):
    """Whether the sender used the keyword (for a default rule: wrote to the number) before."""

    ANY = "any"
    FIRST = "first"
    AGAIN = "again"


class OfficeHours(StrEnum):
    """Whether the company is open, by its weekly hours and days off."""

    ANY = "any"
    OPEN = "open"
    CLOSED = "closed"


class Standing(StrEnum):
    """Whether the sender opted out of the account's messages."""

    ANY = "any"
    IN = "in"
    """They did not."""
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Clock:
    """How an account reads the time: its zone and its days off around now."""

    zone: tzinfo = UTC
    days_off: AbstractSet[date] = frozenset()

    def local(self, now: datetime) -> datetime:
        """Return the moment on the account's wall clock."""
        return now.astimezone(self.zone)


UTC_CLOCK = Clock()


@dataclass(frozen=True, slots=True)
class Condition:
    """What restricts a rule; an empty one restricts nothing."""

    weekdays: frozenset[int] = frozenset()
    """ISO weekdays, 1 is Monday; empty: all."""
    from_time: time | None = None
    until_time: time | None = None
    """Wall clock; the end is not included. One at or before the start is on the next day, and the day that counts is that of the start."""
    days: Days = Days.ANY
    in_group_id: int | None = None
    not_in_group_id: int | None = None
    occasion: Occasion = Occasion.ANY
    sender_prefixes: tuple[str, ...] = ()
    """Beginnings of phones in digits without `+`; one of them must fit."""
    office_hours: OfficeHours = OfficeHours.ANY
    standing: Standing = Standing.ANY
    narrowness: int = field(init=False, compare=False)
    """How many restrictions there are; the narrower rule goes first."""
    group_ids: frozenset[int] = field(init=False, compare=False)
    is_timed: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Count the restrictions."""
        is_timed = bool(self.weekdays) + (self.from_time is not None or self.until_time is not None) + (self.days is not Days.ANY)
        groups = frozenset(group for group in (self.in_group_id, self.not_in_group_id) if group is not None)
        narrowness = is_timed + len(groups) + (self.occasion is not Occasion.ANY) + bool(self.sender_prefixes)
        object.__setattr__(self, "narrowness", narrowness)
        object.__setattr__(self, "group_ids", groups)
        object.__setattr__(self, "is_timed", bool(is_timed))


ALWAYS = Condition()


def unmet(condition: Condition, sender: SenderState, keyword_id: int | None, now: datetime, clock: Clock) -> SkipReason | None:
    """Say which restriction keeps a rule from acting; None where all are met. `keyword_id` is the rule's, None for a default rule."""
    if condition.is_timed and (reason := _untimely(condition, clock.local(now), clock.days_off)):
        return reason
    if condition.in_group_id is not None and condition.in_group_id not in sender.group_ids:
        return SkipReason.NOT_IN_GROUP
    if condition.not_in_group_id is not None and condition.not_in_group_id in sender.group_ids:
        return SkipReason.IN_GROUP
    if condition.occasion is not Occasion.ANY:
        is_first = sender.is_new if keyword_id is None else keyword_id not in sender.keyword_ids
        if is_first != (condition.occasion is Occasion.FIRST):
            return SkipReason.NOT_FIRST if condition.occasion is Occasion.FIRST else SkipReason.NOT_AGAIN
    if condition.sender_prefixes and not sender.msisdn.startswith(condition.sender_prefixes):
        return SkipReason.OTHER_PREFIX
    return None


def _untimely(condition: Condition, local: datetime, days_off: AbstractSet[date]) -> SkipReason | None:
    day = local.date()
    start, end = condition.from_time or time.min, condition.until_time or time.min
    at = local.time()
    if end <= start:
        if at < end:
            day = date.fromordinal(day.toordinal() - 1)
        elif at < start:
            return SkipReason.OUTSIDE_HOURS
    elif not start <= at < end:
        return SkipReason.OUTSIDE_HOURS
    if condition.weekdays and day.isoweekday() not in condition.weekdays:
        return SkipReason.OTHER_DAY
    if condition.days is not Days.ANY and (day in days_off) != (condition.days is Days.OFF):
        return SkipReason.DAY_OFF if condition.days is Days.WORKING else SkipReason.WORKING_DAY
    return None
