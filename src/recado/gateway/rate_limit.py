"""A limit on how many messages per second go to a carrier.

Says how long to wait and counts what went; waiting itself, and who goes first, belongs to `turnstile`. A limit of 0 means none.
"""

from math import inf

BURST_SECONDS = 0.1
"""How much of a pause may be made up for at once."""


class RateLimit:
    """Spaces messages out evenly; told the time of the event loop."""

    __slots__ = ("_interval", "_next_at")

    def __init__(self, max_per_second: int) -> None:
        self._interval = 1 / max_per_second if max_per_second else 0.0
        self._next_at = 0.0

    def within(self, seconds: float) -> float:
        """Say how many messages may go in so much time."""
        return seconds / self._interval if self._interval else inf

    def delay(self, now: float) -> float:
        """Say how long the next message has to wait, 0 where it may go."""
        return max(0.0, self._next_at - now)

    def went(self, now: float) -> None:
        """Take note of a message that goes."""
        if self._interval:
            self._next_at = max(self._next_at, now - BURST_SECONDS) + self._interval

    def rest(self, until: float) -> None:
        """Let nothing go before a moment: the carrier asked for patience."""
        self._next_at = max(self._next_at, until)
