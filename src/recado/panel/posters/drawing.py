"""What a laid out poster is made of: shapes with places in millimetres from the upper left corner.

What belongs here: data for the three drawers, and outlines as data. What does not: deciding places (`layout`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

Point = tuple[float, float]
Modules = tuple[tuple[bool, ...], ...]
"""Rows of a QR code; true is dark."""
BEZIER = 0.5523
"""How far the handles of a quarter of a circle reach, as a part of its radius."""


class Weight(StrEnum):
    """The two weights of the one typeface."""

    REGULAR = "regular"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is where its baseline begins, `size` is one em."""

    x: float
    y: float
    text: str
    size: float
    weight: Weight
    colour: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A filled shape: from a point through pieces of one point (a line) or three (a curve), all relative to (x, y)."""

    x: float
    y: float
    start: Point
    pieces: tuple[tuple[Point, ...], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its quiet zone, which the layout keeps free."""

    x: float
    y: float
    side: float
    modules: Modules
    colour: str

    def runs(self) -> tuple[tuple[int, int, int], ...]:
        """Give the dark modules as (column, row, how many side by side)."""
        found = []
        for row, modules in enumerate(self.modules):
            column = 0
            while column < len(modules):
                length = 0
                while column + length < len(modules) and modules[column + length]:
                    length += 1
                if length:
                    found.append((column, row, length))
                column += length + 1
        return tuple(found)


Shape = Text | Outline | Code


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole poster, and what a machine may read about it."""

    width: float
    height: float
    page: str
    shapes: tuple[Shape, ...]
    title: str
    author: str
    language: str
    link: str


def lowered(shapes: Sequence[Shape], by: float) -> tuple[Shape, ...]:
    """Move shapes down the page."""
    return tuple(replace(shape, y=shape.y + by) for shape in shapes)


def rounded(x: float, y: float, width: float, height: float, radius: float, colour: str) -> Outline:
    """Draw a box with round corners."""
    radius = min(radius, width / 2, height / 2)
    rest = radius * (1 - BEZIER)
    right, low = width, height
    return Outline(
        x,
        y,
        (radius, 0),
        (
            ((right - radius, 0),),
            ((right - rest, 0), (right, rest), (right, radius)),
            ((right, low - radius),),
            ((right, low - rest), (right - rest, low), (right - radius, low)),
            ((radius, low),),
            ((rest, low), (0, low - rest), (0, low - radius)),
            ((0, radius),),
            ((0, rest), (rest, 0), (radius, 0)),
        ),
        colour,
    )
