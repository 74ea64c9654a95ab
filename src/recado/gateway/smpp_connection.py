"""All links of one SMPP connection, and the way out over them.

What belongs here: the segments of a text in order, what an answer means, patience with a throttling carrier. What does not: whose turn it
is (`turnstile`), a single link (`smpp_link`, `link_keeper`), later attempts (`delivery`).
"""

import asyncio
from collections.abc import Iterator
from random import Random

from recado.carriers.smpp.adapter import SmppCarrier
from recado.carriers.smpp.errors import Verdict, describe_status, verdict_on
from recado.carriers.smpp.settings import SmppSettings
from recado.core.submit import Opening, OutboundText, SegmentAccepted, SegmentRefused, SubmitOutcome
from recado.gateway.hold import Hold
from recado.gateway.link_errors import LinkDownError, LinkError, LinkLostError, ResponseTimeoutError, UnreadableAnswerError
from recado.gateway.link_keeper import LinkKeeper
from recado.gateway.link_ports import LinkPorts
from recado.gateway.link_status import LinkState, LinkStatus
from recado.gateway.rate_limit import RateLimit
from recado.gateway.turnstile import Gate, Turnstile
from recado.protocols.smpp import BindMode, SubmitSm, SubmitSmResp

MODES: dict[str, tuple[BindMode, ...]] = {
    "transceiver": (BindMode.TRANSCEIVER,),
    "receiver": (BindMode.RECEIVER,),
    "transmitter": (BindMode.TRANSMITTER,),
    "both": (BindMode.RECEIVER, BindMode.TRANSMITTER),
}
LINK_DOWN = SegmentRefused("link_down", permanent=False)
STOPPED = SegmentRefused("stopped", permanent=False)
HELD = SegmentRefused("link_drained", permanent=False)
"""A person has the connection drained: nothing was sent, and a later attempt finds it open again."""
UNANSWERED_WHEN_STOPPED = SegmentRefused("stopped", permanent=False, uncertain=True)
NO_ANSWER: dict[type[LinkError], SegmentRefused] = {
    LinkDownError: LINK_DOWN,
    LinkLostError: SegmentRefused("link_lost", permanent=False, uncertain=True),
    ResponseTimeoutError: SegmentRefused("timeout", permanent=False, uncertain=True),
    UnreadableAnswerError: SegmentRefused("unreadable_answer", permanent=False, uncertain=True),
}
"""What it means that a link brought no answer; only before sending is it certain that nothing was sent."""
DOWN = Opening(0, "link_down")
DRAINED = Opening(0, "link_drained")
NO_MMS = SegmentRefused("no_mms: this connection carries texts only", permanent=True)
ERROR_LENGTH = 80
SUBMITTING = frozenset({BindMode.TRANSCEIVER, BindMode.TRANSMITTER})
THROTTLE_DELAYS = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait after each throttling answer; after the last, the refusal goes back to delivery."""


class SmppConnection:
    """One configured connection: its links, and `submit` over them. Runs on the event loop."""

    def __init__(self, connection_id: int, name: str, settings: SmppSettings, ports: LinkPorts, chance: Random) -> None:
        self._settings = settings
        self._carrier = SmppCarrier(settings)
        modes = MODES[settings.bind_mode]
        self.keepers = [
            LinkKeeper(
                settings,
                mode,
                self._carrier,
                LinkStatus(connection_id, name, f"{mode.value} {position}", settings.window_size),
                ports,
                chance,
            )
            for position in range(1, settings.links + 1)
            for mode in modes
        ]
        senders = [keeper for keeper in self.keepers if keeper.mode in SUBMITTING]
        self._turnstile = Turnstile(senders, settings.window_size, RateLimit(settings.max_per_second))
        self._references = _references(chance, settings.reference_width)
        self._hold = Hold()

    def start(self) -> None:
        """Open all links."""
        for keeper in self.keepers:
            keeper.start()

    async def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Close all links in good order."""
        await asyncio.gather(*(keeper.stop(timeout_seconds=timeout_seconds) for keeper in self.keepers))

    def hold(self) -> None:
        """Be drained without ever having been open, in place of `start`."""
        self._hold.begin()
        self._show(LinkState.DRAINED)

    async def drain(self) -> None:
        """Take no new text, wait for the answers to what was handed over, answer what was received, unbind; stay so until `resume`."""
        self._hold.begin()
        self._show(None)
        async with self._hold.changing:
            await self._hold.until_quiet()
            if self._hold.is_on:
                await self.stop()
                self._show(LinkState.DRAINED)

    async def resume(self) -> None:
        """Open again what was drained, or end the draining before it comes to closing."""
        self._hold.end()
        async with self._hold.changing:
            if self._hold.is_on:
                return
            for keeper in self.keepers:
                keeper.status.is_draining = False
                if keeper.status.state in {LinkState.DRAINED, LinkState.STOPPED}:
                    keeper.start()

    def _show(self, state: LinkState | None) -> None:
        for status in self.statuses:
            status.is_draining = True
            status.state = state or status.state

    @property
    def statuses(self) -> list[LinkStatus]:
        """How each link is."""
        return [keeper.status for keeper in self.keepers]

    def opening(self) -> Opening:
        """Say how many texts may be under way; none while the answers to them could not be read."""
        if self._hold.is_on:
            return DRAINED
        places = self._turnstile.places()
        return Opening(places) if places else DOWN

    async def submit(self, message: OutboundText) -> tuple[SubmitOutcome, ...]:
        """Send a text as one or more segments, in order; stop after the first refusal.

        Cancelled, it still returns how far it came, since only here is it known whether anything was handed over.
        """
        if message.mms is not None:
            return (NO_MMS,)
        outcomes: list[SubmitOutcome] = []
        try:
            requests = self._carrier.to_submit(message, next(self._references))
        except ValueError as error:
            return (SegmentRefused(f"unsendable: {error}"[:ERROR_LENGTH], permanent=True),)
        with self._hold:
            for request in requests:
                try:
                    outcome = await self._submit_segment(request, is_first=not outcomes, is_bulk=message.is_bulk)
                except asyncio.CancelledError:  # while it waited for its turn
                    outcome = STOPPED
                outcomes.append(outcome)
                if isinstance(outcome, SegmentRefused):
                    break
        return tuple(outcomes)

    async def _submit_segment(self, request: SubmitSm, *, is_first: bool, is_bulk: bool) -> SubmitOutcome:
        for delay in THROTTLE_DELAYS:
            answer = await self._submit_once(request, is_first=is_first, is_bulk=is_bulk)
            if not isinstance(answer, int):
                return answer
            self._turnstile.rest(delay)
            await asyncio.sleep(delay)
        answer = await self._submit_once(request, is_first=is_first, is_bulk=is_bulk)
        return SegmentRefused(describe_status(answer), permanent=False) if isinstance(answer, int) else answer

    async def _submit_once(self, request: SubmitSm, *, is_first: bool, is_bulk: bool) -> SubmitOutcome | int:
        """Return the outcome, or the status with which the carrier asked for patience.

        While the connection is drained a text that was begun is finished, and none is begun.
        """
        for _ in range(len(self._turnstile.gates)):
            if self._refuses(is_first=is_first):
                return HELD
            gate = await self._turnstile.enter(is_bulk=is_bulk)
            if gate is None:
                break
            try:
                answer = HELD if self._refuses(is_first=is_first) else await self._over(gate, request)
            finally:
                self._turnstile.leave(gate)
            if answer != LINK_DOWN:
                return answer  # else nothing was sent, and another link may be up
        return LINK_DOWN

    def _refuses(self, *, is_first: bool) -> bool:
        return is_first and self._hold.is_on

    async def _over(self, gate: Gate, request: SubmitSm) -> SubmitOutcome | int:
        link, status = gate.keeper.link, gate.keeper.status
        if link is None or not link.is_bound:
            return LINK_DOWN
        status.unanswered_submits += 1
        try:
            answer = await link.request(request)
        except LinkError as error:
            return NO_ANSWER[type(error)]
        except asyncio.CancelledError:
            return UNANSWERED_WHEN_STOPPED
        finally:
            status.unanswered_submits = max(0, status.unanswered_submits - 1)
        status.submitted_count += 1
        command_status = getattr(answer, "command_status", 0)
        if command_status == 0 and isinstance(answer, SubmitSmResp):
            return SegmentAccepted(self._carrier.answered_id(answer.message_id))
        verdict = verdict_on(command_status)
        if verdict is Verdict.THROTTLED:
            return int(command_status)
        return SegmentRefused(describe_status(command_status), permanent=verdict is Verdict.PERMANENT)


def _references(chance: Random, width: int) -> Iterator[int]:
    """Give the references of long messages in turn, from an arbitrary start."""
    size = 1 << width
    reference = chance.randrange(size)
    while True:
        reference = (reference + 1) % size
        yield reference
