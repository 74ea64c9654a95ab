"""How the bytes a carrier takes are divided among the pictures of a multimedia message. Pure.

What belongs here: the sums. What does not: making pictures smaller (`apps.mms`).
"""

from collections.abc import Sequence

OVERHEAD = 600
"""Bytes that each part needs beside its content: headers, boundary, its place in the layout."""


def shares(sizes: Sequence[int], budget: int) -> list[int]:
    """Say how large each may be: small ones stay as they are, and what they leave is shared evenly by the larger ones.

    All of them where they fit. Together never more than the budget, and at least nothing.
    """
    found = [0] * len(sizes)
    left, waiting = max(0, budget), sorted(range(len(sizes)), key=lambda place: sizes[place])
    while waiting:
        place = waiting.pop(0)
        found[place] = min(sizes[place], left // (len(waiting) + 1))
        left -= found[place]
    return found
