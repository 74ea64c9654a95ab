"""Turns the octets of a text part into its text, whatever its charset is said to be.

Order: a byte order mark, what was declared, UTF-8, UTF-16 by its zeros, and last Windows-1250 or ISO-8859-2, of which Polish phones and
gateways used one or the other. What does not belong here: which parts are text.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from recado.protocols.mm7.headers import storable

_BOMS: Final = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_ONLY_IN_WINDOWS: Final = frozenset(range(0x80, 0xA0)) - frozenset(b"\x81\x83\x88\x90\x98")
"""Control characters in ISO-8859-2, letters and quotes in Windows-1250: Ś ś Ź ź among them."""
_POLISH_IN_WINDOWS: Final = frozenset("ąĄ".encode("cp1250"))
_NO_CHARSETS: Final = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "*", "any"})
_TEXT_CHARSETS: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
"""Codecs of Python that are no charsets."""


def decode_text(data: bytes, declared: str = "") -> str:
    """Return the text of a part, with plain line ends and nothing a database refuses."""
    text = _decoded(data, declared.strip().lower())
    return storable(text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff"))


def _decoded(data: bytes, declared: str) -> str:
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    if declared.startswith("utf-16") or (not len(data) % 2 and _looks_like_utf16(data)):
        return _utf16(data, declared)
    for charset in (declared, "utf-8"):
        if charset in _NO_CHARSETS or charset.replace("-", "_") in _TEXT_CHARSETS:
            continue
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode(_central_european(data), "replace")


def _looks_like_utf16(data: bytes) -> bool:
    """Say whether zeros stand in every other octet as often as in no other text."""
    fewer, more = sorted((data[::2].count(0), data[1::2].count(0)))
    return more * 10 >= len(data) > 1 and more > 3 * fewer


def _utf16(data: bytes, declared: str) -> str:
    names_little = declared.endswith("le")
    is_little = names_little or (not declared.endswith("be") and data[1::2].count(0) > data[::2].count(0))
    return data.decode("utf-16-le" if is_little else "utf-16-be", "replace")


def _central_european(data: bytes) -> str:
    is_windows = not _ONLY_IN_WINDOWS.isdisjoint(data) or not _POLISH_IN_WINDOWS.isdisjoint(data)
    return "cp1250" if is_windows else "iso8859-2"
