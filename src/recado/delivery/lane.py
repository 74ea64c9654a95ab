"""One lane: what waits for one destination or connection, and what runs there.

Jobs with the same order key follow one another: the first is ready or running, the others stand behind it, so that taking the next job
never means looking through those that cannot start. Which lane is served, and limits over all of them, belong to `lanes`.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Laned(Protocol):
    """What lanes need to know of a job."""

    @property
    def job_id(self) -> int:
        """The job's id."""

    @property
    def lane(self) -> int:
        """Id of what it shares a fate with."""

    @property
    def order(self) -> Hashable:
        """Jobs of a lane with the same key run one after the other."""

    @property
    def is_bulk(self) -> bool:
        """Whether all others go first."""


J = TypeVar("J", bound=Laned)


def bulk_share(places: int) -> int:
    """Say how many of so many places bulk may take: a part stays free for what is urgent."""
    return places - places // 8 if places >= 8 else max(1, places - 1)  # noqa: PLR2004  # an eighth, or one


class Lane(Generic[J]):
    """Jobs of one lane, all of them claimed."""

    def __init__(self) -> None:
        self._urgent: deque[J] = deque()
        self._bulk: deque[J] = deque()
        self._behind: dict[Hashable, deque[J] | None] = {}
        """By order key of every job that is ready or at work: the jobs that stand behind it."""
        self._urgent_behind = 0
        self._bulk_behind = 0
        self.running_count = 0
        self.bulk_running_count = 0
        self.width = 1
        """How many jobs run at once where lanes begin slowly: doubled by each that ended well, 1 after a failure."""
        self.failures = 0
        """In a row, of the kind that says the whole endpoint is unwell."""
        self.paused_until: datetime | None = None

    @property
    def urgent_waiting_count(self) -> int:
        """How many urgent jobs wait."""
        return len(self._urgent) + self._urgent_behind

    @property
    def waiting_count(self) -> int:
        """How many jobs wait."""
        return self.urgent_waiting_count + len(self._bulk) + self._bulk_behind

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing runs."""
        return not self._behind

    def busy(self) -> frozenset[Hashable]:
        """Return the order keys of all jobs here."""
        return frozenset(self._behind)

    def is_paused(self, now: datetime) -> bool:
        """Whether nothing may start yet."""
        return self.paused_until is not None and now < self.paused_until

    def add(self, job: J) -> None:
        """Let a job wait for its turn."""
        if job.order not in self._behind:
            self._behind[job.order] = None
            (self._bulk if job.is_bulk else self._urgent).append(job)
            return
        queue = self._behind[job.order]
        if queue is None:
            queue = self._behind[job.order] = deque()
        queue.append(job)
        self._count_behind(job, 1)

    def begin(self, job: J) -> None:
        """Let a job run whose order key is not busy."""
        self._behind[job.order] = None
        self._running(job, 1)

    def take(self, limit: int, *, may_be_bulk: bool) -> J | None:
        """Return the job that may start, and count it as running; None where none may."""
        if self.running_count >= limit:
            return None
        if self._urgent:
            job = self._urgent.popleft()
        elif self._bulk and may_be_bulk and self.bulk_running_count < bulk_share(limit):
            job = self._bulk.popleft()
        else:
            return None
        self._running(job, 1)
        return job

    def ride(self, job: J, most: int, fits: Callable[[J], bool]) -> list[J]:
        """Return up to so many jobs that go together with one that was taken, each after what stands before it.

        They share its place and count as running no more than it does; one that does not fit ends the search.
        """
        riders: list[J] = []
        ahead = job
        while len(riders) < most:
            queue = self._behind.get(ahead.order)
            if queue and fits(queue[0]):
                ahead = queue.popleft()
                self._count_behind(ahead, -1)
            elif not queue and self._urgent and fits(self._urgent[0]):
                ahead = self._urgent.popleft()
            else:
                break
            riders.append(ahead)
        return riders

    def finish(self, job: J, riders: Sequence[J] = ()) -> None:
        """Take note that a job is no longer at work, nor what went with it; what is behind them is next of its class."""
        self._running(job, -1)
        for one in {each.order: each for each in (job, *riders)}.values():
            self._follow(one)

    def _follow(self, job: J) -> None:
        queue = self._behind.get(job.order)
        if not queue:
            self._behind.pop(job.order, None)
            return
        following = queue.popleft()
        self._count_behind(following, -1)
        (self._bulk if following.is_bulk else self._urgent).appendleft(following)

    def drop_behind(self, job: J) -> list[J]:
        """Return what stands behind a job that is at work, and forget it."""
        queue = self._behind.get(job.order)
        if not queue:
            return []
        self._behind[job.order] = None
        for other in queue:
            self._count_behind(other, -1)
        return list(queue)

    def drop(self) -> list[J]:
        """Return everything that waits, and keep what runs."""
        ready = [*self._urgent, *self._bulk]
        dropped = ready + [job for queue in self._behind.values() if queue for job in queue]
        idle = {job.order for job in ready}
        self._behind = {order: None for order in self._behind if order not in idle}
        self._urgent.clear()
        self._bulk.clear()
        self._urgent_behind = self._bulk_behind = 0
        return dropped

    def _running(self, job: J, change: int) -> None:
        self.running_count += change
        self.bulk_running_count += change * job.is_bulk

    def _count_behind(self, job: J, change: int) -> None:
        if job.is_bulk:
            self._bulk_behind += change
        else:
            self._urgent_behind += change
