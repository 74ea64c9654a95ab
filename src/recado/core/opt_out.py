"""Read whether a text asks for no more texts, or for texts again (product.md §4).

What belongs here: what the words of one text say, told its folded tokens. What does not: the words themselves (`opt_out_words`), how wide
an opt-out reaches (that needs the number, and what the sender is in), and what is answered.
Nothing is guessed: doubt ends in a question to the sender or a mark for a person, never in an opt-out.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Final

from recado.core.opt_out_phrases import FILLER_WORDS, TELLING, Kind, meant_by, phrase_at
from recado.core.opt_out_words import EVERYDAY

KeywordLength = Callable[[Sequence[str]], int]
"""How many of these folded tokens, from the first on, are a keyword of the number that got the text: of the longest one, 0 for none."""

WORDS_READ: Final = 300
"""Words that are looked at. A text with more of them asks for nothing; it is flagged for what is among these."""
_SLIP_TOKENS: Final = 40
_SLIP_WORDS: Final = 8
_SLIP_OTHERS: Final = 4
"""Up to so many tokens with signs, words, and words that are no filler, a text can be an opt-out word mistyped, with a keyword perhaps."""


_WITHOUT_SIGNS: Final = "".join(chr(point) if chr(point).isalnum() or chr(point) in "'_" else " " for point in range(128))
"""To translate ASCII with: whatever no word consists of becomes a space."""


class Verdict(StrEnum):
    """What a text asks for. Stored with messages, so none ever changes its meaning."""

    OPT_OUT = "opt_out"
    """They want no more texts."""
    OPT_IN = "opt_in"
    """They want texts again."""
    ASK_BACK = "ask_back"
    """They may have meant an opt-out word: ask them. Nothing else follows."""
    FLAG = "flag"
    """An opt-out word stands in a sentence: a person should read it. Nothing else follows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says about opting out."""

    verdict: Verdict
    word: str
    """The word or phrase found, folded, as it was typed; when asking back, the one that may be meant."""
    keywords: tuple[tuple[str, ...], ...] = ()
    """The keywords named beside it, as folded tokens: what it is about. None means everything."""


@dataclass(slots=True)
class _Pieces:
    """What the words of a text fell into."""

    outs: list[str] = field(default_factory=list)
    ins: list[str] = field(default_factory=list)
    keywords: list[tuple[str, ...]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    has_digits: bool = False

    def add(self, kind: Kind | None, words: Sequence[str]) -> None:
        """Add a phrase of this kind, or one word that is in no list."""
        match kind:
            case Kind.OUT:
                self.outs.append(" ".join(words))
            case Kind.IN:
                self.ins.append(" ".join(words))
            case Kind.INNOCENT:
                self.others.extend(words)
            case None if words[0].isdecimal():
                self.has_digits = True
            case None:
                self.others.append(words[0])
            case _:
                pass


def read_opt_out(tokens: Sequence[str], keyword_length: KeywordLength) -> Reading | None:
    """Read what the text with these folded tokens, all of them, asks for; None for nearly every text.

    `keyword_length` is asked only where the answer matters, which is rare. A text that is a keyword as a whole is left to it, except that
    a plain opt-out wins: no business can reserve its way out of one.
    """
    if TELLING.isdisjoint(tokens) and not _may_be_slip(tokens):
        return None
    reading = _judge(_cut(tokens, keyword_length), is_question="?" in tokens)
    if reading is None or reading.verdict is Verdict.OPT_OUT:
        return reading
    return None if keyword_length(tokens) == len(tokens) else reading


def says_nothing(text: str) -> bool:
    """Say at once that a long text in ASCII asks for nothing, as nearly all do; False where `read_opt_out` must look."""
    if not text.isascii():
        return False
    words = text.lower().translate(_WITHOUT_SIGNS).split()
    return TELLING.isdisjoint(words) and sum(map(str.isalnum, words)) > _SLIP_WORDS


def _may_be_slip(tokens: Sequence[str]) -> bool:
    """Say whether a text without any opt-out word may be one mistyped, or in single quotes: short, and a word of it near to one."""
    if len(tokens) > _SLIP_TOKENS or sum(map(str.isalnum, tokens)) > _SLIP_WORDS:
        return False
    others = [word for token in tokens if (word := _word(token)) and word not in FILLER_WORDS and not word.isdecimal()]
    return len(others) <= _SLIP_OTHERS and any(word in TELLING or meant_by(word) for word in others)


def _word(token: str) -> str:
    """Return the word a token is, without quotation marks around it; nothing if it is a sign."""
    if token.isalnum():
        return token
    return token.strip("'_") if any(map(str.isalnum, token)) else ""


def _cut(tokens: Sequence[str], keyword_length: KeywordLength) -> _Pieces:
    """Cut the words into phrases of the lists, keywords, digits, and others; signs and emojis are passed over."""
    places = list(islice((place for place, token in enumerate(tokens) if _word(token)), WORDS_READ + 1))
    words = [_word(tokens[place]) for place in places[:WORDS_READ]]
    pieces = _Pieces()
    if len(words) < len(places):
        pieces.others.append("…")
    at = 0
    while at < len(words):
        kind, end = phrase_at(words, at) or (None, at + 1)
        if kind is not Kind.OUT and not pieces.others[1:]:  # with two words of no use only a flag can follow, whatever the keywords
            length = keyword_length(tokens[places[at] : places[at] + WORDS_READ])
            keyword_end = bisect_left(places, places[at] + length, at, len(words))
            # Filler that is a keyword, too, is filler: it names nothing, and what is named would narrow the opt-out.
            is_longer = keyword_end >= (end if kind is None else end + 1)
            if is_longer and not any(_opts_out(words, inside) for inside in range(at, keyword_end)):
                pieces.keywords.append(tuple(tokens[places[at] : places[at] + length]))
                at = keyword_end
                continue
        pieces.add(kind, words[at:end])
        at = end
    return pieces


def _opts_out(words: Sequence[str], at: int) -> bool:
    """Say whether an opt-out phrase begins here, which no keyword can hide."""
    found = phrase_at(words, at)
    return found is not None and found[0] is Kind.OUT


def _judge(pieces: _Pieces, *, is_question: bool) -> Reading | None:
    keywords = tuple(dict.fromkeys(pieces.keywords))
    if pieces.outs:
        # "Stop 5?" asks for a bus stop and "koniec promo?" for a date: whoever asks about something gives no order.
        is_about_something = is_question and (keywords or pieces.has_digits)
        is_alone = not pieces.ins and not pieces.others
        telling = next((word for word in pieces.outs if word not in EVERYDAY), None)
        if telling is None and is_alone and (pieces.has_digits or (is_question and not keywords)):
            # "Cancel 12/05" may be an appointment, "koniec?" the end of anything.
            return Reading(Verdict.ASK_BACK, pieces.outs[0], keywords)
        if is_alone and not is_about_something:
            return Reading(Verdict.OPT_OUT, pieces.outs[0], keywords)
        return Reading(Verdict.FLAG, telling, keywords) if telling else None
    if pieces.others:
        meant = meant_by(pieces.others[0]) if len(pieces.others) == 1 and not pieces.ins else None
        return Reading(Verdict.ASK_BACK, meant, keywords) if meant else None
    return Reading(Verdict.OPT_IN, pieces.ins[0], keywords) if pieces.ins and not is_question else None
