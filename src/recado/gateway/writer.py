"""The writer thread: takes what is queued, stores it as one group in one transaction, and only then has it acknowledged.

There is no timer: the next group gathers while the previous commit runs. What belongs here: transactions, retries, quarantine, outages,
answers. What does not: what becomes of an item (`receive`), sockets, SQL.
"""

import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

import structlog

from recado.config import Database
from recado.core.message import InboundPart
from recado.core.receipt import DeliveryReceipt
from recado.core.routes import Routes
from recado.gateway.answers import Loop, answer
from recado.gateway.group_result import GroupResult
from recado.gateway.intake import Intake, Item, NotStoredError, Queued, Rebound, Sweep, Waiter
from recado.gateway.receive import receive_group
from recado.gateway.session_breaks import SessionBreaks
from recado.store import quarantine
from recado.store.charging import CreditGoneError
from recado.store.dialect import Connection, connect
from recado.store.exclusive import become_writer
from recado.store.ids import IdGenerator
from recado.store.load import has_waiting
from recado.store.statements import greatest_id
from recado.store.write import LostRaceError

log = structlog.get_logger(__name__)
T = TypeVar("T")

GROUP_LIMIT = 500
SWEEP_SECONDS = 5.0
SWEEPS_AFTER_RECEIPTS = 3
"""The first may come at once, before the transaction ends that writes the segment a receipt is about."""
IDLE_SECONDS = 1.0
SILENCE_SECONDS = 30.0
"""Longer than a group waits for another process's write to SQLite."""
BACKOFF_SECONDS = (0.05, 0.2, 0.5, 1.0, 2.0)
CONFLICT_RETRIES = 3


@dataclass(frozen=True, slots=True)
class Health:
    """Whether messages are being stored, and if not, why."""

    is_ok: bool
    reason: str = ""
    since: datetime | None = None


class GroupCommitWriter:
    """The one thread that stores what is received."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        routes: Callable[[], Routes],
        loop: Loop,
        *,
        node: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_committed: Callable[[GroupResult], None] = lambda _result: None,
        open_connection: Callable[[Database], Connection] = connect,
    ) -> None:
        """`on_committed` is called in the writer's thread after every commit; it must not block."""
        self._database = database
        self._intake = intake
        self._routes = routes
        self._loop = loop
        self._node = node
        self._now = now
        self._on_committed = on_committed
        self._open = open_connection
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._breaks = SessionBreaks()
        self._uncertain: set[int] = set()
        self._held: list[Queued] = []
        self._con: Connection | None = None
        self._leave: Callable[[], None] | None = None
        self._ids = IdGenerator(node * 2)
        self._failures = 0
        self._try_again_at = 0.0
        self._sweep_at = 0.0
        self._must_sweep = True
        self._sweeps_left = 0
        self._stopping = False
        self._turn_began_at: float | None = None
        self.health = Health(is_ok=True)
        self.quarantined_count = 0

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, timeout: float = 20.0) -> None:
        """Accept nothing more, store what is queued, end the thread."""
        self._intake.close()
        self._stopping = True
        self._intake.wake()
        self._thread.join(timeout)

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Run `work` in a transaction of its own between two groups."""
        done: Future[T] = Future()

        def call() -> None:
            if done.set_running_or_notify_cancel():
                self._transact(work, done)

        self._intake.call(call)
        return done

    def next_id(self) -> int:
        """Give an id; for use inside work given to `submit` only."""
        return self._ids.next(int(self._now().timestamp() * 1000))

    def check(self) -> Health:
        """Say how the writer is now: as `health`, and also whether the database leaves a group without any answer; from any thread."""
        began = self._turn_began_at
        if began is not None and (seconds := time.monotonic() - began) > SILENCE_SECONDS and self.health.is_ok:
            since = self._now() - timedelta(seconds=seconds)
            return Health(is_ok=False, reason=f"the database has not answered for {seconds:.0f} seconds", since=since)
        return self.health

    # --- the thread ---

    def _run(self) -> None:
        while True:
            wait = IDLE_SECONDS if self.health.is_ok else min(IDLE_SECONDS, max(0.0, self._try_again_at - time.monotonic()))
            queued, calls = self._intake.take(GROUP_LIMIT, 0 if self._stopping else wait)
            self._turn_began_at = time.monotonic()
            try:
                self._turn(queued)
            except Exception:
                log.exception("writer_turn_failed")
                self._answer(queued, None)
            self._between_groups(calls)
            self._turn_began_at = None
            if self._stopping and not queued and not calls:
                break
        self._disconnect()

    def _turn(self, queued: list[Queued]) -> None:
        if self._con is None:
            if not self._reconnect():
                self._refuse(queued)
                queued = []
            elif self._held or self._uncertain:
                self._resume(queued)
                queued = []
        if queued:
            self._store(queued)

    def _between_groups(self, calls: list[Callable[[], None]]) -> None:
        """Do what is not receiving; the group before is answered, so whatever breaks here must not answer it again."""
        for call in calls:
            call()
        try:
            self._sweep()
        except Exception as error:
            log.exception("sweep_failed")
            self._fail(error)

    def _reconnect(self) -> bool:
        if time.monotonic() < self._try_again_at:
            return False
        try:
            self._con = self._open(self._database)
            self._leave = become_writer(self._con, self._node)
            self._ids = IdGenerator(self._node * 2, greatest_id(self._con))
            self._must_sweep, self._sweep_at = True, 0.0  # also shows at once whether writing works again
        except Exception as error:  # noqa: BLE001  # whatever the driver raises: the database cannot be used, try again later
            self._fail(error)
            return False
        return True

    def _resume(self, queued: list[Queued]) -> None:
        """Put back what was held, first of all notices to expect resends of groups of which nobody knows whether they were committed."""
        now = self._now()
        resends: list[Queued] = [(Rebound(connection_id, now, now), None) for connection_id in sorted(self._uncertain)]
        self._intake.put_back([*resends, *self._held, *queued])
        self._uncertain.clear()
        self._held.clear()

    def _fail(self, error: BaseException) -> None:
        """Note that the database cannot be used, and when to try again."""
        reason = f"{type(error).__name__}: {error}".strip()
        if self.health.is_ok:
            log.error("database_unavailable", reason=reason)
            self.health = Health(is_ok=False, reason=reason, since=self._now())
        else:
            self.health = Health(is_ok=False, reason=reason, since=self.health.since)
        self._try_again_at = time.monotonic() + BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]
        self._failures += 1
        self._disconnect()

    def _recovered(self) -> None:
        if not self.health.is_ok:
            log.info("database_available")
            self.health = Health(is_ok=True)
        self._failures = 0

    def _disconnect(self) -> None:
        con, self._con = self._con, None
        leave, self._leave = self._leave, None
        if con is not None:
            try:
                con.close()
            except Exception as error:  # noqa: BLE001  # it is broken anyway
                log.debug("close_failed", error=str(error))
        if leave is not None:
            leave()

    # --- groups ---

    def _store(self, queued: list[Queued]) -> None:
        """Store a group; where one item breaks it, store each alone."""
        items = [item for item, _ in queued]
        try:
            result = self._commit(items)
        except Exception as error:  # noqa: BLE001  # sorted out below: an outage, or an item that breaks its group
            if self._is_outage(error):
                self._refuse(queued)
            elif len(queued) == 1:
                self._quarantine(queued, error)
            else:
                log.warning("group_failed", error=str(error), items=len(items))
                self._store_alone(queued)
            return
        self._committed(queued, result)

    def _store_alone(self, queued: list[Queued]) -> None:
        for index, one in enumerate(queued):
            self._store([one])
            if self._con is None:
                self._refuse(queued[index + 1 :])
                return

    def _commit(self, items: list[Item]) -> GroupResult:
        """Store the items in one transaction; after a race with another writer, load and decide anew."""
        broke: frozenset[int] = frozenset()
        for left in reversed(range(CONFLICT_RETRIES)):
            try:
                return self._transaction(items, broke)
            except CreditGoneError as error:
                broke |= error.account_ids
                if not left:
                    raise
            except Exception as error:
                con = self._con
                is_race = isinstance(error, LostRaceError) or (con is not None and con.dialect.is_conflict(error))
                if not is_race or not left:
                    raise
        raise AssertionError  # the last turn returns or raises

    def _transaction(self, items: list[Item], broke: frozenset[int]) -> GroupResult:
        con = self._con
        if con is None:
            raise NotStoredError("no connection")
        now = self._now()
        committing = False
        try:
            con.begin()
            stream = self._ids.stream(int(now.timestamp() * 1000))
            result = receive_group(con, items, self._routes(), stream, now, self._breaks, broke)
            committing = True
            con.commit()
        except Exception as error:
            self._breaks.undo()
            if con.dialect.is_outage(error):
                if committing:
                    self._uncertain.update(item.connection_id for item in items if isinstance(item, InboundPart))
                self._fail(error)
            else:
                con.rollback()
            raise
        self._breaks.settle()
        self._recovered()
        return result

    def _is_outage(self, error: BaseException) -> bool:
        return self._con is None or isinstance(error, NotStoredError)

    def _committed(self, queued: list[Queued], result: GroupResult) -> None:
        if result.receipt_count or result.outbound:
            self._sweeps_left = SWEEPS_AFTER_RECEIPTS
        self._must_sweep = self._must_sweep or bool(result.waiting_count or self._sweeps_left > 0)
        self._answer(queued, result.message_ids)
        try:
            self._on_committed(result)
        except Exception:
            log.exception("on_committed_failed")

    def _quarantine(self, queued: list[Queued], error: BaseException) -> None:
        """Keep an item that cannot be processed, and acknowledge it: it is held durably."""
        item = queued[0][0]
        if not isinstance(item, (InboundPart, DeliveryReceipt)):
            log.error("item_failed", item=repr(item), error=str(error))
            return
        if isinstance(queued[0][1], Waiter) and queued[0][1].is_replay:
            answer(self._loop, queued, None, f"{type(error).__name__}: {error}")
            return
        text = "".join(traceback.format_exception(error))
        key = self._ids.next(int(self._now().timestamp() * 1000))
        log.error("quarantined", quarantine_id=key, connection_id=item.connection_id, error=f"{type(error).__name__}: {error}")
        try:
            with cast("Connection", self._con).transaction() as con:
                quarantine.keep(con, item, text, key)
        except Exception as failure:  # noqa: BLE001  # not held: the carrier must keep it
            self._fail(failure)
            self._refuse(queued)
            return
        self.quarantined_count += 1
        self._answer(queued, [0])

    def _sweep(self) -> None:
        """Give out long messages that waited too long, every few seconds while any wait."""
        if not self._must_sweep or time.monotonic() < self._sweep_at or self._con is None:
            return
        self._sweep_at = time.monotonic() + SWEEP_SECONDS
        self._store([(Sweep(), None)])
        if self._con is not None:
            self._sweeps_left -= 1
            self._must_sweep = self._sweeps_left > 0 or has_waiting(self._con)

    # --- answers ---

    def _refuse(self, queued: list[Queued]) -> None:
        """Answer a temporary error; what nobody would send again is kept for later."""
        self._answer([one for one in queued if one[1] is not None], None)
        kept = [one for one in queued if one[1] is None and not isinstance(one[0], Sweep)]
        self._held += kept

    def _answer(self, queued: list[Queued], message_ids: list[int] | None) -> None:
        answer(self._loop, queued, message_ids, self.health.reason)

    # --- other transactions ---

    def _transact(self, work: Callable[[Connection], T], done: "Future[T]") -> None:
        con = self._con
        if con is None:
            done.set_exception(NotStoredError(self.health.reason or "the database is not available"))
            return
        try:
            with con.transaction():
                result = work(con)
        except Exception as error:  # noqa: BLE001  # handed to whoever asked
            if con.dialect.is_outage(error):
                self._fail(error)
            done.set_exception(error)
        else:
            self._recovered()
            done.set_result(result)
