"""Counts per minute of the last hour, for the operator's console: a ring of sixty numbers, cheap enough to be kept after every commit.

What belongs here: the ring. What does not: what is counted (`app`, `server.runtime`), figures for Prometheus (`metrics`).
"""

import threading
from collections.abc import Callable
from datetime import datetime

MINUTES = 60
_SECONDS = 60


class MinuteCounts:
    """How often something happened in each of the last sixty minutes. May be used from any thread."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._counts = [0] * MINUTES
        self._minute = int(now().timestamp()) // _SECONDS

    def add(self, count: int = 1) -> None:
        """Count something that happened now."""
        with self._lock:
            self._counts[self._turn() % MINUTES] += count

    def last_hour(self) -> tuple[int, ...]:
        """Return the counts, the oldest minute first; the last one is the minute that runs."""
        with self._lock:
            start = self._turn() + 1
            return tuple(self._counts[(start + offset) % MINUTES] for offset in range(MINUTES))

    def _turn(self) -> int:
        """Empty the minutes that passed since the last look; a clock that goes back changes nothing."""
        minute = int(self._now().timestamp()) // _SECONDS
        for passed in range(self._minute + 1, min(minute, self._minute + MINUTES) + 1):
            self._counts[passed % MINUTES] = 0
        self._minute = max(minute, self._minute)
        return self._minute
