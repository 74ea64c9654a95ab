"""The gateway as one thing: starts its parts in order, tells how they are, drains and stops them.

What belongs here: the order of starting and stopping, and who is told what after a commit. What does not: what the parts do. Architecture:
docs/architecture.md, "One inbound SMS, step by step".
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import structlog
from prometheus_client import REGISTRY

from recado.blobs.choosing import blobs_of
from recado.config import Config
from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.gateway.carrier_journal import CarrierJournal, Record
from recado.gateway.clock import utc_now
from recado.gateway.collector import settle
from recado.gateway.group_result import GroupResult
from recado.gateway.intake import Intake
from recado.gateway.link_pool import LinkPool
from recado.gateway.link_ports import LinkPorts
from recado.gateway.live import Live
from recado.gateway.metrics import GatewayCollector, count_group
from recado.gateway.minutes import MinuteCounts
from recado.gateway.notices import notices_of
from recado.gateway.routes_cache import RoutesCache, Snapshot
from recado.gateway.session_breaks import RebindWatch
from recado.gateway.writer import GroupCommitWriter
from recado.store.carrier_log import LogEntry, write_log
from recado.store.dialect import Connection

log = structlog.get_logger(__name__)

DRAIN_SECONDS = 10.0


class Gateway:
    """Everything that receives. Made and driven on the event loop; `receive` and `check_routes` are for other threads."""

    def __init__(
        self,
        config: Config,
        *,
        live: Live | None = None,
        on_jobs: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = utc_now,
        chance: Random | None = None,
    ) -> None:
        """`on_jobs` is called in the writer's thread when a commit left something to deliver. Without `live`, one is made."""
        self._loop = asyncio.get_running_loop()
        self._now = now
        self._on_jobs = on_jobs
        self._changes: set[asyncio.Task[None]] = set()
        self._is_draining = False
        self.received = MinuteCounts(now)
        """Messages stored, by minute."""
        self.live = live or Live(self._loop)
        self.intake = Intake()
        self.routes_cache = RoutesCache(config.database, self._routes_changed)
        self.writer = GroupCommitWriter(
            config.database,
            self.intake,
            lambda: self.routes_cache.routes,
            self._loop,
            node=config.node,
            now=now,
            on_committed=self._committed,
        )
        self._journal = CarrierJournal(self._write_record, now)
        rebinds = RebindWatch(self.intake.put, now)
        ports = LinkPorts(self.intake, now, self._journal.note, rebinds.bound, rebinds.lost)
        self.pool = LinkPool(ports, self.intake.put, now, chance or Random(), blobs_of(config))  # noqa: S311  # spreads reconnects
        self._collector = GatewayCollector(lambda: self.pool.statuses, self._figures)

    # --- life ---

    async def start(self) -> None:
        """Load the configuration, start the writer, then open the links; raises when the database cannot be read."""
        await asyncio.to_thread(self.routes_cache.start)
        settle()
        self.writer.start()
        REGISTRY.register(self._collector)
        await self.pool.apply(self.routes_cache.snapshot.connections)
        log.info("gateway_started", connections=len(self.routes_cache.snapshot.connections))

    async def drain(self, *, timeout_seconds: float = DRAIN_SECONDS) -> None:
        """Take nothing more, store and answer what was taken, unbind."""
        self._is_draining = True
        await self.pool.stop(timeout_seconds=timeout_seconds)
        await asyncio.to_thread(self.writer.stop, timeout_seconds)
        log.info("gateway_drained", unstored=len(self.intake))

    async def stop(self) -> None:
        """End what `drain` left: the configuration thread, open pages, metrics."""
        if not self._is_draining:
            await self.drain()
        await asyncio.to_thread(self.routes_cache.stop)
        for change in self._changes:
            change.cancel()
        self.live.close()
        REGISTRY.unregister(self._collector)

    # --- for other threads ---

    def receive(self, part: InboundPart) -> int:
        """Store a part that no link brought and return its message's id; blocks. Raises `intake.NotStoredError`."""
        return self.intake.receive(part)

    def replay(self, item: InboundPart | DeliveryReceipt) -> int:
        """Process once more what is held in quarantine and return the message's id, 0 for a receipt; blocks.

        Raises `intake.NotStoredError`, with the fault where it breaks again.
        """
        return self.intake.receive(item, is_replay=True)

    def check_routes(self) -> None:
        """See a change of the configuration now; returns when it is in force."""
        self.routes_cache.check_now()

    # --- looking ---

    @property
    def is_draining(self) -> bool:
        """Whether the gateway is on its way to its end."""
        return self._is_draining

    def health(self) -> dict[str, Any]:
        """Say whether messages can be received and stored, and how everything is; `ok` is False when an operator must act."""
        writer = self.writer.check()
        return {
            "ok": writer.is_ok and not self.routes_cache.error and not self._is_draining,
            "database": {"ok": writer.is_ok, "reason": writer.reason, "since": writer.since.isoformat() if writer.since else None},
            "routes": {"version": self.routes_cache.routes.version, "error": self.routes_cache.error},
            "queue": len(self.intake),
            "quarantined": self.writer.quarantined_count,
            "draining": self._is_draining,
            "links": [status.as_dict() for status in self.pool.statuses],
            "misconfigured": dict(self.pool.misconfigured),
        }

    def _figures(self) -> dict[str, float]:
        return {
            "queue_length": len(self.intake),
            "routes_version": self.routes_cache.routes.version,
            "database_ok": self.writer.check().is_ok,
            "quarantined": self.writer.quarantined_count,
            "live_subscribers": self.live.subscriber_count,
        }

    # --- what follows from what ---

    def _committed(self, result: GroupResult) -> None:
        """Tell who watches and who delivers; runs in the writer's thread."""
        count_group(result)
        self.received.add(result.stored_count)
        self.live.publish_threadsafe(notices_of(result))
        if result.job_count:
            self._on_jobs()

    def _routes_changed(self, snapshot: Snapshot) -> None:
        """Let the links follow; runs in the thread of the routes cache, and once before the links are opened."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._apply, snapshot)

    def _apply(self, snapshot: Snapshot) -> None:
        if self._is_draining or snapshot is not self.routes_cache.snapshot:
            return
        task = self._loop.create_task(self.pool.apply(snapshot.connections))
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)

    def _write_record(self, record: Record) -> None:
        def write(con: Connection) -> None:
            write_log(con, [LogEntry(self.writer.next_id(), *_fields(record))])

        self.writer.submit(write)


def _fields(record: Record) -> tuple[int, datetime, str, str, str, bytes | None]:
    return record.connection_id, record.at, record.direction, record.event, record.detail, record.octets
