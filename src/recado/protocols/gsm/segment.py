"""The one counter and splitter of outgoing text: what is shown, charged and sent must be the same number.

Choosing the alphabet, counting segments and cutting text into them belongs here (GSM 03.40 §9.2.3.24.1, docs/specs/gsm.md
§5). Neither a letter of the extension table nor a surrogate pair is ever cut in two. An escape is no letter; it counts and
travels as the blank that phones show for it. Prices are somebody else's.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from recado.protocols.gsm.alphabet import ESCAPE, GSM7_LETTERS, Alphabet, encode
from recado.protocols.gsm.udh import Concatenation, build

MAX_SEGMENTS: Final = 255

_SINGLE: Final = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
_MULTI: Final = {
    (Alphabet.GSM7, 8): 153,
    (Alphabet.GSM7, 16): 152,
    (Alphabet.UCS2, 8): 67,
    (Alphabet.UCS2, 16): 66,
}
_DATA_CODINGS: Final = {Alphabet.GSM7: 0x00, Alphabet.UCS2: 0x08}


@dataclass(frozen=True, slots=True)
class Segmentation:
    """How a text will travel.

    `units` are septets or UTF-16 code units of the whole text, `per_segment` how many fit in each of its segments, `count`
    the segments (an empty text is one), `forcing` the letters, once each and in order, that rule GSM 7-bit out.
    """

    encoding: Alphabet
    units: int
    per_segment: int
    count: int
    forcing: tuple[str, ...]

    @property
    def data_coding(self) -> int:
        """The data_coding to send it with: 0 or 8."""
        return _DATA_CODINGS[self.encoding]


def segments(text: str, width: int = 8) -> Segmentation:
    """Count the segments of a text; `width` is the size of the reference that would join them, 8 or 16 bits.

    Where the connection a text leaves through is known, the width is its own (`apps.connections.reference_width`).
    """
    encoding, octets, forcing = _encoded(text)
    octets_per_unit = 2 if encoding is Alphabet.UCS2 else 1
    pieces = _pieces(encoding, octets, width)
    per_segment = _SINGLE[encoding] if len(pieces) == 1 else _MULTI[encoding, width]
    return Segmentation(encoding, len(octets) // octets_per_unit, per_segment, len(pieces), forcing)


def split(text: str, reference: int, width: int = 8) -> list[bytes]:
    """Cut a text into the octets of its segments, each with its user data header if there are several.

    Septets are unpacked, one an octet, as SMPP carries them. Set UDHI in esm_class when there are several. Raises
    `ValueError` for more than 255 segments; the reference is taken modulo its width.
    """
    encoding, octets, _ = _encoded(text)
    pieces = _pieces(encoding, octets, width)
    total = len(pieces)
    if total > MAX_SEGMENTS:
        msg = f"the text needs {total} segments and {MAX_SEGMENTS} is the most that can be joined"
        raise ValueError(msg)
    if total == 1:
        return pieces
    return [build(Concatenation(reference, width, total, position)) + piece for position, piece in enumerate(pieces, 1)]


@lru_cache(maxsize=64)  # a text is counted and then cut, and a group send has one text
def _encoded(text: str) -> tuple[Alphabet, bytes, tuple[str, ...]]:
    text = text.replace("\x1b", " ")
    forcing = tuple(dict.fromkeys(letter for letter in text if letter not in GSM7_LETTERS))
    encoding = Alphabet.UCS2 if forcing else Alphabet.GSM7
    return encoding, encode(encoding, text), forcing


def _pieces(encoding: Alphabet, octets: bytes, width: int) -> list[bytes]:
    octets_per_unit = 2 if encoding is Alphabet.UCS2 else 1
    if len(octets) <= _SINGLE[encoding] * octets_per_unit:
        return [octets]
    size = _MULTI[encoding, width] * octets_per_unit
    pieces = []
    start = 0
    while start < len(octets):
        end = start + size
        if end < len(octets) and _is_cut(encoding, octets, end):
            end -= octets_per_unit
        pieces.append(octets[start:end])
        start = end
    return pieces


def _is_cut(encoding: Alphabet, octets: bytes, end: int) -> bool:
    """Say whether a border here would cut a letter in two: behind an escape or behind a high surrogate."""
    if encoding is Alphabet.GSM7:
        return octets[end - 1] == ESCAPE
    return octets[end - 2] & 0xFC == 0xD8  # noqa: PLR2004 - high surrogates are 0xD800 to 0xDBFF
