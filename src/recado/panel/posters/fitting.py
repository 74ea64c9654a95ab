"""Making a text fit its box: breaking it into lines and shrinking it, never cutting it off.

What belongs here: pure functions that are told how wide letters are. Where the box stands is `layout`'s.
"""

from dataclasses import dataclass
from typing import Protocol

from recado.panel.posters.drawing import Weight

CAP, ACCENT, DESCENT, LEADING = 0.727, 0.22, 0.21, 1.2
"""Of the typeface, as parts of an em: how tall capitals are, their marks above and tails below, and from one baseline to the next."""
STEP = 0.97
"""One try smaller."""
BALANCING_TRIES = 12
TOLERANCE = 1e-6


class Measure(Protocol):
    """Tells how wide a text is, in ems."""

    def __call__(self, text: str, weight: Weight) -> float:
        """Return the width."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it fits: its lines and their size."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """From the top of the capitals of the first line to the baseline of the last."""
        return self.size * (CAP + LEADING * (len(self.lines) - 1)) if self.lines else 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """What a text may take, and how large it may be at most; below `whole_until` even a word may be broken."""

    width: float
    height: float
    largest: float
    whole_until: float


def fit(text: str, weight: Weight, box: Box, measure: Measure) -> Lines:
    """Set a text as large as its box allows."""
    size = box.largest
    while True:
        lines = wrap(text, weight, box.width / size, measure, break_words=size <= box.whole_until)
        found = Lines(lines, size)
        if lines and found.height <= box.height + TOLERANCE:
            return Lines(_balanced(text, weight, box.width / size, found, measure, break_words=size <= box.whole_until), size)
        if not text.split():
            return Lines((), size)
        size *= STEP


def wrap(text: str, weight: Weight, ems: float, measure: Measure, *, break_words: bool) -> tuple[str, ...]:
    """Break a text into lines of at most `ems`; nothing if a word, or even a letter, is wider and may not be broken."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if measure(joined, weight) <= ems:
            lines[-1:] = [joined]
        elif measure(word, weight) <= ems:
            lines.append(word)
        elif break_words and all(measure(letter, weight) <= ems for letter in word):
            lines.extend(_broken(word, weight, ems, measure))
        else:
            return ()
    return tuple(lines)


def _broken(word: str, weight: Weight, ems: float, measure: Measure) -> list[str]:
    """Break a word anywhere."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, weight) > ems:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _balanced(text: str, weight: Weight, ems: float, found: Lines, measure: Measure, *, break_words: bool) -> tuple[str, ...]:
    """Make the lines as even as their number allows, so that none holds a single letter."""
    best, narrow, wide = found.lines, 0.0, ems
    for _ in range(BALANCING_TRIES if len(best) > 1 else 0):
        middle = (narrow + wide) / 2
        lines = wrap(text, weight, middle, measure, break_words=break_words)
        if lines and len(lines) == len(best):
            best, wide = lines, middle
        else:
            narrow = middle
    return best
