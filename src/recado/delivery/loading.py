"""Reads claimed forwards with all they need, and says which of them cannot be worked now.

What belongs here: from rows to jobs; reading only, outside the transaction that claims, which everybody who writes waits for. What does
not: claiming, and writing down what was set aside (`ledger`), SQL (`store`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from recado.core.phone_form import PhoneForm
from recado.core.receipt import OutboundState
from recado.delivery.endpoints import Known, load
from recado.delivery.jobs import ForwardJob, SubmitJob
from recado.delivery.macros import DEFAULT_ZONE, Forwarded, Told
from recado.delivery.phone_form import ForwardedInForm
from recado.delivery.reports import Reported, report_job
from recado.store import holding, jobs
from recado.store.dialect import Connection
from recado.store.report_jobs import load_reports

J = TypeVar("J", ForwardJob, SubmitJob)
_id_of = attrgetter("job_id")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of claimed forwards."""

    usable: list[ForwardJob]
    unusable: list[jobs.Ending]
    """How those end that cannot be worked: their destination or message is gone."""
    until: Mapping[int, datetime]
    """Those that stand behind an earlier one of their phone that failed, with when to look at them again."""


def load_forwards(con: Connection, claimed: Sequence[jobs.ClaimedForward], now: datetime) -> Loaded:
    """Read claimed forwards; of each phone in order, also after a retry."""
    places = {job.destination_id for job in claimed if job.destination_id is not None}
    reports = load_reports(con, sorted(job.job_id for job in claimed if job.kind == "push_receipt"))
    told = {row.job_id for row in reports}
    forwards = jobs.load_forwards(con, sorted(job.job_id for job in claimed if job.job_id not in told))
    known = load(con, places, [(row.destination_id, row.message_id) for row in forwards], now)
    usable, unusable = part([*(_forward_job(row, known) for row in forwards), *(report_job(row, known) for row in reports)])
    until = holding.held(con, [place_of(job) for job in usable if job.is_usual], now)
    return Loaded(sorted((job for job in usable if job.job_id not in until), key=_id_of), unusable, until)


def place_of(job: ForwardJob) -> holding.Place:
    """Return a job's place in the order of its phone."""
    return holding.Place(job.destination_id, job.order, job.job_id)


def part(built: Iterable[J | jobs.Ending]) -> tuple[list[J], list[jobs.Ending]]:
    """Part jobs from the endings of those that cannot be worked."""
    usable: list[J] = []
    unusable: list[jobs.Ending] = []
    for one in built:
        if isinstance(one, jobs.Ending):
            unusable.append(one)
        else:
            usable.append(one)
    return usable, unusable


def _forward_job(row: jobs.ForwardRow, known: Known) -> ForwardJob | jobs.Ending:
    if row.destination_id is None or row.url is None or row.method is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the destination is gone")
    message = _told(row, known)
    if message is None:
        return jobs.Ending(row.job_id, "dead", row.attempt_count, None, "the message is gone")
    return ForwardJob(
        row.job_id,
        row.account_id,
        row.attempt_count,
        row.destination_id,
        row.method,
        row.other_url or row.url,
        row.is_enabled,
        message,
        row.dialogue_id,
        known.endpoint(row.destination_id),
        is_elsewhere=bool(row.other_url),
        is_sample=row.sample is not None,
    )


def _told(row: jobs.ForwardRow, known: Known) -> Told | None:
    """Return what is told: the message, or a test as if somebody had sent it just then; None where it is gone."""
    zone = row.time_zone or DEFAULT_ZONE
    if row.sample is not None and row.kind == "push_receipt":
        return Reported(0, row.sample["sender"], OutboundState.DELIVERED, "", "", row.received_at, zone)
    if row.sample is not None:
        message_id, sender, recipient, text, moment = 0, row.sample["sender"], row.sample["recipient"], row.sample["text"], row.received_at
    elif row.message_id is None:
        return None
    else:
        message_id, sender, recipient, text, moment = row.message_id, row.sender, row.recipient, row.text, row.received_at
    if row.destination_id is None or not known.endpoint(row.destination_id).is_webhook:
        form = row.phone_form or PhoneForm.DIGITS
        if form != PhoneForm.DIGITS:
            return ForwardedInForm(message_id, sender, recipient, text, moment, zone, phone_form=form)
        return Forwarded(message_id, sender, recipient, text, moment, zone)
    detail = known.details.get(message_id)
    if detail is None:  # a message that nobody sent, for trying the destination out
        return Forwarded(message_id, sender, recipient, text, moment, zone, f"test_{row.job_id}", row.account_id, is_test=True)
    event_id = f"msg_{message_id}_{row.destination_id}"
    return Forwarded(message_id, sender, recipient, text, moment, zone, event_id, row.account_id, row.dialogue_id, *detail)
