"""Sends the mails that forward messages, beside the worker of URLs and texts, so that a mail server in trouble delays nothing but mails.

What belongs here: the loop: claiming, a few mails at a time, writing results, pauses while the server is unwell. What does not: rows
(`mail_jobs`), the mail (`mail_message`), SMTP (`smtp_client`), when to try again (`retrying`). A mail is sent at least once: where the
process dies between the server's answer and the commit it is sent again, with the same Message-ID.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import structlog

from recado.blobs.base import Blobs
from recado.config import Database
from recado.delivery.database_thread import DatabaseThread, Transactions
from recado.delivery.errors import DeliveryError
from recado.delivery.forwarded_mms import Link, no_link
from recado.delivery.jobs import Tried
from recado.delivery.lanes import Lanes
from recado.delivery.mail_files import opened
from recado.delivery.mail_jobs import MAIL_LANE, MailJob, MailResult, describe, in_order, mail_job, write
from recado.delivery.mail_message import Envelope, Identity, write_mail
from recado.delivery.retrying import endpoint_pause, next_forward
from recado.delivery.smtp_client import Mailer, MailError
from recado.delivery.worker import Notice
from recado.store import holding, jobs, mail_jobs
from recado.store.claimer import LIVES, claimer
from recado.store.destination_health import Health
from recado.store.dialect import Connection
from recado.store.mms_told import ToldMms, load_told

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 5.0
STOP_SECONDS = 15.0
HEAVY_AT_ONCE = 2
"""Mails about MMS that are in memory together; each takes some 90 MB while it is sent, where its files are as large as they may be."""


@dataclass(frozen=True, slots=True)
class MailLimits:
    """How much at once, and how long."""

    at_once: int = 8
    held: int = 32
    """Mails claimed, under way or waiting for a place."""
    poll_seconds: float = 1.0
    lease: timedelta = timedelta(seconds=120)
    """How long a mail stays with a worker that no longer says it is alive."""


class MailWorker:
    """Works off mails. `start`, `wake` and `stop` are all there is to call; runs on one event loop."""

    def __init__(
        self,
        database: Database,
        mailer: Mailer,
        identity: Identity,
        blobs: Blobs,
        now: Callable[[], datetime],
        ids: Iterator[int],
        *,
        chance: Random | None = None,
        node: int = 0,
        transactions: Transactions | None = None,
        on_changed: Callable[[list[Notice]], None] = lambda _: None,
        on_worked: Callable[[str, str, float], None] = lambda _kind, _outcome, _seconds: None,
        limits: MailLimits = MailLimits(),  # frozen
        link: Link = no_link,
    ) -> None:
        """Run `on_changed` on the loop after each commit, `on_worked(kind, outcome, seconds)` after each attempt."""
        self._mailer = mailer
        self._identity = identity
        self._blobs = blobs
        self._link = link
        self._heavy = asyncio.Semaphore(HEAVY_AT_ONCE)
        self._now = now
        self._ids = ids
        self._chance = chance or Random()  # noqa: S311  # spreads retries
        self._transactions = transactions or DatabaseThread(database)
        self._on_changed = on_changed
        self._on_worked = on_worked
        self._limits = limits
        self._me = claimer(node, secrets.randbelow(LIVES))
        self._lanes: Lanes[MailJob] = Lanes(limits.at_once, limits.at_once)
        self._health = Health()
        self._results: list[MailResult] = []
        self._given_back: list[int] = []
        self._postponed: dict[int, datetime] = {}
        """Mails behind one of their phone that failed, with when to look at them again."""
        self._renewed_at = now()
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping = False
        self._troubles = 0
        self.trouble = ""
        """What keeps the worker from the database; empty when all is well."""

    def start(self) -> None:
        """Begin to work on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._main = self._loop.create_task(self._run(), name="mails")

    def wake(self) -> None:
        """Say that there may be work; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self, *, timeout_seconds: float = STOP_SECONDS) -> None:
        """Claim nothing more, end what is under way, write the results; what takes longer returns to the outbox."""
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
            try:
                is_busy = await self._turn()
                self.trouble, self._troubles = "", 0
            except Exception as error:  # whatever it is, the results must not be lost and the loop must not end
                self._troubles += 1
                self._health.forget()
                self.trouble, is_busy = f"{type(error).__name__}: {error}", False
                log.exception("mail_worker_trouble", troubles=self._troubles)
                await asyncio.sleep(min(0.05 * 2 ** min(self._troubles, 10), LONGEST_PAUSE))
            if self._stopping and not self._tasks and (self.trouble or not (self._results or self._given_back or self._postponed)):
                return
            if not is_busy:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._limits.poll_seconds)

    async def _turn(self) -> bool:
        """Write what is done and claim what is due, in one transaction; say whether there may be more."""
        now = self._now()
        if self._stopping:
            self._given_back += [job.job_id for job in self._lanes.give_back()]
        results, given_back, postponed = tuple(self._results), tuple(self._given_back), dict(self._postponed)
        ours = {*self._lanes.held(), *(result.job.job_id for result in results)}
        room = 0 if self._stopping or MAIL_LANE in self._lanes.closed(now) else self._limits.held - len(ours)
        found = await self._transactions.peek(lambda con: mail_jobs.due(con, now, room)) if room > 0 else []
        due = [job_id for job_id in found if job_id not in ours]
        renews = bool(ours) and now - self._renewed_at >= self._limits.lease / 3

        def work(con: Connection) -> list[MailJob]:
            write(con, results, self._health, self._ids, now)
            jobs.give_back(con, given_back, self._me)
            holding.postpone(con, postponed, self._me)
            if renews:
                jobs.renew(con, sorted(ours), now, self._limits.lease, self._me)
            rows = mail_jobs.claim(con, due, now, self._limits.lease, self._me)
            told = load_told(con, [row.message_id for row in rows if row.message_id is not None])
            built = [mail_job(row, told.get(row.message_id or 0)) for row in rows]
            jobs.end(con, [one for one in built if isinstance(one, jobs.Ending)], now)
            return in_order(con, [one for one in built if isinstance(one, MailJob)], now, self._me)

        if not (results or given_back or postponed or due or renews):
            self._begin(now)  # a pause may be over
            return False
        claimed = await self._transactions.run(work)
        del self._results[: len(results)]
        del self._given_back[: len(given_back)]
        for job_id in postponed:
            del self._postponed[job_id]
        self._renewed_at = now if renews or not ours else self._renewed_at
        self._lanes.add(self._behind_none(claimed))
        self._begin(now)
        if results:
            changed = dict.fromkeys((one.job.letter.account_id, one.job.letter.dialogue_id) for one in results)
            self._on_changed([Notice("jobs", account_id, dialogue_id) for account_id, dialogue_id in changed])
        return bool(claimed or self._results)

    def _behind_none(self, claimed: list[MailJob]) -> list[MailJob]:
        """Put aside mails behind one of their phone that failed while they were claimed; that is not written yet."""
        failed = {one.job.order: one for one in self._results if one.next_attempt_at}
        kept = []
        for job in claimed:
            in_front = failed.get(job.order)
            if in_front is None or in_front.next_attempt_at is None or in_front.job.job_id > job.job_id:
                kept.append(job)
            else:
                self._postponed[job.job_id] = in_front.next_attempt_at
        return kept

    def _begin(self, now: datetime) -> None:
        for job in self._lanes.start(now) if not self._stopping else ():
            task = asyncio.get_running_loop().create_task(self._work(job))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        self._begin(self._now())
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("mail_attempt_broke", exc_info=error)

    async def _work(self, job: MailJob) -> None:
        try:
            result = await self._attempt(job)
        except asyncio.CancelledError:
            self._given_back.append(job.job_id)
            self._lanes.finish(job)
            raise
        if result.next_attempt_at is not None:
            behind = self._lanes.drop_behind(job)
            self._postponed |= dict.fromkeys((other.job_id for other in behind), result.next_attempt_at)
        self._lanes.finish(job)
        if result.failure is not None and result.failure.slows:
            waiting = self._lanes.pause(MAIL_LANE, self._now(), lambda failures: endpoint_pause(failures, None))
            self._given_back += [other.job_id for other in waiting]
        else:
            self._lanes.recovered(MAIL_LANE)
        self._results.append(result)
        self._on_worked("forward_email", result.ending, result.tried.duration_ms / 1000)

    async def _attempt(self, job: MailJob) -> MailResult:
        started, began = self._now(), asyncio.get_running_loop().time()
        request, taken, failure = "", None, None
        try:
            if not job.is_enabled:
                raise DeliveryError("the destination is switched off", permanent=True)  # noqa: TRY301  # ends like any other refusal
            if job.mms is None:
                envelope = write_mail(job.letter, self._identity, started)
                request = describe(envelope)
                taken = await self._mailer.send(envelope)
            else:
                async with self._heavy:
                    envelope = await asyncio.to_thread(self._write_mms, job, job.mms, started)
                    request = describe(envelope)
                    taken = await self._mailer.send(envelope)
        except DeliveryError as error:
            failure = error
        except Exception as error:  # a mail that breaks our code must be seen in its log of attempts
            log.exception("mail_broke", job_id=job.job_id)
            failure = MailError(f"internal error: {type(error).__name__}")
        tried = Tried(started, self._now(), round((asyncio.get_running_loop().time() - began) * 1000))
        return MailResult(job, tried, request, taken, failure, self._again(job, failure, tried.finished_at))

    def _write_mms(self, job: MailJob, told: ToldMms, now: datetime) -> Envelope:
        """Write a mail with files, in a thread of its own: megabytes take a while."""
        with opened(told, job.letter.account_id, self._blobs, self._link, now, attaches=job.attaches) as mms:
            return write_mail(replace(job.letter, mms=mms), self._identity, now)

    def _again(self, job: MailJob, failure: DeliveryError | None, now: datetime) -> datetime | None:
        if failure is None or job.letter.is_test:  # whoever tries a destination out looks at the answer now
            return None
        return next_forward(job.attempt_count + 1, failure, now, self._chance.random())
