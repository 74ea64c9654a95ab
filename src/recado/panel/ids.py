"""Ids as requests name them: in an address, in a form.

What belongs here: reading one. What does not: whose the thing is (`get_…_for` of the apps).
"""

LONGEST = 18
"""Digits that fit a column of 64 bits, whatever they are; no id has more."""


def id_of(given: str | None) -> int | None:
    """Read an id; None for what can be none, be it no number or one that no database takes."""
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) <= LONGEST else None
