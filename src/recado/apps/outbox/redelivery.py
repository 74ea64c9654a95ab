"""Delivering forwards once more because somebody asked for it.

What belongs here: queueing them again. What does not: delivering, and trying again by itself after a failure (`delivery`).
"""

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.ids import next_id
from recado.apps.outbox.models import Job, JobKind, JobState


@transaction.atomic
def redeliver_forwards(account: Account, message_id: int) -> list[Job]:
    """Queue the forwards of a message again, one for each destination that still exists and is waited for by none; return them.

    Each becomes a job of its own: what was tried before stays as it was, and the new one has all its tries.
    """
    jobs = Job.objects.filter(account=account, message_id=message_id, kind=JobKind.FORWARD_URL, destination__isnull=False)
    known = list(jobs.select_related("destination"))
    waiting = {job.destination_id for job in known if job.state in {JobState.WAITING, JobState.CLAIMED}}
    ended = {job.destination_id: job.destination for job in known if job.destination_id not in waiting}
    now = timezone.now()
    again = [
        Job(
            id=next_id(),
            account=account,
            kind=JobKind.FORWARD_URL,
            message_id=message_id,
            destination=destination,
            next_attempt_at=now,
            created_at=now,
        )
        for destination in ended.values()
        if destination is not None
    ]
    Job.objects.bulk_create(again)
    if again:
        announce(Change("jobs", account.pk))
    return again
