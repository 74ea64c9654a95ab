"""What a SMIL says of the parts of a mail: which are texts, in which order, and what is shown together.

What belongs here: finding parts by what a SMIL calls them. What does not: reading it (`protocols.mm7.smil`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from recado.core.mms import Slide
from recado.protocols.mm7.smil import SmilSlide


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout; without slides where there is none. Parts are told by what they may be called, lower case."""

    slides: tuple[SmilSlide, ...] = ()

    def place(self, names: Collection[str]) -> int:
        """Return which of the texts a part is; one beyond the last where it is none of them."""
        texts = [_plain(source.src) for slide in self.slides for source in slide.sources if source.is_text]
        return next((place for place, name in enumerate(texts) if name in names), len(texts))

    def is_text(self, names: Collection[str]) -> bool:
        """Say whether a part is shown as a text."""
        return any(source.is_text and _plain(source.src) in names for slide in self.slides for source in slide.sources)

    def shown(self, files: Sequence[Collection[str]]) -> tuple[Slide, ...]:
        """Return what is shown together, by positions in files."""
        at = {name: position for position, names in reversed(list(enumerate(files))) for name in names}
        found = [(slide, [at[name] for source in slide.sources if (name := _plain(source.src)) in at]) for slide in self.slides]
        return tuple(Slide(tuple(dict.fromkeys(positions)), slide.milliseconds) for slide, positions in found if positions)


def _plain(src: str) -> str:
    return src.rsplit("/", 1)[-1].lower()
