"""When and for whom a rule or an autoresponder holds; pure and told the time (product.md §2, "Conditions of a rule").

Hours and weekdays in the account's zone, days off, whether the company is open, groups, first time or again, opted out or not, prefixes of
phones. What happens when a rule does not fit belongs to `decide`: it falls through.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from recado.core.action import Scope
from recado.core.opening import OFFICE_HOURS, Hours, is_open
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
    """How an account reads the time: its zone, its days off around now, and when it is open on the others."""

    zone: tzinfo = UTC
    days_off: AbstractSet[date] = frozenset()
    hours: Hours = field(default_factory=lambda: OFFICE_HOURS)

    def local(self, now: datetime) -> datetime:
        """Return the moment on the account's wall clock."""
        return now.astimezone(self.zone)

    def is_open(self, now: datetime) -> bool:
        """Say whether the company is open."""
        return is_open(self.hours, self.days_off, self.local(now))


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
        of_sender = (self.occasion is not Occasion.ANY) + (self.standing is not Standing.ANY) + bool(self.sender_prefixes)
        narrowness = is_timed + (self.office_hours is not OfficeHours.ANY) + len(groups) + of_sender
        object.__setattr__(self, "narrowness", narrowness)
        object.__setattr__(self, "group_ids", groups)
        object.__setattr__(self, "is_timed", bool(is_timed))


ALWAYS = Condition()


def unmet(
    condition: Condition, sender: SenderState, keyword_id: int | None, now: datetime, clock: Clock, number_id: int | None = None
) -> SkipReason | None:
    """Say which restriction keeps a rule from acting; None where all are met. `keyword_id` is the rule's, None for a default rule.

    `number_id` is the number written to: an opt-out of it counts as much as one of the account.
    """
    return _untimely(condition, now, clock) or _not_for(condition, sender, keyword_id, number_id)


def _not_for(condition: Condition, sender: SenderState, keyword_id: int | None, number_id: int | None) -> SkipReason | None:
    """Say why a rule is not for this sender."""
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
    if condition.standing is not Standing.ANY and is_opted_out(sender, number_id) != (condition.standing is Standing.OPTED_OUT):
        return SkipReason.NOT_OPTED_OUT if condition.standing is Standing.OPTED_OUT else SkipReason.OPTED_OUT
    return None


def is_opted_out(sender: SenderState, number_id: int | None) -> bool:
    """Say whether the sender wants no messages of the account, or none from the number they wrote to."""
    return bool(sender.opt_outs) and not sender.opt_outs.isdisjoint({(Scope.ACCOUNT, 0), (Scope.NUMBER, number_id or 0)})


def _untimely(condition: Condition, now: datetime, clock: Clock) -> SkipReason | None:
    """Say why a rule does not hold at this moment."""
    if condition.is_timed and (reason := _at_other_times(condition, clock.local(now), clock.days_off)):
        return reason
    if condition.office_hours is not OfficeHours.ANY and clock.is_open(now) != (condition.office_hours is OfficeHours.OPEN):
        return SkipReason.CLOSED if condition.office_hours is OfficeHours.OPEN else SkipReason.OPEN
    return None


def _at_other_times(condition: Condition, local: datetime, days_off: AbstractSet[date]) -> SkipReason | None:
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
