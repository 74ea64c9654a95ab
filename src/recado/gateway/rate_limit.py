"""A limit on how many messages per second go to a carrier.

Callers wait their turn; nothing is refused. A limit of 0 means none. Windows of unanswered requests belong to the link.
"""

import asyncio


class RateLimit:
    """Spaces out calls of `wait` evenly, allowing bursts of a tenth of a second."""

    __slots__ = ("_burst", "_interval", "_next_at")

    def __init__(self, max_per_second: int) -> None:
        self._interval = 1 / max_per_second if max_per_second else 0.0
        self._burst = 0.1
        self._next_at = 0.0

    async def wait(self) -> None:
        """Return when it is this caller's turn."""
        if not self._interval:
            return
        now = asyncio.get_running_loop().time()
        turn_at = max(self._next_at, now - self._burst)
        self._next_at = turn_at + self._interval
        if turn_at > now:
            await asyncio.sleep(turn_at - now)
