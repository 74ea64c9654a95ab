"""What one bar of the chart over time stands for: an hour, a day, a week or a month, so that there are never more bars than one can see.

What belongs here: gathering figures of days and hours into bars, and lining up those of the period before. What does not: words below
bars (`words`). Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from recado.apps.statistics.figures import Period, Point

MOST_DAYS, MOST_WEEKS = 62, 190
"""Longer periods are drawn by weeks, still longer ones by months."""
_WEEK = 7


class Grain(StrEnum):
    """How long a bar is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """One bar: when it begins, the last day in it, its figure, and that of the period before at the same place."""

    start: datetime
    last: date
    count: int
    before: int | None = None


def grain_of(period: Period) -> Grain:
    """Choose how long a bar is."""
    if period.by_hour:
        return Grain.HOUR
    return Grain.DAY if period.days <= MOST_DAYS else Grain.WEEK if period.days <= MOST_WEEKS else Grain.MONTH


def gathered(period: Period, points: Sequence[Point], before: Sequence[Point] | None = None) -> list[Span]:
    """Gather hours or days into bars. Hours of the period before are found by the clock, its days by their place in the period."""
    grain = grain_of(period)
    earlier = _by_clock(before) if before is not None and grain is Grain.HOUR else _by_place(before)
    spans: list[Span] = []
    for point in points:
        place = point.start.hour if grain is Grain.HOUR else (point.start.date() - period.first).days
        matched = None if before is None else earlier.pop(place, 0)  # an hour there is twice is matched once
        if spans and not _begins(grain, point.start, period):
            last = spans[-1]
            total = None if matched is None else (last.before or 0) + matched
            spans[-1] = Span(last.start, point.start.date(), last.count + point.count, total)
        else:
            spans.append(Span(point.start, point.start.date(), point.count, matched))
    return spans


def _begins(grain: Grain, start: datetime, period: Period) -> bool:
    if grain is Grain.MONTH:
        return start.day == 1
    return grain is not Grain.WEEK or (start.date() - period.first) % timedelta(days=_WEEK) == timedelta()


def _by_clock(points: Sequence[Point]) -> dict[int, int]:
    found: dict[int, int] = {}
    for point in points:
        found[point.start.hour] = found.get(point.start.hour, 0) + point.count
    return found


def _by_place(points: Sequence[Point] | None) -> dict[int, int]:
    return {place: point.count for place, point in enumerate(points or ())}
