"""Jobs that were given up, as who runs the installation sees them, and giving them another chance.

What belongs here: bounded reads over all accounts, and redelivery. What does not: what waits (`backlog`), what a customer sees of their own
forwards (`queries`), working jobs off (`delivery`). The condition on `state` is written out so that a partial index is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.apps.audit.services import record
from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Attempt, Job, JobKind, JobState
from recado.apps.outbox.texts_again import ready_again

AT_ONCE = 500
"""So many jobs are given another chance in one transaction."""
CEILING = 1000
_DEAD = ["outbox_job.state = 'dead'"]


@dataclass(frozen=True, slots=True)
class DeadFilter:
    """Which of the jobs that were given up."""

    kind: str = ""
    destination_id: int | None = None
    account_id: int | None = None

    def as_query(self) -> dict[str, str | int]:
        """Return what is set, as an address carries it."""
        given: dict[str, str | int | None] = {"kind": self.kind, "destination": self.destination_id, "account": self.account_id}
        return {name: value for name, value in given.items() if value}


def given_up() -> QuerySet[Job]:
    """Return all jobs that were given up."""
    return Job.objects.extra(where=_DEAD)  # noqa: S610  # a constant


def dead_jobs(wanted: DeadFilter) -> QuerySet[Job]:
    """Return the jobs that were given up, to be cut into pages by key."""
    return _dead(wanted).select_related("account", "destination", "outbound_message")


def dead_count(wanted: DeadFilter | None = None) -> int:
    """Count jobs that were given up, up to a ceiling."""
    return _dead(wanted or DeadFilter())[:CEILING].count()


def get_job(job_id: int) -> Job:
    """Return a job with all its attempts; for the installation's staff."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    return Job.objects.select_related("account", "destination", "outbound_message").prefetch_related(attempts).get(pk=job_id)


@transaction.atomic
def redeliver(user: User, jobs: Iterable[Job]) -> int:
    """Give jobs that were given up another chance, with a full set of attempts; return how many were.

    Texts are left alone that must not leave again, or that their account cannot pay for (`texts_again`).
    """
    dead = Job.objects.select_for_update(of=("self",)).select_related("account", "outbound_message")
    found = list(dead.filter(pk__in=[job.pk for job in jobs], state=JobState.DEAD).order_by("pk"))
    now = timezone.now()
    ready = ready_again([job.outbound_message_id for job in found if job.kind == JobKind.SUBMIT and job.outbound_message_id], now)
    chosen = [job for job in found if job.kind != JobKind.SUBMIT or job.outbound_message_id in ready]
    Job.objects.filter(pk__in=[job.pk for job in chosen]).update(
        state=JobState.WAITING, attempt_count=0, next_attempt_at=now, claimed_until=None, finished_at=None
    )
    _tell(user, chosen)
    return len(chosen)


def redeliver_all(user: User, wanted: DeadFilter) -> int:
    """Give the jobs of a filter another chance, a bounded number at once; return how many were."""
    return redeliver(user, list(_dead(wanted).order_by("pk")[:AT_ONCE]))


def _tell(user: User, jobs: list[Job]) -> None:
    """Wake delivery, show the texts as queued again, and note it in each account; of the installation's own jobs, in its log."""
    for account in dict.fromkeys(job.account for job in jobs):
        account_id = account.pk if account is not None else None
        count = sum(job.account_id == account_id for job in jobs)
        announce(Change("jobs", account_id))
        record(account, user, "jobs.redelivered", after={"jobs": count}, is_operator=True)
    for job in jobs:
        if job.kind == JobKind.SUBMIT and job.outbound_message is not None and job.outbound_message.dialogue_id:
            announce(Change("outbound", job.account_id, job.outbound_message.dialogue_id))


def _dead(wanted: DeadFilter) -> QuerySet[Job]:
    given = {"kind": wanted.kind, "destination_id": wanted.destination_id, "account_id": wanted.account_id}
    return given_up().filter(**{name: value for name, value in given.items() if value})
