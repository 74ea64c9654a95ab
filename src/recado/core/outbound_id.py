"""The id of an outgoing message as programs get it: lower-case hexadecimal digits, ten or more (provider-api.md §5).

Reversible, so that nothing is stored twice: it is the number of the row in another base.
"""

from string import hexdigits

LENGTH = 10
"""Digits at least, as the provider's; rows of today have twelve, none will ever have more than fourteen."""
LONGEST = 14
_DIGITS = frozenset(hexdigits)


def to_public(outbound_id: int) -> str:
    """Write the id of a row."""
    return f"{outbound_id:0{LENGTH}x}"


def from_public(written: str) -> int | None:
    """Read an id back, in letters of either case; None for what is none."""
    digits = written.strip()
    if not LENGTH <= len(digits) <= LONGEST or not _DIGITS.issuperset(digits):
        return None
    return int(digits, 16)
