"""Our own requests over one session: each waits for the response with its sequence number, for so long.

What belongs here: pairing and time-outs (SMPP 3.4 §2.9, §7.2). What does not: what is asked, windows, and what an answer means.
All requests of a session wait equally long, so one timer for the oldest serves them all.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from recado.gateway.link_errors import LinkDownError, LinkLostError, ResponseTimeoutError, UnreadableAnswerError
from recado.protocols import smpp


class LinkRequests:
    """The unanswered requests of one session. Runs on the event loop."""

    def __init__(self, session: smpp.Session, write: Callable[[bytes], bool], timeout_seconds: float) -> None:
        """`write` says whether the octets went out."""
        self._session = session
        self._write = write
        self._timeout_seconds = timeout_seconds
        self._loop = asyncio.get_running_loop()
        self._pending: dict[int, asyncio.Future[smpp.Event]] = {}
        self._deadlines: deque[tuple[float, int]] = deque()
        """When to give up on which request, in the order asked."""
        self._timer: asyncio.TimerHandle | None = None

    async def ask(self, event: Any) -> smpp.Event:
        """Send a request and return its response, whatever its status; raise a LinkError where there is none."""
        try:
            sequence, octets = self._session.request(event)
        except smpp.LocalProtocolError as error:
            raise LinkDownError(str(error)) from error
        if not self._write(octets):
            raise LinkDownError("the link is down")
        future: asyncio.Future[smpp.Event] = self._loop.create_future()
        self._pending[sequence] = future
        self._deadlines.append((self._loop.time() + self._timeout_seconds, sequence))
        if self._timer is None:
            self._timer = self._loop.call_at(self._deadlines[0][0], self._expire)
        try:
            return await future
        finally:
            self._pending.pop(sequence, None)

    def _expire(self) -> None:
        """Give up on what waited too long, and look again when the next one has."""
        self._timer = None
        now = self._loop.time()
        while self._deadlines:
            deadline, sequence = self._deadlines[0]
            if sequence in self._pending:
                if deadline > now:
                    self._timer = self._loop.call_at(deadline, self._expire)
                    return
                self._fail(self._pending[sequence], ResponseTimeoutError(f"no answer within {self._timeout_seconds:g} s"))
            self._deadlines.popleft()

    def answered(self, event: smpp.Event) -> bool:
        """Hand a response to whoever waits; return False when nobody does."""
        future = self._pending.get(event.sequence_number)
        if future is None or future.done():
            return False
        future.set_result(event)
        return True

    def unreadable(self, sequence: int, detail: str) -> None:
        """Tell whoever waits that the answer came and cannot be read."""
        self._fail(self._pending.get(sequence), UnreadableAnswerError(detail))

    def lost(self, reason: str) -> None:
        """Tell all who wait that no answer will come."""
        if self._timer is not None:
            self._timer.cancel()
        self._deadlines.clear()
        for future in self._pending.values():
            self._fail(future, LinkLostError(reason))

    @staticmethod
    def _fail(future: "asyncio.Future[smpp.Event] | None", error: Exception) -> None:
        if future is not None and not future.done():
            future.set_exception(error)
