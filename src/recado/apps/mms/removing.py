"""Letting multimedia messages go with their messages.

What belongs here: their rows. What does not: what is known of contents, and bytes: those go once nobody else names them (`apps.media`).
"""

from collections.abc import Collection

from recado.apps.mms.models import Attachment, ReceivedMms, SentMms


def forget_received(message_ids: Collection[int]) -> None:
    """Delete what some received messages have beside their texts; to be called in the transaction that deletes them."""
    ReceivedMms.objects.filter(pk__in=message_ids).delete()
    Attachment.objects.filter(message_id__in=message_ids).delete()


def forget_sent(outbound_ids: Collection[int]) -> None:
    """Delete the same of some outgoing messages."""
    SentMms.objects.filter(pk__in=outbound_ids).delete()
    Attachment.objects.filter(outbound_id__in=outbound_ids).delete()
