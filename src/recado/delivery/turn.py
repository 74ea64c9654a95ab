"""One turn of the worker as values: what is to be written and claimed at once, and what that brought.

`worker` fills a `Turn` on the event loop, `ledger` carries it out in the database's thread and answers with `Claimed`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from recado.delivery.jobs import ForwardJob, ForwardResult, SubmitJob, SubmitResult
from recado.delivery.lanes import Room
from recado.store.outbox import Touched


@dataclass(frozen=True, slots=True)
class Claim:
    """How many jobs of a kind to claim, and for which destinations or connections none."""

    limit: int
    without: tuple[int, ...] = ()
    bulk_limit: int = 0
    bulk_without: tuple[int, ...] = ()
    aside_limit: int = 0
    """How many to claim of what goes to other addresses than those of destinations."""
    is_deep: bool = True
    """Whether to look at everything that is due behind what is left out; many more rows than are wanted."""


@dataclass(frozen=True, slots=True)
class Turn:
    """All that is to be written and claimed at once."""

    now: datetime
    lease: timedelta
    results: tuple[ForwardResult | SubmitResult, ...] = ()
    given_back: tuple[int, ...] = ()
    renewed: tuple[int, ...] = ()
    postponed: Mapping[int, datetime] = field(default_factory=dict)
    """Forwards that stand behind one of their phone that failed, with when to look at them again."""
    chosen: tuple[int, ...] = ()
    """Jobs to send that are ours and may be handed over once they are marked."""
    ours: frozenset[int] = frozenset()
    """Jobs not to claim although their leases may have ended: this worker has them, or their results."""
    forwards: Claim | None = None
    submits: Claim | None = None
    rooms: Mapping[int, Room] = field(default_factory=dict)
    """By connection, how many texts may be handed over at once when they are claimed."""
    is_first: bool = False
    looks_for_lost: bool = False
    """Whether to look for jobs of workers that died while they handed texts over."""

    @property
    def writes(self) -> bool:
        """Whether there is something to write."""
        return bool(self.results or self.given_back or self.renewed or self.postponed or self.chosen or self.is_first)


@dataclass(frozen=True, slots=True)
class Due:
    """Ids of jobs that may be claimed."""

    forwards: tuple[int, ...]
    submits: tuple[int, ...]
    has_lost: bool = False
    never_begun: tuple[int, ...] = ()
    """Jobs this worker marked in a transaction of which it did not hear that it was committed."""
    phones: tuple[int, ...] = ()
    """Forwards to phones, which become outgoing messages in a transaction of their own."""

    def __bool__(self) -> bool:
        """Whether there is anything to do in the turn itself."""
        return bool(self.forwards or self.submits or self.has_lost or self.never_begun)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the turn brought."""

    forwards: list[ForwardJob] = field(default_factory=list)
    submits: list[SubmitJob] = field(default_factory=list)
    """Jobs that wait for their turn."""
    handing: list[SubmitJob] = field(default_factory=list)
    """Jobs claimed just now whose texts may be handed over."""
    marked: frozenset[int] = frozenset()
    """Those of `chosen` whose texts may be handed over."""
    touched: list[Touched] = field(default_factory=list)
    """Messages that changed beside those of the results."""


def place(jobs: list[SubmitJob], rooms: Mapping[int, Room], can_go: Callable[[SubmitJob], bool]) -> tuple[list[SubmitJob], list[SubmitJob]]:
    """Part jobs into those that may be handed over at once and those that wait, keeping the order of each phone."""
    going: list[SubmitJob] = []
    waiting: list[SubmitJob] = []
    taken: dict[int, list[int]] = {key: [room.places, room.bulk_places] for key, room in rooms.items()}
    seen: set[tuple[int, tuple[str, bool]]] = set()
    for job in jobs:
        key = (job.lane, job.order)
        free = taken.get(job.lane)
        fits = free is not None and free[0] > 0 and (free[1] > 0 or not job.is_bulk)
        if free is not None and fits and key not in seen and job.order not in rooms[job.lane].busy and can_go(job):
            free[0] -= 1
            free[1] -= job.is_bulk
            going.append(job)
        else:
            waiting.append(job)
        seen.add(key)
    return going, waiting
