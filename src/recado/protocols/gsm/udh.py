"""User data headers: which part of a long message this is, and whatever else precedes the text (GSM 03.40 §9.2.3.24).

Reading and building headers belongs here (docs/specs/gsm.md §4). A header that makes no sense is flagged and its octets
are kept; deciding what becomes of such a message is somebody else's.
"""

from dataclasses import dataclass
from typing import Final

CONCATENATION_8: Final = 0x00
CONCATENATION_16: Final = 0x08
PORTS_8: Final = 0x04
PORTS_16: Final = 0x05

_SHAPES: Final = {(CONCATENATION_8, 3): 8, (CONCATENATION_16, 4): 16}
_PORT_OCTETS: Final = {(PORTS_8, 2): 1, (PORTS_16, 4): 2}


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Which part of which long message: `width` is the size of the reference in bits, 8 or 16; positions start at 1."""

    reference: int
    width: int
    total: int
    position: int


@dataclass(frozen=True, slots=True)
class UserDataHeader:
    """A parsed header: its elements in order, and `flaw` saying what is wrong with it, empty when nothing is."""

    concatenation: Concatenation | None = None
    elements: tuple[tuple[int, bytes], ...] = ()
    flaw: str = ""

    @property
    def ports(self) -> tuple[int, int] | None:
        """Destination and source port, when the message is for an application."""
        for iei, value in self.elements:
            if size := _PORT_OCTETS.get((iei, len(value))):
                return int.from_bytes(value[:size]), int.from_bytes(value[size:])
        return None


def parse(octets: bytes) -> tuple[UserDataHeader, bytes]:
    """Split octets that start with a header into the header and the rest.

    When the header does not fit in the octets, all of them are the rest. Of several concatenation elements the last
    valid one counts (GSM 03.40 §9.2.3.24).
    """
    if not octets:
        return UserDataHeader(flaw="a header is announced and there are no octets"), octets
    end = 1 + octets[0]
    if end > len(octets):
        return UserDataHeader(flaw=f"the header announces {octets[0]} octets and {len(octets) - 1} are there"), octets
    elements, flaw = _elements(octets, end)
    concatenation = None
    for iei, value in elements:
        if width := _SHAPES.get((iei, len(value))):
            part = Concatenation(int.from_bytes(value[:-2]), width, value[-2], value[-1])
            if 1 <= part.position <= part.total:
                concatenation = part
            else:
                flaw = f"part {part.position} of {part.total} cannot be"
        elif iei in {CONCATENATION_8, CONCATENATION_16}:
            flaw = f"a concatenation element of {len(value)} octets"
    return UserDataHeader(concatenation, elements, flaw), octets[end:]


def _elements(octets: bytes, end: int) -> tuple[tuple[tuple[int, bytes], ...], str]:
    elements: list[tuple[int, bytes]] = []
    at = 1
    while at < end:
        value_at = at + 2
        value_end = value_at + octets[at + 1] if value_at <= end else end + 1
        if value_end > end:
            return tuple(elements), f"element 0x{octets[at]:02X} runs over the end of the header"
        elements.append((octets[at], octets[value_at:value_end]))
        at = value_end
    return tuple(elements), ""


def build(part: Concatenation) -> bytes:
    """Build the header of one part, its length octet included: 6 octets for an 8-bit reference, 7 for a 16-bit one."""
    reference_octets = part.width // 8
    iei = CONCATENATION_8 if reference_octets == 1 else CONCATENATION_16
    reference = part.reference % (1 << part.width)
    length = reference_octets + 2
    return bytes((length + 2, iei, length)) + reference.to_bytes(reference_octets) + bytes((part.total, part.position))
