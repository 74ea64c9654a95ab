"""An amount of money in words, as invoices state it: `sto dwadzieścia trzy złote 45/100`.

What belongs here: Polish and English, whole złote in words and grosze as a fraction. What does not: any other count.
"""

from collections.abc import Callable

_UNITS_PL = (
    *("", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć", "dziesięć", "jedenaście", "dwanaście"),
    *("trzynaście", "czternaście", "piętnaście", "szesnaście", "siedemnaście", "osiemnaście", "dziewiętnaście"),
)
_TENS_PL = (
    *("", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt"),
    *("sześćdziesiąt", "siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt"),
)
_HUNDREDS_PL = ("", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset", "osiemset", "dziewięćset")
_GROUPS_PL = (("", "", ""), ("tysiąc", "tysiące", "tysięcy"), ("milion", "miliony", "milionów"), ("miliard", "miliardy", "miliardów"))
_ZLOTY_PL = ("złoty", "złote", "złotych")
_UNITS_EN = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS_EN = ("", "thousand", "million", "billion")


def in_words(minor_units: int, language: str) -> str:
    """Write an amount of złote in words, in Polish or else in English."""
    sign, amount = ("minus " if minor_units < 0 else ""), abs(minor_units)
    whole, rest = divmod(amount, 100)
    if language.startswith("pl"):
        return f"{sign}{_polish(whole)} {_ZLOTY_PL[_form(whole)]} {rest:02}/100"
    return f"{sign}{_english(whole)} {'zloty' if whole == 1 else 'zlotys'} {rest:02}/100"


def _form(number: int) -> int:
    """Choose one of the three forms a Polish noun has after a number."""
    if number == 1:
        return 0
    return 1 if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else 2  # noqa: PLR2004  # the rule's own figures


def _polish(number: int) -> str:
    def group(part: int, position: int) -> str:
        name = _GROUPS_PL[position][_form(part)]
        return name if part == 1 and position else f"{_below_thousand_pl(part)} {name}"

    return _grouped(number, group) or "zero"


def _english(number: int) -> str:
    return _grouped(number, lambda part, position: f"{_below_thousand_en(part)} {_GROUPS_EN[position]}") or "zero"


def _grouped(number: int, write: Callable[[int, int], str]) -> str:
    parts: list[str] = []
    for position in range(len(_GROUPS_EN)):
        number, part = divmod(number, 1000)
        if part:
            parts.insert(0, write(part, position))
    return " ".join(" ".join(parts).split())


def _below_thousand_pl(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = (0, rest) if rest < len(_UNITS_PL) else divmod(rest, 10)
    return " ".join(filter(None, (_HUNDREDS_PL[hundreds], _TENS_PL[tens], _UNITS_PL[units])))


def _below_thousand_en(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = (0, rest) if rest < len(_UNITS_EN) else divmod(rest, 10)
    small = "-".join(filter(None, (_TENS_EN[tens], _UNITS_EN[units])))
    return " ".join(filter(None, (f"{_UNITS_EN[hundreds]} hundred" if hundreds else "", small)))
