"""Rounding of money: half a minor unit goes away from nothing, and parts of a whole add up to it.

What belongs here: these two sums in integers. What does not: what is rounded (`billing`, `vat`).
"""

from collections.abc import Iterable


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to a whole; exactly half goes away from zero, so that a correction undoes what it corrects."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def share(whole: int, before: int, until: int, of: int) -> int:
    """Return the part of a whole from one mark to another, counted in `of` equal pieces; neighbouring parts add up exactly."""
    return half_up(whole * until, of) - half_up(whole * before, of)


def spread(amounts: Iterable[int], rate: int, *, total: int = 0, done: int = 0) -> list[int]:
    """Return the percentage of each amount, rounded so that they add up to the percentage of the sum.

    Where a `total` and its percentage, `done`, are there before, the parts add up to what is missing to the percentage of the new sum.
    """
    parts: list[int] = []
    for amount in amounts:
        total += amount
        part = half_up(total * rate, 100) - done
        parts.append(part)
        done += part
    return parts
