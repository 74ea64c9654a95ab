"""Alphabets of short messages and which of them data_coding names (GSM 03.38 §4 and §6, SMPP 3.4 §5.2.19).

Decoding never fails: an octet with no meaning becomes a documented replacement, and the caller keeps the octets
(docs/specs/gsm.md §1 to §3). GSM 7-bit text is one septet per octet, as SMPP carries it; nothing is packed here.
"""

import codecs
import re
from enum import IntEnum
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
ESCAPE: Final = 0x1B

_BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION: Final = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
# Octets from 0x80 on are no septets. Message centres that send them nearly always forgot to convert Latin-1.
_DECODING: Final = _BASIC + REPLACEMENT * 32 + bytes(range(0xA0, 0x100)).decode("latin-1")
_ENCODING: Final = codecs.charmap_build(_BASIC + "\ufffe" * 128)  # U+FFFE marks an octet that stands for no letter
_ESCAPED: Final = {ord(letter): "\x1b" + _BASIC[code] for code, letter in _EXTENSION.items()}

# Octets of text that data_coding 5 to 14 name beside those of GSM 03.38 (SMPP 3.4 §5.2.19).
_NATIONAL: Final = {
    5: "shift_jis",
    6: "iso8859_5",
    7: "iso8859_8",
    10: "iso2022_jp",
    13: "iso2022_jp_1",
    14: "euc_kr",
}


class Alphabet(IntEnum):
    """How text travels as octets."""

    GSM7 = 0
    LATIN1 = 1  # ASCII and the national sets of SMPP too: text of eight-bit octets that is decoded when it arrives
    UCS2 = 2
    BINARY = 3


def alphabet_of(data_coding: int) -> Alphabet:
    """Say which alphabet data_coding names; reserved values mean GSM 7-bit, as GSM 03.38 §4 asks."""
    return _ALPHABETS[data_coding & 0xFF]


def decode(data_coding: int, octets: bytes) -> tuple[str, Alphabet]:
    """Turn octets into text as data_coding says; never fails, and binary content has no text.

    For one part of a long message use `decode_part`: letters may lie across the border of two parts. U+0000 is replaced
    because databases refuse it.
    """
    alphabet = _ALPHABETS[data_coding & 0xFF]
    if alphabet is Alphabet.GSM7:
        return decode_gsm7(octets), alphabet
    if alphabet is Alphabet.BINARY:
        return "", alphabet
    text = decode_ucs2(octets) if alphabet is Alphabet.UCS2 else _decode_eight_bit(data_coding, octets)
    return (text.replace("\0", REPLACEMENT) if "\0" in text else text), alphabet


def decode_gsm7(octets: bytes) -> str:
    """Turn unpacked septets into text.

    An escape before a septet that the extension table lacks is dropped and the septet read as usual; an escape before
    another one, or at the end, is a space (GSM 03.38 §6.2.1.1). Octets 0x80 to 0x9F become U+FFFD, 0xA0 to 0xFF Latin-1.
    """
    text, _ = codecs.charmap_decode(octets, "strict", _DECODING)
    return text if ESCAPE not in octets else _ESCAPE_PAIR.sub(_unescaped, text)


def _unescaped(pair: re.Match[str]) -> str:
    return _UNESCAPED.get(pair[0], pair[0][1:])


def decode_ucs2(octets: bytes) -> str:
    """Turn big-endian UCS-2 into text, UTF-16 pairs included; what is cut off or lone becomes U+FFFD.

    A byte order mark at the start is obeyed and dropped.
    """
    if octets[:2] == codecs.BOM_UTF16_LE:
        return octets[2:].decode("utf-16-le", "replace")
    if octets[:2] == codecs.BOM_UTF16_BE:
        octets = octets[2:]
    return octets.decode("utf-16-be", "replace")


def _decode_eight_bit(data_coding: int, octets: bytes) -> str:
    if codec := _NATIONAL.get(data_coding):
        try:
            return octets.decode(codec)
        except UnicodeDecodeError:
            pass  # what is no text in the set it names is mostly plain Latin-1
    return octets.decode("latin-1")


def is_gsm7(text: str) -> bool:
    """Say whether every letter is in the GSM 7-bit alphabet or its extension."""
    return GSM7_LETTERS.issuperset(text)


def encode(alphabet: Alphabet, text: str) -> bytes:
    """Turn text into octets; raises `UnicodeEncodeError` for a letter the alphabet lacks, `ValueError` for binary."""
    if alphabet is Alphabet.GSM7:
        return _encode_gsm7(text)
    if alphabet is Alphabet.UCS2:
        return text.encode("utf-16-be", "surrogatepass")
    if alphabet is Alphabet.LATIN1:
        return text.encode("latin-1")
    msg = "binary content is octets already"
    raise ValueError(msg)


def _encode_gsm7(text: str) -> bytes:
    if "\x1b" in text:
        raise UnicodeEncodeError("gsm7", text, text.index("\x1b"), text.index("\x1b") + 1, "escape is no letter")
    return codecs.charmap_encode(text.translate(_ESCAPED), "strict", _ENCODING)[0]


def _alphabet_of_octet(data_coding: int) -> Alphabet:
    if data_coding < 0x10:  # noqa: PLR2004 - the values that SMPP 3.4 §5.2.19 lists
        return _SMPP_ALPHABETS.get(data_coding, Alphabet.GSM7)
    group = data_coding >> 4
    if group < 0x8:  # noqa: PLR2004 - general groups: 00cg aaxx and 01cg aaxx
        is_compressed = bool(data_coding & 0x20)
        return Alphabet.BINARY if is_compressed else _GENERAL_ALPHABETS[data_coding >> 2 & 3]
    if group == 0xE:  # noqa: PLR2004 - a message waits, store it, UCS-2
        return Alphabet.UCS2
    is_eight_bit = group == 0xF and bool(data_coding & 0x04)  # noqa: PLR2004 - the group with a message class
    return Alphabet.BINARY if is_eight_bit else Alphabet.GSM7


_SMPP_ALPHABETS: Final = {
    1: Alphabet.LATIN1,
    2: Alphabet.BINARY,
    3: Alphabet.LATIN1,
    4: Alphabet.BINARY,
    8: Alphabet.UCS2,
    9: Alphabet.BINARY,
    **dict.fromkeys(_NATIONAL, Alphabet.LATIN1),
}
_GENERAL_ALPHABETS: Final = (Alphabet.GSM7, Alphabet.BINARY, Alphabet.UCS2, Alphabet.GSM7)
_ALPHABETS: Final = tuple(_alphabet_of_octet(data_coding) for data_coding in range(0x100))

_ESCAPE_PAIR: Final = re.compile("\x1b.?", re.DOTALL)
_UNESCAPED: Final = {"\x1b": " ", "\x1b\x1b": " "} | {pair: chr(code) for code, pair in _ESCAPED.items()}
GSM7_LETTERS: Final = frozenset(_BASIC.replace("\x1b", "")) | frozenset(_EXTENSION.values())
