"""The phone simulator as a connection: takes outgoing texts at once and reports them delivered a moment later.

What belongs here: timing and the way into the intake. What a typed text means belongs to `carriers.simulator`, the page to the panel.
"""

import asyncio
import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from recado.carriers.simulator.adapter import PhoneShowed, SimulatorCarrier
from recado.core.submit import Opening, OutboundText, SegmentAccepted, SegmentRefused, SubmitOutcome
from recado.gateway.link_status import LinkState, LinkStatus

log = structlog.get_logger(__name__)

HELD = SegmentRefused("link_drained", permanent=False)
OPEN = Opening(100)
DRAINED = Opening(0, HELD.error)
DELIVERY_SECONDS = 0.4
RETRY_SECONDS = 1.0


class SimulatorConnection:
    """Phones that are always reachable. Runs on the event loop."""

    def __init__(self, connection_id: int, name: str, put: Callable[[Any], bool], now: Callable[[], datetime]) -> None:
        self._connection_id = connection_id
        self._put = put
        self._now = now
        self._carrier = SimulatorCarrier()
        self._references = itertools.count(1)
        self._timers: set[asyncio.TimerHandle] = set()
        self._status = LinkStatus(connection_id, name, "simulator")

    def start(self) -> None:
        """Begin: the phones are on."""
        self._status.state, self._status.bound_since = LinkState.BOUND, self._now()

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:  # noqa: ARG002  # the signature of all connections
        """End; what was not shown yet stays sent, as with a phone that is off."""
        self._status.state = LinkState.STOPPED
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def hold(self) -> None:
        """Be drained without ever having been on, in place of `start`."""
        self._status.is_draining, self._status.state, self._status.bound_since = True, LinkState.DRAINED, None

    async def drain(self) -> None:
        """Take no new text; what was taken is shown."""
        self.hold()

    async def resume(self) -> None:
        """Take texts again."""
        self._status.is_draining = False
        self.start()

    @property
    def statuses(self) -> list[LinkStatus]:
        """The one link there is."""
        return [self._status]

    def opening(self) -> Opening:
        """Say that many phones can be reached at once."""
        return DRAINED if self._status.is_draining else OPEN

    async def submit(self, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Take the text and show it a moment later."""
        if self._status.is_draining:
            return (HELD,)
        outcomes = []
        for request in self._carrier.to_submit(message, next(self._references)):
            self._later(DELIVERY_SECONDS, PhoneShowed(request.carrier_message_id))
            outcomes.append(SegmentAccepted(request.carrier_message_id))
            self._status.submitted_count += 1
        return tuple(outcomes)

    def _later(self, seconds: float, event: PhoneShowed) -> None:
        def show() -> None:
            self._timers.discard(timer)
            if not self._put(self._carrier.to_inbound(event, self._connection_id, self._now())):
                self._later(RETRY_SECONDS, event)

        timer = asyncio.get_running_loop().call_later(seconds, show)
        self._timers.add(timer)
