"""Lanes: which of the claimed jobs may start now, so that one slow endpoint never delays another, and bulk never delays an answer.

Pure bookkeeping over anything with a lane (a destination, a connection) and an order key (a sender, a recipient): bounded work per lane
and in all, one job at a time per order key, urgent before bulk, oldest first, lanes served in turn. Nothing here looks through all that
waits. One lane is in `lane`, claiming and working belong to `worker`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Generic, NamedTuple

from recado.delivery.lane import J, Lane, bulk_share


class Room(NamedTuple):
    """What more a lane can take at once."""

    places: int
    bulk_places: int
    """How many of them bulk may take."""
    busy: frozenset[Hashable]
    """Order keys of jobs it holds."""


class Lanes(Generic[J]):
    """Claimed jobs by lane. A lane in trouble runs one job at a time until one succeeds.

    Where lanes begin slowly, one of which nothing is known does, too: so many that hang cannot take all places at once.
    """

    def __init__(self, per_lane: int, in_all: int, *, begins_slowly: bool = False) -> None:
        self._per_lane = per_lane
        self._begins_slowly = begins_slowly
        self._in_all = in_all
        self._lanes: dict[int, Lane[J]] = {}
        self._turns: OrderedDict[int, None] = OrderedDict()
        """Lanes in which something waits, in the order in which they are served; those where nothing waits any more are dropped there."""
        self._held: dict[int, J] = {}
        self._running: dict[int, J] = {}
        self._bulk_running = 0
        self._riders: dict[int, list[J]] = {}
        """By job that runs: those that go with it, in the same place."""
        self._riding = 0

    @property
    def running_count(self) -> int:
        """How many jobs are at work."""
        return len(self._running)

    @property
    def waiting_count(self) -> int:
        """How many claimed jobs wait for their turn."""
        return len(self._held) - len(self._running) - self._riding

    @property
    def urgent_waiting_count(self) -> int:
        """How many of them are urgent."""
        return sum(self._lanes[key].urgent_waiting_count for key in self._turns)

    def held_by_lane(self) -> list[tuple[int, int]]:
        """Return the lanes that are known and how many jobs are in each."""
        return [(key, lane.running_count + lane.waiting_count) for key, lane in self._lanes.items()]

    def held(self) -> list[int]:
        """Return the ids of all claimed jobs, at work or waiting, whose leases must be renewed."""
        return list(self._held)

    def add(self, jobs: Iterable[J]) -> None:
        """Take claimed jobs in."""
        for job in jobs:
            if job.job_id not in self._held:
                self._held[job.job_id] = job
                self._lane(job.lane).add(job)
                self._turns.setdefault(job.lane)

    def begin(self, jobs: Iterable[J]) -> None:
        """Take in jobs that start at once, for which there was room."""
        for job in jobs:
            self._held[job.job_id] = job
            self._lane(job.lane).begin(job)
            self._run(job)

    def start(self, now: datetime, places: Callable[[int], int] | None = None) -> Iterator[J]:
        """Give out, lane by lane in turn, every job that may start now; each counts as running until `finish`.

        `places` says of a lane how many jobs may run there now at most.
        """
        progress = True
        while progress and len(self._running) < self._in_all:
            progress = False
            for key in list(self._turns):
                lane = self._lanes[key]
                if not lane.waiting_count:
                    del self._turns[key]
                    continue
                if len(self._running) >= self._in_all or lane.is_paused(now):
                    continue
                job = lane.take(self._limit(key, lane, places), may_be_bulk=self._bulk_running < bulk_share(self._in_all))
                if job is not None:
                    progress = True
                    self._turns.move_to_end(key)
                    self._run(job)
                    yield job

    def rooms(self, now: datetime, places: Callable[[int], int]) -> dict[int, Room]:
        """Say what each lane that is known could take beside what it runs and what waits there."""
        left = self._in_all - len(self._running)
        rooms = {}
        for key, lane in self._lanes.items():
            if lane.is_paused(now) or lane.failures:
                continue
            limit = self._limit(key, lane, places)
            free = min(limit - lane.running_count, left)
            if free > 0:
                bulk = min(bulk_share(limit) - lane.bulk_running_count, bulk_share(self._in_all) - self._bulk_running)
                rooms[key] = Room(free, max(0, min(bulk, free)), lane.busy())
        return rooms

    def ride(self, job: J, most: int, fits: Callable[[J], bool]) -> list[J]:
        """Let up to so many others of its lane go together with a job that starts, as one: in its place, and until it is finished."""
        riders = self._lanes[job.lane].ride(job, most, fits) if most > 0 else []
        if riders:
            self._riders[job.job_id] = riders
            self._riding += len(riders)
        return riders

    def drop_behind(self, job: J) -> list[J]:
        """Give back what waits for a job at work with the same order key."""
        dropped = self._lanes[job.lane].drop_behind(job) if job.job_id in self._held else []
        for other in dropped:
            del self._held[other.job_id]
        return dropped

    def finish(self, job: J) -> None:
        """Take note that a job is no longer at work, nor what went with it."""
        if self._running.pop(job.job_id, None) is None:
            return
        self._bulk_running -= job.is_bulk
        riders = self._riders.pop(job.job_id, [])
        self._riding -= len(riders)
        for one in (job, *riders):
            del self._held[one.job_id]
        self._lanes[job.lane].finish(job, riders)

    def recovered(self, key: int) -> None:
        """Take note that a lane works."""
        lane = self._lanes.get(key)
        if lane is None:
            return
        lane.width = min(lane.width * 2, self._per_lane)
        if lane.failures:
            lane.failures, lane.paused_until = 0, None

    def pause(self, key: int, now: datetime, length: Callable[[int], timedelta]) -> list[J]:
        """Start nothing in a lane for a while; give back the jobs that waited, for others to claim later.

        `length` is told how often in a row the lane was in trouble before. Attempts that were under way together count once.
        """
        lane = self._lane(key)
        if not lane.is_paused(now):
            lane.paused_until = now + length(lane.failures)
            lane.failures += 1
            lane.width = 1
        return self._drop(lane)

    def failures(self, key: int) -> int:
        """How often in a row a lane was in trouble."""
        lane = self._lanes.get(key)
        return lane.failures if lane else 0

    def forget(self, now: datetime, key_limit: int = 1000) -> None:
        """Drop what is remembered of lanes without work, and in trouble once their pauses are over, when there are many."""
        if len(self._lanes) > key_limit:
            for key in [key for key, lane in self._lanes.items() if lane.is_idle and not lane.is_paused(now)]:
                del self._lanes[key]
                self._turns.pop(key, None)

    def give_back(self) -> list[J]:
        """Give back every job that waits."""
        return [job for lane in self._lanes.values() for job in self._drop(lane)]

    def closed(self, now: datetime, *, is_bulk: bool = False) -> list[int]:
        """Return the lanes for which nothing more of a class must be claimed now: paused, or with enough waiting."""
        return [
            key
            for key, lane in self._lanes.items()
            if lane.is_paused(now) or (lane.waiting_count if is_bulk else lane.urgent_waiting_count) >= self._width(lane)
        ]

    def _lane(self, key: int) -> Lane[J]:
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane()
        return lane

    def _limit(self, key: int, lane: Lane[J], places: Callable[[int], int] | None) -> int:
        limit = self._width(lane)
        return limit if places is None else min(limit, places(key))

    def _width(self, lane: Lane[J]) -> int:
        if lane.failures:
            return 1
        return lane.width if self._begins_slowly else self._per_lane

    def _run(self, job: J) -> None:
        self._running[job.job_id] = job
        self._bulk_running += job.is_bulk

    def _drop(self, lane: Lane[J]) -> list[J]:
        dropped = lane.drop()
        for job in dropped:
            del self._held[job.job_id]
        return dropped
