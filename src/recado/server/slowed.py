"""Notices that come in crowds, slowed down: the first goes out at once, of those within the next second only the last.

What belongs here: waiting and dropping, on the event loop. What does not: which notices come in crowds (`runtime`), who hears them
(`gateway.live`).
"""

import asyncio
from collections.abc import Callable, Iterable

from recado.gateway.live import Notice

SECONDS = 1.0


class Slowed:
    """Passes notices on, for each object at most one a second. Lives on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, publish: Callable[[Iterable[Notice]], None], seconds: float = SECONDS) -> None:
        self._loop = loop
        self._publish = publish
        self._seconds = seconds
        self._resting: dict[Notice, bool] = {}
        """What was told lately, and whether it is to be told again when its time is over."""

    def put(self, notice: Notice) -> None:
        """Tell it now, or when it was told long enough ago."""
        if notice in self._resting:
            self._resting[notice] = True
            return
        self._resting[notice] = False
        self._loop.call_later(self._seconds, self._rested, notice)
        self._publish([notice])

    def _rested(self, notice: Notice) -> None:
        if self._resting.pop(notice):
            self.put(notice)
