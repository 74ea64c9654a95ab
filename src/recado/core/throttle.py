"""Throttle: how many messages may leave now when so many a minute are wanted, spread evenly.

Pure and told the time. The whole memory is one moment: up to it everything that was due has left, so that fractions are carried from turn
to turn and over restarts. A pause is not made up for: after one, messages leave as they do at the beginning.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

_MADE_UP_FOR = timedelta(seconds=2)
"""A turn may be late by so much without anything lost."""


@dataclass(frozen=True, slots=True)
class Throttle:
    """So many messages a minute."""

    per_minute: int

    @property
    def _interval(self) -> timedelta:
        return timedelta(minutes=1) / self.per_minute

    def allowance(self, settled: datetime | None, now: datetime) -> int:
        """Return how many may leave now; `settled` is the moment kept from the last time, None at the beginning."""
        return (now - self._start(settled, now)) // self._interval

    def settle(self, settled: datetime | None, now: datetime, count: int) -> datetime:
        """Return the moment to keep after `count` have left."""
        return self._start(settled, now) + count * self._interval

    def _start(self, settled: datetime | None, now: datetime) -> datetime:
        if settled is None:
            return now - self._interval
        earliest = now - self._interval - _MADE_UP_FOR
        return max(min(settled, now), earliest)  # a clock that was set back must not stop everything
