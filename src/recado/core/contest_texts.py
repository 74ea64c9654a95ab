"""What people are answered in a contest, or where no code is left, if its owner wrote nothing: by the language of the account.

What belongs here: the sentences; forms offer them as a beginning. Without letters that would make an SMS twice as long. When each is said
belongs to `contest_entry` and `code_pool`.
"""

from collections.abc import Mapping
from enum import StrEnum


class ContestText(StrEnum):
    """The answers there are, most by the names of the columns `<word>_text`. `{entry}` is the number of the entry."""

    ENTERED = "entered"
    WIN = "win"
    LOSE = "lose"
    WRONG = "wrong"
    ALREADY = "already"
    EARLY = "early"
    LATE = "late"
    AGE = "age"
    BIRTHDAY = "birthday"
    """Where the year alone leaves it open; nobody writes one of their own."""
    REFUSED = "refused"
    EMPTY = "empty"
    """Of a code pool: no code is left."""


ENGLISH = {
    ContestText.ENTERED: "Thank you, you are in. Your entry has the number {entry}.",
    ContestText.WIN: "Congratulations, you have won! Your entry has the number {entry}.",
    ContestText.LOSE: "No win this time. Thank you for taking part.",
    ContestText.WRONG: "That is not the right answer. Thank you for taking part.",
    ContestText.ALREADY: "You have taken part already, and that counts. This text does not.",
    ContestText.EARLY: "The contest has not begun yet. Please text again later.",
    ContestText.LATE: "The contest is over. Your text came too late to count.",
    ContestText.AGE: "One more question: in which year were you born? Reply with the year alone, like 1990.",
    ContestText.BIRTHDAY: "Please reply with your whole date of birth, like 24.05.1990.",
    ContestText.REFUSED: "Sorry, you cannot take part in this contest.",
    ContestText.EMPTY: "Sorry, all codes have been given out.",
}
POLISH = {
    ContestText.ENTERED: "Dziekujemy, bierzesz udzial. Numer Twojego zgloszenia: {entry}.",
    ContestText.WIN: "Gratulacje, wygrywasz! Numer Twojego zgloszenia: {entry}.",
    ContestText.LOSE: "Tym razem bez wygranej. Dziekujemy za udzial.",
    ContestText.WRONG: "To nie jest poprawna odpowiedz. Dziekujemy za udzial.",
    ContestText.ALREADY: "Twoje zgloszenie juz mamy i jest wazne. Ten SMS sie nie liczy.",
    ContestText.EARLY: "Konkurs jeszcze sie nie zaczal. Napisz ponownie pozniej.",
    ContestText.LATE: "Konkurs juz sie skonczyl. Twoj SMS przyszedl za pozno.",
    ContestText.AGE: "Jeszcze jedno pytanie: jaki jest Twoj rok urodzenia? Odpisz samym rokiem, np. 1990.",
    ContestText.BIRTHDAY: "Odpisz cala data urodzenia, np. 24.05.1990.",
    ContestText.REFUSED: "Niestety nie mozesz wziac udzialu w tym konkursie.",
    ContestText.EMPTY: "Niestety wszystkie kody zostaly juz rozdane.",
}
TEXTS: Mapping[str, Mapping[ContestText, str]] = {"en": ENGLISH, "pl": POLISH}


def contest_text(which: ContestText, language: str) -> str:
    """Return an answer in a language; English where there is none in it."""
    return TEXTS.get(language, ENGLISH)[which]
