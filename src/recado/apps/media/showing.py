"""Tells open conversations that something became of a content they show.

What belongs here: where a content is shown. What does not: what became of it (`pictures`, `scanning`).
"""

from django.db.models import Q

from recado.apps import changes
from recado.apps.changes import Change
from recado.apps.inbox.models import Message
from recado.apps.mms.models import Attachment
from recado.apps.outbox.models import OutboundMessage

AT_MOST = 100
"""The newest messages with it, in and out."""


def show_again(sha256: str) -> None:
    """Have the conversations with a content shown anew, once the current transaction is committed."""
    parts = Attachment.objects.filter(sha256=sha256)
    places: set[tuple[int | None, int | None]] = set()
    received = parts.filter(message_id__isnull=False).values("message_id")
    sent = parts.filter(outbound_id__isnull=False).values("outbound_id")
    for rows in (Message.objects.filter(pk__in=received), OutboundMessage.objects.filter(pk__in=sent)):
        known = rows.filter(Q(account__isnull=False), Q(dialogue_id__isnull=False)).order_by("-pk")
        places.update(known.values_list("account_id", "dialogue_id")[:AT_MOST])
    for account_id, dialogue_id in places:
        changes.announce(Change("dialogue", account_id, dialogue_id))
