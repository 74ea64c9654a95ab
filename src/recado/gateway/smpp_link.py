"""One SMPP session over one TCP connection: octets in, items into the intake, acknowledgements and submissions out.

What belongs here: driving `protocols.smpp.Session`, pairing requests with responses, keep-alive, back-pressure. What does not:
connecting again (`link_keeper`), choosing among links and retrying submissions (`smpp_connection`), what a PDU means (`carriers.smpp`).
SMPP 3.4 §2, §7.
"""

import asyncio
from datetime import datetime
from typing import Any, Final, cast

import structlog

from recado.carriers.base import Carrier
from recado.gateway.link_errors import BindRefusedError, LinkDownError, LinkError, LinkLostError, ResponseTimeoutError
from recado.gateway.link_ports import LinkPorts, LinkTicket
from recado.gateway.link_requests import LinkRequests
from recado.gateway.link_status import LinkState, LinkStatus
from recado.protocols import smpp
from recado.protocols.smpp import BindMode, CommandStatus, Session, deliver_sm_resp
from recado.protocols.smpp.constants import RESPONSE_BIT

log = structlog.get_logger(__name__)

RESUME_POLL_SECONDS: Final = 0.02
"""How often a paused link asks whether the intake has room again."""

WRITE_BUFFER: Final = 1 << 20
"""Octets that may wait for a peer to read them: answers to more messages than any window has, so that a peer may send all, then read."""


class SmppLink(asyncio.Protocol):
    """A session as ESME. All methods run on the event loop."""

    def __init__(
        self, carrier: Carrier[Any, Any], status: LinkStatus, ports: LinkPorts, *, enquire_link_seconds: float, response_seconds: float
    ) -> None:
        self._carrier = carrier
        self.status = status
        self._ports = ports
        self._enquire_link_seconds = enquire_link_seconds
        self._session = Session()
        self._requests = LinkRequests(self._session, self._write_soon, response_seconds)
        self._unwritten: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._data_sm: set[int] = set()
        self._unacknowledged = 0
        self._loop = asyncio.get_running_loop()
        self._last_heard = self._loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._owed_unbind: int | None = None
        self._is_closing = False
        self._was_bound = False
        self._is_choked = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed: asyncio.Future[str] = self._loop.create_future()
        """Done when the connection is gone, with the reason."""
        self._reason = ""
        self._others: dict[type, Any] = {
            smpp.BindResp: self._bind_answered,
            smpp.EnquireLink: lambda event: self._send(smpp.EnquireLinkResp(event.sequence_number)),
            smpp.Unbind: self._unbind_asked,
            smpp.MalformedPdu: self._refuse,
            smpp.UnknownPdu: self._refuse,
            smpp.AlertNotification: self._notified,
        }

    @property
    def is_bound(self) -> bool:
        """Whether submissions can be sent now."""
        return self._session.state.is_bound and not self._is_closing and not self.closed.done()

    # --- the transport's side ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to watch the silence of the peer."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(WRITE_BUFFER)
        self._timer = self._loop.call_later(self._enquire_link_seconds, self._watch)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail what waits for an answer and tell the keeper."""
        self._session.close()
        if self._timer:
            self._timer.cancel()
        reason = self._reason or (str(exc) if exc else "the carrier closed the connection")
        self._requests.lost(reason)
        self._idle.set()
        if not self.closed.done():
            self.closed.set_result(reason)
        if self._was_bound:
            self._ports.on_lost(self.status.connection_id)

    def data_received(self, data: bytes) -> None:
        """Hand received messages to the intake, in order, and answer the rest at once."""
        received_at = self._ports.now()
        self._last_heard = self._loop.time()
        lost = None
        try:
            events = self._session.receive_data(data)
        except smpp.RemoteProtocolError as error:
            events, lost = list(error.events), error
        for event in events:
            kind = type(event)
            if kind is smpp.DeliverSm or kind is smpp.DataSm:
                self._take(cast("smpp.DeliverSm | smpp.DataSm", event), received_at)
            elif kind in self._others:
                self._others[kind](event)
            else:
                self._answered(event)
        if lost:
            self._ports.journal(self.status.connection_id, "in", "framing_lost", str(lost), data[:512])
            self.abort(f"framing lost: {lost}")

    # --- receiving ---

    def _take(self, event: smpp.DeliverSm | smpp.DataSm, received_at: datetime) -> None:
        sequence = event.sequence_number
        status = self.status
        if self._is_closing:
            self._respond(event, CommandStatus.ESME_RTHROTTLED)
            return
        item = self._carrier.to_inbound(event, status.connection_id, received_at)
        if not self._ports.intake.put(item, LinkTicket(self, sequence)):
            self._respond(event, CommandStatus.ESME_RTHROTTLED)
            self._pause()
            return
        if type(event) is smpp.DataSm:
            self._data_sm.add(sequence)
        status.received_count += 1
        self._unacknowledged += 1
        status.unacknowledged = self._unacknowledged

    def _respond(self, event: smpp.DeliverSm | smpp.DataSm, command_status: int) -> None:
        if type(event) is smpp.DataSm:
            self._write(self._session.send(smpp.DataSmResp(event.sequence_number, command_status)))
        else:
            self._write(deliver_sm_resp(event.sequence_number, command_status))

    def acknowledge(self, answers: list[tuple[int, bool]]) -> None:
        """Answer received PDUs: `(sequence_number, stored)`. One write; nothing when the session is gone, the carrier will send again."""
        if self._transport is None or self.closed.done():
            return
        self._unacknowledged -= len(answers)
        self.status.unacknowledged = self._unacknowledged
        octets = []
        for sequence, stored in answers:
            command_status = CommandStatus.ESME_ROK if stored else CommandStatus.ESME_RSYSERR
            if sequence in self._data_sm:
                self._data_sm.discard(sequence)
                octets.append(self._session.send(smpp.DataSmResp(sequence, command_status)))
            else:
                octets.append(deliver_sm_resp(sequence, command_status))
        self._transport.write(b"".join(octets))
        if self._unacknowledged <= 0:
            self._idle.set()
            if self._owed_unbind is not None:
                self._agree_to_unbind(self._owed_unbind)

    def pause_writing(self) -> None:
        """Read no more from a peer that does not take our answers, or they would gather here without bound."""
        self._is_choked = True
        self._pause()

    def resume_writing(self) -> None:
        """Go on: the peer took what was written."""
        self._is_choked = False

    def _pause(self) -> None:
        if self._transport is not None and not self.status.is_paused:
            self.status.is_paused = True
            self._transport.pause_reading()
            self._loop.call_later(RESUME_POLL_SECONDS, self._resume)

    def _resume(self) -> None:
        if self._transport is None or self.closed.done():
            return
        if (self._is_choked or not self._ports.intake.has_room) and not self._is_closing:
            self._loop.call_later(RESUME_POLL_SECONDS, self._resume)
            return
        self.status.is_paused = False
        self._last_heard = self._loop.time()
        self._transport.resume_reading()

    def _refuse(self, event: smpp.MalformedPdu | smpp.UnknownPdu) -> None:
        name = smpp.command_name(event.command_id)
        is_malformed = isinstance(event, smpp.MalformedPdu)
        detail = f"{name}: {event.reason}" if isinstance(event, smpp.MalformedPdu) else name
        octets = event.octets if isinstance(event, smpp.MalformedPdu) else event.body
        self._ports.journal(self.status.connection_id, "in", "malformed_pdu" if is_malformed else "unknown_pdu", detail, octets)
        self._write(self._session.refuse(event))
        if event.command_id & RESPONSE_BIT:
            self._requests.unreadable(event.sequence_number, detail)

    def _notified(self, event: smpp.AlertNotification) -> None:
        log.info("alert_notification", connection_id=self.status.connection_id, source_addr=event.source_addr)

    # --- requests of our own ---

    async def request(self, event: Any) -> smpp.Event:
        """Send a request and return its response, whatever its status; raise a LinkError where there is none."""
        return await self._requests.ask(event)

    def _answered(self, event: smpp.Event) -> None:
        if not self._requests.answered(event):
            name = type(event).__name__
            log.warning("response_to_nothing", connection_id=self.status.connection_id, pdu=name, sequence_number=event.sequence_number)

    async def bind(self, mode: BindMode, system_id: str, password: str, system_type: str, address_range: str) -> None:
        """Ask for a session; raise BindRefusedError with the carrier's status."""
        self.status.state = LinkState.BINDING
        request = smpp.Bind(0, mode, system_id, password, system_type, address_range=address_range)
        answer = await self.request(request)
        command_status = getattr(answer, "command_status", 0)
        if command_status or not self._session.state.is_bound:
            raise BindRefusedError(f"bind refused: {smpp.status_name(command_status)}")

    def _bind_answered(self, event: smpp.BindResp) -> None:
        # At once, not when `bind` goes on: resends may come in the same packet as the consent.
        if self._session.state.is_bound and not self._was_bound:
            self._was_bound = True
            self._ports.on_bound(self.status.connection_id)
        self._answered(event)

    def _watch(self) -> None:
        """Ask a silent peer whether it lives; drop the link when it does not say so, or does not even read the question."""
        silence = self._loop.time() - self._last_heard
        is_deaf = self.status.is_paused and not self._is_choked  # it is us who do not listen
        if is_deaf or silence < self._enquire_link_seconds:
            delay = self._enquire_link_seconds - (0 if is_deaf else silence)
            self._timer = self._loop.call_later(max(delay, 0.01), self._watch)
            return
        self._spawn(self._enquire())

    async def _enquire(self) -> None:
        try:
            await self.request(smpp.EnquireLink(0))
        except ResponseTimeoutError:
            self.abort("enquire_link was not answered")
        except LinkDownError:
            pass  # a bind or unbind is under way, with a time-out of its own
        except LinkLostError:
            return
        if not self.closed.done():
            self._timer = self._loop.call_later(self._enquire_link_seconds, self._watch)

    # --- the end ---

    def _unbind_asked(self, event: smpp.Unbind) -> None:
        self._is_closing = True
        self.status.state = LinkState.CLOSING
        self._reason = "the carrier unbound the session"
        if self._unacknowledged > 0:
            self._owed_unbind = event.sequence_number
        else:
            self._agree_to_unbind(event.sequence_number)

    def _agree_to_unbind(self, sequence: int) -> None:
        self._owed_unbind = None
        self._send(smpp.UnbindResp(sequence))
        if self._transport:
            self._transport.close()

    async def close(self, *, timeout_seconds: float) -> None:
        """Take nothing more, answer what was taken, unbind and hang up."""
        if self.closed.done() or self._transport is None:
            return
        self.status.state = LinkState.CLOSING
        self._is_closing = True
        self._reason = "closed by us"
        try:
            async with asyncio.timeout(timeout_seconds):
                if self._unacknowledged > 0:
                    self._idle.clear()
                    await self._idle.wait()
                if self._session.state.is_bound:
                    await self.request(smpp.Unbind(0))
        except (TimeoutError, LinkError) as error:
            log.warning("unbind_failed", connection_id=self.status.connection_id, error=str(error))
        self._transport.close()

    def abort(self, reason: str) -> None:
        """Hang up at once."""
        self._reason = reason
        if self._transport is not None:
            self._transport.abort()

    def _spawn(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _send(self, event: smpp.Event) -> None:
        try:
            self._write(self._session.send(event))
        except smpp.LocalProtocolError as error:
            log.warning("not_sent", connection_id=self.status.connection_id, error=str(error))

    def _write(self, octets: bytes) -> None:
        """Send octets, if there is a connection to send them on."""
        if octets and self._transport is not None and not self._transport.is_closing():
            self._transport.write(octets)

    def _write_soon(self, octets: bytes) -> bool:
        """Send octets together with what else is given in this turn of the loop; return whether there is a connection to send them on."""
        if self._transport is None or self._transport.is_closing():
            return False
        if not self._unwritten:
            self._loop.call_soon(self._flush)
        self._unwritten.append(octets)
        return True

    def _flush(self) -> None:
        octets = b"".join(self._unwritten)
        self._unwritten.clear()
        self._write(octets)
