"""Texts that wait for their time: letting one go out at once, and which of a conversation have just gone.

What belongs here: these. What does not: taking one back (`services.cancel`), the time of a campaign (`apps.campaigns`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Job, JobKind, JobState, OutboundMessage
from recado.core.receipt import OutboundState

LONGEST_WAY = timedelta(days=3)
"""Between its time and its delivery, at most; looked no further back."""


def gone_lately(dialogue_id: int, now: datetime, within: timedelta) -> list[OutboundMessage]:
    """Return the texts of a conversation that waited for their time and have lately been sent, delivered or given up."""
    since = now - within
    waited = OutboundMessage.objects.filter(dialogue_id=dialogue_id, scheduled_at__gt=since - LONGEST_WAY)
    return list(waited.filter(Q(sent_at__gt=since) | Q(finished_at__gt=since)).select_related("author").order_by("id"))


@transaction.atomic
def send_now(message: OutboundMessage) -> bool:
    """Hand a waiting text over as soon as a worker is free; return whether it still waited."""
    now = timezone.now()
    waiting = Job.objects.filter(outbound_message=message, kind=JobKind.SUBMIT, state=JobState.WAITING, next_attempt_at__gt=now)
    if not waiting.update(next_attempt_at=now):
        return False
    OutboundMessage.objects.filter(pk=message.pk, state=OutboundState.QUEUED).update(scheduled_at=now)
    message.refresh_from_db()
    if message.account_id is not None:
        announce(Change("jobs", message.account_id))
        if message.dialogue_id is not None:
            announce(Change("outbound", message.account_id, message.dialogue_id))
    return True
