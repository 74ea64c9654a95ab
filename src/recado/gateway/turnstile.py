"""The way out over the links of one connection: who goes next, over which link, and when; and how many may come.

What belongs here: windows, the rate limit, and that answers and single messages overtake group sends. What does not: what is sent and
what its answer means (`smpp_connection`).
"""

import asyncio
from collections import deque
from collections.abc import Sequence

from recado.gateway.link_keeper import LinkKeeper
from recado.gateway.rate_limit import RateLimit

SOON_SECONDS = 0.1
"""Texts that leave within this time may come: longer than writing down the next ones takes, and short enough that a crash leaves few texts
of which nobody knows whether they were sent."""
MOST_WINDOWS = 4
"""And of these no more than so many windows hold."""
LEAST_SHARE = 4
"""And, however slowly the carrier answers, this part of a window."""


class Gate:
    """One link and its window."""

    __slots__ = ("keeper", "size", "taken")

    def __init__(self, keeper: LinkKeeper, size: int) -> None:
        self.keeper = keeper
        self.size = size
        self.taken = 0

    @property
    def is_open(self) -> bool:
        """Whether its link can take submissions."""
        link = self.keeper.link
        return link is not None and link.is_bound


Waiter = asyncio.Future[Gate | None]


class Turnstile:
    """Lets submissions through one by one. Runs on the event loop."""

    def __init__(self, keepers: Sequence[LinkKeeper], window_size: int, rate: RateLimit) -> None:
        self.gates = deque(Gate(keeper, window_size) for keeper in keepers)
        self._rate = rate
        self._loop = asyncio.get_running_loop()
        self._urgent: deque[Waiter] = deque()
        self._bulk: deque[Waiter] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._period, self._left_now, self._left_before = 0, 0, 0
        """Which tenth of a second it is, and how many texts left in it and in the one before."""

    def places(self) -> int:
        """Say how many texts may be under way: those that are unanswered, those that can leave at once, and as many as left of late.

        None over links whose answers could not be read now.
        """
        ready = [gate for gate in self.gates if gate.is_open and not gate.keeper.status.is_paused]
        if not ready:
            return 0
        self._count(0)
        windows = sum(gate.size for gate in ready)
        free = sum(gate.size - gate.taken for gate in ready)
        soon = min(max(self._left_now, self._left_before, windows // LEAST_SHARE), MOST_WINDOWS * windows)
        return windows - free + int(min(free + soon, 1 + self._rate.within(SOON_SECONDS)))

    def _count(self, leaving: int) -> None:
        period = int(self._loop.time() / SOON_SECONDS)
        if period != self._period:
            self._left_before = self._left_now if period == self._period + 1 else 0
            self._period, self._left_now = period, 0
        self._left_now += leaving

    async def enter(self, *, is_bulk: bool) -> Gate | None:
        """Wait for one's turn and return the link to use, or None when none is up; give it back with `leave`."""
        if not (self._urgent or (is_bulk and self._bulk)):
            now = self._loop.time()
            if self._rate.delay(now) <= 0:
                gate = self._free_gate()
                if gate is not None:
                    self._let_through(gate, now)
                    return gate
        waiter: Waiter = self._loop.create_future()
        (self._bulk if is_bulk else self._urgent).append(waiter)
        self._serve()
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():  # its turn came at the very moment it was called off
                self.leave(waiter.result())
            raise

    def leave(self, gate: Gate | None) -> None:
        """Give a place back."""
        if gate is not None:
            gate.taken -= 1
        if self._urgent or self._bulk:
            self._serve()

    def rest(self, seconds: float) -> None:
        """Let nobody through for a while."""
        self._rate.rest(self._loop.time() + seconds)

    def _serve(self) -> None:
        """Let through whoever can go now, and come back when the rate limit lets the next one go."""
        while waiters := self._urgent or self._bulk:
            waiter = waiters[0]
            if waiter.done():  # called off
                waiters.popleft()
                continue
            gate = self._free_gate()
            if gate is None:
                if any(each.is_open for each in self.gates):
                    return  # whoever comes back serves again
                waiters.popleft()
                waiter.set_result(None)
                continue
            now = self._loop.time()
            delay = self._rate.delay(now)
            if delay > 0:
                if self._timer is None:
                    self._timer = self._loop.call_later(delay, self._timed)
                return
            self._let_through(gate, now)
            waiters.popleft()
            waiter.set_result(gate)

    def _let_through(self, gate: Gate, now: float) -> None:
        self._rate.went(now)
        self._count(1)
        gate.taken += 1

    def _timed(self) -> None:
        self._timer = None
        self._serve()

    def _free_gate(self) -> Gate | None:
        """Take the next link in turn that is up and whose window has room."""
        for _ in range(len(self.gates)):
            gate = self.gates[0]
            self.gates.rotate(-1)
            if gate.taken < gate.size and gate.is_open:
                return gate
        return None
