"""Live: tells open pages that something changed, within this process.

What belongs here: fan-out of notices to subscribers of an account, numbering, a short replay for pages that reconnect.
What does not: what a page shows (`panel.fragments`) and how it is streamed (`server.events`). All methods run on the
event loop, except `publish_threadsafe`.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from recado.gateway.clock import utc_now

REPLAY_LENGTH = 500
QUEUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed. Shaped like `apps.changes.Change`."""

    kind: str
    """`message`, `outbound`, `dialogue`, `contacts`, `routing`, `jobs`, `campaign`, `autoresponders`; or `refetch` when some were lost."""
    account_id: int | None
    object_id: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A numbered notice."""

    id: int
    notice: Notice
    at: float
    """When it was published, in seconds since 1970."""


class Live:
    """Fan-out per account. A subscriber too slow for its queue is told to fetch anew instead of growing memory."""

    def __init__(self, loop: asyncio.AbstractEventLoop, first_id: int = 1, now: Callable[[], datetime] = utc_now) -> None:
        self._loop = loop
        self._now = now
        self._next_id = first_id
        self._first_at = now().timestamp()
        self._replay: deque[Event] = deque(maxlen=REPLAY_LENGTH)
        self._subscribers: dict[int, set[asyncio.Queue[Event | None]]] = {}
        self._listeners: list[Callable[[Notice], None]] = []
        self._closed = False

    @property
    def subscriber_count(self) -> int:
        """How many pages are open."""
        return sum(map(len, self._subscribers.values()))

    @property
    def is_closed(self) -> bool:
        """Say whether the server is about to stop."""
        return self._closed

    def listen(self, callback: Callable[[Notice], None]) -> None:
        """Call `callback` on the loop with each notice of every account; it must neither wait nor fail."""
        self._listeners.append(callback)

    def publish_threadsafe(self, notices: Iterable[Notice]) -> None:
        """Publish from another thread."""
        collected = tuple(notices)
        if collected and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, collected)

    def publish(self, notices: Iterable[Notice]) -> None:
        """Give the notices numbers and hand them to the subscribers of their accounts."""
        at = self._now().timestamp()
        for notice in notices:
            if notice.account_id is None:
                continue
            event = Event(self._next_id, notice, at)
            self._next_id += 1
            self._replay.append(event)
            for queue in self._subscribers.get(notice.account_id, ()):
                self._put(queue, event)
            for hear in self._listeners:
                hear(notice)

    def _put(self, queue: "asyncio.Queue[Event | None]", event: Event) -> None:
        if not queue.full():
            queue.put_nowait(event)
            return
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(Event(event.id, Notice("refetch", event.notice.account_id), event.at))

    def last_id_before(self, at: float) -> int:
        """Return the id of the last event before a moment, in seconds since 1970; -1, which is always too long ago, if that is forgotten.

        Given to `subscribe`, it closes the gap between the rendering of a page and its first subscription.
        """
        is_full = len(self._replay) == REPLAY_LENGTH
        if at < self._first_at or (is_full and at <= self._replay[0].at):
            return -1
        return next((event.id for event in self._replay if event.at >= at), self._next_id) - 1

    async def subscribe(self, account_id: int, last_event_id: int | None = None) -> AsyncIterator[Event]:
        """Yield events of an account, first those missed since `last_event_id`; ends when Live is closed."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(QUEUE_LENGTH)
        for event in self._missed(account_id, last_event_id):
            self._put(queue, event)
        self._subscribers.setdefault(account_id, set()).add(queue)
        try:
            while not self._closed and (event_or_end := await queue.get()) is not None:
                yield event_or_end
        finally:
            self._subscribers[account_id].discard(queue)
            if not self._subscribers[account_id]:
                del self._subscribers[account_id]

    def _missed(self, account_id: int, last_event_id: int | None) -> list[Event]:
        if last_event_id is None:
            return []
        oldest = self._replay[0].id if self._replay else self._next_id
        if last_event_id + 1 < oldest or last_event_id >= self._next_id:
            return [Event(self._next_id - 1, Notice("refetch", account_id), self._now().timestamp())]
        return [event for event in self._replay if event.id > last_event_id and event.notice.account_id == account_id]

    def close(self) -> None:
        """End all subscriptions, so that the server can stop."""
        self._closed = True
        for queues in self._subscribers.values():
            for queue in queues:
                while queue.full():
                    queue.get_nowait()
                queue.put_nowait(None)
