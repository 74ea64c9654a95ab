"""Ids: 53-bit integers that grow with time, given by the application so that related rows are built before the first insert.

41 bits of milliseconds since 2026-01-01, 3 bits of node, 9 bits of sequence: exact in JavaScript, 512 per millisecond and node.
No clock here: the caller tells the time, and a clock that goes back changes nothing.
"""

from collections.abc import Iterator

EPOCH_MS = 1_767_225_600_000
"""2026-01-01T00:00:00Z."""
NODES = 8
_SEQUENCES = 512
_MOMENT_SHIFT = 12
_NODE_SHIFT = 9


class IdGenerator:
    """Gives ids, each greater than the one before. Not for several threads at once."""

    __slots__ = ("_last", "_moment", "_node")

    def __init__(self, node: int, floor: int = 0) -> None:
        """Start above `floor`, the greatest id ever stored."""
        if not 0 <= node < NODES:
            raise ValueError(f"node {node} is not between 0 and {NODES - 1}")
        self._node = node << _NODE_SHIFT
        self._moment = floor >> _MOMENT_SHIFT
        self._last = self._moment << _MOMENT_SHIFT | self._node | (_SEQUENCES - 1)

    def next(self, now_ms: int) -> int:
        """Give one id; `now_ms` is Unix time in milliseconds."""
        moment = now_ms - EPOCH_MS
        if moment <= self._moment:
            if (self._last + 1) & (_SEQUENCES - 1):
                self._last += 1
                return self._last
            moment = self._moment + 1
        self._moment = moment
        self._last = moment << _MOMENT_SHIFT | self._node
        return self._last

    def stream(self, now_ms: int) -> Iterator[int]:
        """Give any number of ids quickly, all of one time; `next` may be called in between."""
        yield self.next(now_ms)
        while True:
            if (self._last + 1) & (_SEQUENCES - 1):
                self._last += 1
                yield self._last
            else:
                yield self.next(0)


def greatest_before(now_ms: int) -> int:
    """Return a number smaller than every id given from a moment on; `now_ms` is Unix time in milliseconds."""
    return (now_ms - EPOCH_MS << _MOMENT_SHIFT) - 1


def moment_of(key: int) -> int:
    """Return when an id was given, in milliseconds since EPOCH_MS."""
    return key >> _MOMENT_SHIFT
