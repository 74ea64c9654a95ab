"""What a bounce means for the job whose mail it was, and for the mailbox.

What belongs here: giving the job up, pausing a mailbox that takes no mail. What does not: reading the report (`protocols.mail.bounces`).
"""

from datetime import datetime

from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Destination, Job, JobKind, JobState
from recado.core.pausing import PauseReason
from recado.protocols.mail.bounces import Bounce

ERROR_LENGTH = 200


def job_of(job_id: int) -> Job | None:
    """Return the job of a mail; None where it is gone."""
    return Job.objects.filter(pk=job_id, kind=JobKind.FORWARD_EMAIL).first()


def bounced(job: Job, bounce: Bounce, now: datetime) -> None:
    """Note, in the transaction that is open, that the mail of a job did not arrive for good."""
    error = f"came back: {bounce.words}"[:ERROR_LENGTH]
    Job.objects.filter(pk=job.pk, state__in=(JobState.DONE, JobState.WAITING)).update(
        state=JobState.DEAD, last_error=error, finished_at=now, claimed_until=None
    )
    if job.sample is None and job.destination_id is not None:
        Destination.objects.filter(pk=job.destination_id, failing_since=None).update(failing_since=now)
        if bounce.is_about_the_mailbox:
            pause_mailbox(job.destination_id, now)
    announce(Change("jobs", job.account_id))


def pause_mailbox(destination_id: int, now: datetime) -> None:
    """Pause a destination whose mailbox takes no mail; what comes for it meanwhile waits, and its people are told (`pause_notices`)."""
    Destination.objects.filter(pk=destination_id, paused_at=None).update(
        paused_at=now, pause_reason=PauseReason.MAILBOX, pause_told_at=None
    )
