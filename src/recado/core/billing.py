"""What a month costs an account: fees by the day and the texts it sent (product.md §10).

What belongs here: pure sums from subscriptions, fees and usage to the lines of an invoice, and what is still to be invoiced of them. What
does not: VAT (`vat`), where fees and usage come from (`apps.billing`), words for the lines. A monthly fee is shared among the calendar days
of its month, so that a fee or a package that changes within it costs its days alone; the parts of a month add up to the whole fee.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recado.core.rounding import share


class LineCode(StrEnum):
    """What a line is for."""

    INSTALLATION = "installation"
    SUBSCRIPTION = "subscription"
    FULL = "full"
    """Texts from an own number or a sender name."""
    ECO = "eco"
    """Texts from a pool number."""
    MMS = "mms"
    FORWARD = "forward"
    """Messages handed on to a phone."""


FEES = frozenset({LineCode.INSTALLATION, LineCode.SUBSCRIPTION})
"""Booked when they are invoiced; everything else was booked message by message."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What having something costs, from a day on until the next fee."""

    from_day: date
    installation: int
    monthly: int


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Something an account has, with the fees of its days in order."""

    reference: int
    """The subscription's id."""
    subject: str
    """What it is, for the words: kind, package and number with bars between."""
    starts_on: date
    ends_on: date | None
    """The first day without it."""
    fees: tuple[Fee, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Segments of a service that were settled at one price within a month."""

    month: date
    code: LineCode
    unit_net: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice, net."""

    month: date
    """First day of the month it is about."""
    code: LineCode
    quantity: int
    unit_net: int
    net: int
    reference: int = 0
    subject: str = ""
    from_day: date | None = None
    """First and last day where a part of a month is paid for."""
    to_day: date | None = None

    @property
    def key(self) -> "Key":
        """What is invoiced once: of fees the days, of usage the price group."""
        if self.code in FEES:
            return Key(self.month, self.code, self.reference, 0)
        return Key(self.month, self.code, 0, self.unit_net)


@dataclass(frozen=True, slots=True)
class Key:
    """Names what must not be invoiced twice."""

    month: date
    code: LineCode
    reference: int
    unit_net: int


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(month: date) -> date:
    """Return the first day of the month before."""
    return month_of(month - timedelta(days=1))


def fee_on(fees: Sequence[Fee], day: date) -> Fee | None:
    """Return the fee of a day; None before the first begins."""
    return next((fee for fee in reversed(fees) if fee.from_day <= day), None)


def fee_lines(subscribed: Subscribed, month: date) -> Iterator[Line]:
    """Yield what one subscription costs in a month; nothing where it costs nothing."""
    begins, ends = month, next_month(month)
    first, after = max(subscribed.starts_on, begins), min(subscribed.ends_on or ends, ends)
    if first >= after:
        return
    fee = fee_on(subscribed.fees, subscribed.starts_on)
    if begins <= subscribed.starts_on and fee is not None and fee.installation:
        yield Line(month, LineCode.INSTALLATION, 1, fee.installation, fee.installation, subscribed.reference, subscribed.subject)
    for since, until, monthly in _stretches(subscribed.fees, first, after):
        net = days_share(monthly, since, until)
        if net:
            is_whole = since == begins and until == ends
            last = None if is_whole else until - timedelta(days=1)
            days = (None if is_whole else since, last)
            yield Line(month, LineCode.SUBSCRIPTION, 1, net, net, subscribed.reference, subscribed.subject, *days)


def days_share(monthly: int, first: date, after: date) -> int:
    """Return what days of one month cost, from the first to the one before `after`."""
    month = month_of(first)
    return share(monthly, (first - month).days, (after - month).days, monthrange(month.year, month.month)[1])


def _stretches(fees: Sequence[Fee], first: date, after: date) -> Iterator[tuple[date, date, int]]:
    """Part days where the monthly fee changes; neighbours with the same fee stay one."""
    marks = [first, *(fee.from_day for fee in fees if first < fee.from_day < after), after]
    since, current = first, _monthly(fees, first)
    for mark in marks[1:]:
        following = _monthly(fees, mark) if mark < after else None
        if following != current:
            yield since, mark, current
            since, current = mark, following or 0


def _monthly(fees: Sequence[Fee], day: date) -> int:
    fee = fee_on(fees, day)
    return fee.monthly if fee else 0


def usage_lines(usage: Iterable[Usage]) -> Iterator[Line]:
    """Yield a line for each service and price; what cost nothing or was given back has none."""
    for used in sorted(usage, key=lambda each: (each.month, each.code, each.unit_net)):
        if used.quantity > 0 and used.unit_net > 0:
            yield Line(used.month, used.code, used.quantity, used.unit_net, used.quantity * used.unit_net)


def month_lines(
    months: Sequence[date], subscriptions: Sequence[Subscribed], usage: Sequence[Usage], invoiced: Mapping[Key, int]
) -> list[Line]:
    """Return the lines of an invoice: what these months cost, without what is invoiced already (its quantity by key).

    The last month is the one that is billed; those before are looked at for what came late. Usage is that of days on which the account paid
    afterwards (`days_within`): on the others it was paid from the credit.
    """
    due = [line for month in months for each in subscriptions for line in fee_lines(each, month) if line.key not in invoiced]
    for line in usage_lines(each for each in usage if each.month in months):
        quantity = line.quantity - invoiced.get(line.key, 0)
        if quantity > 0:
            due.append(Line(line.month, line.code, quantity, line.unit_net, quantity * line.unit_net))
    return due


def days_within(month: date, periods: Sequence[tuple[date, bool]]) -> Iterator[tuple[date, date]]:
    """Yield the stretches of a month that count, first day and first day after; periods say from which day on days count, or do not."""
    ends = next_month(month)
    for position, (from_day, counts) in enumerate(periods):
        until = periods[position + 1][0] if position + 1 < len(periods) else date.max
        first, after = max(from_day, month), min(until, ends)
        if counts and first < after:
            yield first, after


@dataclass(frozen=True, slots=True)
class Change:
    """What one subscription would cost for the rest of a month on other terms."""

    subject: str
    now: int
    then: int
    monthly_now: int
    monthly_then: int | None
    """None: it cannot be had there."""

    @property
    def difference(self) -> int:
        """More or less for the rest of the month."""
        return self.then - self.now


def preview(subject: str, monthly_now: int, monthly_then: int | None, day: date) -> Change:
    """Return what changes when other terms hold from a day on."""
    after = next_month(month_of(day))
    return Change(subject, days_share(monthly_now, day, after), days_share(monthly_then or 0, day, after), monthly_now, monthly_then)
