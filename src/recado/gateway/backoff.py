"""How long to wait before the next attempt to reach a carrier: exponential, with jitter, bounded.

A value of its own so that it can be tried without a network. The caller brings the generator of chance and does the waiting.
"""

from random import Random

FIRST_SECONDS = 0.5
FACTOR = 2.0
JITTER = 0.2
"""Share of the delay by which it varies, so that many links do not knock at once."""


class Backoff:
    """Delays of one link: doubling up to a limit, starting anew after a success."""

    __slots__ = ("_attempts", "_chance", "_limit")

    def __init__(self, limit_seconds: float, chance: Random) -> None:
        self._limit = limit_seconds
        self._chance = chance
        self._attempts = 0

    def reset(self) -> None:
        """Note that an attempt succeeded."""
        self._attempts = 0

    def next_delay(self) -> float:
        """Return the seconds to wait after one more failure."""
        delay = min(self._limit, FIRST_SECONDS * FACTOR ** min(self._attempts, 30))
        self._attempts += 1
        return delay * self._chance.uniform(1 - JITTER, 1 + JITTER)
