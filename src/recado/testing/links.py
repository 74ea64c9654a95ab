"""An open SMPP connection without a database: an intake in memory, and a fake message centre at the other end.

What belongs here: what tests of links need around them. What does not: the links (`gateway`) and the message centre (`smsc`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from recado.carriers.smpp.settings import SmppSettings
from recado.gateway.link_ports import LinkPorts, LinkTicket
from recado.gateway.smpp_connection import SmppConnection
from recado.testing.smsc import FakeSmsc

CONNECTION_ID = 1


@dataclass(slots=True)
class MemoryIntake:
    """The intake's twin: keeps what it is given and answers as told."""

    answer: bool | None = True
    """Whether items count as stored; None leaves them unanswered."""
    has_room: bool = True
    items: list[Any] = field(default_factory=list)
    tickets: list[LinkTicket] = field(default_factory=list)

    def put(self, item: Any, ticket: Any) -> bool:
        """Take an item, and answer it soon, as the writer would: in groups, on the loop."""
        if not self.has_room:
            return False
        self.items.append(item)
        self.tickets.append(ticket)
        if self.answer is not None and ticket is not None and len(self.tickets) == 1:
            asyncio.get_running_loop().call_soon(self.answer_all)
        return True

    def answer_all(self) -> None:
        """Answer everything that waits, one call per link."""
        by_link: dict[Any, list[tuple[int, bool]]] = {}
        for ticket in self.tickets:
            by_link.setdefault(ticket.link, []).append((ticket.sequence, self.answer is True))
        self.tickets.clear()
        for link, answers in by_link.items():
            link.acknowledge(answers)


@dataclass(slots=True)
class LinkWorld:
    """Everything around an open connection, for tests to look at and to change."""

    intake: MemoryIntake = field(default_factory=MemoryIntake)
    journal: list[tuple[str, str]] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    """`bound` and `lost`, in order."""

    def ports(self) -> LinkPorts:
        """Build what a link needs."""
        return LinkPorts(
            intake=self.intake,
            now=lambda: datetime.now(UTC),
            journal=lambda _connection_id, _direction, event, detail, _octets: self.journal.append((event, detail)),
            on_bound=lambda _connection_id: self.sessions.append("bound"),
            on_lost=lambda _connection_id: self.sessions.append("lost"),
        )

    @asynccontextmanager
    async def connected(self, smsc: FakeSmsc, **settings: Any) -> AsyncIterator[SmppConnection]:
        """Open a connection to a message centre, wait until it is bound, close it at the end."""
        connection = self.open(smsc.port, **settings)
        try:
            count = len(connection.keepers)
            await smsc.wait_bound(count)
            await until(lambda: sum(status.is_bound for status in connection.statuses) == count)
            yield connection
        finally:
            await connection.stop(timeout_seconds=2)

    def open(self, port: int, **settings: Any) -> SmppConnection:
        """Start a connection without waiting."""
        given = {"system_id": "recado", "password": "secret", "response_timeout_seconds": 2, "reconnect_seconds": 1, **settings}
        connection = SmppConnection(CONNECTION_ID, "test", SmppSettings(port=port, **given), self.ports(), Random(1))  # noqa: S311  # jitter
        connection.start()
        return connection


async def until(condition: Callable[[], Any], *, timeout_seconds: float = 10.0) -> Any:
    """Wait until a condition holds, and return what it returned."""
    async with asyncio.timeout(timeout_seconds):
        while not (found := condition()):  # noqa: ASYNC110  # a test polls with a deadline
            await asyncio.sleep(0.005)
    return found
