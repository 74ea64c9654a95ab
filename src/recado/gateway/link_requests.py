"""Our own requests over one session: each waits for the response with its sequence number, for so long.

What belongs here: pairing and time-outs (SMPP 3.4 §2.9, §7.2). What does not: what is asked, windows, and what an answer means.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
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
        self._pending: dict[int, asyncio.Future[smpp.Event]] = {}

    async def ask(self, event: Any) -> smpp.Event:
        """Send a request and return its response, whatever its status; raise a LinkError where there is none."""
        sequence = self._session.next_sequence_number()
        try:
            octets = self._session.send(replace(event, sequence_number=sequence))
        except smpp.LocalProtocolError as error:
            raise LinkDownError(str(error)) from error
        future: asyncio.Future[smpp.Event] = asyncio.get_running_loop().create_future()
        self._pending[sequence] = future
        try:
            if not self._write(octets):
                raise LinkDownError("the link is down")
            return await asyncio.wait_for(future, self._timeout_seconds)
        except TimeoutError as error:
            raise ResponseTimeoutError(f"no answer to {type(event).__name__} within {self._timeout_seconds:g} s") from error
        finally:
            self._pending.pop(sequence, None)

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
        for future in self._pending.values():
            self._fail(future, LinkLostError(reason))

    @staticmethod
    def _fail(future: "asyncio.Future[smpp.Event] | None", error: Exception) -> None:
        if future is not None and not future.done():
            future.set_exception(error)
