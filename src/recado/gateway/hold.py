"""Whether a connection is being drained, and what is still under way on it.

What belongs here: the switch and the counting. What does not: closing and opening links (`smpp_connection`).
"""

import asyncio

LONGEST_SECONDS = 60.0
"""A carrier that answers nothing must not keep a connection from being drained for ever."""


class Hold:
    """The switch of one connection, and around whatever is under way. Runs on the event loop."""

    def __init__(self) -> None:
        self.is_on = False
        self.changing = asyncio.Lock()
        """Taken while links are closed or opened because of the switch."""
        self._under_way = 0
        self._settled = asyncio.Event()

    def begin(self) -> None:
        """Begin nothing new."""
        self.is_on = True
        self._settled.clear()

    def end(self) -> None:
        """Go on as before; who waits for quiet waits no longer."""
        self.is_on = False
        self._settled.set()

    def __enter__(self) -> None:
        """Count what the block does as under way."""
        self._under_way += 1

    def __exit__(self, *_: object) -> None:
        """Take note that it is done."""
        self._under_way -= 1
        if not self._under_way:
            self._settled.set()

    async def until_quiet(self) -> None:
        """Wait until nothing is under way, the switch is off again, or the time is over."""
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                while self._under_way and self.is_on:
                    self._settled.clear()
                    await self._settled.wait()
        except TimeoutError:
            return
