"""Reading a day that somebody texted: `27.11.2026`, `27/11`, `27 listopada`, `Nov 27`, `jutro`, `w piątek`, `za 3 dni`.

What belongs here: from text to day, told what day it is. What does not: other answers (`survey_reading`). The day stands before the month,
as on our side of the Atlantic, unless only the other order is a date. A day without a year is the next one, but for one that was lately.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from recado.core.text import fold, tokenise

PAST_FOR: Final = 60
"""Days: a day of no year that was so lately is meant, rather than the one in a year."""
_MONTHS: Final[Mapping[str, int]] = {
    name: month
    for month, names in enumerate(
        (
            "stycznia styczen sty january jan",
            "lutego luty lut february feb",
            "marca marzec mar march",
            "kwietnia kwiecien kwi april apr",
            "maja maj may",
            "czerwca czerwiec cze june jun",
            "lipca lipiec lip july jul",
            "sierpnia sierpien sie august aug",
            "wrzesnia wrzesien wrz september sep sept",
            "pazdziernika pazdziernik paz october oct",
            "listopada listopad lis november nov",
            "grudnia grudzien gru december dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS: Final[Mapping[str, int]] = {
    name: day
    for day, names in enumerate(
        (
            "poniedzialek pon monday mon",
            "wtorek wt tuesday tue",
            "sroda srode sr wednesday wed",
            "czwartek czw thursday thu",
            "piatek pt friday fri",
            "sobota sobote sob saturday sat",
            "niedziela niedziele nd sunday sun",
        ),
        1,
    )
    for name in names.split()
}
_RELATIVE: Final[Mapping[tuple[str, ...], int]] = {
    tuple(words.split()): days
    for days, several in {
        -2: ("przedwczoraj", "day before yesterday"),
        -1: ("wczoraj", "yesterday"),
        0: ("dzis", "dzisiaj", "today"),
        1: ("jutro", "tomorrow", "tmrw"),
        2: ("pojutrze", "day after tomorrow"),
        7: ("za tydzien", "in a week"),
        14: ("za dwa tygodnie", "in two weeks", "za 2 tygodnie", "in 2 weeks"),
    }.items()
    for words in several
}
_AROUND: Final[frozenset[str]] = frozenset(
    re.findall(r"\w+", "w we na on the of a dnia dzien od do r roku rok at to be this ten ta najblizszy najblizsza next")
)
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2}))?(?![\d/-])")
_ISO = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_SINCE_1970: Final = 70


def read_date(text: str, today: date) -> date | None:
    """Return the one day a text names, None where it names none, or says more."""
    if "?" in text:
        return None
    for pattern, parts in ((_ISO, (2, 1, 0)), (_NUMERIC, (0, 1, 2))):
        found = pattern.search(text)
        if found is not None:
            if _says_more(text[: found.start()] + " " + text[found.end() :]):
                return None
            day, month, year = (found.groups()[part] for part in parts)
            return _day_of(int(day), int(month), year, today) or _day_of(int(month), int(day), year, today)
    words = tuple(word for word in fold(tokenise(text)) if any(map(str.isalnum, word)))
    bare = tuple(word for word in words if word not in _AROUND)
    relative = _RELATIVE.get(words, _RELATIVE.get(bare))
    if relative is not None:
        return today + timedelta(days=relative)
    return _in_days(words, today) or _of_week(bare, today) or _by_month(bare, today)


def _says_more(rest: str) -> bool:
    words = [word for word in fold(tokenise(rest)) if any(map(str.isalnum, word))]
    return any(word not in _AROUND and word not in _WEEKDAYS for word in words)


def _in_days(words: tuple[str, ...], today: date) -> date | None:
    """Read `za 3 dni` and `in 3 days`."""
    match words:
        case ("za" | "in", count, "dni" | "dzien" | "days" | "day") if count.isdecimal() and len(count) <= 3:  # noqa: PLR2004  # years ahead
            return today + timedelta(days=int(count))
    return None


def _of_week(words: tuple[str, ...], today: date) -> date | None:
    """Return the next day of that name, never today itself."""
    if len(words) != 1 or words[0] not in _WEEKDAYS:
        return None
    return today + timedelta(days=(_WEEKDAYS[words[0]] - today.isoweekday() - 1) % 7 + 1)


def _by_month(words: tuple[str, ...], today: date) -> date | None:
    """Read `27 listopada`, `27th November 2026`, `Nov 27`, with a weekday before or not."""
    words = words[1:] if words and words[0] in _WEEKDAYS else words
    months = [word for word in words if word in _MONTHS]
    if len(months) != 1 or len(words) not in {2, 3}:
        return None
    place = words.index(months[0])
    rest = words[:place] + words[place + 1 :]
    if place > 1:
        return None
    day = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", rest[0])
    year = rest[1] if len(rest) > 1 else None
    if day is None or (year is not None and not re.fullmatch(r"\d{4}", year)):
        return None
    return _day_of(int(day[1]), _MONTHS[months[0]], year, today)


def _day_of(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        number = int(year)
        century = 0 if len(year) > 2 else 2000 if number < _SINCE_1970 else 1900  # noqa: PLR2004  # figures of a short year
        return _made(number + century, month, day)
    years = (today.year - 1, today.year, today.year + 1, *range(today.year + 2, today.year + 9))  # the 29th of February waits
    candidates = (found for each in years if (found := _made(each, month, day)) is not None)
    return next((found for found in candidates if found >= today - timedelta(days=PAST_FOR)), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
