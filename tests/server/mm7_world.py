"""The MM7 way in on a real socket, with a gateway that only notes what it is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

from recado.blobs.local import LocalBlobs
from recado.gateway.clock import utc_now
from recado.server.mm7.answering import Ports
from recado.server.mm7.way_in import WayIn
from recado.store.connections import ConnectionRow
from recado.store.mms import ReadReply
from recado.testing.mmsc_client import MmscClient

OURS = "48600100200"
USER, PASSWORD = "centre", "pässword"


@dataclass
class World:
    """What came and how to bring more."""

    blobs: LocalBlobs
    folder: Path
    port: int = 0
    received: list[Any] = field(default_factory=list)
    replies: list[ReadReply] = field(default_factory=list)
    records: list[tuple[str, str]] = field(default_factory=list)
    was_noted: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None
    is_held: bool = False
    counted: int = 0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def receive(self, item: Any) -> int:
        if self.error is not None:
            raise self.error
        self.received.append(item)
        return len(self.received)

    def read(self, reply: ReadReply) -> bool:
        self.replies.append(reply)
        return reply.carrier_message_id == "known"

    def count(self, _connection_id: int) -> None:
        self.counted += 1

    def note(self, _connection: int, _direction: str, event: str, detail: str, _octets: bytes) -> None:
        """On the event loop or in a thread of the way in."""
        self.records.append((event, detail))
        self.loop.call_soon_threadsafe(self.was_noted.set)

    async def noted(self) -> None:
        """Wait until something went wrong."""
        async with asyncio.timeout(5):
            await self.was_noted.wait()

    def client(self, user: str = USER, password: str = PASSWORD, connection_id: int = 7) -> MmscClient:
        return MmscClient(f"http://127.0.0.1:{self.port}/mm7/{connection_id}", user, password)

    @property
    def files(self) -> list[Path]:
        """All that lies on the disk."""
        return [path for path in self.folder.rglob("*") if path.is_file()]


@asynccontextmanager
async def listening(folder: Path, *, blobs: Any = None, seconds: float = 5.0, **settings: object) -> AsyncIterator[World]:
    """Listen while the block runs."""
    world = World(LocalBlobs(folder), folder)
    given = {"receive_user": USER, "receive_password": PASSWORD, **settings}
    rows = [ConnectionRow(7, "Centre", "mm7", given), ConnectionRow(8, "Other", "smpp", {}), ConnectionRow(9, "Open", "mm7", {})]
    ports = Ports(
        receive=world.receive,
        read=world.read,
        journal=world.note,
        is_ours=lambda digits: digits == OURS,
        is_held=lambda _connection: world.is_held,
        received=world.count,
        now=utc_now,
    )
    way_in = WayIn(lambda: rows, ports, blobs or world.blobs, seconds=seconds)
    config = uvicorn.Config(Starlette(routes=way_in.routes()), host="127.0.0.1", port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # uvicorn tells nobody
        await asyncio.sleep(0.005)
    world.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield world
    finally:
        server.should_exit = True
        await serving
        way_in.close()
