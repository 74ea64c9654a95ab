"""Takes in what a caller sends before a thread is given to the call, so that slow or broken senders hold up nobody.

What belongs here: how large a body may be, how long it may take, how much may be held at once. What does not: reading its meaning.
"""

import asyncio
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST: Final = 16 * 1024 * 1024
SMALL: Final = 64 * 1024
"""Bodies up to here are always taken; all larger ones share HELD_AT_MOST."""
HELD_AT_MOST: Final = 64 * 1024 * 1024
SECONDS: Final = 60.0


class _RefusedError(Exception):
    """The body is not taken."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.response = PlainTextResponse(why, status_code=status, headers={"Connection": "close"})


class _TooLargeError(Exception):
    """A body whose length nobody declared has grown too large."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class BufferedBodies:
    """Calls the application once the whole body is there. A body cut off half-way never reaches it.

    What is too large, declared or not, reaches it as a length without a body, so that it can answer in its own way.
    """

    def __init__(self, app: ASGIApp, *, seconds: float = SECONDS, largest: int = LARGEST, held_at_most: int = HELD_AT_MOST) -> None:
        self._app = app
        self._seconds = seconds
        self._largest = largest
        self._held_at_most = held_at_most
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read, then call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        try:
            if _declared(scope) <= self._largest and not await self._read_in_time(receive, body):
                return
            await self._app(scope, _replay(bytes(body), receive), send)
        except _TooLargeError as found:
            await self._app(_declaring(scope, found.size), _replay(b"", receive), send)
        except _RefusedError as refused:
            await refused.response(scope, receive, send)
        finally:
            self._held -= _share(len(body))

    async def _read_in_time(self, receive: Receive, body: bytearray) -> bool:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._read(receive, body)
        except TimeoutError as error:
            raise _RefusedError(408, "The request came too slowly.") from error

    async def _read(self, receive: Receive, body: bytearray) -> bool:
        """Read to the end; return False if the caller went away before."""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return False
            self._take(body, message.get("body", b""))
            if not message.get("more_body", False):
                return True

    def _take(self, body: bytearray, piece: bytes) -> None:
        size = len(body) + len(piece)
        more = _share(size) - _share(len(body))
        if size > self._largest:
            raise _TooLargeError(size)
        if more and self._held + more > self._held_at_most:
            raise _RefusedError(503, "Too many large requests at once; try again.")
        self._held += more
        body += piece


def _share(size: int) -> int:
    return size if size > SMALL else 0


def _declared(scope: Scope) -> int:
    written = dict(scope["headers"]).get(b"content-length", b"0")
    return int(written) if written.isdigit() else 0


def _declaring(scope: Scope, size: int) -> Scope:
    """Write down as its length what a body had grown to."""
    others = [(name, value) for name, value in scope["headers"] if name not in {b"content-length", b"transfer-encoding"}]
    return {**scope, "headers": [*others, (b"content-length", str(size).encode())]}


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body in one piece, then whatever else there is to hear of the caller."""
    is_given = False

    async def replayed() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
