"""One connection of the HTTP client: a request written, an answer read and bounded, by asyncio and h11.

What belongs here: one exchange after the other on a connection to an address that was checked. What does not: which address, how long
(`http_client`), which connection is used again (`kept_connections`). h11 reads and writes HTTP/1.1 without I/O (RFC 9112); it refuses to
write what it could not read, such as line breaks in headers.
"""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import h11

HEAD_LIMIT = 64 * 1024
ABANDONED = "another exchange is under way"


class NoConnection(Exception):  # noqa: N818  # what happened, not whose fault
    """The address takes no connection, or no secure one."""


class BrokenConnection(Exception):  # noqa: N818  # the same
    """The connection ended, or what came over it is no HTTP. `had_begun` says whether anything of the answer had come."""

    def __init__(self, reason: str, *, had_begun: bool) -> None:
        super().__init__(reason)
        self.had_begun = had_begun


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, the body cut at the limit."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked."""

    method: str
    target: bytes
    """Path and query."""
    headers: Sequence[tuple[str, str]]
    body: bytes


class HttpConnection(asyncio.Protocol):
    """A connection that is open, or was. One exchange at a time."""

    def __init__(self, body_limit: int) -> None:
        self._body_limit = body_limit
        self._http = h11.Connection(h11.CLIENT, HEAD_LIMIT)
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._response: h11.Response | None = None
        self._body = bytearray()
        self.is_open = False
        """Whether another exchange can begin."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are not of asyncio's class
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Read a piece of the answer; what nobody asked for ends the connection."""
        if self._waiting is None:
            self.close()
            return
        self._read(data)

    def eof_received(self) -> None:
        """Let the end of the connection end an answer without a length."""
        if self._waiting is not None:
            self._read(b"")

    def connection_lost(self, error: Exception | None) -> None:
        """Tell who waits."""
        self.is_open = False
        self._fail(_words(error) if error else "it was closed before the answer was complete")

    async def exchange(self, request: Request) -> Answer:
        """Send a request and return the answer; raise BrokenConnection, or h11.LocalProtocolError for what must not be written."""
        if self._transport is None or self._waiting is not None:
            raise AssertionError(ABANDONED)
        headers = [*request.headers, *([("content-length", str(len(request.body)))] if request.body else [])]
        written = self._http.send(h11.Request(method=request.method, target=request.target, headers=headers)) or b""
        if request.body:
            written += self._http.send(h11.Data(data=request.body)) or b""
        written += self._http.send(h11.EndOfMessage()) or b""
        self._response, self._body = None, bytearray()
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(written)
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

    def _read(self, data: bytes) -> None:
        try:
            self._http.receive_data(data)
            while (event := self._http.next_event()) not in (h11.NEED_DATA, h11.PAUSED):
                if self._take(event):
                    return
        except h11.RemoteProtocolError as error:
            self.close()
            self._fail(_words(error))

    def _take(self, event: object) -> bool:
        """Take a part of the answer; say whether it was the last."""
        if isinstance(event, h11.Response):
            self._response = event
        elif isinstance(event, h11.Data):
            self._body += event.data
            if len(self._body) > self._body_limit:
                self.close()
                self._finish(is_cut=True)
                return True
        elif isinstance(event, h11.EndOfMessage):
            if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
                self._http.start_next_cycle()
            else:
                self.close()
            self._finish(is_cut=False)
            return True
        elif isinstance(event, h11.ConnectionClosed):
            self._fail("it was closed before the answer was complete")
            return True
        return False

    def _finish(self, *, is_cut: bool) -> None:
        response = self._response
        if response is None or self._waiting is None or self._waiting.done():
            return
        headers = {name.decode("ascii"): value.decode("latin-1") for name, value in response.headers}
        self._waiting.set_result(Answer(response.status_code, headers, bytes(self._body[: self._body_limit]), is_cut))

    def _fail(self, reason: str) -> None:
        self.is_open = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(BrokenConnection(reason, had_begun=self._response is not None))


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
