"""How many different people a subject saw between any two days, exactly, from one row.

For each day it is kept how many people had been seen last on that day or the one before or … as it stood in the evening. Who was seen
between two days is, in the evening of the second, somebody whose last day is the first or later: the sum of the newest entries. When
somebody comes again they move from the day when they were seen last to today.

People come to groups and leave them with all they did. For those it is kept how many people came on each day by how many days ago they
had come before (gaps): this can be added and taken away, and whoever came between two days is counted on the first day of it.
What belongs here: this bookkeeping. Pure.
"""

import zlib
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

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
    """Write down what is known in an evening.

    Fewer than nobody is written as nobody: one figure that is wrong, which the nightly check finds, must not stop all counting.
    """
    kept = {seen.day - day: count for day, count in seen.counts.items() if count > 0 and seen.day - day < DAYS}
    return zlib.compress(array("I", [kept.get(ago, 0) for ago in range(max(kept, default=0) + 1)]).tobytes(), 1)


def loads(day: int, stored: bytes | memoryview) -> Seen:
    """Read what was known in the evening of a day."""
    counts = array("I")
    counts.frombytes(zlib.decompress(bytes(stored)))
    return Seen(day, {day - ago: count for ago, count in enumerate(counts) if count})


FIRST_TIME = 0
"""The gap of who came never before, or longer ago than is told apart."""


def gap(day: int, previous: int | None) -> int:
    """Return how many days before a day somebody had come."""
    return day - previous if previous is not None and day - previous < DAYS else FIRST_TIME


def add_gaps(stored: bytes | memoryview | None, more: Mapping[int, int]) -> bytes:
    """Add gaps to those that are written down."""
    counts = Counter(dict(pairs(stored))) if stored is not None else Counter()
    for one, count in more.items():
        counts[one] += count
    return array("I", [number for one in sorted(counts) if counts[one] for number in (one, counts[one])]).tobytes()


def since(stored: bytes | memoryview, day: int, first: int) -> int:
    """Return how many people were seen from a day on, by what is known in the evening of another."""
    counts = array("I")
    counts.frombytes(zlib.decompress(bytes(stored)))
    return sum(counts[: max(day - first + 1, 0)])


def pairs(stored: bytes | memoryview) -> "zip[tuple[int, int]]":
    """Read gaps with how many people had each."""
    numbers = array("I")
    numbers.frombytes(bytes(stored))
    return zip(numbers[::2], numbers[1::2], strict=True)


def came_first(stored: bytes | memoryview, day: int, first: int) -> int:
    """Return how many of those who came on a day had not come since `first`."""
    numbers = array("I")
    numbers.frombytes(bytes(stored))
    after = bisect_right(numbers[::2], day - first)  # gaps grow; those that reach back before `first` are the last
    never = numbers[1] if after and numbers[0] == FIRST_TIME else 0
    return never + sum(numbers[2 * after + 1 :: 2])
