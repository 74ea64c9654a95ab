"""The formats of a poster: how large, how much stays free at the edges, which colours.

What belongs here: data. Where things stand on a page is `layout`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BLACK, INK, GREEN, PALE, WHITE = "#000000", "#10201a", "#0a6b4d", "#dff2e9", "#ffffff"
MILLIMETRES_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Palette:
    """Which colour has which part."""

    page: str
    text: str
    quiet: str
    """Small print."""
    bubble: str
    on_bubble: str


PAPER: Final = Palette(page=WHITE, text=INK, quiet="#3d4b44", bubble=GREEN, on_bubble=WHITE)
"""White, so that it costs little ink; what is green stays readable where a printer knows only black."""
SCREEN: Final = Palette(page=GREEN, text=WHITE, quiet=PALE, bubble=WHITE, on_bubble=GREEN)


@dataclass(frozen=True, slots=True)
class Format:
    """One size of poster, in millimetres."""

    name: str
    width: float
    height: float
    side: float
    top: float
    bottom: float
    palette: Palette
    pixels_per_inch: float
    is_for_screens: bool = False

    @property
    def pixels(self) -> tuple[int, int]:
        """Return width and height as a picture."""
        scale = self.pixels_per_inch / MILLIMETRES_PER_INCH
        return round(self.width * scale), round(self.height * scale)


FORMATS: Final[Mapping[str, Format]] = {
    each.name: each
    for each in (
        Format("a4", 210, 297, side=15, top=17, bottom=14, palette=PAPER, pixels_per_inch=300),
        Format("a5", 148, 210, side=10.5, top=12, bottom=10, palette=PAPER, pixels_per_inch=300),
        # 1080 × 1920 pixels, ten to a millimetre. Apps lay their own buttons over the upper 250 and the lower 340 pixels of a story.
        Format("story", 108, 192, side=9, top=26, bottom=35, palette=SCREEN, pixels_per_inch=254, is_for_screens=True),
    )
}
