"""Token bucket: how many calls somebody may make, many at once but not more than so many a minute in the long run.

Pure and told the time, in seconds. What belongs here: the arithmetic. What does not: who has which bucket.
"""

from dataclasses import dataclass
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Level:
    """How full a bucket was, and when."""

    tokens: float
    at: float


@dataclass(frozen=True, slots=True)
class TokenBucket:
    """Holds `size` tokens and fills up from empty within `seconds`; each call takes one."""

    size: int
    seconds: int

    def now(self, level: Level | None, at: float) -> Level:
        """Return how full it is now; one never used is full."""
        if level is None:
            return Level(self.size, at)
        gained = max(0.0, at - level.at) * self.size / self.seconds
        return Level(min(float(self.size), level.tokens + gained), at)

    def take(self, level: Level | None, at: float) -> tuple[Level, bool]:
        """Take a token if there is a whole one; return how full it is then, and whether there was."""
        found = self.now(level, at)
        if found.tokens < 1:
            return found, False
        return Level(found.tokens - 1, at), True

    def is_full(self, level: Level, at: float) -> bool:
        """Whether nothing has to be remembered of it any more."""
        return self.now(level, at).tokens >= self.size

    def remaining(self, level: Level) -> int:
        """Return how many calls may follow at once."""
        return floor(level.tokens)

    def seconds_until_next(self, level: Level) -> int:
        """Return after how many whole seconds one call may be made; 0 where it may now."""
        return max(0, ceil((1 - level.tokens) * self.seconds / self.size))

    def seconds_until_full(self, level: Level) -> int:
        """Return after how many whole seconds all tokens are back."""
        return max(0, ceil((self.size - level.tokens) * self.seconds / self.size))
