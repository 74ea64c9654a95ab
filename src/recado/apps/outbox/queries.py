"""Reads about what went out because of a message: automatic replies, and forwards with every attempt.

What belongs here: what the message trace asks. What does not: destinations (`destinations`), the queue of the workers (`store`).
"""

from collections.abc import Collection

from django.db.models import Prefetch, Q

from recado.apps.accounts.models import Account
from recado.apps.outbox.models import FORWARDS, Attempt, Job, JobKind, OutboundMessage, Segment, SendKind
from recado.store.phone_forward_rows import key_of

TAKEN = Prefetch("segments", Segment.objects.order_by("position"), to_attr="taken_segments")
"""The segments carriers took, as an attribute of a message."""


def get_outbound_for(account: Account, message_id: int) -> OutboundMessage:
    """Find an outgoing message of the account; raise OutboundMessage.DoesNotExist for all others."""
    return OutboundMessage.objects.get(account=account, pk=message_id)


def replies_to(account: Account, message_id: int) -> list[OutboundMessage]:
    """Return what was answered to a received message, oldest first, with segments; not what it was forwarded as."""
    sent = OutboundMessage.objects.filter(account=account, in_reply_to_id=message_id, destination_id=None)
    return list(sent.prefetch_related(TAKEN).order_by("id"))


def own_answers(message_ids: Collection[int]) -> dict[int, OutboundMessage]:
    """Return what the installation itself answered to messages, by the message's id; for its staff."""
    sent = OutboundMessage.objects.filter(account=None, in_reply_to_id__in=message_ids)
    return {message.in_reply_to_id or 0: message for message in sent.order_by("id")}


def forwards_of(account: Account, message_id: int) -> list[Job]:
    """Return the forwards of a received message, oldest first, with destination, attempts and texts to phones."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("position"))
    jobs = Job.objects.filter(account=account, message_id=message_id, kind__in=FORWARDS)
    return with_texts(account, list(jobs.select_related("destination").prefetch_related(attempts).order_by("id")))


def with_texts(account: Account, jobs: list[Job]) -> list[Job]:
    """Give those of the account's jobs that forward to a phone the text they became; return all."""
    to_phones = {key_of(job.pk): job for job in jobs if job.kind == JobKind.FORWARD_PHONE}
    if to_phones:
        for text in OutboundMessage.objects.filter(account=account, idempotency_key__in=to_phones).prefetch_related(TAKEN):
            to_phones[text.idempotency_key or ""].forwarded = text
    return jobs


def quoted_messages(account_id: int, message_ids: Collection[int]) -> dict[int, OutboundMessage]:
    """Return those of the messages that were part of a group send or left from the pool: one sees them nowhere near their answers."""
    if not message_ids:
        return {}
    of_many = Q(campaign_id__isnull=False) | Q(kind=SendKind.ECO)
    return OutboundMessage.objects.filter(of_many, account=account_id).in_bulk(list(message_ids))


def sent_message(account: Account, outbound_id: int | None) -> OutboundMessage | None:
    """Return an outgoing message of the account; None for no id and for all others."""
    return OutboundMessage.objects.filter(account=account, pk=outbound_id).first() if outbound_id else None
