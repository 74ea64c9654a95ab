"""Text of short messages: alphabets of GSM 03.38, user data headers of GSM 03.40, segments of long messages.

Pure conversions between octets and text belong here (docs/specs/gsm.md). Not here: joining parts over time, prices, and
what a text means.
"""

from recado.protocols.gsm.alphabet import Alphabet, decode, encode, is_gsm7
from recado.protocols.gsm.part import decode_part
from recado.protocols.gsm.segment import Segmentation, segments, split
from recado.protocols.gsm.text import without_accents
from recado.protocols.gsm.udh import Concatenation, UserDataHeader, parse

__all__ = [
    "Alphabet",
    "Concatenation",
    "Segmentation",
    "UserDataHeader",
    "decode",
    "decode_part",
    "encode",
    "is_gsm7",
    "parse",
    "segments",
    "split",
    "without_accents",
]
