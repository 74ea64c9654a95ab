"""The typeface of posters: Inter, under the Open Font License, with all Polish, Cyrillic and Greek letters.

What belongs here: reading the two vendored files, once for a process. What does not: fitting texts, drawing them.
Letters stand side by side without kerning: that is what all three kinds of file can do alike.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from recado.panel.posters.drawing import Weight

FOLDER: Final = Path(__file__).parent / "fonts"
FILES: Final = {Weight.REGULAR: FOLDER / "Inter_400Regular.ttf", Weight.BOLD: FOLDER / "Inter_800ExtraBold.ttf"}
UNKNOWN = ".notdef"


class Face:
    """One weight: which letters it has, how wide they are, what they look like."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path, lazy=True)
        self.units_per_em: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs: Any = font.getGlyphSet()
        self._outlines: dict[str, str] = {}

    def has(self, letter: str) -> bool:
        """Say whether the face can draw a letter."""
        return ord(letter) in self._names

    def advance(self, letter: str) -> float:
        """Return how far the next letter is away, in ems."""
        return float(self._glyphs[self._name(letter)].width) / self.units_per_em

    def outline(self, letter: str) -> str:
        """Draw a letter as an SVG path in the units of the font, which count upwards."""
        name = self._name(letter)
        if name not in self._outlines:
            pen = SVGPathPen(self._glyphs)
            self._glyphs[name].draw(pen)
            self._outlines[name] = pen.getCommands()
        return self._outlines[name]

    def _name(self, letter: str) -> str:
        return self._names.get(ord(letter), UNKNOWN)


@cache
def face(weight: Weight) -> Face:
    """Give a weight."""
    return Face(FILES[weight])


@cache
def _advance(letter: str, weight: Weight) -> float:
    return face(weight).advance(letter)


def measure(text: str, weight: Weight) -> float:
    """Return how wide a text is, in ems."""
    return sum(_advance(letter, weight) for letter in text)


def can_draw(letter: str) -> bool:
    """Say whether posters can show a letter."""
    return all(face(weight).has(letter) for weight in Weight)
