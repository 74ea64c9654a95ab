"""The few words in a forwarded mail, in the account's language; delivery knows no Django, so they are a table of its own.

What belongs here: words of forwarded mails. What does not: words of the panel and of other mails, which are translated with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from recado.core.mail_subject import USUAL, USUAL_OF_MMS


@dataclass(frozen=True, slots=True)
class MailWords:
    """All of them in one language, with `{}` for what differs."""

    via: str
    """Name of the sender: who wrote, the installation."""
    subject: str
    subject_of_mms: str
    test: str
    title: str
    """What the sender of an MMS wrote above it."""
    person: str
    number: str
    keyword: str
    received: str
    open: str
    answer: str
    no_answer: str
    linked: str
    infected: str
    gone: str


_WORDS: Final[Mapping[str, MailWords]] = {
    "en": MailWords(
        via="{who} via {name}",
        subject=USUAL["en"],
        subject_of_mms=USUAL_OF_MMS["en"],
        test="Test",
        title="Subject: {}",
        person="From: {}",
        number="To: {}",
        keyword="Keyword: {}",
        received="Received: {}",
        open="Open the conversation: {}",
        answer="Answer this mail, and your words go back as an SMS.",
        no_answer="Do not answer this mail: an answer reaches nobody.",
        linked="Not attached; the links are good for 7 days:",
        infected="Left out, because a virus was found in it: {}",
        gone="Not there any more: {}",
    ),
    "pl": MailWords(
        via="{who} przez {name}",
        subject=USUAL["pl"],
        subject_of_mms=USUAL_OF_MMS["pl"],
        test="Test",
        title="Temat: {}",
        person="Od: {}",
        number="Do: {}",
        keyword="Hasło SMS: {}",
        received="Otrzymano: {}",
        open="Otwórz rozmowę: {}",
        answer="Odpowiedz na ten e-mail, a Twoje słowa wrócą jako SMS.",
        no_answer="Nie odpowiadaj na ten e-mail: odpowiedź do nikogo nie dotrze.",
        linked="Bez załączania; linki działają przez 7 dni:",
        infected="Pominięto, bo znaleziono w nim wirusa: {}",
        gone="Tego pliku już nie ma: {}",
    ),
}


def mail_words(language: str) -> MailWords:
    """Return the words of a language such as `pl` or `en-gb`; of one there is none for, English."""
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])
