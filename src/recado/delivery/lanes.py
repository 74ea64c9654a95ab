"""Lanes: which of the claimed jobs may start now, so that one slow endpoint never delays another.

Pure bookkeeping over anything with a lane (a destination, a connection) and an order key (a sender, a recipient): bounded work
per lane and in all, one job at a time per order key, oldest first, lanes served in turn. Claiming and working belong to `worker`.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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


J = TypeVar("J", bound=Laned)


@dataclass(slots=True)
class _Lane(Generic[J]):
    waiting: deque[J] = field(default_factory=deque)
    running: set[Hashable] = field(default_factory=set)
    """Order keys at work."""
    failures: int = 0
    """In a row, of the kind that says the whole endpoint is unwell."""
    paused_until: datetime | None = None


class Lanes(Generic[J]):
    """Claimed jobs by lane. A lane in trouble runs one job at a time until one succeeds."""

    def __init__(self, per_lane: int, in_all: int) -> None:
        self._per_lane = per_lane
        self._in_all = in_all
        self._lanes: OrderedDict[int, _Lane[J]] = OrderedDict()
        self._running: dict[int, J] = {}

    @property
    def running_count(self) -> int:
        """How many jobs are at work."""
        return len(self._running)

    @property
    def waiting_count(self) -> int:
        """How many claimed jobs wait for their turn."""
        return sum(len(lane.waiting) for lane in self._lanes.values())

    def held(self) -> list[int]:
        """Return the ids of all claimed jobs, at work or waiting, whose leases must be renewed."""
        return [*self._running, *(job.job_id for lane in self._lanes.values() for job in lane.waiting)]

    def add(self, jobs: Iterable[J]) -> None:
        """Take claimed jobs in."""
        known = set(self.held())
        for job in jobs:
            if job.job_id not in known:
                self._lanes.setdefault(job.lane, _Lane()).waiting.append(job)

    def start(self, now: datetime) -> Iterator[J]:
        """Give out, lane by lane in turn, every job that may start now; each counts as running until `finish`."""
        progress = True
        while progress and len(self._running) < self._in_all:
            progress = False
            for key in list(self._lanes):
                job = self._take(self._lanes[key], now) if len(self._running) < self._in_all else None
                if job is not None:
                    progress = True
                    self._lanes.move_to_end(key)
                    yield job

    def _take(self, lane: _Lane[J], now: datetime) -> J | None:
        limit = 1 if lane.failures else self._per_lane
        if len(lane.running) >= limit or _is_paused(lane, now):
            return None
        blocked = set(lane.running)
        for position, job in enumerate(lane.waiting):
            if job.order not in blocked:
                del lane.waiting[position]
                lane.running.add(job.order)
                self._running[job.job_id] = job
                return job
        return None

    def finish(self, job: J) -> None:
        """Take note that a job is no longer at work."""
        if self._running.pop(job.job_id, None) is None:
            return
        lane = self._lanes[job.lane]
        lane.running.discard(job.order)
        if not lane.running and not lane.waiting and not lane.failures and lane.paused_until is None:
            del self._lanes[job.lane]

    def recovered(self, key: int) -> None:
        """Take note that a lane works."""
        lane = self._lanes.get(key)
        if lane is not None:
            lane.failures, lane.paused_until = 0, None

    def pause(self, key: int, now: datetime, length: Callable[[int], timedelta]) -> list[J]:
        """Start nothing in a lane for a while; give back the jobs that waited, for others to claim later.

        `length` is told how often in a row the lane was in trouble before. Attempts that were under way together count once.
        """
        lane = self._lanes.setdefault(key, _Lane())
        if not _is_paused(lane, now):
            lane.paused_until = now + length(lane.failures)
            lane.failures += 1
        return self._drop(lane)

    def failures(self, key: int) -> int:
        """How often in a row a lane was in trouble."""
        lane = self._lanes.get(key)
        return lane.failures if lane else 0

    def forget(self, now: datetime, key_limit: int = 1000) -> None:
        """Drop what is remembered of lanes in trouble once their pauses are over and there are many."""
        if len(self._lanes) > key_limit:
            for key in [key for key, lane in self._lanes.items() if not lane.running and not lane.waiting and not _is_paused(lane, now)]:
                del self._lanes[key]

    def give_back(self) -> list[J]:
        """Give back every job that waits."""
        return [job for lane in self._lanes.values() for job in self._drop(lane)]

    @staticmethod
    def _drop(lane: _Lane[J]) -> list[J]:
        dropped = list(lane.waiting)
        lane.waiting.clear()
        return dropped

    def closed(self, now: datetime) -> list[int]:
        """Return the lanes for which nothing more must be claimed now: paused, or with enough waiting."""
        return [
            key
            for key, lane in self._lanes.items()
            if _is_paused(lane, now) or len(lane.waiting) >= (1 if lane.failures else self._per_lane)
        ]


def _is_paused(lane: _Lane[J], now: datetime) -> bool:
    return lane.paused_until is not None and now < lane.paused_until
