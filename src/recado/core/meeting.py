"""Whether some text is matched by two keywords at once, and the shortest such text.

How a keyword takes a text is asked of `keyword.matches`; here only texts are put together. Which of the two then acts belongs to
`conflicts`, which asks the matcher itself. Everything is compared folded, as the matcher finds keywords: łaska and laska meet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

from recado.core.compiling import KeywordRow
from recado.core.keyword import matches
from recado.core.routes import MatchKind, Reservation
from recado.core.text import fold, leading_tokens, tokenise

Slot = tuple[int | None, int | None]
"""One token of a text: which token of the one spelling it is, and which of the other."""
MOST_TEXTS = 6
"""So many texts are tried of two keywords with many spellings, the shortest first."""


class Shape(StrEnum):
    """Where in a text a keyword must stand."""

    WHOLE = "whole"
    START = "start"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Spelled:
    """A keyword in one of its spellings."""

    keyword_id: int
    written: str
    pieces: tuple[str, ...]
    """The tokens as written."""
    folded: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two keywords that some text is matched by."""

    texts: tuple[str, ...]
    """Texts matched by both, the shortest first; where letters may have marks or not, in the spelling of the one and of the other."""
    is_contained: bool
    """Whether the text of one alone is enough; else both must be written in one text."""


def spelled(row: KeywordRow) -> tuple[Spelled, ...]:
    """Return a keyword in each of its spellings."""
    found: dict[tuple[str, ...], Spelled] = {}
    for written in (row.word, *row.synonyms):
        tokens = tokenise(written)
        if tokens:
            shape = _shape(row, tokens)
            found.setdefault(tokens, Spelled(row.id, " ".join(written.split()), _pieces(written, tokens), fold(tokens), shape))
    return tuple(found.values())


def meeting_of(first: KeywordRow, second: KeywordRow) -> Meeting | None:
    """Find texts matched by both keywords; None where there is no such text."""
    merged = [(slots, one, other) for one, other in product(spelled(first), spelled(second)) if (slots := merge(one, other)) is not None]
    if not merged:
        return None
    merged.sort(key=lambda found: len(found[0]))
    texts: dict[tuple[str, ...], str] = {}
    for slots, one, other in merged:
        for text in _texts(slots, one, other):
            texts.setdefault(tokenise(text), text)
    is_contained = any(len(slots) == max(len(one.folded), len(other.folded)) for slots, one, other in merged)
    return Meeting(tuple(texts.values())[:MOST_TEXTS], is_contained)


def merge(one: Spelled, other: Spelled) -> list[Slot] | None:
    """Put the shortest text together that both spellings match; None where there is none."""
    if one.shape is Shape.ANYWHERE and other.shape is Shape.ANYWHERE:
        return _supersequence(one.folded, other.folded)
    if other.shape is Shape.ANYWHERE:
        return _with_phrase(one, other)
    if one.shape is Shape.ANYWHERE:
        flipped = _with_phrase(other, one)
        return flipped and [(mine, theirs) for theirs, mine in flipped]
    shorter, longer = sorted((one, other), key=lambda spelling: len(spelling.folded))
    begins = longer.folded[: len(shorter.folded)] == shorter.folded
    if not begins or (len(longer.folded) > len(shorter.folded) and shorter.shape is Shape.WHOLE):
        return None
    length = len(longer.folded)
    return [(at if at < len(one.folded) else None, at if at < len(other.folded) else None) for at in range(length)]


def _shape(row: KeywordRow, tokens: tuple[str, ...]) -> Shape:
    if row.kind is MatchKind.PHRASE:
        return Shape.ANYWHERE
    found = Reservation(row.id, row.account_id, row.word, tokens, fold(tokens), row.kind, row.also_when_text_follows)
    return Shape.START if matches(found, is_whole=False) else Shape.WHOLE


def _pieces(written: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a spelling into its tokens as written; where a sign becomes several tokens, those."""
    _, ends = leading_tokens(written)
    cut = (written[start:end].strip() for start, end in pairwise((0, *ends)))
    return tuple(piece if tokenise(piece) == (token,) else token for piece, token in zip(cut, tokens, strict=True))


def _with_phrase(anchored: Spelled, phrase: Spelled) -> list[Slot] | None:
    """Find as much as possible of a phrase in the other keyword, from its beginning on, and write the rest behind it."""
    slots: list[Slot] = []
    taken = 0
    for at, token in enumerate(anchored.folded):
        fits = taken < len(phrase.folded) and phrase.folded[taken] == token
        slots.append((at, taken if fits else None))
        taken += fits
    if taken < len(phrase.folded) and anchored.shape is Shape.WHOLE:
        return None
    return slots + [(None, at) for at in range(taken, len(phrase.folded))]


def _supersequence(one: Sequence[str], other: Sequence[str]) -> list[Slot]:
    """Write the shortest text in which both phrases occur: what they have in common stands there once."""
    rest = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    """Length of the longest common rest from these two places on."""
    for i, j in product(reversed(range(len(one))), reversed(range(len(other)))):
        rest[i][j] = 1 + rest[i + 1][j + 1] if one[i] == other[j] else max(rest[i + 1][j], rest[i][j + 1])
    slots: list[Slot] = []
    i = j = 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            slots.append((i, j))
            i, j = i + 1, j + 1
        elif rest[i + 1][j] >= rest[i][j + 1]:
            slots.append((i, None))
            i += 1
        else:
            slots.append((None, j))
            j += 1
    return slots + [(at, None) for at in range(i, len(one))] + [(None, at) for at in range(j, len(other))]


def _texts(slots: list[Slot], one: Spelled, other: Spelled) -> Iterator[str]:
    """Write a text in the spelling of the one where both are at the same place, and in that of the other; first as a keyword is written."""
    flipped = [(right, left) for left, right in slots]
    ways = ((slots, one, other), (flipped, other, one))
    yield from (mine.written for places, mine, _theirs in ways if [left for left, _ in places] == list(range(len(mine.pieces))))
    for places, mine, theirs in ways:
        yield " ".join(mine.pieces[left] if left is not None else theirs.pieces[right or 0] for left, right in places)
