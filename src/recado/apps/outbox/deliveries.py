"""Deliveries as customers see them: what was forwarded where, how it went, and how each destination is doing.

What belongs here: bounded reads of one account. What does not: all accounts' jobs, for who runs the installation (`dead_letters`),
delivering again (`redelivery`). The conditions on `state` are written out so that partial indexes are used.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from django.apps import apps
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Attempt, Destination, Job, JobState
from recado.apps.outbox.standing import STORED, DeliveryState
from recado.apps.sql import lent_connection
from recado.core.curl import as_curl as curl_of
from recado.store.told_counts import ToldCounts, count_told

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
    median_ms: int | None = None
    """Of the latest attempts that succeeded, where one place was asked for."""
    is_counted: bool = True
    """False where more was done and given up than is counted."""
    is_waiting_counted: bool = True
    """False where more waits than is counted."""


def deliveries(account: Account, wanted: DeliveryFilter) -> QuerySet[Job]:
    """Return the deliveries of an account in order, latest first, to be cut into pages by id; with destination."""
    found = Job.objects.filter(account=account, destination__isnull=False)
    order = F("pk").desc()
    if wanted.destination_id is not None:
        found = found.filter(destination_id=_place(wanted.destination_id))
        if wanted.state in (JobState.WAITING, JobState.CLAIMED):
            order = (F("pk") + 0).desc()  # sorts the few that wait, instead of going through all that is done for them
    if wanted.state in _WHERE:
        found = found.extra(where=[_WHERE[JobState(wanted.state)]])  # noqa: S610  # a constant
    if wanted.since is not None:
        found = found.filter(pk__gte=first_id_at(wanted.since))
    if wanted.until is not None:
        found = found.filter(pk__lt=first_id_at(wanted.until))
    if wanted.phone:
        found = found.filter(message_id__in=_messages_of(account, wanted.phone))
    return found.select_related("destination", "outbound_message").order_by(order)


def deliveries_told(account: Account, wanted: DeliveryFilter, state: str = "") -> QuerySet[Job]:
    """Return the same by where they stand as people are told, a word of STORED; waiting includes those that failed and are tried again."""
    found = deliveries(account, replace(wanted, state=STORED[DeliveryState(state)]) if state else wanted)
    return found.filter(attempt_count__gt=0) if state == DeliveryState.FAILED else found


def get_delivery_for(account: Account, job_id: int) -> Job:
    """Return a delivery of the account with all its attempts, oldest first; raise Job.DoesNotExist for all others."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("id"))
    found = Job.objects.filter(account=account, destination__isnull=False).select_related("destination", "outbound_message")
    return found.prefetch_related(attempts).get(pk=job_id)


def health(account: Account) -> dict[int, Health]:
    """Return by id how each destination of the account is doing, without how long it takes to answer."""
    return health_among(list(Destination.objects.filter(account=account).order_by("pk")))


def health_among(destinations: Collection[Destination]) -> dict[int, Health]:
    """Return the same of some destinations."""
    counts = count_told(lent_connection(), [one.pk for one in destinations], _lately(), CEILING)
    return {one.pk: _health(one, counts[one.pk]) for one in destinations}


def health_of(destination: Destination) -> Health:
    """Return how one destination is doing."""
    since = _lately()
    counts = count_told(lent_connection(), [destination.pk], since, CEILING)[destination.pk]
    done = Job.objects.filter(destination_id=_place(destination.pk), pk__gte=since, state=JobState.DONE, sample__isnull=True, url="")
    latest = list(done.order_by("-pk").values_list("pk", flat=True)[:SAMPLED])
    times = list(Attempt.objects.filter(job__in=latest, error="").values_list("duration_ms", flat=True))
    return _health(destination, counts, round(median(times)) if times else None)


def last_attempts(jobs: Collection[Job]) -> dict[int, Attempt]:
    """Return the last attempt of each delivery that was tried, without what was said."""
    attempts = Attempt.objects.filter(job__in=[job.pk for job in jobs]).defer("request", "response_headers", "response_body")
    return {attempt.job_id: attempt for attempt in attempts.order_by("id")}


def as_curl(attempt: Attempt) -> str:
    """Return the command that repeats an attempt's request, without the secrets that were left out of the log."""
    return curl_of(attempt.request)


def _health(destination: Destination, counts: ToldCounts, median_ms: int | None = None) -> Health:
    return Health(
        destination,
        counts.done,
        counts.failed,
        counts.waiting,
        median_ms,
        is_counted=counts.looked_at < CEILING,
        is_waiting_counted=counts.waiting < CEILING,
    )


def _lately() -> int:
    return first_id_at(timezone.now() - LATELY)


def _place(destination_id: int) -> QuerySet[Destination, int]:
    """Return the id as a query: PostgreSQL, told which place it is, would guess what of a busy one to expect, and guess wrong.

    It would take the states of one place for as common as those of all, and look for the few that wait among all that is done.
    """
    return Destination.objects.filter(pk=destination_id).values_list("pk", flat=True)[:1]


def _messages_of(account: Account, phone: str) -> list[int]:
    """Return the latest messages of a phone, by its conversations: no index knows who sent a message."""
    received, dialogues = (
        apps.get_model(*path)._default_manager  # noqa: SLF001  # documented; those apps import this one
        for path in (("inbox", "Message"), ("dialogues", "Dialogue"))
    )
    of_phone = list(dialogues.filter(account=account, msisdn=phone).values_list("pk", flat=True))
    found = received.filter(account=account, dialogue_id__in=of_phone).order_by("-id")
    return list(found.values_list("pk", flat=True)[:OF_A_PHONE])
