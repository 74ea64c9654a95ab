"""Reads about what went out because of a message: automatic replies, and forwards with every attempt.

What belongs here: what the message trace asks. What does not: destinations (`destinations`), the queue of the workers (`store`).
"""

from collections.abc import Collection

from django.db.models import Prefetch

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import Attempt, Job, JobKind, OutboundMessage


def get_outbound_for(account: Account, message_id: int) -> OutboundMessage:
    """Find an outgoing message of the account; raise OutboundMessage.DoesNotExist for all others."""
    return OutboundMessage.objects.get(account=account, pk=message_id)


def replies_to(account: Account, message_id: int) -> list[OutboundMessage]:
    """Return the messages sent because of a received one, oldest first, with their segments."""
    sent = OutboundMessage.objects.filter(account=account, in_reply_to_id=message_id)
    return list(sent.prefetch_related("segments").order_by("id"))


def own_answers(message_ids: Collection[int]) -> dict[int, OutboundMessage]:
    """Return what the installation itself answered to messages, by the message's id; for its staff."""
    sent = OutboundMessage.objects.filter(account=None, in_reply_to_id__in=message_ids)
    return {message.in_reply_to_id or 0: message for message in sent.order_by("id")}


def forwards_of(account: Account, message_id: int) -> list[Job]:
    """Return the forwards of a received message, oldest first, with destination and attempts."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("position"))
    jobs = Job.objects.filter(account=account, message_id=message_id, kind=JobKind.FORWARD_URL)
    return list(jobs.select_related("destination").prefetch_related(attempts).order_by("id"))
