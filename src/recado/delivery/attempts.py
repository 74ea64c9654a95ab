"""Attempts: works one job, or what goes in one request, once, whatever happens, and says how it ended and when to try again.

What belongs here: timing an attempt, turning even our own errors into a result. What does not: which job runs when (`lanes`, `worker`).
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

import structlog

from recado.core.submit import Submitter
from recado.delivery.errors import DeliveryError
from recado.delivery.forward_url import Outcome, Sender, forward_together
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

    async def forward(self, jobs: Sequence[ForwardJob]) -> list[ForwardResult]:
        """Forward once, several in one request where their endpoint takes batches."""
        started, began = self._now(), asyncio.get_running_loop().time()
        outcomes = await self._call(jobs, started)
        tried, chance = self._tried(started, began), self._chance.random()  # one for all: what failed together is tried together
        return [self._forwarded(job, tried, outcome, chance) for job, outcome in zip(jobs, outcomes, strict=True)]

    @staticmethod
    def _forwarded(job: ForwardJob, tried: Tried, outcome: Outcome, chance: float) -> ForwardResult:
        if outcome.failure is None:
            return ForwardResult(job, tried, outcome)
        if job.is_sample or (outcome.failure.is_gone and job.is_elsewhere):
            return ForwardResult(job, tried, outcome)
        return ForwardResult(job, tried, outcome, next_forward(job.attempt_count + 1, outcome.failure, tried.finished_at, chance))

    async def _call(self, jobs: Sequence[ForwardJob], now: datetime) -> list[Outcome]:
        job = jobs[0]
        if not job.is_enabled and not job.is_sample:
            return [Outcome(failure=DeliveryError("the destination is switched off", permanent=True))] * len(jobs)
        try:
            return await forward_together(self._client, job.method, job.template, [one.message for one in jobs], now, job.endpoint)
        except Exception as error:  # a job that breaks our code must be seen in its log of attempts
            log.exception("forward_broke", job_id=job.job_id, destination_id=job.destination_id)
            return [Outcome(failure=DeliveryError(f"internal error: {type(error).__name__}"))] * len(jobs)

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
