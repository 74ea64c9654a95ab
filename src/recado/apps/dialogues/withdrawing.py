"""Texts that wait for their time while whoever they are for opts out, or is blocked: they are never sent.

What belongs here: single texts, of people and of programs. What does not: group sends, which ask when each message is released
(`delivery.feeder`); refusing a text when it is ordered (`answering`, `apps.outbox.services`).
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from recado.apps.contacts.models import BlockedSender, OptOut
from recado.apps.dialogues.models import Dialogue
from recado.apps.outbox.models import Job, JobKind, JobState, OutboundMessage
from recado.apps.outbox.services import cancel
from recado.core.receipt import UnsentReason

AT_ONCE = 500


def withdraw_unwanted(now: datetime) -> int:
    """Take back the texts still ahead that their people do not want any more; return how many.

    An opt-out that was there when a text was ordered counts no more: it was ordered as a service message.
    """
    gone = 0
    for job in _waiting(now):
        message = job.outbound_message
        if message is not None and _is_unwanted(message):
            gone += cancel(message, UnsentReason.OPTED_OUT)
    return gone


def _waiting(now: datetime) -> list[Job]:
    """Return the jobs of texts still ahead whose people are blocked, or opted out of something after these were ordered."""
    same_person = {"account": OuterRef("account"), "msisdn": OuterRef("outbound_message__recipient")}
    later = OptOut.objects.filter(**same_person, lifted_at=None, created_at__gte=OuterRef("outbound_message__created_at"))
    ahead = Job.objects.filter(kind=JobKind.SUBMIT, state=JobState.WAITING, is_bulk=False, next_attempt_at__gt=now)
    ahead = ahead.filter(outbound_message__scheduled_at__gt=now, outbound_message__campaign_id=None)
    wanted_no_more = ahead.filter(Q(Exists(later)) | Q(Exists(BlockedSender.objects.filter(**same_person))))
    return list(wanted_no_more.select_related("outbound_message").order_by("next_attempt_at", "pk")[:AT_ONCE])


def _is_unwanted(message: OutboundMessage) -> bool:
    """Say whether it is covered: of two numbers that matter, the one it leaves from and that of the conversation, either counts."""
    if BlockedSender.objects.filter(account=message.account_id, msisdn=message.recipient).exists():
        return True
    conversation = Dialogue.objects.filter(pk=message.dialogue_id or 0).values_list("number_id", flat=True)
    numbers = {message.number_id or 0, *conversation}
    covering = Q(scope=OptOut.Scope.ACCOUNT) | Q(scope=OptOut.Scope.NUMBER, target_id__in=numbers)
    opted_out = OptOut.objects.filter(covering, account=message.account_id, msisdn=message.recipient, lifted_at=None)
    return opted_out.filter(created_at__gte=message.created_at).exists()
