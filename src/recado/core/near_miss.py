"""Which words are one slip of the finger apart, looked up without comparing every pair (product.md §2, typos).

What belongs here: what counts as near, the spellings of a text that can be near a keyword, and an index of words by what is left when
one letter is left out. What does not: acting on it (nobody does, where money, consent or an entry is at stake), counting it
(`apps.keywords.near_misses`), how far apart two words are at all (`nearness`).

Two words one slip apart, a letter changed, added, left out or swapped with its neighbour, always share a spelling with at most one
letter less; so a word finds its neighbours by looking up as many spellings as it has letters, however many words there are.
"""

from collections.abc import Iterable

from recado.core.nearness import slips
from recado.core.text import fold, leading_tokens

FEWEST_LETTERS = 5
"""Shorter words have too many honest neighbours."""
MOST_TOKENS = 5
"""So many tokens a spelling has at most, one more than keywords usually have: `DARMO WA KAWA`."""
LONGEST = 160
"""No keyword is longer."""


def is_near(word: str, other: str) -> bool:
    """Say whether two folded spellings are one slip apart; a figure more, less or another is meant (`ROSE2` beside `ROSE3`)."""
    if min(_letters(word), _letters(other)) < FEWEST_LETTERS or _figures(word) != _figures(other):
        return False
    return word != other and slips(word, other, 1) == 1


def spellings(text: str) -> list[str]:
    """Return what the text begins with, in folded spelling, of as many tokens as a keyword can have and long enough to be near one."""
    tokens, _ends = leading_tokens(text, MOST_TOKENS)
    folded = fold(tuple(tokens[:MOST_TOKENS]))
    begun = (" ".join(folded[:count]) for count in range(1, len(folded) + 1))
    return [spelling for spelling in begun if len(spelling) <= LONGEST and _letters(spelling) >= FEWEST_LETTERS]


class NearIndex:
    """Words by the spellings that are left when one letter is left out."""

    __slots__ = ("_words", "_words_by_rest")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._words_by_rest: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for rest in _rests(word):
                self._words_by_rest.setdefault(rest, []).append(word)

    def __contains__(self, word: str) -> bool:
        """Say whether exactly this word is in it."""
        return word in self._words

    def near(self, word: str) -> list[str]:
        """Return the words near this one, by the alphabet."""
        found = {other for rest in _rests(word) for other in self._words_by_rest.get(rest, ())}
        return sorted(other for other in found if is_near(word, other))


def _rests(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def _figures(word: str) -> str:
    return "".join(filter(str.isdecimal, word))
