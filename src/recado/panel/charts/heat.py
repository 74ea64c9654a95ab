"""A table whose cells are coloured by how much is in them.

What belongs here: which of a few tones a figure gets. What does not: the table's markup, the tones (`static/panel/css/charts`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

TONES = 5
"""Beside none for nothing."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its figure and tone, and what it says in full."""

    count: int
    tone: int
    says: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row with its heading."""

    name: str
    short: str
    """As phones show it."""
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The table, ready to be drawn."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def tone_of(count: int, highest: int) -> int:
    """Return 0 for nothing, else 1 to TONES; by the root of the figure, so that one busy hour leaves the others their differences."""
    if count <= 0 or highest <= 0:
        return 0
    return min(TONES, 1 + math.floor(TONES * math.sqrt(count / highest) * 0.999))


def heat(columns: Sequence[str], names: Sequence[tuple[str, str]], counts: Sequence[Sequence[int]], says: Sequence[Sequence[str]]) -> Heat:
    """Colour a table: a row for each name, which has a short form, a figure and its words for each column."""
    highest = max((count for row in counts for count in row), default=0)
    rows = (
        HeatRow(name, short, tuple(HeatCell(count, tone_of(count, highest), said) for count, said in zip(row, words, strict=True)))
        for (name, short), row, words in zip(names, counts, says, strict=True)
    )
    return Heat(tuple(columns), tuple(rows))
