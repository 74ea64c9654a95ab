"""Claimed mails as delivery sees them, how one attempt went, and what the ledger of jobs is told of it.

What belongs here: translating between rows (`store.mail_jobs`, `store.jobs`) and letters and results. What does not: the loop
(`mail_worker`), the mail (`mail_message`), sending it (`smtp_client`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from recado.core.pausing import PauseReason
from recado.delivery.errors import DeliveryError
from recado.delivery.forwarded_mms import waits_for_copies
from recado.delivery.jobs import Tried
from recado.delivery.mail_message import DEFAULT_ZONE, Envelope, Letter
from recado.delivery.smtp_client import MailError, Taken
from recado.store import holding, jobs
from recado.store.destination_health import Health, Heard, pause
from recado.store.dialect import Connection
from recado.store.mail_jobs import MailRow
from recado.store.mms_told import ToldMms, told_sample

MAIL_LANE: Final = 0
"""All mails share the mail server's fate."""
_TOKEN: Final = re.compile(r"\b((?:reply|bounce)\+)[a-z2-7]+(?=@)")
"""The secret part of a signed address, which the log of attempts does not show."""


@dataclass(frozen=True, slots=True)
class MailJob:
    """A mail to send."""

    letter: Letter
    attempt_count: int
    """Attempts made before this one."""
    is_enabled: bool
    mms: ToldMms | None = None
    """None: it is about no MMS."""
    attaches: bool = True

    @property
    def job_id(self) -> int:
        """The job."""
        return self.letter.job_id

    @property
    def lane(self) -> int:
        """Return the one lane."""
        return MAIL_LANE

    @property
    def order(self) -> tuple[int, str]:
        """Mails about one phone to one mailbox go one after the other; a test goes by itself."""
        return self.letter.destination_id, f"test {self.job_id}" if self.letter.is_test else self.letter.phone

    @property
    def is_bulk(self) -> bool:
        """Never."""
        return False

    @property
    def place(self) -> holding.Place:
        """Where it stands among the mails about its phone."""
        return holding.Place(self.letter.destination_id, self.letter.phone, self.letter.job_id)


@dataclass(frozen=True, slots=True)
class MailResult:
    """How one attempt went."""

    job: MailJob
    tried: Tried
    request: str
    taken: Taken | None
    failure: DeliveryError | None
    next_attempt_at: datetime | None
    """None: there is none, because it is done or given up."""

    @property
    def ending(self) -> str:
        """Return `done`, `dead` or `retry`."""
        return "done" if self.failure is None else "retry" if self.next_attempt_at else "dead"


def mail_job(row: MailRow, mms: ToldMms | None = None) -> MailJob | jobs.Ending:
    """Make a job of a claimed row, or say how it ends where it cannot be made."""
    if row.destination_id is None or row.email is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the destination is gone")
    if row.sample is None and (row.message_id is None or row.received_at is None):
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    sample = row.sample or {}
    letter = Letter(
        job_id=row.job_id,
        account_id=row.account_id,
        destination_id=row.destination_id,
        address=row.email,
        subject=row.subject or "",
        phone=sample.get("sender") or row.sender or "",
        number=sample.get("recipient") or row.recipient or "",
        text=sample.get("text") or row.text or "",
        received_at=row.received_at or row.created_at,
        dialogue_id=row.dialogue_id,
        keyword=row.keyword or "",
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        zone=row.time_zone or DEFAULT_ZONE,
        language=row.language or "en",
        is_test=row.sample is not None,
    )
    return MailJob(letter, row.attempt_count, row.is_enabled or row.sample is not None, mms or told_sample(row.sample), row.has_attachments)


def describe(envelope: Envelope) -> str:
    """Write a mail down for the log of attempts: envelope and headers as sent, without the secret of its addresses."""
    headers = "\n".join(f"{name}: {value}" for name, value in envelope.message.items())
    return _TOKEN.sub(r"\1…", f"MAIL FROM:<{envelope.sender}>\nRCPT TO:<{envelope.recipient}>\n\n{headers}")


def write(con: Connection, results: tuple[MailResult, ...], health: Health, ids: Iterator[int], now: datetime) -> None:
    """Write down how attempts went, in the transaction that is open: the log, the jobs, how their destinations are doing."""
    jobs.log_attempts(con, [_attempt(result, next(ids)) for result in results])
    jobs.end(con, map(_ending, results), now)
    holding.hold(con, [one.job.place for one in results if one.next_attempt_at])
    holding.let_go(con, [one.job.job_id for one in results if not one.next_attempt_at and (one.job.attempt_count or one.job.mms)])
    health.note(con, filter(None, map(_heard, results)), now)
    for one in results:
        if isinstance(one.failure, MailError) and one.failure.refuses_mailbox and not one.job.letter.is_test:
            pause(con, one.job.letter.destination_id, PauseReason.MAILBOX, now)


def in_order(con: Connection, built: Iterable[MailJob], now: datetime, me: int) -> list[MailJob]:
    """Return mails just claimed, each phone's in the order they came; those behind one that failed are put off until it is tried again.

    Mails whose pictures wait for their copies are put off a moment, and what is behind them too.
    """
    usable = sorted(built, key=lambda job: job.job_id)
    waiting = [job for job in usable if job.mms is not None and waits_for_copies(job.mms, job.letter.received_at, now)]
    holding.hold(con, [job.place for job in waiting])
    until = dict.fromkeys((job.job_id for job in waiting), now + holding.SHORTEST)
    usable = [job for job in usable if job.job_id not in until]
    until |= holding.held(con, [job.place for job in usable if not job.letter.is_test], now)
    holding.postpone(con, until, me)
    return [job for job in usable if job.job_id not in until]


def _heard(result: MailResult) -> Heard | None:
    """Say what an attempt tells about its mailbox; nothing where our own mail server was the trouble."""
    failure = result.failure
    if result.job.letter.is_test or (failure is not None and (failure.slows or not isinstance(failure, MailError))):
        return None
    return Heard(result.job.letter.destination_id, result.tried.finished_at, failure is None)


def _attempt(result: MailResult, row_id: int) -> jobs.AttemptRow:
    failure = result.failure
    status = result.taken.status if result.taken else failure.status if isinstance(failure, MailError) else None
    return jobs.AttemptRow(
        id=row_id,
        job_id=result.job.job_id,
        position=result.job.attempt_count + 1,
        started_at=result.tried.started_at,
        duration_ms=result.tried.duration_ms,
        request=result.request,
        response_status=status,
        response_body=result.taken.words if result.taken else "",
        error=failure.reason if failure else "",
    )


def _ending(result: MailResult) -> jobs.Ending:
    state = "waiting" if result.ending == "retry" else result.ending
    error = result.failure.reason if result.failure else ""
    return jobs.Ending(result.job.job_id, state, result.job.attempt_count + 1, result.next_attempt_at, error)
