"""All connections that are open, as the way out (`core.submit.Submitter`) and as something to look at.

What belongs here: opening, changing and closing connections as the configuration says. What does not: what a connection does
(`smpp_connection`, `simulator_connection`), where the configuration comes from (`routes_cache`).
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any, Protocol

import structlog

from recado.blobs.base import Blobs
from recado.carriers.base import SettingsError
from recado.carriers.mm7.settings import read_settings as read_mm7_settings
from recado.carriers.registry import carrier_kind
from recado.carriers.smpp.settings import read_settings
from recado.core.submit import Opening, OutboundText, SegmentRefused, SubmitOutcome
from recado.gateway.link_ports import LinkPorts
from recado.gateway.link_status import LinkStatus
from recado.gateway.link_trial import TrialStep, ask, bind_once
from recado.gateway.listening_connection import ListeningConnection
from recado.gateway.mm7_connection import Mm7Connection
from recado.gateway.mm7_submit import send_settings
from recado.gateway.simulator_connection import SimulatorConnection
from recado.gateway.smpp_connection import SmppConnection
from recado.store.connections import ConnectionRow

log = structlog.get_logger(__name__)

NOT_OPEN = Opening(0, "link_down")


class OpenConnection(Protocol):
    """A connection at work."""

    def start(self) -> None:
        """Open its links."""

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Answer what was taken and close."""

    def hold(self) -> None:
        """Be drained from the beginning, in place of `start`."""

    async def drain(self) -> None:
        """Finish what is under way, take nothing new, close until `resume`."""

    async def resume(self) -> None:
        """Open again what was drained."""

    def opening(self) -> Opening:
        """Say how many texts may be under way."""

    async def submit(self, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Send a text."""

    @property
    def statuses(self) -> list[LinkStatus]:
        """How its links are."""


class LinkPool:
    """The open connections by id. All methods run on the event loop."""

    def __init__(
        self, ports: LinkPorts, put: Callable[[Any], bool], now: Callable[[], datetime], chance: Random, blobs: Blobs | None = None
    ) -> None:
        """`blobs` is where the files of what is sent lie; without it no connection that carries MMS can be opened."""
        self._blobs = blobs
        self._ports = ports
        self._put = put
        self._now = now
        self._chance = chance
        self._rows: dict[int, ConnectionRow] = {}
        self._open: dict[int, OpenConnection] = {}
        self._applying = asyncio.Lock()
        self._held: set[int] = set()
        """Connections a person has drained; they stay so when their settings change."""
        self._tasks: set[asyncio.Task[None]] = set()
        self.misconfigured: dict[str, str] = {}
        """By connection name, what must be changed."""

    async def apply(self, rows: Iterable[ConnectionRow]) -> None:
        """Open, reopen and close connections until they are those of `rows`."""
        async with self._applying:
            wanted = {row.id: row for row in rows}
            self._held &= wanted.keys()
            changed = [key for key, row in self._rows.items() if wanted.get(key) != row]
            await asyncio.gather(*(self._close(key) for key in changed))
            for key, row in wanted.items():
                if self._rows.get(key) != row:
                    self._start(row)

    def _start(self, row: ConnectionRow) -> None:
        self._rows[row.id] = row
        self.misconfigured.pop(row.name, None)
        try:
            connection = self._build(row)
        except SettingsError as error:
            self.misconfigured[row.name] = str(error)
            log.warning("connection_misconfigured", connection_id=row.id, connection=row.name, error=str(error))
            return
        self._open[row.id] = connection
        if row.id in self._held:
            connection.hold()
        else:
            connection.start()

    def _build(self, row: ConnectionRow) -> OpenConnection:
        kind = carrier_kind(row.kind)
        if kind.name == "simulator":
            return SimulatorConnection(row.id, row.name, self._put, self._now)
        if kind.name == "mm7":
            return self._mm7(row)
        if kind.only_receives:
            kind.clean(row.settings)
            return ListeningConnection(row.id, row.name, self._now)
        return SmppConnection(row.id, row.name, read_settings(row.settings), self._ports, self._chance)

    def _mm7(self, row: ConnectionRow) -> Mm7Connection:
        if self._blobs is None:
            raise SettingsError("There is no place for the files of MMS")
        return Mm7Connection(row.id, row.name, send_settings(read_mm7_settings(row.settings)), self._ports, self._blobs)

    async def _close(self, connection_id: int, timeout_seconds: float = 10.0) -> None:
        row = self._rows.pop(connection_id)
        self.misconfigured.pop(row.name, None)
        connection = self._open.pop(connection_id, None)
        if connection is not None:
            await connection.stop(timeout_seconds=timeout_seconds)

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Close everything in good order."""
        for task in self._tasks:
            task.cancel()
        async with self._applying:
            await asyncio.gather(*(self._close(key, timeout_seconds) for key in list(self._rows)))

    def drain(self, connection_id: int) -> None:
        """Begin to drain a connection; its statuses say how far that is."""
        connection = self._open.get(connection_id)
        if connection is not None:
            self._held.add(connection_id)
            self._begin(connection.drain())

    def resume(self, connection_id: int) -> None:
        """Open a drained connection again."""
        self._held.discard(connection_id)
        connection = self._open.get(connection_id)
        if connection is not None:
            self._begin(connection.resume())

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def trial(self, row: ConnectionRow) -> list[TrialStep]:
        """Try a connection now, whether it is open, closed or disabled; raise SettingsError where it cannot be used."""
        kind = carrier_kind(row.kind)
        if kind.name == "simulator":
            return [TrialStep("simulator", "connect", "", 0)]
        if kind.name == "mm7":
            return await self._mm7(row).trial()
        if kind.only_receives:
            kind.clean(row.settings)
            return [TrialStep("receives", "connect", "", 0)]
        connection = self._open.get(row.id) if self._rows.get(row.id) == row else None
        bound = [keeper for keeper in connection.keepers if keeper.status.is_bound] if isinstance(connection, SmppConnection) else []
        steps = [step for keeper in bound for step in await ask(keeper)]
        if steps:
            return steps
        apart = SmppConnection(row.id, row.name, replace(read_settings(row.settings), links=1), self._ports, self._chance)
        return [step for keeper in apart.keepers for step in await bind_once(keeper)]

    @property
    def statuses(self) -> list[LinkStatus]:
        """How every link is."""
        return [status for connection in self._open.values() for status in connection.statuses]

    def opening(self, connection_id: int) -> Opening:
        """Say how many texts a connection can take (`core.submit.Submitter`)."""
        connection = self._open.get(connection_id)
        return NOT_OPEN if connection is None else connection.opening()

    async def submit(self, connection_id: int, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Hand a text to a connection (`core.submit.Submitter`)."""
        connection = self._open.get(connection_id)
        if connection is None:
            return (SegmentRefused("link_down", permanent=False),)
        if message.is_test and not isinstance(connection, SimulatorConnection):
            return (SegmentRefused("test messages never reach a carrier", permanent=True),)
        return await connection.submit(message)
