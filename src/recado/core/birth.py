"""Reading how old somebody is from what they text when asked for their year of birth; pure and told the day.

What belongs here: from text to the ages it can mean. What does not: asking, and what follows (`contest_entry`). Nobody keeps what is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from recado.core.text import fold, tokenise

EARLIEST_YEAR: Final = 1900
OLDEST: Final = 120
LONGEST: Final = 8
"""Tokens, without punctuation; a longer text says something else."""
TOO_YOUNG_TO_WRITE: Final = 7
"""A number that would make somebody so young as a year is an age."""
_WORDS_OF_BIRTH: Final = frozenset({
    "r", "rok", "roku", "rocznik", "ur", "urodzony", "urodzona", "urodzilem", "urodzilam", "sie", "w", "z", "dnia", "jestem", "mam", "moj",
    "to", "born", "in", "year", "i", "was", "am", "my", "date", "of", "birth", "dob", "the", "im", "i'm", "it's",
})  # fmt: skip
_WORDS_OF_AGE: Final = frozenset({"lat", "lata", "l", "years", "year", "yrs", "yr", "yo", "y", "old", "wiek", "age"})
_MONTHS: Final = (
    "sty stycznia january jan", "lut lutego february feb", "mar marca march", "kwi kwietnia april apr", "maj maja may",
    "cze czerwca june jun", "lip lipca july jul", "sie sierpnia august aug", "wrz wrzesnia september sep sept",
    "paz pazdziernika october oct", "lis listopada november nov", "gru grudnia december dec",
)  # fmt: skip
_MONTH_OF: Final = {word: place for place, words in enumerate(_MONTHS, start=1) for word in words.split()}
_TOGETHER: Final = re.compile(r"(\d{1,4})(r|l|lat|y|yo)")


@dataclass(frozen=True, slots=True)
class Ages:
    """How old somebody can be after what they wrote."""

    least: int
    most: int

    def reach(self, age: int) -> bool | None:
        """Say whether somebody is at least so old; None where that is not sure."""
        if self.least >= age:
            return True
        return False if self.most < age else None


def read_ages(text: str, today: date) -> Ages | None:
    """Read a year of birth, a date of birth or an age; None where the text is none of them."""
    words = list(_words(text))
    if not words or len(words) > LONGEST:
        return None
    numbers = [word for word in words if word.isdecimal()]
    rest = {word for word in words if not word.isdecimal()}
    # "sie" is August, and a part of "urodzilem sie".
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF and (word != "sie" or len(numbers) == len("dy"))]
    rest -= _MONTH_OF.keys()
    if rest & _WORDS_OF_AGE and len(numbers) == 1 and not months and rest <= _WORDS_OF_AGE | _WORDS_OF_BIRTH:
        age = int(numbers[0])
        if age <= OLDEST:
            return Ages(age, age)
    if not rest <= _WORDS_OF_BIRTH | {"year"}:
        return None
    if len(numbers) == 1 and not months:
        return _of_one_number(numbers[0], today)
    return _of_date(numbers, months, today)


def _words(text: str) -> Iterator[str]:
    for token in fold(tokenise(text)):
        together = _TOGETHER.fullmatch(token)
        if together is not None:
            yield from together.groups()
        elif any(sign.isalnum() for sign in token):
            yield token


def _of_one_number(digits: str, today: date) -> Ages | None:
    """Read a date without points, a year, or an age."""
    if len(digits) == len("ddmmyyyy"):
        backwards = _since(_date(digits[4:], digits[2:4], digits[:2], today), today)
        return backwards or _since(_date(digits[:4], digits[4:6], digits[6:], today), today)
    if len(digits) == len("yyyy"):
        return _of_year(int(digits), today)
    return _of_two_digits(digits, today) if len(digits) == len("yy") else None


def _of_two_digits(digits: str, today: date) -> Ages | None:
    """Read the end of a year, or an age: those of this century can be either, but the youngest do not write."""
    number, this = int(digits), today.year % 100
    as_year = _of_year(today.year - this + number - (100 if number > this else 0), today)
    if number > this or digits.startswith("0") or as_year is None:
        return as_year
    if as_year.most <= TOO_YOUNG_TO_WRITE:
        return Ages(number, number)
    return Ages(min(as_year.least, number), max(as_year.most, number))


def _of_year(year: int, today: date) -> Ages | None:
    if not EARLIEST_YEAR <= year <= today.year:
        return None
    return Ages(max(today.year - year - 1, 0), today.year - year)


def _of_date(numbers: list[str], months: list[int], today: date) -> Ages | None:
    """Read day, month and year in one of the usual orders; with the month as a word, also without a day."""
    if len(months) == 1 and len(numbers) == len("y"):
        return _of_year(int(numbers[0]), today) if len(numbers[0]) == len("yyyy") else None
    if len(months) == 1 and len(numbers) == len("dy"):
        year, day = numbers if len(numbers[0]) == len("yyyy") else reversed(numbers)
        return _since(_date(year, str(months[0]), day, today), today)
    if months or len(numbers) != len("dmy"):
        return None
    year, month, day = numbers if len(numbers[0]) == len("yyyy") else reversed(numbers)
    return _since(_date(year, month, day, today), today)


def _date(year: str, month: str, day: str, today: date) -> date | None:
    """Return a day; a year of two digits is the latest that is over."""
    written = int(year)
    if len(year) == len("yy"):
        century = today.year - today.year % 100
        written += century if written <= today.year % 100 else century - 100
    try:
        return date(written, int(month), int(day))
    except ValueError:
        return None


def _since(born: date | None, today: date) -> Ages | None:
    if born is None or born.year < EARLIEST_YEAR or born > today:
        return None
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Ages(age, age)
