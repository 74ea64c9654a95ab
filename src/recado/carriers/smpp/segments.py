"""An outgoing text as the octets of its segments, in the alphabet the carrier expects.

Counting and cutting is `protocols.gsm.segment`'s; here is only the choice of data_coding, and the carrier that means Latin-1 by 0.
"""

from recado.protocols.gsm import Alphabet, decode, parse, segments, split

FLASH = 0x10
"""Message class 0 in the data_coding of either alphabet (GSM 03.38 §4): shown at once, kept nowhere."""


def cut(text: str, reference: int, width: int, *, latin1: bool = False, is_flash: bool = False) -> tuple[int, list[bytes]]:
    """Return the data_coding and the short_message of every segment; more than one carry a user data header.

    With `latin1` the carrier turns ISO 8859-1 into septets itself, so the borders stay where septets put them. Raises ValueError for more
    than 255 segments.
    """
    segmentation = segments(text, width)
    pieces = split(text, reference, width)
    if latin1 and segmentation.encoding is Alphabet.GSM7:
        pieces = [_as_latin1(piece, has_header=len(pieces) > 1) for piece in pieces]
    return segmentation.data_coding | FLASH if is_flash else segmentation.data_coding, pieces


def _as_latin1(piece: bytes, *, has_header: bool) -> bytes:
    """Translate septets behind the header; the few GSM letters that ISO 8859-1 lacks become question marks."""
    septets = parse(piece)[1] if has_header else piece
    text, _alphabet = decode(0, septets)
    return piece[: len(piece) - len(septets)] + text.encode("latin-1", "replace")
