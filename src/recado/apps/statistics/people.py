"""How many different people a subject saw between any two days, exactly, from one row.

For each day it is kept how many people had been seen last on that day or the one before or … as it stood in the evening. Who was seen
between two days is, in the evening of the second, somebody whose last day is the first or later: the sum of the newest entries. When
somebody comes again they move from the day when they were seen last to today. What belongs here: this bookkeeping. Pure.
"""

import zlib
from array import array

DAYS = 367
"""Days are told apart so far back; nobody asks for more."""


class Seen:
    """How many people were seen last on each day, as of the evening of `day`."""

    __slots__ = ("counts", "day")

    def __init__(self, day: int = 0, counts: dict[int, int] | None = None) -> None:
        self.day = day
        self.counts = counts or {}

    def move(self, day: int, previous: int | None) -> None:
        """Note that somebody who was seen last on `previous` comes on `day`, which is today or later."""
        self.day = max(day, self.day)
        self.counts[day] = self.counts.get(day, 0) + 1
        if previous in self.counts:
            self.counts[previous] -= 1

    def since(self, first: int) -> int:
        """Return how many people were seen on a day or later."""
        return sum(count for day, count in self.counts.items() if day >= first)


def dumps(seen: Seen) -> bytes:
    """Write down what is known in an evening."""
    kept = {seen.day - day: count for day, count in seen.counts.items() if count and seen.day - day < DAYS}
    return zlib.compress(array("I", [kept.get(ago, 0) for ago in range(max(kept, default=0) + 1)]).tobytes(), 1)


def loads(day: int, stored: bytes | memoryview) -> Seen:
    """Read what was known in the evening of a day."""
    counts = array("I")
    counts.frombytes(zlib.decompress(bytes(stored)))
    return Seen(day, {day - ago: count for ago, count in enumerate(counts) if count})
