"""Answers the console's questions about gateway and delivery of this process (`apps.connections.ports.Installation`).

What belongs here: passing between threads and the event loop, and between the gateway's values and the domain's. What does not: either
of them.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import asdict
from typing import Any, TypeVar

from recado.apps.connections.ports import (
    GatewayUnavailableError,
    InstallationStatus,
    LinkReport,
    LinkToTry,
    NotProcessedError,
    TriedStep,
)
from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.delivery.worker import Worker
from recado.gateway.app import Gateway
from recado.gateway.intake import NotStoredError
from recado.gateway.link_status import LinkStatus
from recado.gateway.minutes import MinuteCounts
from recado.store.connections import ConnectionRow

T = TypeVar("T")
LONGEST_TRIAL_SECONDS = 60.0


class RunningInstallation:
    """Gateway and delivery that run in this process."""

    def __init__(self, gateway: Gateway, worker: Worker, sent: MinuteCounts, loop: asyncio.AbstractEventLoop) -> None:
        self._gateway = gateway
        self._worker = worker
        self._sent = sent
        self._loop = loop

    def status(self) -> InstallationStatus:
        """Say how everything is."""
        gateway, writer = self._gateway, self._gateway.writer.check()
        return InstallationStatus(
            is_running=True,
            is_draining=gateway.is_draining,
            is_database_ok=writer.is_ok,
            database_reason=writer.reason,
            database_since=writer.since,
            routes_version=gateway.routes_cache.routes.version,
            routes_error=gateway.routes_cache.error,
            queue_length=len(gateway.intake),
            queue_oldest_at=gateway.intake.oldest_at,
            links=tuple(map(_report, gateway.pool.statuses)),
            misconfigured=dict(gateway.pool.misconfigured),
            delivery_trouble=self._worker.trouble,
            open_pages=gateway.live.subscriber_count,
            received=gateway.received.last_hour(),
            sent=self._sent.last_hour(),
        )

    def test_link(self, link: LinkToTry) -> list[TriedStep]:
        """Ask a connection now whether it works."""
        row = ConnectionRow(link.id, link.name, link.kind, dict(link.settings))
        steps = self._on_loop(self._gateway.pool.trial(row), LONGEST_TRIAL_SECONDS)
        return [TriedStep(step.link, step.name, step.error, step.milliseconds) for step in steps]

    def drain_link(self, connection_id: int) -> None:
        """Begin to drain a connection."""
        self._loop.call_soon_threadsafe(self._gateway.pool.drain, connection_id)

    def resume_link(self, connection_id: int) -> None:
        """Open a drained connection again."""
        self._loop.call_soon_threadsafe(self._gateway.pool.resume, connection_id)

    def replay(self, item: InboundPart | DeliveryReceipt) -> int:
        """Process an item once more."""
        try:
            return self._gateway.replay(item)
        except NotStoredError as error:
            raise NotProcessedError(str(error)) from error

    def _on_loop(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        asked = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return asked.result(seconds)
        except FutureTimeoutError as error:
            asked.cancel()
            raise GatewayUnavailableError(f"no answer within {seconds:g} s") from error


def _report(status: LinkStatus) -> LinkReport:
    return LinkReport(**asdict(status))
