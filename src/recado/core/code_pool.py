"""Code pools: handing out unique codes, one to a phone (product.md §5).

What belongs here: what becomes of a message whose rule gives a code. What does not: which code is free (`store.codes`).
"""

from enum import StrEnum


class CodeDeed(StrEnum):
    """What a message got, in its trail."""

    GIVEN = "given"
    AGAIN = "again"
    """The code the phone has already."""
    EMPTY = "empty"
    TEST = "test"
    """A made-up code, to a simulated phone."""
