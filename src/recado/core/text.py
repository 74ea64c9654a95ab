"""Tokens and normal forms of texts, so that what people type finds the keyword that was meant (product.md §2).

Two forms: the exact spelling (NFKC, case-folded, marks kept) and the folded one (marks stripped, ł written l). What a token means for a
message belongs to `keyword`; encodings on the wire belong to `protocols.gsm`.
"""

import re
import sys
from functools import lru_cache
from itertools import chain
from unicodedata import category, combining, normalize

_EVERYTHING = sys.maxsize

# Letters that stay themselves under NFKD, in their case-folded form.
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss",
        "ƀ": "b", "ɓ": "b", "ɖ": "d", "ɗ": "d", "ɠ": "g", "ɨ": "i", "ƙ": "k", "ŀ": "l", "ƚ": "l", "ɲ": "n", "ɔ": "o", "ɛ": "e", "ə": "e",
        "ƥ": "p", "ƭ": "t", "ʈ": "t", "ʉ": "u", "ʋ": "v", "ƴ": "y", "ƶ": "z", "ſ": "s",
    }
)  # fmt: skip


def _ranges(points: list[int]) -> str:
    """Write code points as the inside of a character class."""
    runs: list[list[int]] = []
    for point in points:
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in runs)


# All marks and format characters of Unicode lie in these two stretches; scanning them takes milliseconds, all code points would not.
_SCANNED = (*range(0x80, 0x1F000), *range(0xE0000, 0xE0200))
_KINDS = [(point, category(chr(point))) for point in _SCANNED]
_MARKS = _ranges([point for point, kind in _KINDS if kind[0] == "M"])
# Invisible: format characters (zero-width spaces and joiners, soft hyphen, direction marks), fillers, variation selectors.
_FILLERS = {
    0x034F,
    0x115F,
    0x1160,
    0x17B4,
    0x17B5,
    0x3164,
    0xFFA0,
    *range(0x180B, 0x1810),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
}
_INVISIBLE = _ranges([point for point, kind in _KINDS if kind == "Cf" or point in _FILLERS])
_ASCII_TOKEN = re.compile(r"[a-z0-9_']+|[!-~]")
_TOKEN = re.compile(rf"[\w'‘’{_MARKS}{_INVISIBLE}]+|[^\s\x00-\x1f\x7f-\x9f][{_MARKS}{_INVISIBLE}]*")
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
# Signs that are neither marks nor invisible nor curly apostrophes, and that every normal form but lower case leaves alone: most texts of
# Europe consist of them only, and then the long classes above and a look at each token can be spared.
_PLAIN_POINTS = [
    point
    for point in (*range(0x250), *range(0x370, 0x530), *range(0x2010, 0x2028), 0x20AC)
    if category(sign := chr(point))[0] != "M"
    and category(sign) not in {"Cf", "Cn"}
    and sign not in "‘’"
    and len(sign.lower()) == 1
    and normalize("NFKC", sign.lower()) == sign.lower() == sign.casefold() == normalize("NFKC", sign).lower()
]
_PLAIN = re.compile(f"[{_ranges(_PLAIN_POINTS)}]*\\Z")
_PLAIN_TOKEN = re.compile(r"[\w']+|[^\s\x00-\x1f\x7f-\x9f]")


def leading_tokens(text: str, limit: int = _EVERYTHING) -> tuple[list[str], list[int]]:
    """Split off the first tokens of `text`, in exact spelling, with the offset in `text` at which each ends.

    Fewer than `limit` come back only when the text has no more; a sign that normalises into several tokens may give a few more.
    """
    tokens: list[str] = []
    ends: list[int] = []
    if text.isascii():
        for found in _ASCII_TOKEN.finditer(text.lower()):
            tokens.append(found[0])
            ends.append(found.end())
            if len(tokens) >= limit:
                break
        return tokens, ends
    pattern = _PLAIN_TOKEN if _PLAIN.match(text) else _TOKEN
    for found in pattern.finditer(text):
        for token in _normalise(found[0]):
            tokens.append(token)
            ends.append(found.end())
        if len(tokens) >= limit:
            break
    return tokens, ends


def all_tokens(text: str) -> list[str]:
    """Split all of `text` into tokens in exact spelling, where nobody asks for their offsets."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    if _PLAIN.match(text):
        return _PLAIN_TOKEN.findall(text.lower())
    return [token for raw in _TOKEN.findall(text) for token in _normalise(raw)]


def tokenise(text: str) -> tuple[str, ...]:
    """Split all of `text` into tokens in exact spelling."""
    return tuple(all_tokens(text))


def fold(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Fold tokens of the exact spelling; as many come back."""
    return tuple([token if token.isascii() else _fold(token) for token in tokens])


def exact_form(text: str) -> str:
    """Return the exact spelling as stored: tokens joined by one space."""
    return " ".join(tokenise(text))


def folded_form(text: str) -> str:
    """Return the folded spelling as stored: tokens joined by one space."""
    return " ".join(fold(tokenise(text)))


@lru_cache(maxsize=2048)
def _normalise(raw: str) -> tuple[str, ...]:
    """Normalise one raw token; compatibility forms may fall into several (`…` is three full stops) and invisible ones into none."""
    plain, before = _INVISIBLES.sub("", raw).replace("’", "'").replace("‘", "'"), None
    while plain != before:  # case folding can undo the composition that came before it, so until nothing changes
        plain, before = normalize("NFKC", plain.casefold()), plain
    pieces = _TOKEN.findall(plain)
    if pieces == [plain]:
        return (plain,)
    return tuple(chain.from_iterable(_normalise(piece) for piece in pieces))


@lru_cache(maxsize=2048)
def _fold(token: str) -> str:
    bare = "".join([sign for sign in normalize("NFD", token) if not combining(sign)])
    # A token of nothing but marks keeps them, so that both forms have the same number of tokens.
    return normalize("NFC", bare.translate(_UNDECOMPOSED)) or token
