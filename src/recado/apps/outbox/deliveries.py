"""Deliveries as customers see them: what was forwarded where, how it went, and how each destination is doing.

What belongs here: bounded reads of one account. What does not: all accounts' jobs, for who runs the installation (`dead_letters`),
delivering again (`redelivery`). The conditions on `state` are written out so that partial indexes are used.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.apps import apps
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Attempt, Destination, Job, JobState
from recado.core.curl import as_curl as curl_of

CEILING = 5000
"""Deliveries of a destination that are counted; beyond, there are "at least" so many."""
LATELY = timedelta(hours=24)
SAMPLED = 50
"""The latest deliveries whose time the median is of."""
OF_A_PHONE = 1000
"""The latest messages of a phone that are looked at."""
_WHERE = {
    JobState.WAITING: "outbox_job.state IN ('waiting', 'claimed')",
    JobState.CLAIMED: "outbox_job.state IN ('waiting', 'claimed')",
    JobState.DONE: "outbox_job.state = 'done'",
    JobState.DEAD: "outbox_job.state = 'dead'",
}


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries."""

    destination_id: int | None = None
    state: str = ""
    """A word of JobState; waiting includes those in progress."""
    since: datetime | None = None
    until: datetime | None = None
    phone: str = ""
    """Digits of who wrote."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a destination is doing."""

    destination: Destination
    done: int
    failed: int
    """Given up, as done: within the last day."""
    waiting: int
    median_ms: int | None
    """Of the latest attempts that succeeded."""
    is_counted: bool = True
    """False where there are more than are counted."""


def deliveries(account: Account, wanted: DeliveryFilter) -> QuerySet[Job]:
    """Return the deliveries of an account, to be cut into pages by id, latest first; with destination and attempts."""
    found = Job.objects.filter(account=account, destination__isnull=False)
    if wanted.destination_id is not None:
        found = found.filter(destination_id=wanted.destination_id)
    if wanted.state in _WHERE:
        found = found.extra(where=[_WHERE[JobState(wanted.state)]])  # noqa: S610  # a constant
    if wanted.since is not None:
        found = found.filter(pk__gte=first_id_at(wanted.since))
    if wanted.until is not None:
        found = found.filter(pk__lt=first_id_at(wanted.until))
    if wanted.phone:
        received = apps.get_model("inbox", "Message")._default_manager  # noqa: SLF001  # documented; that app imports this one
        of_phone = received.filter(account=account, sender=wanted.phone).order_by("-id")
        found = found.filter(message_id__in=list(of_phone.values_list("pk", flat=True)[:OF_A_PHONE]))
    return found.select_related("destination", "outbound_message").order_by("-pk")


def get_delivery_for(account: Account, job_id: int) -> Job:
    """Return a delivery of the account with all its attempts, oldest first; raise Job.DoesNotExist for all others."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    found = Job.objects.filter(account=account, destination__isnull=False).select_related("destination", "outbound_message")
    return found.prefetch_related(attempts).get(pk=job_id)


def health(account: Account) -> dict[int, Health]:
    """Return by id how each destination of the account is doing."""
    since = first_id_at(timezone.now() - LATELY)
    return {destination.pk: _health(destination, since) for destination in Destination.objects.filter(account=account).order_by("pk")}


def health_of(destination: Destination) -> Health:
    """Return how one destination is doing."""
    return _health(destination, first_id_at(timezone.now() - LATELY))


def last_attempts(jobs: Collection[Job]) -> dict[int, Attempt]:
    """Return the last attempt of each delivery that was tried, without what was said."""
    attempts = Attempt.objects.filter(job__in=[job.pk for job in jobs]).defer("request", "response_headers", "response_body")
    return {attempt.job_id: attempt for attempt in attempts.order_by("id")}


def as_curl(attempt: Attempt) -> str:
    """Return the command that repeats an attempt's request, without the secrets that were left out of the log."""
    return curl_of(attempt.request)


def _health(destination: Destination, since: int) -> Health:
    jobs = Job.objects.filter(destination=destination)
    lately = list(jobs.filter(pk__gte=since).order_by("-pk").values_list("pk", "state", "sample", "url")[:CEILING])
    usual = [(key, state) for key, state, sample, url in lately if sample is None and not url]
    counts = Counter(state for _, state in usual)
    waiting = jobs.extra(where=[_WHERE[JobState.WAITING]])[:CEILING].count()  # noqa: S610  # a constant
    done = [key for key, state in usual if state == JobState.DONE][:SAMPLED]
    times = list(Attempt.objects.filter(job__in=done, error="").values_list("duration_ms", flat=True))
    is_counted = len(lately) < CEILING and waiting < CEILING
    return Health(
        destination,
        counts[JobState.DONE],
        counts[JobState.DEAD],
        waiting,
        round(median(times)) if times else None,
        is_counted=is_counted,
    )
