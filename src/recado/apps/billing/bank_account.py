"""The number of a bank account (IBAN): reading it as people write it, and its check digits (ISO 13616).

What belongs here: the number itself. What does not: asking banks whether the account exists.
"""

import re

POLISH_LENGTH = 26
WRITTEN = re.compile(r"(?a:[A-Z]{2}\d{2}[A-Z0-9]{11,30})")


def parse_iban(written: str) -> str | None:
    """Return an IBAN without blanks; 26 digits alone are a Polish one. None where its check digits are wrong."""
    number = "".join(written.upper().split()).replace("-", "")
    if number.isascii() and number.isdecimal() and len(number) == POLISH_LENGTH:
        number = f"PL{number}"
    if not WRITTEN.fullmatch(number) or (number.startswith("PL") and len(number) != POLISH_LENGTH + 2):
        return None
    digits = "".join(str(int(letter, 36)) for letter in number[4:] + number[:4])
    return number if int(digits) % 97 == 1 else None


def written(number: str) -> str:
    """Write an IBAN in groups as people compare it: `PL 61 1090 1014 …`."""
    head, digits = number[:2], number[2:]
    return " ".join((head, digits[:2], *(digits[place : place + 4] for place in range(2, len(digits), 4))))
