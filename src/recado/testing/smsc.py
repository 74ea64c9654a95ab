"""A message centre for tests, demonstrations and load: real SMPP 3.4 on loopback, behaving well or badly as told.

What belongs here: accepting binds, sending deliver_sm and raw octets, collecting submit_sm, misbehaving on purpose. What does not:
anything a product needs at run time. Its other twin, for load, is `bench/load.py`.
"""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self, cast

from recado.protocols import smpp
from recado.protocols.smpp import Role, Session, State
from recado.protocols.smpp.constants import RESPONSE_BIT


@dataclass(slots=True)
class SmscBehaviour:
    """How the message centre answers."""

    bind_status: int = 0
    answer_submit: Callable[[smpp.SubmitSm, int], smpp.SubmitSmResp | None] = lambda request, count: smpp.SubmitSmResp(
        request.sequence_number, 0, f"{count:08d}"
    )
    """Given the request and its number from 1; None stays silent."""
    receipts: Callable[[smpp.SubmitSm, str], list[smpp.DeliverSm]] = lambda _request, _message_id: []
    """Receipts to send once a submission was accepted."""
    answers_enquire_link: bool = True
    answers_unbind: bool = True


class SmscSession(asyncio.Protocol):
    """One session as the message centre sees it."""

    def __init__(self, smsc: "FakeSmsc") -> None:
        self._smsc = smsc
        self.session = Session(Role.SMSC)
        self.bind: smpp.Bind | None = None
        self.events: list[smpp.Event] = []
        self.transport: asyncio.Transport | None = None
        self._pending: dict[int, asyncio.Future[smpp.Event]] = {}
        self.closed = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the way out."""
        self.transport = cast("asyncio.Transport", transport)
        self._smsc.sessions.append(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail whoever waits for an answer."""
        self.session.close()
        self.closed.set()
        for future in self._pending.values():
            if not future.done():
                future.set_exception(ConnectionResetError(str(exc or "the link was closed")))

    def data_received(self, data: bytes) -> None:
        """Work off what arrived."""
        for event in self.session.receive_data(data):
            self.events.append(event)
            self._handle(event)

    def _handle(self, event: smpp.Event) -> None:
        behaviour = self._smsc.behaviour
        future = self._pending.pop(event.sequence_number, None) if is_response(event) else None
        if future is not None and not future.done():
            future.set_result(event)
        elif isinstance(event, smpp.Bind):
            self.bind = event
            self.send(smpp.BindResp(event.sequence_number, event.mode, behaviour.bind_status, "fake"))
        elif isinstance(event, smpp.EnquireLink) and behaviour.answers_enquire_link:
            self.send(smpp.EnquireLinkResp(event.sequence_number))
        elif isinstance(event, smpp.Unbind) and behaviour.answers_unbind:
            self.send(smpp.UnbindResp(event.sequence_number))
        elif isinstance(event, smpp.SubmitSm):
            self._submitted(event)

    def _submitted(self, event: smpp.SubmitSm) -> None:
        smsc = self._smsc
        smsc.submitted.append(event)
        answer = smsc.behaviour.answer_submit(event, len(smsc.submitted))
        if answer is None:
            return
        self.send(answer)
        if answer.command_status == 0:
            for receipt in smsc.behaviour.receipts(event, answer.message_id):
                self.start_request(receipt)

    @property
    def is_bound(self) -> bool:
        """Whether the peer bound and still is."""
        return self.session.state.is_bound

    @property
    def can_deliver(self) -> bool:
        """Whether messages can be sent to the peer."""
        return self.session.state in {State.BOUND_RX, State.BOUND_TRX}

    def send(self, event: smpp.Event) -> None:
        """Send one PDU."""
        self.send_octets(self.session.send(event))

    def send_octets(self, octets: bytes) -> None:
        """Send anything, well formed or not."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(octets)

    def start_request(self, event: Any) -> "asyncio.Future[smpp.Event]":
        """Send a request under a fresh sequence number; the future is its response."""
        number = self.session.next_sequence_number()
        future: asyncio.Future[smpp.Event] = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda done: done.cancelled() or done.exception())  # an answer nobody awaits is no error
        self._pending[number] = future
        self.send(replace(event, sequence_number=number))
        return future

    def cut(self) -> None:
        """Drop the connection without a word."""
        if self.transport is not None:
            self.transport.abort()


@dataclass(slots=True)
class FakeSmsc:
    """A listening message centre. `async with FakeSmsc() as smsc: … smsc.port …`."""

    behaviour: SmscBehaviour = field(default_factory=SmscBehaviour)
    tls: ssl.SSLContext | None = None
    port: int = 0
    sessions: list[SmscSession] = field(default_factory=list)
    submitted: list[smpp.SubmitSm] = field(default_factory=list)
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on loopback; a port of 0 takes a free one and says so in `port`."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SmscSession(self), "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and drop all sessions."""
        if self._server is not None:
            self._server.close()
        for session in self.sessions:
            session.cut()
        await asyncio.sleep(0)

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    @property
    def bound(self) -> list[SmscSession]:
        """The sessions bound now, oldest first."""
        return [session for session in self.sessions if session.is_bound]

    async def wait_bound(self, count: int = 1, *, timeout_seconds: float = 10.0) -> list[SmscSession]:
        """Wait until so many sessions are bound, and return them."""
        async with asyncio.timeout(timeout_seconds):
            while len(self.bound) < count:  # noqa: ASYNC110  # a test polls with a deadline
                await asyncio.sleep(0.005)
        return self.bound

    async def deliver(self, event: smpp.DeliverSm | smpp.DataSm, *, timeout_seconds: float = 10.0) -> Any:
        """Send a message over the first link that takes one, and return the response."""
        session = next(session for session in self.sessions if session.can_deliver)
        return await asyncio.wait_for(session.start_request(event), timeout_seconds)


def is_response(event: smpp.Event) -> bool:
    """Whether an event answers a request of ours."""
    kinds = (smpp.DeliverSmResp, smpp.DataSmResp, smpp.EnquireLinkResp, smpp.UnbindResp, smpp.GenericNack)
    return isinstance(event, kinds) or (isinstance(event, smpp.MalformedPdu) and bool(event.command_id & RESPONSE_BIT))


def delivery_receipt(request: smpp.SubmitSm, message_id: str, state: str = "DELIVRD", error: str = "000") -> smpp.DeliverSm:
    """Build the receipt that most message centres would send for a submission."""
    text = f"id:{message_id} sub:001 dlvrd:001 submit date:2611221000 done date:2611221001 stat:{state} err:{error} text:"
    return smpp.DeliverSm(
        0,
        source_addr_ton=request.dest_addr_ton,
        source_addr_npi=request.dest_addr_npi,
        source_addr=request.destination_addr,
        dest_addr_ton=request.source_addr_ton,
        dest_addr_npi=request.source_addr_npi,
        destination_addr=request.source_addr,
        esm_class=0x04,
        short_message=text.encode("ascii"),
    )
