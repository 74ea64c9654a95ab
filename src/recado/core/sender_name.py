"""Which names may stand as the sender of a text in place of a number (GSM 03.40 §9.1.2.5: at most eleven letters).

What belongs here: what every carrier takes, and what passes for a number and so would deceive. What does not: who may use which name
(`apps.senders`).
"""

import string
from enum import StrEnum

MAX_LENGTH = 11
ALLOWED = frozenset(string.ascii_letters + string.digits + " .-")
"""What phones and carriers everywhere show alike; accents and signs come out as something else, or nothing is delivered."""
LOOK_ALIKES = str.maketrans("OoQIl", "00011")
"""Letters that pass for digits."""
FEWEST_LETTERS = 2
"""So many letters that are no look-alikes make a name that nobody takes for a number, however many digits it has."""


class NameFault(StrEnum):
    """Why a name cannot be a sender."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    LETTERS = "letters"
    """It has others than unaccented letters, digits, blanks, dots and hyphens."""
    NO_LETTER = "no_letter"
    LIKE_A_NUMBER = "like_a_number"
    """Most of it reads as digits: `5O3 34O 5O3`; `SMS 4301` does not."""


def clean_name(name: str) -> str:
    """Return a name with single blanks and none around it."""
    return " ".join(name.split())


def fault_of(name: str) -> NameFault | None:
    """Say why a name, cleaned, cannot be a sender; None where it can."""
    if not name:
        return NameFault.EMPTY
    if len(name) > MAX_LENGTH:
        return NameFault.TOO_LONG
    if not ALLOWED.issuperset(name):
        return NameFault.LETTERS
    if not any(letter.isalpha() for letter in name):
        return NameFault.NO_LETTER
    return NameFault.LIKE_A_NUMBER if _is_like_a_number(name) else None


def _is_like_a_number(name: str) -> bool:
    """Say whether a name has a digit, and hardly a letter that could not be meant as one."""
    letters = [letter for letter in name.translate(LOOK_ALIKES) if letter.isalpha()]
    return any(letter.isdecimal() for letter in name) and len(letters) < FEWEST_LETTERS
