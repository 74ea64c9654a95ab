"""Keeps one link of a connection up: connect, bind, wait for its end, wait a little, again.

What belongs here: the life of a link over many sessions, TLS, backoff. What does not: the session itself (`smpp_link`),
which messages travel.
"""

import asyncio
import ssl
from datetime import timedelta
from random import Random
from typing import Any

import structlog

from recado.carriers.base import Carrier
from recado.carriers.smpp.settings import SmppSettings
from recado.gateway.backoff import Backoff
from recado.gateway.link_errors import LinkDownError, LinkError
from recado.gateway.link_ports import LinkPorts
from recado.gateway.link_status import LinkState, LinkStatus
from recado.gateway.smpp_link import SmppLink
from recado.protocols.smpp import BindMode

log = structlog.get_logger(__name__)

STEADY_SECONDS = 5.0
"""A session that lasted this long counts as a success, so that the next attempt comes soon."""


class LinkKeeper:
    """One link that comes back. All methods run on the event loop."""

    def __init__(
        self, settings: SmppSettings, mode: BindMode, carrier: Carrier[Any, Any], status: LinkStatus, ports: LinkPorts, chance: Random
    ) -> None:
        self._settings = settings
        self.mode = mode
        self._carrier = carrier
        self.status = status
        self._ports = ports
        self._backoff = Backoff(settings.reconnect_seconds, chance)
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.link: SmppLink | None = None

    def start(self) -> None:
        """Begin to connect, also again after `stop`."""
        self._stopping.clear()
        self._task = asyncio.get_running_loop().create_task(self._run(), name=f"link {self.status.connection_name} {self.status.label}")

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Answer what was taken, unbind, and do not come back."""
        self._stopping.set()
        if self.link is not None:
            await self.link.close(timeout_seconds=timeout_seconds)
            await asyncio.wait([self.link.closed], timeout=1)
            if not self.link.closed.done():
                self.link.abort("closed by us")
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.status.state = LinkState.STOPPED
        self.status.next_try_at = None

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._one_session()
            except LinkError as error:
                self._failed(str(error))
            except Exception as error:  # a link that nobody tries again would be silent for ever
                log.exception("link_broke", connection_id=self.status.connection_id, link=self.status.label)
                self._failed(f"internal error: {type(error).__name__}: {error}")
            if not self._stopping.is_set():
                await self._pause()

    async def _one_session(self) -> None:
        loop = asyncio.get_running_loop()
        self.status.state, self.status.next_try_at = LinkState.CONNECTING, None
        link = await self.connect()
        try:
            await self.bind(link)
        except Exception:
            link.abort("bind failed")
            raise
        began = loop.time()
        reason = await link.closed
        self.status.bound_since = None
        if loop.time() - began >= STEADY_SECONDS:
            self._backoff.reset()
        if not self._stopping.is_set():
            self._failed(reason)

    async def connect(self) -> SmppLink:
        """Open a connection, not bound yet, as `link`; raise LinkDownError."""
        settings = self._settings

        def make_link() -> SmppLink:
            return SmppLink(
                self._carrier,
                self.status,
                self._ports,
                enquire_link_seconds=settings.enquire_link_seconds,
                response_seconds=settings.response_timeout_seconds,
            )

        tls = tls_context(verify=settings.verify_tls) if settings.use_tls else None
        try:
            async with asyncio.timeout(settings.response_timeout_seconds):
                connection = asyncio.get_running_loop().create_connection(make_link, settings.host, settings.port, ssl=tls)
                self.link = (await connection)[1]
                return self.link
        except OSError as error:  # TimeoutError is one, too
            reason = error.strerror or str(error) or "no answer in time"
            raise LinkDownError(f"cannot connect to {settings.host}:{settings.port}: {reason}") from error

    async def bind(self, link: SmppLink) -> None:
        """Begin a session on an open connection; raise a LinkError."""
        settings = self._settings
        self.status.unacknowledged = self.status.unanswered_submits = 0
        self.status.is_paused = False
        await link.bind(self.mode, settings.system_id, settings.password, settings.system_type, settings.address_range)
        self.status.state, self.status.bound_since = LinkState.BOUND, self._ports.now()
        log.info("bound", connection_id=self.status.connection_id, link=self.status.label)

    async def _pause(self) -> None:
        delay = self._backoff.next_delay()
        self.status.state = LinkState.WAITING
        self.status.next_try_at = self._ports.now() + timedelta(seconds=delay)
        self.status.reconnect_count += 1
        try:
            async with asyncio.timeout(delay):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _failed(self, error: str) -> None:
        self.status.failed(error, self._ports.now())
        self.status.bound_since = None
        log.warning("link_failed", connection_id=self.status.connection_id, link=self.status.label, error=error)
        self._ports.journal(self.status.connection_id, "out", "link_failed", error, b"")


def tls_context(*, verify: bool) -> ssl.SSLContext:
    """Build the TLS settings of a link; without `verify` the carrier's certificate is not checked."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
