"""Charts drawn by the server: figures to the shapes of an SVG picture.

What belongs here: geometry. What does not: the picture's markup and its twin as a table (templates), figures (`queries`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 120
_GAP = 0.2
"""Of a bar's place that stays free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of bars over a common ground line."""

    bars: list[Bar]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT

    @classmethod
    def of(cls, figures: Sequence[int]) -> "Bars":
        """Draw figures from left to right, the highest as high as the picture; where there is nothing the bar has no height."""
        highest = max(figures, default=0)
        place = WIDTH / max(len(figures), 1)
        bars = []
        for position, figure in enumerate(figures):
            height = HEIGHT * figure / highest if highest else 0
            bars.append(Bar(round(position * place, 1), round(HEIGHT - height, 1), round(place * (1 - _GAP), 1), round(height, 1)))
        return cls(bars, highest)
