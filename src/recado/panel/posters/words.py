"""What a poster says: the sentence with its word and number, how to scan, who receives the messages and what they cost.

What belongs here: texts, in the language that is active when they are asked for, and the address in the QR code. What does not: places.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONG_NUMBER = 8
"""From so many digits on a number is international; shorter ones are short codes, which no country code precedes."""
MARK = "\0"


class Part(StrEnum):
    """What a part of the sentence is."""

    LEAD = "lead"
    WORD = "word"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PosterWords:
    """Everything a poster says."""

    headline: str
    sentence: tuple[tuple[Part, str], ...]
    scan: str
    company: str
    legal: str
    title: str
    language: str
    link: str
    """What the QR code holds."""


def words_for(word: str, digits: str, number: str, company: str, headline: str, can_draw: Callable[[str], bool]) -> PosterWords:
    """Gather what the poster of a keyword says; `number` is how people read it, and what the typeface lacks is left out of free texts."""
    company, headline = _drawable(company, can_draw), _drawable(headline, can_draw)
    shown = _without_controls(unicodedata.normalize("NFC", word))
    return PosterWords(
        headline=headline,
        sentence=sentence(shown, number),
        scan=_("Or scan the code: your phone writes the SMS."),
        company=company,
        legal=legal(company),
        title=plain_sentence(shown, number),
        language=get_language() or "en",
        link=sms_link(word, digits),
    )


def sms_link(word: str, digits: str) -> str:
    """Return the address that opens a phone's SMS window with number and word filled in (RFC 5724, with the usual `body`)."""
    return f"sms:{'+' if len(digits) >= LONG_NUMBER else ''}{digits}?body={quote(word, safe='')}"


def plain_sentence(word: str, number: str) -> str:
    """Say what to send where."""
    return _("Text %(word)s to %(number)s") % {"word": word, "number": number}


def sentence(word: str, number: str) -> tuple[tuple[Part, str], ...]:
    """Say what to send where, in parts: each language has its own order, and on a poster each part has lines of its own."""
    marked = _("Text %(word)s to %(number)s") % {"word": f"{MARK}{Part.WORD}{MARK}", "number": f"{MARK}{Part.NUMBER}{MARK}"}
    values = {Part.WORD.value: (Part.WORD, word), Part.NUMBER.value: (Part.NUMBER, number)}
    return tuple(values.get(piece) or (Part.LEAD, piece.strip()) for piece in marked.split(MARK) if piece.strip())


def legal(company: str) -> str:
    """Say who receives the messages, what one costs and how to leave."""
    return _(
        "Messages are received by %(company)s. You pay what your operator charges for one SMS. "
        "To get no more messages, text STOP to the same number."
    ) % {"company": company}


def _drawable(text: str, can_draw: Callable[[str], bool]) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join("".join(letter for letter in _without_controls(spaced) if can_draw(letter)).split())


def _without_controls(text: str) -> str:
    """Leave out what has no look and no place in XML."""
    return "".join(letter for letter in text if not unicodedata.category(letter).startswith("C"))
