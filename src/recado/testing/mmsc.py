"""A multimedia message centre for tests, demonstrations and load: takes SubmitReq over HTTP on loopback, behaving well or badly as told.

What belongs here: taking messages, keeping what came, answering. What does not: delivering (`mmsc_client`), anything a product needs at
run time.
"""

import asyncio
import contextlib
import ssl
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from recado.protocols.mm7.envelope import read_envelope
from recado.protocols.mm7.errors import Mm7FormatError
from recado.protocols.mm7.headers import PartHeaders
from recado.protocols.mm7.messages import Envelope
from recado.protocols.mm7.multipart import MultipartReader, PartBegan, PartData, PartEnded
from recado.protocols.mm7.status import Status, StatusCode, status_of
from recado.protocols.mm7.writing import fault, submit_rsp


@dataclass(frozen=True, slots=True)
class Submitted:
    """A message as it came."""

    path: str
    headers: Mapping[str, str]
    """By lower-case name."""
    envelope: Envelope
    parts: tuple[tuple[PartHeaders, bytes], ...]
    """Its files, the envelope not among them."""

    @property
    def credentials(self) -> tuple[str, str]:
        """Return user and password of Basic auth; empty without."""
        user, _, password = b64decode(self.headers.get("authorization", "").removeprefix("Basic ")).decode().partition(":")
        return user, password


@dataclass(frozen=True, slots=True)
class Answer:
    """How a message is answered."""

    status: Status = status_of(StatusCode.SUCCESS)  # noqa: RUF009  # frozen
    message_id: str = ""
    """Empty makes one."""
    http_status: int = 200
    is_fault: bool = False
    """The status stands in a SOAP Fault."""
    after: float = 0.0
    """Seconds until it comes."""
    is_silent: bool = False
    """Nothing comes, and the connection stays."""
    is_cut: bool = False
    """The connection is closed instead."""


def accept(_submitted: Submitted, _count: int) -> Answer:
    """Take every message."""
    return Answer()


@dataclass(slots=True)
class Mmsc:
    """The message centre; an async context manager. `answer` is given the message and its number from 1."""

    answer: Callable[[Submitted, int], Answer] = accept
    port: int = 0
    tls: ssl.SSLContext | None = None
    submitted: list[Submitted] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _serving: set[asyncio.Task[None]] = field(default_factory=set)
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_about: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    @property
    def url(self) -> str:
        """Return where messages are submitted."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/mm7"

    async def wait_for(self, count: int, timeout: float = 10.0) -> list[Submitted]:  # noqa: ASYNC109  # reads better in a test
        """Wait until that many messages came, and return them."""
        async with asyncio.timeout(timeout), self._came:
            await self._came.wait_for(lambda: len(self.submitted) >= count)
        return self.submitted

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take one request and answer it; say whether another may follow on the connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if headers.get("expect", "").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await _body(reader, headers)
        try:
            submitted = _submitted(first.split(" ")[1], headers, body)
        except Mm7FormatError as error:
            writer.write(_response(400, str(error).encode()))
            return False
        async with self._came:
            self.submitted.append(submitted)
            self._came.notify_all()
        answer = self.answer(submitted, len(self.submitted))
        await asyncio.sleep(answer.after)
        if answer.is_silent:
            await asyncio.Event().wait()
        if answer.is_cut:
            return False
        writer.write(_response(answer.http_status, self._written(submitted, answer)))
        await writer.drain()
        return headers.get("connection", "").lower() != "close"

    def _written(self, submitted: Submitted, answer: Answer) -> bytes:
        asked = submitted.envelope
        if answer.is_fault:
            return fault(asked.spoken, asked.transaction_id, answer.status, error_name="RSErrorRsp")
        message_id = answer.message_id or f"mmsc-{len(self.submitted)}"
        return submit_rsp(asked.spoken, asked.transaction_id, answer.status, message_id if answer.status.is_success else "")


async def _body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    body = bytearray()
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return bytes(body)


def _submitted(path: str, headers: Mapping[str, str], body: bytes) -> Submitted:
    reader = MultipartReader(headers.get("content-type", ""))
    parts: list[tuple[PartHeaders, bytes]] = []
    for event in [*reader.feed(body), *reader.close()]:
        match event:
            case PartBegan(part):
                parts.append((part, b""))
            case PartData(data):
                parts[-1] = (parts[-1][0], parts[-1][1] + data)
            case PartEnded(problem) if problem:
                raise Mm7FormatError(f"a part is wrong: {problem}")
    roots = [part for part in parts if part[0].is_start]
    if not roots:
        raise Mm7FormatError("there is no envelope")
    return Submitted(path, headers, read_envelope(roots[-1][1]), tuple(part for part in parts if part is not roots[-1]))


def _response(status: int, body: bytes) -> bytes:
    return b"HTTP/1.1 %d Said\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)
