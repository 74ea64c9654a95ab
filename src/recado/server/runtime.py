"""What runs behind the addresses: gateway and delivery, wired to each other, to the domain's ports and to live pages.

What belongs here: who tells whom, and the order of starting and stopping. What does not: what any of them does.
"""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from recado.apps import changes
from recado.apps.changes import Change
from recado.apps.connections import ports as connection_ports
from recado.apps.ids import next_id
from recado.apps.inbox import ports
from recado.blobs.choosing import blobs_of
from recado.config import Config
from recado.core.message import InboundPart
from recado.delivery.database_thread import BorrowedTransactions, Submit, Transactions
from recado.delivery.feeder import Feeder
from recado.delivery.forwarded_mms import linking
from recado.delivery.http_client import HttpClient
from recado.delivery.mail_message import Identity
from recado.delivery.mail_worker import MailWorker
from recado.delivery.smtp_client import ShownMails, SmtpClient
from recado.delivery.worker import Notice as DeliveryNotice
from recado.delivery.worker import Worker
from recado.gateway.app import Gateway
from recado.gateway.clock import utc_now
from recado.gateway.intake import NotStoredError
from recado.gateway.live import Live, Notice
from recado.gateway.minutes import MinuteCounts
from recado.server.delivery_metrics import count_attempt, watch
from recado.server.installation import RunningInstallation
from recado.server.mails_in import address_book
from recado.server.secret import secret_key
from recado.server.slowed import Slowed
from recado.store.connections import ConnectionRow


class Runtime:
    """Gateway and delivery of one process. Made anywhere, started and stopped on the event loop."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gateway: Gateway | None = None
        self._worker: Worker | None = None
        self._feeder: Feeder | None = None
        self._mails: MailWorker | None = None
        self._client: HttpClient | None = None
        self._slowed: Slowed | None = None
        self._unsubscribe = _nothing
        self._sent = MinuteCounts(utc_now)

    @property
    def gateway(self) -> Gateway:
        """The gateway, once started."""
        if self._gateway is None:
            raise RuntimeError("the runtime is not started")
        return self._gateway

    @property
    def live(self) -> Live:
        """Where open pages subscribe."""
        return self.gateway.live

    def connections(self) -> tuple[ConnectionRow, ...]:
        """Return the connections that are configured now."""
        return self.gateway.routes_cache.snapshot.connections

    @property
    def submit(self) -> Submit | None:
        """How others write between two groups of received messages; None where the database has many writers."""
        return self.gateway.writer.submit if self.config.database.engine == "sqlite" else None

    async def start(self) -> None:
        """Start delivery and gateway and connect everything; raises when the database cannot be read."""
        self._loop = asyncio.get_running_loop()
        live = Live(self._loop, first_id=int(utc_now().timestamp() * 1000))  # ids go on growing over a restart, so that pages can catch up
        self._slowed = Slowed(self._loop, live.publish)
        self._gateway = Gateway(self.config, live=live, on_jobs=self._wake)
        self._client = HttpClient(allow_private=self.config.allow_private_forwards)
        self._worker = self._make_worker(self._gateway, self._client)
        self._feeder = self._make_feeder(self._gateway)
        self._mails = self._make_mails(self._gateway)
        watch(self._worker)
        await self._gateway.start()
        self._worker.start()
        self._feeder.start()
        self._mails.start()
        ports.set_receiver(self._receive)
        connection_ports.plug(RunningInstallation(self._gateway, self._worker, self._sent, self._loop))
        self._unsubscribe = changes.subscribe(self._changed)

    async def stop(self) -> None:
        """Work off what is under way, store and answer what was received, unbind, end."""
        ports.set_receiver()
        connection_ports.unplug()
        self._unsubscribe()
        if self._feeder is not None:
            await self._feeder.stop()
        if self._mails is not None:
            await self._mails.stop()
        if self._worker is not None:
            await self._worker.stop()
        if self._client is not None:
            await self._client.close()
        await self.gateway.drain()
        await self.gateway.stop()

    def close_pages(self) -> None:
        """End the open event streams; from any thread and from a signal handler."""
        if self._loop is not None and self._gateway is not None:
            self._loop.call_soon_threadsafe(self._gateway.live.close)

    def health(self) -> dict[str, Any]:
        """Say how gateway and delivery are; `ok` is False when an operator must act."""
        health = self.gateway.health()
        parts = [part for part in (self._worker, self._feeder, self._mails) if part is not None]
        trouble = next((part.trouble for part in parts if part.trouble), "") if parts else "not started"
        return {**health, "ok": health["ok"] and not trouble, "delivery": {"ok": not trouble, "reason": trouble}}

    def _make_worker(self, gateway: Gateway, client: HttpClient) -> Worker:
        database = self.config.database
        return Worker(
            database,
            gateway.pool,
            client,
            utc_now,
            node=self.config.node,
            transactions=self._transactions(gateway),
            on_changed=self._delivered,
            on_worked=self._worked,
            correlation_window=timedelta(days=self.config.correlation_days),
            link=linking(self.config.address, secret_key(self.config.data)),
        )

    def _make_feeder(self, gateway: Gateway) -> Feeder:
        return Feeder(
            self.config.database,
            utc_now,
            iter(next_id, None),
            transactions=self._transactions(gateway),
            on_released=self._wake,
            on_changed=self._delivered,
        )

    def _make_mails(self, gateway: Gateway) -> MailWorker:
        config = self.config
        return MailWorker(
            config.database,
            SmtpClient(config.smtp_url) if config.smtp_url else ShownMails(),
            Identity(config.mail_sender, config.address, address_book(config)),
            blobs_of(config),
            utc_now,
            iter(next_id, None),
            node=config.node,
            transactions=self._transactions(gateway),
            on_changed=self._delivered,
            on_worked=self._worked,
            link=linking(config.address, secret_key(config.data)),
        )

    def _transactions(self, gateway: Gateway) -> Transactions | None:
        """On SQLite, which has one writer at a time, write in the gateway's writer thread instead of waiting for its lock."""
        database = self.config.database
        return BorrowedTransactions(database, gateway.writer.submit) if database.engine == "sqlite" else None

    # --- who tells whom ---

    def _wake(self) -> None:
        for worker in (self._worker, self._mails):
            if worker is not None:
                worker.wake()

    def _worked(self, kind: str, outcome: str, seconds: float) -> None:
        count_attempt(kind, outcome, seconds)
        if (kind, outcome) == ("submit", "done"):
            self._sent.add()

    def _delivered(self, notices: list[DeliveryNotice]) -> None:
        self._publish(Notice(notice.kind, notice.account_id, notice.object_id) for notice in notices)

    def _publish(self, notices: Iterable[Notice]) -> None:
        """Tell open pages; a campaign changes with each of its messages, and pages need not follow each."""
        at_once = []
        for notice in notices:
            if notice.kind == "campaign" and self._slowed is not None:
                self._slowed.put(notice)
            else:
                at_once.append(notice)
        self.live.publish(at_once)

    def _changed(self, change: Change) -> None:
        """Hear from panel and API, in their threads, after their commit."""
        if change.kind == "routing":
            self.gateway.check_routes()
        elif change.kind == "jobs":
            self._wake()
        else:
            if change.kind == "campaign" and self._feeder is not None:
                self._feeder.wake()
            notice = Notice(change.kind, change.account_id, change.object_id)
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._publish, (notice,))

    def _receive(self, part: InboundPart) -> int:
        try:
            return self.gateway.receive(part)
        except NotStoredError as error:
            raise ports.ReceiverUnavailableError(f"the message could not be stored now ({error}); nothing was done, try again") from error


def _nothing() -> None:
    """Stand for a subscription that is not there yet."""
