"""Attempts: works one job once, whatever happens, and says how it ended and when to try again.

What belongs here: timing an attempt, turning even our own errors into a result. What does not: which job runs when (`lanes`, `worker`).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import Random

import structlog

from recado.core.submit import Submitter
from recado.delivery.errors import DeliveryError
from recado.delivery.forward_url import Outcome, Sender, forward
from recado.delivery.jobs import ForwardJob, ForwardResult, SubmitJob, SubmitResult, Tried
from recado.delivery.mt import TryLater, Uncertain, Verdict, judge_before, submit
from recado.delivery.retrying import next_forward, next_submit

log = structlog.get_logger(__name__)


class Attempts:
    """Works jobs with the ways out it was given."""

    def __init__(self, submitter: Submitter, client: Sender, now: Callable[[], datetime], chance: Random) -> None:
        self._submitter = submitter
        self._client = client
        self._now = now
        self._chance = chance

    async def forward(self, job: ForwardJob) -> ForwardResult:
        """Forward once."""
        started, began = self._now(), asyncio.get_running_loop().time()
        outcome = await self._call(job, started)
        tried = self._tried(started, began)
        if outcome.failure is None:
            return ForwardResult(job, tried, outcome)
        if job.is_sample or (outcome.failure.is_gone and job.is_elsewhere):
            return ForwardResult(job, tried, outcome)
        again = next_forward(job.attempt_count + 1, outcome.failure, tried.finished_at, self._chance.random())
        return ForwardResult(job, tried, outcome, again)

    async def _call(self, job: ForwardJob, now: datetime) -> Outcome:
        if not job.is_enabled and not job.is_sample:
            return Outcome(failure=DeliveryError("the destination is switched off", permanent=True))
        try:
            return await forward(self._client, job.method, job.template, job.message, now)
        except Exception as error:  # a job that breaks our code must be seen in its log of attempts
            log.exception("forward_broke", job_id=job.job_id, destination_id=job.destination_id)
            return Outcome(failure=DeliveryError(f"internal error: {type(error).__name__}"))

    def before_submit(self, job: SubmitJob, now: datetime) -> SubmitResult | None:
        """Say how the attempt ends where nothing can be handed over now; None where it can be made."""
        verdict = judge_before(self._submitter, job.connection_id, job.text, now)
        return None if verdict is None else self._result(job, Tried(now, now, 0), verdict)

    async def submit(self, job: SubmitJob) -> SubmitResult:
        """Hand over once. Cut off in the middle by a submitter that does not say more, it may have been sent."""
        started, began = self._now(), asyncio.get_running_loop().time()
        try:
            verdict = await submit(self._submitter, job.connection_id or 0, job.text)
        except asyncio.CancelledError:
            return SubmitResult(job, self._tried(started, began), Uncertain("no answer (stopped)"))
        return self._result(job, self._tried(started, began), verdict)

    def _result(self, job: SubmitJob, tried: Tried, verdict: Verdict) -> SubmitResult:
        if not isinstance(verdict, TryLater):
            return SubmitResult(job, tried, verdict)
        return SubmitResult(job, tried, verdict, next_submit(job.attempt_count + 1, tried.finished_at, self._chance.random()))

    def _tried(self, started: datetime, began: float) -> Tried:
        return Tried(started, self._now(), round((asyncio.get_running_loop().time() - began) * 1000))
