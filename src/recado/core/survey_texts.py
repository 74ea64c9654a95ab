"""Texts of surveys that their owner did not write, in the account's language.

What belongs here: the sentences. Without letters that would make an SMS twice as long, as with all texts of ours to phones. What does not:
when they are sent.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from recado.core.survey import AnswerKind, Question

_HINTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        AnswerKind.CHOICE: "Sorry, we did not understand. Please reply {answers}.",
        AnswerKind.YES_NO: "Sorry, we did not understand. Please reply YES or NO.",
        AnswerKind.NUMBER: "Sorry, we did not understand. Please reply with a number.",
        "range": "Please reply with a number from {low} to {high}.",
        "low": "Please reply with a number, {low} or more.",
        "high": "Please reply with a number, {high} or less.",
        AnswerKind.DATE: "Sorry, we did not understand. Please reply with a date, such as 24.12.",
        AnswerKind.TEXT: "Please reply with a few words.",
        AnswerKind.EMAIL: "Sorry, that is no e-mail address. Please send it again.",
        AnswerKind.PHOTO: "Please send a picture (MMS).",
        "or": " or ",
    },
    "pl": {
        AnswerKind.CHOICE: "Nie rozumiemy odpowiedzi. Odpisz {answers}.",
        AnswerKind.YES_NO: "Nie rozumiemy odpowiedzi. Odpisz TAK albo NIE.",
        AnswerKind.NUMBER: "Nie rozumiemy odpowiedzi. Odpisz liczba.",
        "range": "Odpisz liczba od {low} do {high}.",
        "low": "Odpisz liczba, co najmniej {low}.",
        "high": "Odpisz liczba, najwyzej {high}.",
        AnswerKind.DATE: "Nie rozumiemy odpowiedzi. Odpisz data, np. 24.12.",
        AnswerKind.TEXT: "Odpisz w kilku slowach.",
        AnswerKind.EMAIL: "To nie jest adres e-mail. Wyslij go jeszcze raz.",
        AnswerKind.PHOTO: "Przyslij zdjecie (MMS).",
        "or": " albo ",
    },
}
_ALREADY: Final = {"en": "We have your answer already. Thank you!", "pl": "Mamy juz Twoja odpowiedz. Dziekujemy!"}
_CLOSED: Final = {"en": "This survey is closed. Thank you!", "pl": "Ta ankieta jest zakonczona. Dziekujemy!"}
_WHICH: Final = {"en": "Which one do you answer? Reply {choices}.", "pl": "Na co odpowiadasz? Odpisz {choices}."}


def reask_hint(question: Question, language: str) -> str:
    """Say what would be an answer."""
    words = _HINTS.get(language, _HINTS["en"])
    if question.kind is AnswerKind.CHOICE:
        return words[AnswerKind.CHOICE].format(answers=_either([one.label for one in question.options], words["or"]))
    if question.kind is AnswerKind.NUMBER and (question.low is not None or question.high is not None):
        key = "range" if question.low is not None and question.high is not None else "low" if question.low is not None else "high"
        return words[key].format(low=question.low, high=question.high)
    return words[question.kind]


def already_text(language: str) -> str:
    """Say that somebody took part before."""
    return _ALREADY.get(language, _ALREADY["en"])


def closed_text(language: str) -> str:
    """Say that a survey is closed."""
    return _CLOSED.get(language, _CLOSED["en"])


def which_text(names: Sequence[str], language: str) -> str:
    """Ask which of several a text is the answer to."""
    choices = ", ".join(f"{place}: {name}" for place, name in enumerate(names, 1))
    return _WHICH.get(language, _WHICH["en"]).format(choices=choices)


def _either(labels: Sequence[str], last: str) -> str:
    if len(labels) < 2:  # noqa: PLR2004  # one is no choice
        return "".join(labels)
    return ", ".join(labels[:-1]) + last + labels[-1]
