"""Letting a text that waits for its time go out at once.

What belongs here: that change. What does not: taking one back (`services.cancel`), the time of a campaign (`apps.campaigns`).
"""

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.changes import Change, announce
from recado.apps.outbox.models import Job, JobKind, JobState, OutboundMessage
from recado.core.receipt import OutboundState


def get_outbound_for(account: Account, message_id: int) -> OutboundMessage:
    """Return an outgoing message of the account; raise OutboundMessage.DoesNotExist for all others."""
    return OutboundMessage.objects.get(account=account, pk=message_id)


@transaction.atomic
def send_now(message: OutboundMessage) -> bool:
    """Hand a waiting text over as soon as a worker is free; return whether it still waited."""
    now = timezone.now()
    waiting = Job.objects.filter(outbound_message=message, kind=JobKind.SUBMIT, state=JobState.WAITING, next_attempt_at__gt=now)
    if not waiting.update(next_attempt_at=now):
        return False
    OutboundMessage.objects.filter(pk=message.pk, state=OutboundState.QUEUED).update(scheduled_at=None)
    message.refresh_from_db()
    if message.account_id is not None:
        announce(Change("jobs", message.account_id))
        if message.dialogue_id is not None:
            announce(Change("outbound", message.account_id, message.dialogue_id))
    return True
