"""Text of one part of a long message, which may begin or end within a letter (GSM 03.40 §9.2.3.24.1, docs/specs/gsm.md §2).

What the border cuts is left as it is for whoever joins the parts; all else is read as `alphabet` reads whole messages.
"""

import codecs
import re
from typing import Final

from recado.protocols.gsm.alphabet import ESCAPE, REPLACEMENT, Alphabet, alphabet_of, decode

_ESCAPES_AT_END: Final = re.compile(rb"\x1b*\Z")
_LONE_INSIDE: Final = re.compile(r"(?!\A)[\udc00-\udfff]|[\ud800-\udbff](?!\Z)")


def decode_part(data_coding: int, octets: bytes) -> tuple[str, Alphabet]:
    """Turn the octets of a part into text as `decode` does, but keep what the borders cut.

    The second half of a pair at the start and the first half at the end are lone surrogates in the text; a GSM 7-bit escape at the end
    whose septet is missing is U+001B.
    """
    alphabet = alphabet_of(data_coding)
    if alphabet is Alphabet.UCS2:
        return _decode_ucs2_part(octets), alphabet
    if alphabet is Alphabet.GSM7 and _is_cut_after_escape(octets):
        return decode(data_coding, octets[:-1])[0] + chr(ESCAPE), alphabet
    return decode(data_coding, octets)


def _is_cut_after_escape(octets: bytes) -> bool:
    """Two escapes are a space, so only an odd one waits for its septet."""
    if not octets or octets[-1] != ESCAPE:
        return False
    run = _ESCAPES_AT_END.search(octets)
    return run is not None and len(run[0]) % 2 == 1


def _decode_ucs2_part(octets: bytes) -> str:
    codec = "utf-16-be"
    if octets[:2] == codecs.BOM_UTF16_LE:
        codec, octets = "utf-16-le", octets[2:]
    elif octets[:2] == codecs.BOM_UTF16_BE:
        octets = octets[2:]
    is_odd = len(octets) % 2
    text = octets[: len(octets) - is_odd].decode(codec, "surrogatepass") + REPLACEMENT * is_odd
    return _LONE_INSIDE.sub(REPLACEMENT, text).replace("\0", REPLACEMENT)
