"""Letters cut in two between parts of a long message: kept in stored parts by stand-ins, put together when the parts are joined.

Databases refuse half a surrogate pair, and a lone escape means nothing, so each is stored as a private-use code point until its other
half is there (docs/specs/gsm.md §2). Reading octets belongs to `protocols`, finding the parts of a message to `reassembly`.
"""

import re
from typing import Final

from recado.core.message import Encoding

ESCAPE: Final = "\x1b"
EXTENDED: Final = {
    "\n": "\f",
    "Λ": "^",
    "(": "{",
    ")": "}",
    "/": "\\",
    "<": "[",
    "=": "~",
    ">": "]",
    "¡": "|",
    "e": "€",
}
"""What an escape makes of the letter behind it (GSM 03.38 §6.2.1.1); others stay as they are."""

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_FIRST_HALF: Final = 0xD800
_PLANES: Final = 0x10000
# U+10F000 to U+10F7FF stand for the halves U+D800 to U+DFFF, U+10F800 for an escape. The noncharacters U+10FFFE and U+10FFFF are far.
_OFFSET: Final = 0x10F000 - _FIRST_HALF
_ESCAPE_STAND_IN: Final = "\U0010f800"

_NEEDS_CARRYING: Final = re.compile("[\\ud800-\\udfff\U0010f000-\U0010f800]")
_CARRIED: Final = re.compile(
    "(?P<pair>[\U0010f000-\U0010f3ff][\U0010f400-\U0010f7ff])"
    "|(?P<half>[\U0010f000-\U0010f7ff])"
    f"|{_ESCAPE_STAND_IN}(?P<letter>[{re.escape(''.join(EXTENDED))}{_ESCAPE_STAND_IN}])"
    f"|{_ESCAPE_STAND_IN}(?P<end>\\Z)?"
)


def carry(text: str, encoding: Encoding) -> str:
    """Make the text of a part storable: lone surrogates and, in the GSM alphabet, an escape at the end become stand-ins.

    Letters that look like stand-ins are carried as their two halves, so that `mend` gives every letter back.
    """
    if encoding is Encoding.GSM7 and text.endswith(ESCAPE):
        text = text[:-1]
        return _NEEDS_CARRYING.sub(_in_halves, text) + _ESCAPE_STAND_IN
    return _NEEDS_CARRYING.sub(_in_halves, text)


def mend(text: str) -> str:
    """Put together what was cut in the joined texts of neighbouring parts.

    A half without its other half becomes U+FFFD. An escape before a letter it does not change is dropped; before another one, or at the
    end, it is a space, as in a text that was never cut.
    """
    return _CARRIED.sub(_mended, text)


def _in_halves(letter: re.Match[str]) -> str:
    code = ord(letter[0])
    if code < _PLANES:
        return chr(code + _OFFSET)
    high, low = divmod(code - _PLANES, 0x400)
    return chr(0xD800 + high + _OFFSET) + chr(0xDC00 + low + _OFFSET)


def _mended(found: re.Match[str]) -> str:
    if pair := found["pair"]:
        high, low = (ord(half) - _OFFSET for half in pair)
        return chr(_PLANES + (high - 0xD800 << 10) + low - 0xDC00)
    if found["half"]:
        return _REPLACEMENT
    if letter := found["letter"]:
        return EXTENDED.get(letter, " ")
    return "" if found["end"] is None else " "
