"""Texts on their way out of the house: claimed, chosen, marked, under way.

What belongs here: which texts may be handed over next, as far as their connections have room, and how many to claim. What does not: writing
the marks (`ledger`), handing over (`attempts`), the loop (`worker`). Runs on the event loop.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from recado.core.submit import Submitter
from recado.delivery.jobs import SubmitJob, SubmitResult
from recado.delivery.lanes import Lanes, Room
from recado.delivery.limits import Limits
from recado.delivery.turn import Claim, Claimed, Turn


class Outgoing:
    """All texts that this worker has claimed."""

    def __init__(self, submitter: Submitter, limits: Limits, now: datetime) -> None:
        self._submitter = submitter
        self._limits = limits
        self.lanes: Lanes[SubmitJob] = Lanes(limits.submits_per_connection, limits.submits)
        self._chosen: dict[int, SubmitJob] = {}
        self._looked_deep_at = now - timedelta(days=1)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the jobs that may start once the next turn has marked them."""
        return tuple(self._chosen)

    def choose(self, now: datetime, judge: Callable[[SubmitJob, datetime], SubmitResult | None]) -> Iterable[SubmitResult]:
        """Choose the texts that may be handed over once that is written; yield the attempts that end at once, before taking the next."""
        for job in self.lanes.start(now, self._places_to_try):
            result = judge(job, now)
            if result is None:
                self._chosen[job.job_id] = job
            else:
                yield result

    def rooms(self, now: datetime) -> dict[int, Room]:
        """Say how many texts of which connection may be handed over as soon as they are claimed."""
        return self.lanes.rooms(now, self._places)

    def claim(self, now: datetime) -> Claim | None:
        """Say how many more to claim, by what their connections can take, and a few for connections not known yet."""
        lanes, limits = self.lanes, self._limits
        lanes.forget(now)
        if lanes.waiting_count >= limits.claim * 10:
            return None
        is_deep = now - self._looked_deep_at >= limits.deep_look
        room = sum(max(0, self._places(key) - held) for key, held in lanes.held_by_lane())
        urgent_limit = room + (limits.spare_claim if is_deep or lanes.urgent_waiting_count < limits.spare_claim else 0)
        bulk_limit = room + (limits.spare_claim if is_deep or lanes.waiting_count < limits.spare_claim else 0)
        without, bulk_without = tuple(lanes.closed(now)), tuple(lanes.closed(now, is_bulk=True))
        return Claim(min(urgent_limit, limits.claim), without, min(bulk_limit, limits.claim), bulk_without, is_deep=is_deep)

    def looked(self, turn: Turn) -> None:
        """Take note of a turn that succeeded."""
        if turn.submits is not None and turn.submits.is_deep:
            self._looked_deep_at = turn.now

    def marked(self, claimed: Claimed) -> tuple[list[SubmitJob], list[int]]:
        """Return the texts to hand over now, and the jobs to give back.

        What could not be marked belongs to somebody else, or nobody wants it sent any more.
        """
        chosen, self._chosen = self._chosen, {}
        self.lanes.add(claimed.submits)
        self.lanes.begin(claimed.handing)
        going = [job for job in chosen.values() if job.job_id in claimed.marked]
        return going + claimed.handing, self.stop(job for job in chosen.values() if job.job_id not in claimed.marked)

    def stop(self, jobs: Iterable[SubmitJob]) -> list[int]:
        """Take jobs back that were to start, and return them."""
        stopped = list(jobs)
        for job in stopped:
            self.lanes.finish(job)
        return [job.job_id for job in stopped]

    def give_back(self) -> list[int]:
        """Give back everything that is not under way."""
        chosen, self._chosen = self._chosen, {}
        return [*self.stop(chosen.values()), *(job.job_id for job in self.lanes.give_back())]

    def _places(self, connection_id: int) -> int:
        return self._submitter.opening(connection_id).places

    def _places_to_try(self, connection_id: int) -> int:
        """Let one text find out why a connection takes none."""
        return self._places(connection_id) or 1
