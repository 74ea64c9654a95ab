"""Worker: claims jobs, works them off side by side, writes the results in groups, and tries again what failed.

What belongs here: the loop, pauses of endpoints in trouble, lease renewal, draining. What does not: SQL (`ledger`), what an attempt
does (`forward_url`, `mt`), which job may start (`lanes`), when to try again (`retrying`), what is written together (`turn`).
Architecture: architecture.md §4 step 13.

A forward is made at least once. A text is handed over at most once: that it may be is committed first, and when the process dies after
that, the message counts as perhaps sent and is never handed over again.
"""

import asyncio
import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import psycopg
import structlog

from recado.config import Database
from recado.core.correlation import CORRELATION_WINDOW
from recado.core.submit import Submitter
from recado.delivery.attempts import Attempts
from recado.delivery.database_thread import DatabaseThread, Transactions
from recado.delivery.forward_url import Sender
from recado.delivery.forwarded_mms import Link, no_link
from recado.delivery.handing_on import hand_on
from recado.delivery.jobs import ForwardJob, ForwardResult, SubmitJob, SubmitResult, goes_with
from recado.delivery.lanes import Lanes
from recado.delivery.ledger import Ledger
from recado.delivery.limits import USUAL, Limits
from recado.delivery.mt import TryLater
from recado.delivery.outgoing import Outgoing
from recado.delivery.retrying import endpoint_pause, link_pause
from recado.delivery.turn import Claim, Claimed, Due, Turn
from recado.store.charging import CreditGoneError
from recado.store.claimer import LIVES, claimer
from recado.store.dialect import POSTGRESQL, SQLITE
from recado.store.outbox import Touched

log = structlog.get_logger(__name__)

Result = ForwardResult | SubmitResult
DATA_FAULTS = (sqlite3.Error, psycopg.Error, TypeError, ValueError, LookupError, AttributeError)
"""What a value that cannot be stored raises; only some of the databases' errors are outages instead."""
AGAIN_SECONDS = 0.01
PATIENCE = 3
"""How often writing may fail, for another reason than an outage, before a result counts as one that cannot be written."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed; shaped like the gateway's and the panel's notices."""

    kind: str
    account_id: int | None
    object_id: int | None


class Worker:
    """Works off the outbox. `start`, `wake` and `stop` are all there is to call; runs on one event loop."""

    def __init__(
        self,
        database: Database,
        submitter: Submitter,
        client: Sender,
        now: Callable[[], datetime],
        *,
        chance: Random | None = None,
        node: int = 0,
        transactions: Transactions | None = None,
        on_changed: Callable[[list[Notice]], None] = lambda _: None,
        on_worked: Callable[[str, str, float], None] = lambda _kind, _outcome, _seconds: None,
        limits: Limits = USUAL,
        correlation_window: timedelta = CORRELATION_WINDOW,
        link: Link = no_link,
    ) -> None:
        """Run `on_changed` on the loop after each commit, `on_worked(kind, outcome, seconds)` after each attempt."""
        self._attempts = Attempts(submitter, client, now, chance or Random())  # noqa: S311  # spreads retries
        self._now = now
        self._transactions = transactions or DatabaseThread(database)
        self._on_changed = on_changed
        self._on_worked = on_worked
        self._limits = limits
        self._dialect = POSTGRESQL if database.engine == "postgresql" else SQLITE
        self._ledger = Ledger(node, claimer(node, secrets.randbelow(LIVES)), correlation_window, link)
        self._forwards: Lanes[ForwardJob] = Lanes(limits.forwards_per_destination, limits.forwards, begins_slowly=True)
        self._outgoing = Outgoing(submitter, limits, now())
        self._submits = self._outgoing.lanes
        self._results: list[Result] = []
        self._given_back: list[int] = []
        self._postponed: dict[int, datetime] = {}
        self._looked_deep_at = now() - timedelta(days=1)
        self._is_first = True
        self._looked_for_lost_at = now() - timedelta(days=1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping = False
        self._renewed_at = now()
        self._troubles = 0
        self._group = limits.results
        self.trouble = ""
        """What keeps the worker from its work; empty when all is well."""

    @property
    def running_count(self) -> int:
        """How many attempts are under way."""
        return self._forwards.running_count + self._submits.running_count

    @property
    def waiting_count(self) -> int:
        """How many claimed jobs wait for a free place."""
        return self._forwards.waiting_count + self._submits.waiting_count

    @property
    def _owes(self) -> bool:
        """Whether something is left to be written."""
        return bool(self._results or self._given_back or self._postponed or self._outgoing.chosen or self.waiting_count)

    def start(self) -> None:
        """Begin to work on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._main = self._loop.create_task(self._run(), name="delivery")

    def wake(self) -> None:
        """Say that there may be work; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self, *, timeout_seconds: float = 15.0) -> None:
        """Claim nothing more, end what is under way, write the results; what takes longer than the time returns to the outbox."""
        self._stopping = True
        self._woken.set()
        if self._main is None:
            return
        _, late = await asyncio.wait(self._tasks, timeout=timeout_seconds) if self._tasks else ((), ())
        for task in late:
            task.cancel()
        self._woken.set()
        await self._main
        await asyncio.to_thread(self._transactions.close)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            is_busy = await self._turn()
            if self._stopping and not self._tasks and (self.trouble or not self._owes):
                return
            if not is_busy:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._limits.poll_seconds)

    async def _turn(self) -> bool:
        """Write what is done, mark what is handed over next, claim what is due, in one transaction; say whether there may be more."""
        now = self._now()
        self._choose(now)
        turn = self._next_turn(now)
        try:
            due = await self._transactions.peek(lambda con: self._ledger.due(con, turn))
            handed_on = await self._hand_on(due, now)
            if not (turn.writes or due):
                self._looked(turn)
                return handed_on or bool(self._results)
            claimed = await self._transactions.run(lambda con: self._ledger.turn(con, turn, due))
        except Exception as error:  # noqa: BLE001  # whatever it is, the results must not be lost and the loop must not end
            await self._trouble(error, turn)
            return False
        self._looked(turn)
        self._group, self._is_first = self._limits.results, False
        del self._results[: len(turn.results)]
        del self._given_back[: len(turn.given_back)]
        for job_id in turn.postponed:
            del self._postponed[job_id]
        if now - self._renewed_at >= self._limits.lease / 3:  # all that was held is in `renewed`
            self._renewed_at = now
        self._forwards.add(self._in_order(claimed.forwards))
        self._hand_over(claimed)
        self._start_forwards()
        if turn.results or claimed.touched:
            self._on_changed(_notices(turn.results, claimed.touched))
        return handed_on or bool(claimed.forwards or claimed.submits or claimed.handing or self._results)

    async def _hand_on(self, due: Due, now: datetime) -> bool:
        """Turn forwards to phones into texts that are sent from the next turn on; say whether there were any."""
        if not due.phones or self._stopping:
            return False
        turned = await hand_on(self._transactions, self._ledger, self._dialect, due.phones, now, self._on_worked)
        if turned:
            self._on_changed([Notice(*key) for key in dict.fromkeys(("jobs", one.account_id, one.dialogue_id) for one in turned)])
        return bool(turned)

    def _looked(self, turn: Turn) -> None:
        self.trouble, self._troubles = "", 0
        self._outgoing.looked(turn)
        if turn.forwards is not None and turn.forwards.is_deep:
            self._looked_deep_at = turn.now
        if turn.looks_for_lost:
            self._looked_for_lost_at = turn.now

    def _choose(self, now: datetime) -> None:
        """Choose the texts that may be handed over once that is written; end at once the attempts that cannot be made."""
        if self._stopping:
            return
        if now - self._renewed_at > self._limits.lease:
            # The leases of what waits here have ended, another worker may have it; whatever nobody took is claimed again.
            self._forwards.give_back()
            self._submits.give_back()
        for result in self._outgoing.choose(now, self._attempts.before_submit):
            self._submitted(result)

    def _next_turn(self, now: datetime) -> Turn:
        if self._stopping:
            self._given_back += [*(job.job_id for job in self._forwards.give_back()), *self._outgoing.give_back()]
        lease, is_time = self._limits.lease, now - self._renewed_at >= self._limits.lease / 3
        ours = frozenset(self._held()) if is_time else frozenset()  # before that, no lease of ours can have ended
        return Turn(
            now=now,
            lease=lease,
            results=tuple(self._results[: self._group]),
            given_back=tuple(self._given_back),
            renewed=tuple(ours),
            postponed=dict(self._postponed),
            chosen=self._outgoing.chosen,
            ours=ours,
            forwards=self._claim_forwards(now),
            submits=None if self._stopping else self._outgoing.claim(now),
            rooms={} if self._stopping else self._outgoing.rooms(now),
            is_first=self._is_first,
            looks_for_lost=now - self._looked_for_lost_at >= self._limits.look_for_lost,
        )

    def _held(self) -> list[int]:
        return [*self._forwards.held(), *self._submits.held(), *(result.job.job_id for result in self._results)]

    def _claim_forwards(self, now: datetime) -> Claim | None:
        self._forwards.forget(now)
        if self._stopping or self._forwards.waiting_count >= self._limits.claim * 10:
            return None
        is_deep = now - self._looked_deep_at >= self._limits.deep_look
        aside = self._limits.forwards_elsewhere - sum(count for key, count in self._forwards.held_by_lane() if key < 0)
        without = tuple(key for key in self._forwards.closed(now) if key > 0)
        return Claim(self._limits.claim, without, aside_limit=max(0, aside), is_deep=is_deep)

    def _in_order(self, claimed: Iterable[ForwardJob]) -> list[ForwardJob]:
        """Put aside jobs behind one of their phone that failed while they were claimed; that is not written yet."""
        failed = {(one.job.lane, one.job.order): one for one in self._results if isinstance(one, ForwardResult) and one.next_attempt_at}
        if not failed:
            return list(claimed)
        kept = []
        for job in claimed:
            in_front = failed.get((job.lane, job.order))
            if in_front is None or in_front.next_attempt_at is None or in_front.job.job_id > job.job_id:
                kept.append(job)
            else:
                self._postponed[job.job_id] = in_front.next_attempt_at
        return kept

    async def _trouble(self, error: Exception, turn: Turn) -> None:
        """Wait for the database; if it is not at fault, find the one result that cannot be written and give its job up."""
        if isinstance(error, CreditGoneError) or self._dialect.is_deadlock(error):  # others were quicker: the same again, with what is now
            log.warning("delivery_turn_again", error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(AGAIN_SECONDS)
            self._woken.set()
            return
        self._troubles += 1
        self.trouble = f"{type(error).__name__}: {error}"
        log.error("delivery_database_trouble", error=self.trouble, troubles=self._troubles, exc_info=error)
        if turn.results and isinstance(error, DATA_FAULTS) and not self._dialect.is_outage(error):
            if self._group == 1 and self._troubles > PATIENCE:
                await self._bury(turn)
            self._group = 1
        await asyncio.sleep(min(0.05 * 2 ** min(self._troubles, 10), self._limits.longest_outage_pause))

    async def _bury(self, turn: Turn) -> None:
        result = turn.results[0]
        try:
            await self._transactions.run(lambda con: self._ledger.bury(con, result, turn.now))
        except Exception:  # it stays, behind the others
            log.exception("delivery_result_unwritable", job_id=result.job.job_id)
            self._results.append(result)
        del self._results[:1]

    def _hand_over(self, claimed: Claimed) -> None:
        """Begin what is marked."""
        going, others = self._outgoing.marked(claimed)
        self._given_back += others
        if self._stopping:
            self._given_back += self._outgoing.stop(going)
            return
        for job in going:
            self._begin(self._submit(job))

    def _start_forwards(self) -> None:
        for job in self._forwards.start(self._now()) if not self._stopping else ():
            # One job stands for all that go in its request.
            others = self._forwards.ride(job, job.endpoint.room(job.attempt_count) - 1, partial(goes_with, job))
            self._begin(self._forward([job, *others]))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        self._start_forwards()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery_attempt_broke", exc_info=error)

    async def _forward(self, jobs: Sequence[ForwardJob]) -> None:
        job = jobs[0]
        try:
            results = await self._attempts.forward(jobs)
        except asyncio.CancelledError:
            self._given_back += [one.job_id for one in jobs]
            self._forwards.finish(job)
            raise
        for result in results:
            if result.next_attempt_at is not None and result.job.is_usual:
                behind = self._forwards.drop_behind(result.job)
                self._postponed |= dict.fromkeys((other.job_id for other in behind), result.next_attempt_at)
        self._forwards.finish(job)
        failure = results[0].outcome.failure
        if failure is not None and failure.slows:
            self._rest(self._forwards, job.lane, lambda failures: endpoint_pause(failures, failure.retry_after))
        else:
            self._forwards.recovered(job.lane)
        for result in results:
            self._done(result.job.message.kind, result)

    async def _submit(self, job: SubmitJob) -> None:
        self._submitted(await self._attempts.submit(job))

    def _submitted(self, result: SubmitResult) -> None:
        job = result.job
        self._submits.finish(job)
        if isinstance(result.verdict, TryLater):
            self._rest(self._submits, job.lane, link_pause)
        else:
            self._submits.recovered(job.lane)
        self._done("submit", result)

    def _rest(self, lanes: Lanes[Any], lane: int, length: Callable[[int], timedelta]) -> None:
        self._given_back += [other.job_id for other in lanes.pause(lane, self._now(), length)]

    def _done(self, kind: str, result: Result) -> None:
        self._results.append(result)
        self._on_worked(kind, result.ending, result.tried.duration_ms / 1000)


def _notices(results: Iterable[Result], touched: Iterable[Touched]) -> list[Notice]:
    """Say once per dialogue and account what changed; nobody watches the installation's own messages."""
    kinds = {ForwardResult: "jobs", SubmitResult: "outbound"}
    changed = [(kinds[type(one)], one.job.account_id, one.job.dialogue_id) for one in results]
    changed += [("outbound", one.account_id, one.dialogue_id) for one in touched]
    return [Notice(*key) for key in dict.fromkeys(changed) if key[1] is not None]
