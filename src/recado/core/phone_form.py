"""How phones are written into a call of a URL, as the program behind it wants them (provider-api.md §8).

What belongs here: the forms. What does not: filling templates (`delivery.macros`), how people read phones (`phone_forward.readable`).
"""

from enum import StrEnum
from typing import Final

_HOME: Final = "48"
_NATIONAL: Final = 9
"""Digits of a Polish number behind the country's."""
_SHORTEST: Final = 7
"""Digits of a phone; what is shorter is a short number, which has no country."""


class PhoneForm(StrEnum):
    """A way to write a phone; words of `apps.outbox.models.Destination.phone_form`."""

    DIGITS = "digits"
    PLUS = "plus"
    NATIONAL = "national"


def in_form(address: str, form: str) -> str:
    """Write an address, a phone in international digits; names and short numbers stay as they are in every form."""
    digits = address.removeprefix("+")
    if form == PhoneForm.DIGITS or not (digits.isascii() and digits.isdecimal()) or len(digits) < _SHORTEST:
        return digits
    is_home = digits.startswith(_HOME) and len(digits) == len(_HOME) + _NATIONAL
    return digits.removeprefix(_HOME) if form == PhoneForm.NATIONAL and is_home else f"+{digits}"
