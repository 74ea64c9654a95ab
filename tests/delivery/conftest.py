"""A real HTTP receiver on loopback that answers as told and remembers what it was asked."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from mail_rows import OURS, Mails
from outbox_rows import OutboxRows
from worker_twins import Carrier, Clock

from recado.blobs.local import LocalBlobs
from recado.delivery.http_client import HttpClient
from recado.delivery.limits import Limits
from recado.delivery.mail_worker import MailLimits, MailWorker
from recado.delivery.smtp_client import SmtpClient
from recado.delivery.worker import Worker

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def response(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@dataclass
class Receiver:
    """What it answers may be changed at any time: bytes, or a function that talks to the connection itself."""

    answer: bytes | Behaviour
    url: str = ""
    port: int = 0
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open_now -= 1
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.lower().split("\r\n") if line.startswith("content-length:")), 0)
        body = await reader.readexactly(length)
        self.heads.append(head)
        self.bodies.append(body)
        if isinstance(self.answer, bytes):
            writer.write(self.answer)
            await writer.drain()
        else:
            await self.answer(reader, writer)


WELL = response(200, b"OK")


@asynccontextmanager
async def receiving(answer: bytes | Behaviour = WELL, **more) -> AsyncIterator[Receiver]:
    receiver = Receiver(answer)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, **more)
    receiver.port = server.sockets[0].getsockname()[1]
    receiver.url = f"http://127.0.0.1:{receiver.port}/in"
    try:
        yield receiver
    finally:
        server.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(name="receiving")
def _receiving():
    return receiving


@pytest.fixture(name="response")
def _response():
    return response


@pytest.fixture
def outbox(connection) -> OutboxRows:
    """Jobs and what they need, in a database of its own."""
    return OutboxRows(connection)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def working(database, clock):
    """Run a worker inside `async with`; it is stopped at the end."""

    @asynccontextmanager
    async def run(carrier=None, *, timeout_seconds: float = 5, total_seconds: float = 5, **more):
        limits = Limits(poll_seconds=0.02, lease=timedelta(seconds=60), **more.pop("limits", {}))
        async with HttpClient(allow_private=more.pop("allow_private", True), total_seconds=total_seconds) as client:
            chance = random.Random(1)
            worker = Worker(database, carrier or Carrier(), client, clock, chance=chance, limits=limits, **more)
            worker.start()
            try:
                yield worker
            finally:
                await worker.stop(timeout_seconds=timeout_seconds)

    return run


@pytest.fixture
def mails(outbox):
    return Mails(outbox)


@pytest.fixture
def blobs(tmp_path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "media")


@pytest.fixture
def mailing(database, clock, blobs):
    """Run a worker of mails inside `async with`."""
    ids = count(10**12)  # one after the other gives no id again

    @asynccontextmanager
    async def run(server, **more):
        limits = MailLimits(poll_seconds=0.02, **more.pop("limits", {}))
        worker = MailWorker(database, SmtpClient(server, timeout=2), OURS, blobs, clock, ids, limits=limits, **more)
        worker.start()
        try:
            yield worker
        finally:
            await worker.stop(timeout_seconds=0.5)

    return run
