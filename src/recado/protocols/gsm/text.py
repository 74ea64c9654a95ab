"""Text made cheaper: letters that force UCS-2 exchanged for near ones of the GSM 7-bit alphabet.

The table of exchanges belongs here (docs/specs/gsm.md §6). Whether to exchange is the writer's choice, never made here;
folding keywords for comparison is another thing with other rules.
"""

import unicodedata
from typing import Final

from recado.protocols.gsm.alphabet import GSM7_LETTERS

_EXCHANGES: Final = {
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "œ": "oe",
    "Œ": "OE",
    "ı": "i",
    "ħ": "h",
    "Ħ": "H",
    "ŧ": "t",
    "Ŧ": "T",
    "ŋ": "n",
    "Ŋ": "N",
    "ĸ": "k",
    "ẞ": "SS",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "′": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "″": '"',
    "«": '"',
    "»": '"',
    "‹": "'",
    "›": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "•": "*",
    "·": ".",
    "×": "x",
    "\t": " ",
    "\u200b": "",
    "\u200e": "",
    "\u200f": "",
    "\ufeff": "",
}


def without_accents(text: str) -> str:
    """Exchange letters outside the GSM 7-bit alphabet for near ones inside it.

    Letters that GSM 7-bit has (é, à, ü, ñ …) stay as they are; what has no near letter (Cyrillic, emoji) stays too.
    """
    # Composed first, so that a letter typed as base and mark is looked up, and kept, as one.
    return "".join(map(_exchanged, unicodedata.normalize("NFC", text)))


def _exchanged(letter: str) -> str:
    if letter in GSM7_LETTERS:
        return letter
    if (near := _EXCHANGES.get(letter)) is not None:
        return near
    decomposed = unicodedata.normalize("NFKD", letter)
    bare = "".join(_EXCHANGES.get(part, part) for part in decomposed if unicodedata.category(part)[0] != "M")
    return bare if bare and GSM7_LETTERS.issuperset(bare) else letter
