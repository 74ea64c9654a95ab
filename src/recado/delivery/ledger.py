"""Ledger: what a turn of the worker writes and reads, in one transaction on one connection.

What belongs here: translating between rows (`store.jobs`, `store.handed_over`) and jobs and results. What does not: SQL, threads, time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from recado.core.receipt import OutboundState, UndeliveredReason
from recado.core.submit import OutboundText
from recado.delivery.jobs import ForwardJob, ForwardResult, SubmitJob, SubmitResult
from recado.delivery.macros import DEFAULT_ZONE, Forwarded
from recado.delivery.mt import Refused, TryLater
from recado.delivery.reports import report_job
from recado.store import handed_over, jobs
from recado.store.dialect import Connection
from recado.store.fates import owe_reports
from recado.store.ids import IdGenerator
from recado.store.outbox import Touched, apply_kept_receipts
from recado.store.report_jobs import load_reports

J = TypeVar("J", ForwardJob, SubmitJob)


@dataclass(frozen=True, slots=True)
class Claim:
    """How many jobs of a kind to claim, and for which destinations or connections none."""

    limit: int
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """All that is to be written and claimed at once."""

    now: datetime
    lease: timedelta
    results: tuple[ForwardResult | SubmitResult, ...] = ()
    given_back: tuple[int, ...] = ()
    renewed: tuple[int, ...] = ()
    ours: frozenset[int] = frozenset()
    """Jobs not to claim although their leases may have ended: this worker has them, or their results."""
    forwards: Claim | None = None
    submits: Claim | None = None

    @property
    def writes(self) -> bool:
        """Whether there is something to write."""
        return bool(self.results or self.given_back or self.renewed)


@dataclass(frozen=True, slots=True)
class Due:
    """Ids of jobs that may be claimed."""

    forwards: tuple[int, ...]
    submits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the turn brought."""

    forwards: list[ForwardJob] = field(default_factory=list)
    submits: list[SubmitJob] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    """Messages whose receipts came before the carrier's answer was written."""


class Ledger:
    """Writes and reads for one worker; used by one thread at a time."""

    def __init__(self, node: int) -> None:
        self._node = node
        self._ids: IdGenerator | None = None

    @staticmethod
    def due(con: Connection, turn: Turn) -> Due:
        """Look for jobs that could be claimed; outside a transaction, so that looking in vain disturbs nobody."""
        found = []
        for kind, claim in ((jobs.FORWARD_URL, turn.forwards), (jobs.SUBMIT, turn.submits)):
            rows = jobs.due(con, kind, claim.limit, turn.now, claim.without) if claim else []
            found.append(tuple(job_id for job_id in rows if job_id not in turn.ours))
        return Due(*found)

    def turn(self, con: Connection, turn: Turn, due: Due) -> Claimed:
        """Write the results, give back, renew, claim, inside the transaction that is open."""
        if self._ids is None:
            self._ids = IdGenerator(self._node * 2, jobs.greatest_attempt_id(con))
        try:
            touched = self._write(con, turn)
            claimed = jobs.claim(con, due.forwards, turn.now, turn.lease)
            reports = load_reports(con, claimed)
            forwards = jobs.load_forwards(con, sorted(set(claimed) - {row.job_id for row in reports}))
            built = [*map(_forward_job, forwards), *map(report_job, reports)]
            submits = jobs.load_submits(con, jobs.claim(con, due.submits, turn.now, turn.lease))
            return Claimed(_usable(con, built, turn.now), _usable(con, map(_submit_job, submits), turn.now), touched)
        except BaseException:
            self._ids = None  # whatever went wrong, another process may have given the same ids
            raise

    def _write(self, con: Connection, turn: Turn) -> list[Touched]:
        forwards = [result for result in turn.results if isinstance(result, ForwardResult)]
        submits = [result for result in turn.results if isinstance(result, SubmitResult)]
        messages = [self._handed_over(result) for result in submits if not result.next_attempt_at]
        handed_over.record(con, messages)
        handed_over.note_errors(con, [(one.job.text.outbound_id, one.verdict.error) for one in submits if one.next_attempt_at])
        jobs.log_attempts(
            con, [*map(self._forward_attempt, forwards), *(self._submit_attempt(one) for one in submits if one.verdict.error)]
        )
        jobs.end(con, [*map(_forward_ending, forwards), *map(_submit_ending, submits)], turn.now)
        if turn.renewed:
            jobs.renew(con, turn.renewed, turn.now, turn.lease)
        if turn.given_back:
            jobs.give_back(con, turn.given_back)
        keys = [(one.connection_id, key) for one in messages if one.connection_id is not None for key in one.carrier_message_ids]
        touched = apply_kept_receipts(con, keys) if keys else []
        ended = [one.outbound_id for one in messages if one.state is not OutboundState.SENT]
        owe_reports(con, [*ended, *(one.outbound_id for one in touched if one.is_news)], self._new_ids(turn.now), turn.now)
        return touched

    @staticmethod
    def bury(con: Connection, result: ForwardResult | SubmitResult, now: datetime) -> None:
        """Give up a job whose result cannot be written, so that it neither comes back nor holds up others."""
        error = "the result could not be written down"
        if isinstance(result, SubmitResult):
            handed_over.give_up(con, result.job.text.outbound_id, error, now)
        jobs.end(con, [jobs.Ending(result.job.job_id, "dead", result.job.attempt_count + 1, None, error)], now)

    def _id(self, moment: datetime) -> int:
        if self._ids is None:
            raise AssertionError("ids are ready before anything is written")
        return self._ids.next(int(moment.timestamp() * 1000))

    def _new_ids(self, moment: datetime) -> Iterator[int]:
        while True:
            yield self._id(moment)

    def _forward_attempt(self, result: ForwardResult) -> jobs.AttemptRow:
        job, tried, outcome = result.job, result.tried, result.outcome
        error = outcome.failure.reason if outcome.failure else ""
        return jobs.AttemptRow(
            self._id(tried.started_at),
            job.job_id,
            job.attempt_count + 1,
            tried.started_at,
            tried.duration_ms,
            outcome.request,
            outcome.status,
            outcome.body,
            error,
        )

    def _submit_attempt(self, result: SubmitResult) -> jobs.AttemptRow:
        job, tried = result.job, result.tried
        request = f"connection {job.connection_id}"
        row_id = self._id(tried.started_at)
        return jobs.AttemptRow(
            row_id, job.job_id, job.attempt_count + 1, tried.started_at, tried.duration_ms, request, None, "", result.verdict.error
        )

    def _handed_over(self, result: SubmitResult) -> handed_over.HandedOver:
        verdict, moment = result.verdict, result.tried.finished_at
        taken: tuple[str, ...] = ()
        if isinstance(verdict, TryLater):  # its last attempt
            state, reason = OutboundState.UNDELIVERED, UndeliveredReason.MESSAGE_EXPIRED.value
        elif isinstance(verdict, Refused):
            state, reason, taken = OutboundState.UNDELIVERED, verdict.reason.value, verdict.carrier_message_ids
        else:
            state, reason, taken = OutboundState.SENT, "", verdict.carrier_message_ids
        ids = tuple(self._id(moment) for _ in taken)
        return handed_over.HandedOver(
            result.job.text.outbound_id, result.job.connection_id, state, reason, verdict.error, taken, ids, moment
        )


def _forward_ending(result: ForwardResult) -> jobs.Ending:
    error = result.outcome.failure.reason if result.outcome.failure else ""
    return jobs.Ending(result.job.job_id, _state(result.ending), result.job.attempt_count + 1, result.next_attempt_at, error)


def _submit_ending(result: SubmitResult) -> jobs.Ending:
    return jobs.Ending(result.job.job_id, _state(result.ending), result.job.attempt_count + 1, result.next_attempt_at, result.verdict.error)


def _state(ending: str) -> str:
    return "waiting" if ending == "retry" else ending


def _usable(con: Connection, built: Iterable[J | jobs.Ending], now: datetime) -> list[J]:
    """End at once the jobs that cannot be worked, return the others."""
    usable: list[J] = []
    unusable: list[jobs.Ending] = []
    for one in built:
        if isinstance(one, jobs.Ending):
            unusable.append(one)
        else:
            usable.append(one)
    jobs.end(con, unusable, now)
    return usable


def _forward_job(row: jobs.ForwardRow) -> ForwardJob | jobs.Ending:
    if row.destination_id is None or row.url is None or row.method is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the destination is gone")
    if row.message_id is None or row.received_at is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    message = Forwarded(row.message_id, row.sender, row.recipient, row.text, row.received_at, row.time_zone or DEFAULT_ZONE)
    return ForwardJob(
        row.job_id, row.account_id, row.attempt_count, row.destination_id, row.method, row.url, row.is_enabled, message, row.dialogue_id
    )


def _submit_job(row: jobs.SubmitRow) -> SubmitJob | jobs.Ending:
    if row.outbound_id is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    if row.state != OutboundState.QUEUED:
        return jobs.Ending(row.job_id, "done", row.attempt_count, None, "")
    text = OutboundText(row.outbound_id, row.sender, row.recipient, row.text, row.is_test)
    return SubmitJob(row.job_id, row.account_id, row.attempt_count, row.connection_id, text, row.dialogue_id)
