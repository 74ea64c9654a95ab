"""Reading a text as the answer to a question of a survey (product.md §5).

What belongs here: from text to answer for each kind of question, and how sure that is. What does not: days (`survey_dates`), which
question a text is about (`survey_asked`), what follows. Nothing is guessed from the middle of a sentence: "call me at 5" is no 5.
A picture comes by MMS only, which is not received yet, so that no text answers a question for a photo.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from recado.core.mms import InboundMms
from recado.core.nearness import slips
from recado.core.question import Says, read_answer
from recado.core.survey import AnswerKind, Option, Question
from recado.core.survey_dates import read_date
from recado.core.taking_part import Fit
from recado.core.text import fold, tokenise

VALUE_LENGTH: Final = 200
SLIP_FROM: Final = 5
"""Letters of a word in which one slip of the finger is overlooked."""
_EMAIL = re.compile(r"[\w.+%'-]+@(?:[\w-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_EMAIL_WORDS: Final = 6
_INTRODUCED: Final[frozenset[str]] = frozenset(
    re.findall(
        r"\w+",
        "odp odpowiedz odpowiedzi opcja opcje wybieram wybor glosuje litera nr numer na to moja moj ja i jest"
        " answer option choose choice vote letter number my is the",
    )
)
"""Words before an answer that say nothing."""
_ABOUT: Final[frozenset[str]] = frozenset(
    re.findall(r"\w+", "ok okolo prawie ocena ocene ocenie daje mam mamy around about circa ca grade rating give have we")
)
_NUMBER = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|[-−]?\d+")
_FRACTION = re.compile(r"\d[.,:]\d")
_OF: Final = frozenset({"/", "na", "z", "of"})
_UNIT_WORDS: Final = 2
_IN_WORDS: Final[Mapping[str, int]] = {
    word: value
    for value, words in enumerate((
        "zero", "jeden jedna jedno one", "dwa dwie two", "trzy three", "cztery four", "piec five", "szesc six", "siedem seven",
        "osiem eight", "dziewiec nine", "dziesiec ten",
    ))
    for word in words.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A text as an answer."""

    fit: Fit
    value: str = ""
    option_id: int | None = None


def read(text: str, question: Question, today: date) -> Read | None:
    """Read a text as the answer to a question; None where it is none. `today` is the account's calendar day."""
    if not text.strip():
        return None
    return _READERS[question.kind](text, question, today)


def _words(text: str) -> tuple[str, ...]:
    """Return the folded words, without signs."""
    return tuple(word for word in fold(tokenise(text)) if any(map(str.isalnum, word)))


# --- choices ---


def read_choice(text: str, options: Sequence[Option]) -> Read | None:
    """Read which option a text names: by label, its text, a synonym or its place, `A`, `a)`, `odp. A`, `A - Pizza`."""
    words = _words(text)
    if not words:
        return None
    bare = _without_introduction(words)
    tries = [words] if bare == words or not bare else [words, bare]
    for spoken in tries:
        for names in (_labels(options), _texts(options), _places(options)):
            found = names.get(spoken)
            if found is not None:
                return _chosen(found, Fit.EXACT)
    for spoken in tries:
        if (found := _label_and_text(spoken, options)) is not None:
            return _chosen(found, Fit.EXACT)
    near = {option.id: option for spoken in tries for option in _nearly(spoken, options)}
    return _chosen(next(iter(near.values())), Fit.NEAR) if len(near) == 1 else None


def _chosen(option: Option, fit: Fit) -> Read:
    return Read(fit, (option.text or option.label)[:VALUE_LENGTH], option.id)


def _unique(pairs: Iterable[tuple[tuple[str, ...], Option]]) -> dict[tuple[str, ...], Option]:
    """Leave out what names two options."""
    found: dict[tuple[str, ...], Option | None] = {}
    for words, option in pairs:
        if words:
            found[words] = option if found.get(words, option) is option else None
    return {words: option for words, option in found.items() if option is not None}


def _labels(options: Sequence[Option]) -> Mapping[tuple[str, ...], Option]:
    return _unique((_words(one.label), one) for one in options)


def _texts(options: Sequence[Option]) -> Mapping[tuple[str, ...], Option]:
    return _unique((_words(name), one) for one in options for name in (one.text, *one.synonyms))


def _places(options: Sequence[Option]) -> Mapping[tuple[str, ...], Option]:
    """Name each option by its place, unless labels are numbers themselves."""
    if any(one.label.strip().isdecimal() for one in options):
        return {}
    return {(str(place),): one for place, one in enumerate(options, 1)}


def _without_introduction(words: tuple[str, ...]) -> tuple[str, ...]:
    first = next((place for place, word in enumerate(words) if word not in _INTRODUCED), len(words))
    return words[first:]


def _label_and_text(words: tuple[str, ...], options: Sequence[Option]) -> Option | None:
    """Read a line of the question as it was written out: `A - Pizza`."""
    labels, texts = _labels(options), _texts(options)
    for place in range(1, len(words)):
        one = labels.get(words[:place])
        if one is not None and texts.get(words[place:]) is one:
            return one
    return None


def _nearly(words: tuple[str, ...], options: Sequence[Option]) -> list[Option]:
    """Find the options one slip from the words, where the words are long enough for a slip to be one."""
    spoken = " ".join(words)
    if len(spoken) < SLIP_FROM:
        return []
    names = [(" ".join(_words(name)), one) for one in options for name in (one.label, one.text, *one.synonyms)]
    return [one for name, one in names if len(name) >= SLIP_FROM and slips(spoken, name, 1) is not None]


def _choice(text: str, question: Question, _today: date) -> Read | None:
    return read_choice(text, question.options)


def _yes_no(text: str, question: Question, _today: date) -> Read | None:
    """Read yes or no; options, where there are any, say where each leads."""
    named = read_choice(text, question.options) if question.options else None
    if named is not None and (option := question.option(named.option_id)) is not None:
        return Read(named.fit, (_says(question, option) or Says.YES).value, option.id)
    said = read_answer(fold(tokenise(text)))
    if said is None:
        return None
    option = next((one for one in question.options if _says(question, one) is said.says), None)
    return Read(Fit.EXACT, said.says.value, option.id if option is not None else None)


def _says(question: Question, option: Option) -> Says | None:
    """Tell which of two options is yes: by their words, else by their order."""
    for name in (option.label, option.text, *option.synonyms):
        said = read_answer(fold(tokenise(name)))
        if said is not None:
            return said.says
    place = question.options.index(option)
    return (Says.YES, Says.NO)[place] if place < len(Says) else None


# --- the others ---


def _number(text: str, question: Question, _today: date) -> Read | None:
    """Read a whole number with what people write around it: `7`, `7 pkt`, `daję 7`, `7/10`, `1 000 zł`, `siedem`."""
    if "?" in text or _FRACTION.search(text):
        return None
    found = list(_NUMBER.finditer(text))
    if not found:
        return _in_words(_words(text), question)
    first, rest = found[0], found[1:]
    before, after = _words(text[: first.start()]), text[first.end() :]
    if any(word not in _INTRODUCED | _ABOUT for word in before):
        return None
    if rest:
        between = text[first.end() : rest[0].start()].strip().casefold()
        if len(rest) > 1 or between not in _OF or int(_digits(rest[0][0])) != question.high:
            return None
        after = text[rest[0].end() :]
    if len(_words(after)) > _UNIT_WORDS:
        return None
    return _within(int(_digits(first[0])), question)


def _digits(written: str) -> str:
    return written.replace(" ", "").replace("\u00a0", "").replace("−", "-")


def _in_words(words: tuple[str, ...], question: Question) -> Read | None:
    bare = tuple(word for word in words if word not in _INTRODUCED | _ABOUT)
    if not bare or len(bare) > 1 + _UNIT_WORDS or bare[0] not in _IN_WORDS:
        return None
    return _within(_IN_WORDS[bare[0]], question)


def _within(value: int, question: Question) -> Read | None:
    if (question.low is not None and value < question.low) or (question.high is not None and value > question.high):
        return None
    return Read(Fit.EXACT, str(value)) if len(str(value)) <= _LONGEST_NUMBER else None


_LONGEST_NUMBER: Final = 18


def _date(text: str, _question: Question, today: date) -> Read | None:
    found = read_date(text, today)
    return Read(Fit.EXACT, found.isoformat()) if found is not None else None


def _email(text: str, _question: Question, _today: date) -> Read | None:
    """Read one address in a short text."""
    joined = re.sub(r"\s*@\s*", "@", text)
    found = _EMAIL.findall(joined)
    if len(found) != 1 or len(found[0]) > VALUE_LENGTH or len(_words(joined.replace(found[0], " "))) > _EMAIL_WORDS:
        return None
    return Read(Fit.EXACT, found[0].strip(".'").casefold())


def _any_text(_text: str, _question: Question, _today: date) -> Read | None:
    return Read(Fit.LOOSE)


def read_picture(mms: InboundMms | None) -> Read | None:
    """Read a message as the answer to a question for a picture: the first picture of an MMS, by its name."""
    pictures = [part for part in mms.parts if part.content_type.startswith("image/")] if mms is not None else []
    return Read(Fit.EXACT, pictures[0].name or "MMS") if pictures else None


def _photo(_text: str, _question: Question, _today: date) -> Read | None:
    """No text is a picture; `read_picture` reads messages that bring one."""
    return None


_READERS: Final[Mapping[AnswerKind, Callable[[str, Question, date], Read | None]]] = {
    AnswerKind.CHOICE: _choice,
    AnswerKind.YES_NO: _yes_no,
    AnswerKind.NUMBER: _number,
    AnswerKind.DATE: _date,
    AnswerKind.TEXT: _any_text,
    AnswerKind.EMAIL: _email,
    AnswerKind.PHOTO: _photo,
}
