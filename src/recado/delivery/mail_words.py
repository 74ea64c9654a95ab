"""The few words in a forwarded mail, in the account's language; delivery knows no Django, so they are a table of its own.

What belongs here: words of forwarded mails. What does not: words of the panel and of other mails, which are translated with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from recado.core.mail_subject import USUAL


@dataclass(frozen=True, slots=True)
class MailWords:
    """All of them in one language, with `{}` for what differs."""

    via: str
    """Name of the sender: who wrote, the installation."""
    subject: str
    test: str
    person: str
    number: str
    keyword: str
    received: str
    open: str
    answer: str
    no_answer: str


_WORDS: Final[Mapping[str, MailWords]] = {
    "en": MailWords(
        via="{who} via {name}",
        subject=USUAL["en"],
        test="Test",
        person="From: {}",
        number="To: {}",
        keyword="Keyword: {}",
        received="Received: {}",
        open="Open the conversation: {}",
        answer="Answer this mail, and your words go back as an SMS.",
        no_answer="Do not answer this mail: an answer reaches nobody.",
    ),
    "pl": MailWords(
        via="{who} przez {name}",
        subject=USUAL["pl"],
        test="Test",
        person="Od: {}",
        number="Do: {}",
        keyword="Hasło SMS: {}",
        received="Otrzymano: {}",
        open="Otwórz rozmowę: {}",
        answer="Odpowiedz na ten e-mail, a Twoje słowa wrócą jako SMS.",
        no_answer="Nie odpowiadaj na ten e-mail: odpowiedź do nikogo nie dotrze.",
    ),
}


def mail_words(language: str) -> MailWords:
    """Return the words of a language such as `pl` or `en-gb`; of one there is none for, English."""
    return _WORDS.get(language.partition("-")[0], _WORDS["en"])
