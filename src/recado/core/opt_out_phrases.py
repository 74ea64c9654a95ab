"""The opt-out words made findable: which phrase stands at a place of a text, and which opt-out word a slip may have hit.

What belongs here: indexes over `opt_out_words` and the search in them. What does not: what is concluded from what was found (`opt_out`).
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import chain
from typing import Final

from recado.core.nearness import slips
from recado.core.opt_out_words import FILLER, INNOCENT, NOT_GUESSED, NOT_MEANT, OPT_IN, OPT_OUT

GUESSED_FROM: Final = 4
"""Letters an opt-out word has at least for a slip of it to be asked about."""


class Kind(Enum):
    """What a phrase does for the text it stands in."""

    OUT = auto()
    IN = auto()
    FILLER = auto()
    INNOCENT = auto()


_LISTS: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    Kind.OUT: OPT_OUT,
    Kind.IN: OPT_IN,
    Kind.FILLER: FILLER,
    Kind.INNOCENT: INNOCENT,
}


def _names(kind: Kind) -> Iterator[str]:
    return chain.from_iterable(_LISTS[kind].values())


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """Index all phrases by their first word, longest first."""
    found: dict[str, dict[tuple[str, ...], Kind]] = {}
    for kind in Kind:
        for words in (tuple(name.split()) for name in _names(kind)):
            found.setdefault(words[0], {}).setdefault(words, kind)
    return {first: sorted(phrases.items(), key=lambda phrase: -len(phrase[0])) for first, phrases in found.items()}


def _deletions(word: str) -> Iterator[str]:
    """Yield the word and the word without each of its letters: two words one slip apart have one of these in common."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _by_deletion() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(_names(Kind.OUT)):
        if len(word) >= GUESSED_FROM and " " not in word and word not in NOT_GUESSED:
            for key in dict.fromkeys(_deletions(word)):
                found.setdefault(key, []).append(word)
    return found


def _telling() -> frozenset[str]:
    """Choose words that are a phrase of their own where there is one, else the longest word, and of these the last."""
    phrases = [name.split() for name in chain(_names(Kind.OUT), _names(Kind.IN))]
    single = {words[0] for words in phrases if len(words) == 1}
    return frozenset(single | {max(reversed(words), key=len) for words in phrases if single.isdisjoint(words)})


_PHRASES: Final = _by_first_word()
_NEAR: Final = _by_deletion()
_LONGEST: Final = max(map(len, _NEAR))

TELLING: Final = _telling()
"""Of each opt-out and opt-in phrase one word, as rare a one as may be: a text without any of these has none of the phrases."""
FILLER_WORDS: Final = frozenset(chain.from_iterable(name.split() for name in _names(Kind.FILLER)))
"""Every word that filler is made of."""


def phrase_at(words: Sequence[str], at: int) -> tuple[Kind, int] | None:
    """Return the kind of the longest phrase that begins at this word, and where it ends."""
    for phrase, kind in _PHRASES.get(words[at], ()):
        end = _end(words, at, phrase, may_skip=kind is Kind.OUT)
        if end is not None:
            return kind, end
    return None


def _end(words: Sequence[str], at: int, phrase: tuple[str, ...], *, may_skip: bool) -> int | None:
    """Say where the phrase ends; opting out takes filler between its words ("nie chcę już więcej smsów")."""
    wanted = 0
    while wanted < len(phrase) and at < len(words):
        if words[at] == phrase[wanted]:
            wanted += 1
        elif not (may_skip and words[at] in FILLER_WORDS):
            return None
        at += 1
    return at if wanted == len(phrase) else None


@lru_cache(maxsize=4096)
def meant_by(word: str) -> str | None:
    """Return the opt-out word that lies one slip from this one; None also for ordinary words that merely happen to be near."""
    if len(word) > _LONGEST + 1 or word in NOT_MEANT:
        return None
    near = dict.fromkeys(chain.from_iterable(_NEAR.get(key, ()) for key in _deletions(word)))
    return next((other for other in near if slips(word, other, 1) == 1), None)
