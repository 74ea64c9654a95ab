"""One connection of the HTTP client: a request written, an answer read and bounded, on asyncio.

What belongs here: one exchange after the other on a connection to an address that was checked. What does not: which address, how long
(`http_client`), which connection is used again (`kept_connections`), octets (`http_request`, `http_answer`).
"""

import asyncio
import ssl
from typing import cast

from recado.delivery.http_answer import Answer, AnswerReader, BadAnswerError

ABANDONED = "another exchange is under way"
CUT_OFF = "it was closed before the answer was complete"


class NoConnection(Exception):  # noqa: N818  # what happened, not whose fault
    """The address takes no connection, or no secure one."""


class BrokenConnection(Exception):  # noqa: N818  # the same
    """The connection ended, or what came over it is no HTTP. `had_begun` says whether anything of the answer had come."""

    def __init__(self, reason: str, *, had_begun: bool) -> None:
        super().__init__(reason)
        self.had_begun = had_begun


class HttpConnection(asyncio.Protocol):
    """A connection that is open, or was. One exchange at a time."""

    def __init__(self, body_limit: int) -> None:
        self._reader = AnswerReader(body_limit)
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self.is_open = False
        """Whether another exchange can begin."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are not of asyncio's class
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Read a piece of the answer; what nobody asked for ends the connection."""
        if self._waiting is None or self._waiting.done():
            self.close()
            return
        try:
            answer = self._reader.feed(data)
        except BadAnswerError as error:
            self.close()
            self._fail(_words(error))
            return
        if answer is not None:
            if not self._reader.is_reusable:
                self.close()
            self._waiting.set_result(answer)

    def eof_received(self) -> None:
        """Let the end of the connection end an answer without a length."""
        self.is_open = False
        if self._waiting is None or self._waiting.done():
            return
        answer = self._reader.end()
        if answer is None:
            self._fail(CUT_OFF)
        else:
            self._waiting.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell who waits."""
        self._fail(_words(error) if error else CUT_OFF)

    async def exchange(self, request: bytes) -> Answer:
        """Send a request and return the answer; raise BrokenConnection."""
        if self._transport is None or self._waiting is not None:
            raise AssertionError(ABANDONED)
        self._reader.begin()
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            if not self._waiting.done() or self._waiting.cancelled():
                self.close()
            self._waiting = None

    def close(self) -> None:
        """End the connection at once."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def _fail(self, reason: str) -> None:
        self.is_open = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(BrokenConnection(reason, had_begun=self._reader.has_begun))


async def connect(address: str, port: int, *, tls: ssl.SSLContext | None, name: str, body_limit: int) -> HttpConnection:
    """Connect to an address that was checked; with `tls` the certificate must be for the name. Raise NoConnection."""
    try:
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: HttpConnection(body_limit), address, port, ssl=tls, server_hostname=name if tls else None
        )
    except ssl.SSLError as error:
        raise NoConnection(f"no secure connection: {_words(error)}") from error
    except OSError as error:
        raise NoConnection(f"no connection: {_words(error)}") from error
    return connection


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
