"""The bounded queue between links and the writer, and the shapes of what waits in it.

Links put from the event loop, the writer takes from its thread. What belongs here: order, bounds, waking. What does not: what becomes
of an item (`receive`) and when it is answered (`writer`).
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt

HIGH_WATER = 10_000


class Acknowledger(Protocol):
    """Whoever answers carriers, on the event loop."""

    def acknowledge(self, answers: list[tuple[int, bool]]) -> None:
        """Answer requests: `(sequence, stored)`, False for a temporary error."""


class Ticket(Protocol):
    """How to answer one item later."""

    @property
    def link(self) -> Acknowledger:
        """Who answers."""

    @property
    def sequence(self) -> int:
        """Which request."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """The ticket of one who waits in a thread for the id of the message; an error when it was not stored."""

    done: "Future[int]" = field(default_factory=Future)
    is_replay: bool = False
    """Whether the item is held in quarantine already: it is not kept there twice when it breaks again."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Give out long messages whose missing parts nobody should wait for any longer."""


@dataclass(frozen=True, slots=True)
class Rebound:
    """A session began: what was received until the last one broke may be sent again now."""

    connection_id: int
    broke_at: datetime
    """Nothing received later can be a resend."""
    bound_at: datetime
    limit: int = 5_000
    """How many unanswered messages there can have been at most: the carrier's window times links."""


Item: TypeAlias = InboundPart | DeliveryReceipt | Sweep | Rebound
Queued: TypeAlias = tuple[Item, Any]


class NotStoredError(Exception):
    """The message is not stored; trying again later may succeed."""


class Intake:
    """What was received and is not stored yet. `put` from any thread, `take` from the writer's alone."""

    def __init__(self, high_water: int = HIGH_WATER) -> None:
        self._high_water = high_water
        self._queue: deque[Queued] = deque()
        self._calls: deque[Callable[[], None]] = deque()
        self._wake = threading.Condition()
        self._is_idle = False
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def oldest_at(self) -> datetime | None:
        """When the item that waits longest was received; None where nothing does."""
        try:
            return getattr(self._queue[0][0], "received_at", None)
        except IndexError:
            return None

    @property
    def has_room(self) -> bool:
        """Whether reading may go on."""
        return len(self._queue) < self._high_water and not self._is_closed

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is accepted."""
        return self._is_closed

    def put(self, item: Item, ticket: Ticket | Waiter | None = None) -> bool:
        """Take an item, or return False when full; a `Rebound` is always taken."""
        if (len(self._queue) >= self._high_water and type(item) is not Rebound) or self._is_closed:
            return False
        self._queue.append((item, ticket))
        if self._is_idle:
            self.wake()
        return True

    def receive(self, part: InboundPart | DeliveryReceipt, timeout: float = 20.0, *, is_replay: bool = False) -> int:
        """Put a part and wait until it is stored; return the message's id, 0 for a receipt and for a part that waits for others."""
        waiter = Waiter(is_replay=is_replay)
        if not self.put(part, waiter):
            raise NotStoredError("the intake is full")
        try:
            return waiter.done.result(timeout)
        except TimeoutError as error:
            raise NotStoredError(f"not stored within {timeout:g} seconds") from error

    def call(self, work: Callable[[], None]) -> None:
        """Have the writer's thread call something between two groups."""
        self._calls.append(work)
        self.wake()

    def put_back(self, queued: list[Queued]) -> None:
        """Return items to the front, in their order."""
        self._queue.extendleft(reversed(queued))

    def wake(self) -> None:
        """Make `take` look again."""
        with self._wake:
            self._wake.notify_all()

    def close(self) -> None:
        """Accept nothing more; what is queued can still be taken."""
        self._is_closed = True
        self.wake()

    def take(self, limit: int, timeout: float) -> tuple[list[Queued], list[Callable[[], None]]]:
        """Take everything queued, at most `limit` items, and all calls; wait up to `timeout` seconds where there is nothing.

        A `Rebound` is only ever the first item of a group, so that everything received before it is stored when it is looked at.
        """
        if not self._queue and not self._calls and timeout > 0:
            with self._wake:
                self._is_idle = True
                if not self._queue and not self._calls and not self._is_closed:
                    self._wake.wait(timeout)
                self._is_idle = False
        return self._items(limit), self._pending_calls()

    def _items(self, limit: int) -> list[Queued]:
        queue = self._queue
        taken: list[Queued] = []
        for _ in range(min(limit, len(queue))):
            queued = queue.popleft()
            if type(queued[0]) is Rebound and taken:
                queue.appendleft(queued)
                break
            taken.append(queued)
        return taken

    def _pending_calls(self) -> list[Callable[[], None]]:
        return [self._calls.popleft() for _ in range(len(self._calls))]
