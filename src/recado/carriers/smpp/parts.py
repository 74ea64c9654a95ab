"""The content of an inbound short message: its text, its alphabet, and which part of a long message it is.

Brings together the header (GSM 03.40 §9.2.3.24), the alphabet (GSM 03.38) and the `sar_*` parameters (SMPP 3.4 §5.3.2.22). Never fails;
what had to be overlooked is named in `flags`. Receipts and addresses are read elsewhere.
"""

from dataclasses import dataclass
from typing import Final

from recado.core.cut_letters import carry
from recado.core.message import Concatenation, Encoding
from recado.protocols.gsm import Alphabet, decode, decode_part, parse
from recado.protocols.smpp import Tlvs
from recado.protocols.smpp.constants import EsmClass
from recado.protocols.smpp.tlv import Tag, sar

ENCODINGS: Final[dict[Alphabet, Encoding]] = {
    Alphabet.GSM7: Encoding.GSM7,
    Alphabet.LATIN1: Encoding.LATIN1,
    Alphabet.UCS2: Encoding.UCS2,
    Alphabet.BINARY: Encoding.BINARY,
}
_UDHI: Final = int(EsmClass.UDHI)
_LATIN1_CODING: Final = 3
_SAR_WIDTH: Final = 16
_SAR_TAGS: Final = frozenset({Tag.SAR_MSG_REF_NUM, Tag.SAR_TOTAL_SEGMENTS, Tag.SAR_SEGMENT_SEQNUM})
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a short message says."""

    text: str
    """Of a part of a long message with stand-ins for what its borders cut (`core.cut_letters`)."""
    encoding: Encoding
    concatenation: Concatenation | None = None
    flags: tuple[str, ...] = ()


def read_content(esm_class: int, data_coding: int, octets: bytes, tlvs: Tlvs, *, latin1: bool = False) -> Content:
    """Read the content; `latin1` says that the carrier means ISO 8859-1 by data_coding 0."""
    concatenation: Concatenation | None = None
    flags: tuple[str, ...] = ()
    if esm_class & _UDHI:
        concatenation, octets, flags = _header(octets)
    if tlvs and concatenation is None:
        concatenation, more = _sar(tlvs)
        flags += more
    coding = _LATIN1_CODING if latin1 and data_coding == 0 else data_coding
    is_part = concatenation is not None and concatenation.is_part_of_several
    text, alphabet = decode_part(coding, octets) if is_part else decode(coding, octets)
    encoding = ENCODINGS[alphabet]
    if is_part:
        text = carry(text, encoding)
    if _REPLACEMENT in text:
        flags += ("replaced_characters",)
    return Content(text, encoding, concatenation, flags)


def _header(octets: bytes) -> tuple[Concatenation | None, bytes, tuple[str, ...]]:
    header, rest = parse(octets)
    found = header.concatenation
    concatenation = Concatenation(found.reference, found.width, found.total, found.position) if found else None
    return concatenation, rest, (f"udh: {header.flaw}",) if header.flaw else ()


def _sar(tlvs: Tlvs) -> tuple[Concatenation | None, tuple[str, ...]]:
    part = sar(tlvs)
    if part is not None:
        return Concatenation(part.reference, _SAR_WIDTH, part.total, part.position), ()
    return None, ("sar_incomplete",) if any(tag in _SAR_TAGS for tag, _value in tlvs) else ()
