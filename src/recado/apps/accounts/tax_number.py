"""The Polish tax number (NIP): reading it as people write it, and its check digit.

What belongs here: the number itself. What does not: asking registers whether the company exists.
"""

WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
LENGTH = 10


def parse_nip(written: str) -> str | None:
    """Return the ten digits of a NIP written with or without `PL`, blanks and hyphens; None where its check digit is wrong."""
    digits = "".join(written.upper().split()).removeprefix("PL").replace("-", "")
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdecimal()):
        return None
    check = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    return digits if check == int(digits[-1]) and digits.strip("0") else None
