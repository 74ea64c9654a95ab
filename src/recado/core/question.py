"""Questions asked back to a phone ("Did you mean PROMO?"): what was asked, and what counts as the answer (product.md §2).

What belongs here: a question as it is kept, the words that answer it, the text it is asked with. What does not: which keyword was nearly
typed (`typo`), whether to ask and what an answer leads to (`asking`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

OPEN_FOR: Final = timedelta(hours=24)
"""So long a question can be answered, and so long no other is asked to the same phone from the same number."""


class Says(StrEnum):
    """What an answer says."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Question:
    """The last question a phone was asked from one of our numbers."""

    account_id: int
    """On whose behalf it was asked."""
    keyword_id: int
    message_id: int
    """The mistyped message."""
    text: str
    """What was mistyped, all of it."""
    asked_at: datetime
    is_open: bool = True
    """Whether it waits for an answer: neither answered yet, nor did anybody write to the phone from the number since."""

    def is_recent(self, now: datetime) -> bool:
        """Say whether it was asked so lately that it may be answered, and that no other is asked."""
        return self.asked_at > now - OPEN_FOR


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that can answer a question, and the question it does answer."""

    says: Says
    to: Question | None = None


YES_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("yes", "y", "yes please", "yep", "yeah", "ok", "okay"),
    "pl": ("tak", "t", "tak prosze", "tak poprosze", "no tak", "zgadza sie"),
    "de": ("ja", "j", "ja bitte"),
    "uk": ("так", "да"),
    "fr": ("oui",),
    "es": ("si", "si por favor"),
    "cs": ("ano", "jo"),
}
NO_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("no", "n", "no thanks", "no thank you", "nope"),
    "pl": ("nie", "nie dziekuje", "nie dzieki"),
    "de": ("nein", "nein danke"),
    "uk": ("ні",),
    "fr": ("non", "non merci"),
    "es": ("no gracias",),
    "cs": ("ne",),
}
"""The whole text, folded. Words of all languages count on every number."""

ASKED: Final[Mapping[str, str]] = {
    "en": "Did you mean {word}? Reply YES.",
    "pl": "Czy chodzilo o {word}? Odpisz TAK.",
}
"""Without letters that would make an SMS twice as long."""

_ANSWERS: Final[Mapping[tuple[str, ...], Answer]] = {
    tuple(phrase.split()): Answer(says)
    for says, by_language in ((Says.YES, YES_WORDS), (Says.NO, NO_WORDS))
    for phrases in by_language.values()
    for phrase in phrases
}
_LONGEST: Final = 6
"""Tokens with signs."""


def read_answer(folded: Sequence[str]) -> Answer | None:
    """Read a text, given all its folded tokens, as an answer; None for nearly every text. A question mark answers nothing."""
    if len(folded) > _LONGEST or "?" in folded:
        return None
    return _ANSWERS.get(tuple(word for word in folded if any(map(str.isalnum, word))))


def question_text(word: str, language: str) -> str:
    """Write the question about a keyword in a language; English where there is none in it."""
    return ASKED.get(language, ASKED["en"]).format(word=word)
