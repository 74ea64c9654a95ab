"""Blocks of a poster and what each of them asks its page: how wide it is, where the middle is, how large texts may be.

What belongs here: one block at a time, around a top edge of 0. What does not: which blocks there are, and where they end up (`layout`).
"""

from dataclasses import dataclass

from recado.panel.posters.drawing import Shape, Text, Weight
from recado.panel.posters.fitting import CAP, LEADING, Box, Lines, Measure, fit
from recado.panel.posters.formats import Format


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes around a top edge of 0, how tall they are, and how much air is wanted above them."""

    shapes: tuple[Shape, ...]
    height: float
    air: float
    """A fixed distance to the block above."""
    stretch: float = 0.0
    """The share of what is left over."""


@dataclass(frozen=True, slots=True)
class Page:
    """What every block asks: the middle, the width of the text, and how wide letters are."""

    format: Format
    measure: Measure
    scale: float = 1.0

    @property
    def width(self) -> float:
        """Return what a line may take."""
        return self.format.width - 2 * self.format.side

    @property
    def unit(self) -> float:
        """Return what heights and sizes are parts of."""
        return self.width * self.scale

    def centred(self, set_text: Lines, weight: Weight, colour: str) -> tuple[Text, ...]:
        """Place lines around the middle, the capitals of the first one at 0."""
        return tuple(
            Text(
                (self.format.width - self.measure(line, weight) * set_text.size) / 2,
                set_text.size * (CAP + LEADING * index),
                line,
                set_text.size,
                weight,
                colour,
            )
            for index, line in enumerate(set_text.lines)
        )

    def text_block(self, text: str, weight: Weight, largest: float, height: float, colour: str, air: float, stretch: float = 0.0) -> Block:
        """Fit a text and set it by itself; all figures are parts of the unit."""
        largest *= self.unit
        found = fit(text, weight, Box(self.width, height * self.unit, largest, largest / 2), self.measure)
        return Block(self.centred(found, weight, colour), found.height, air * self.unit, stretch)
