"""Bars side by side, one for each series in every place, over a common ground line.

What belongs here: where bars, lines and labels are. What does not: which figures are round (`ticks`), the picture's markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recado.panel.charts.ticks import nice_ticks, spread

HEIGHT = 190
MOST_LABELS = 8
"""More do not fit below a chart on a phone."""
_LOWEST = 2.0
"""What is more than nothing can be seen."""
_BELOW = 24
_DIGIT = 8
_FREE = 0.24
"""Of a place that stays free."""
_OTHERS = 0.5
"""How wide bars beside the first are, measured by it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What one place shows: a word below it, what it says in full, a figure for each series."""

    label: str
    says: str
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, from its upper left corner."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One place of the chart with its bars; all of it answers to a pointer."""

    x: float
    width: float
    middle: float
    label: str
    """Empty where there is no room for it."""
    says: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the chart."""

    y: float
    figure: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart ready to be drawn."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    height: int = HEIGHT

    @property
    def full_height(self) -> int:
        """The picture's height with the labels below."""
        return self.height + _BELOW

    @property
    def label_y(self) -> int:
        """Where the labels below stand."""
        return self.height + _BELOW - 6

    @property
    def axis_width(self) -> int:
        """What the figures beside the chart take."""
        return _DIGIT * len(f"{self.ticks[-1].figure:,}") + _DIGIT


def bar_chart(places: Sequence[Place], *, most_labels: int = MOST_LABELS) -> BarChart:
    """Draw places from left to right; the first series is drawn wider than those beside it."""
    figures = nice_ticks(max((figure for place in places for figure in place.figures), default=0))
    top, room = figures[-1], 100 / max(len(places), 1)
    labelled = set(spread(len(places), most_labels))
    columns = tuple(
        Column(
            round(at * room, 3),
            round(room, 3),
            round((at + 0.5) * room, 3),
            place.label if at in labelled else "",
            place.says,
            tuple(_bars(place.figures, at * room, room, top)),
        )
        for at, place in enumerate(places)
    )
    return BarChart(columns, tuple(Tick(round(HEIGHT - HEIGHT * figure / top, 1), figure) for figure in figures))


def _bars(figures: Sequence[int], start: float, room: float, top: int) -> list[Bar]:
    shares = [1.0] + [_OTHERS] * (len(figures) - 1)
    unit, x = room * (1 - _FREE) / sum(shares), start + room * _FREE / 2
    bars = []
    for series, (figure, share) in enumerate(zip(figures, shares, strict=True)):
        width = unit * share
        if figure > 0:
            height = max(_LOWEST, HEIGHT * figure / top)
            bars.append(Bar(series, round(x, 3), round(HEIGHT - height, 1), round(width * 0.94, 3), round(height, 1)))
        x += width
    return bars
