"""Small charts drawn by the server: one bar for each day, as the path of an SVG.

What belongs here: numbers to bars. What does not: the words beside them (templates), counting (`apps.statistics`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

BAR, GAP = 2, 1


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A chart, ready to be drawn: width and height of its view box, the path of its bars, what it says in words."""

    width: int
    height: int
    path: str
    total: int
    most: int


def sparkline(values: Sequence[int], height: int = 16) -> Sparkline:
    """Draw values as bars; whatever is more than nothing is at least one unit high."""
    most = max(values, default=0)
    bars = []
    for position, value in enumerate(values):
        if value:
            tall = max(1, round(value / most * height))
            bars.append(f"M{position * (BAR + GAP)} {height}v-{tall}h{BAR}v{tall}z")
    return Sparkline(max(1, len(values) * (BAR + GAP) - GAP), height, "".join(bars), sum(values), most)
