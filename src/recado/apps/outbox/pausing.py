"""Pausing a destination by hand, and letting it go on.

What belongs here: the two services. What does not: pausing by itself (`delivery`).
"""

from datetime import datetime

from django.db import transaction

from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Destination, Job, JobState


@transaction.atomic
def pause(destination: Destination, now: datetime) -> None:
    """Let everything for a destination wait until somebody resumes it."""
    Destination.objects.filter(pk=destination.pk, paused_at=None).update(paused_at=now, pause_reason="")


@transaction.atomic
def resume(destination: Destination, now: datetime) -> int:
    """Let a paused destination go on with what waits, at once; return how many deliveries wait."""
    Destination.objects.filter(pk=destination.pk).update(paused_at=None, pause_reason="", failing_since=None)
    count = Job.objects.filter(destination=destination, state=JobState.WAITING).update(next_attempt_at=now)
    announce(Change("jobs", destination.account_id))
    return count
