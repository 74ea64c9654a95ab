"""Which words can be a keyword at all, and which look too much like another (product.md §2).

What belongs here: pure questions about words. What does not: who has reserved what (`queries`), matching of messages (`core.keyword`), the
lists of opt-out and help words (`core.opt_out_words`).
"""

import unicodedata
from functools import lru_cache

from recado.core.opt_out_words import RESERVED

ANSWERS = frozenset({"tak", "nie", "yes", "no", "ok"})
"""Folded. Nobody can take these on a shared number: they answer questions."""
LOOK_ALIKE_FROM = 5
"""Letters from which on a word one edit away is refused; shorter words have too many honest neighbours."""

_LOOKS = str.maketrans({
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "н": "h", "і": "i", "ј": "j", "к": "k", "м": "m", "о": "o", "р": "p",
    "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ү": "y",
    "α": "a", "β": "b", "ε": "e", "ζ": "z", "η": "h", "ι": "i", "κ": "k", "μ": "m", "ν": "n", "ο": "o", "ρ": "p", "τ": "t", "υ": "y",
    "χ": "x", "օ": "o", "ս": "u", "հ": "h", "ց": "g", "0": "o", "1": "i",
})  # fmt: skip
"""Letters and digits that look like a Latin letter in print, where keywords are capitals; each stands for exactly one."""


def is_reserved(folded: tuple[str, ...], *, is_shared: bool) -> bool:
    """Say whether nobody can take the word, as with opt-out, opt-in and help words; on shared numbers answers and single signs, too."""
    word = " ".join(folded)
    return word in RESERVED or (is_shared and (word in ANSWERS or len(word) == 1))


@lru_cache(maxsize=1024)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]


def mixes_scripts(word: str) -> bool:
    """Say whether letters of two scripts stand together, as a Cyrillic а among Latin letters does."""
    return len({_script(character) for character in word if character.isalpha()}) > 1


def looks_like(word: str, other: str) -> bool:
    """Say whether two folded words are one slip apart: a letter changed, added, left out, or two swapped.

    A digit more or less is meant to be seen (`ROSE2` beside `ROSE`), so it does not count.
    """
    if word == other or min(len(word), len(other)) < LOOK_ALIKE_FROM or abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    rest, other_rest = word[start:], other[start:]
    if len(word) == len(other):
        changed_letter = rest[1:] == other_rest[1:] and not (rest[0].isdecimal() and other_rest[0].isdecimal())
        swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
        return changed_letter or swapped
    longer, shorter = (rest, other_rest) if len(rest) > len(other_rest) else (other_rest, rest)
    return longer[1:] == shorter and not longer[0].isdecimal()


def skeleton(folded: str) -> str:
    """Return a folded word as it looks: `сор` of Cyrillic letters looks like `cop`, `r0se` like `rose`."""
    return folded.translate(_LOOKS)


def near_forms(folded: str) -> set[str]:
    """Return how a word looks, whole and, if it is long enough to have look-alikes, with each letter left out.

    Two words that `looks_like` calls alike have one of them in common, so that look-alikes are found by an index.
    """
    look = skeleton(folded)
    shorter = {look[:place] + look[place + 1 :] for place in range(len(look))} if len(look) >= LOOK_ALIKE_FROM else set()
    return {look, *shorter}


def alternatives(word: str, owner: str) -> list[str]:
    """Suggest words like `word` for somebody called `owner`, in the order of preference."""
    name = next((part.upper() for part in reversed(owner.split()) if part.isalnum() and len(part) > 2), "")  # noqa: PLR2004  # "of", "i", "&"
    named = [f"{word}{name}", f"{name}{word}"] if name else []
    return [f"{word}2", *named, f"{word}24", f"{word}3", f"{word}PLUS", *(f"{word}{digit}" for digit in range(4, 10))]
