"""The demo's answer with a picture: what the shop sent back to somebody who asked by MMS, delivered and read.

What belongs here: writing this one answer as the way out leaves it. What does not: what came before (`demo_mms`).
"""

from datetime import timedelta

from recado.apps.accounts.models import Account
from recado.apps.dialogues.models import Dialogue
from recado.apps.ids import next_id
from recado.apps.inbox.models import Message
from recado.apps.media.models import Content
from recado.apps.media.services import blobs
from recado.apps.mms.models import Attachment, SentMms
from recado.apps.mms.parts import part_of
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.mms_given import GivenFile
from recado.core.receipt import OutboundState


def load(flowers: Account, dialogue: Dialogue, subject: str, text: str, file: GivenFile) -> None:
    """Answer the last message of a conversation."""
    cause = Message.objects.filter(dialogue_id=dialogue.pk).latest("id")
    at, part = cause.received_at + timedelta(minutes=12), part_of(blobs(), file)
    sent = OutboundMessage.objects.create(
        id=next_id(),
        account=flowers,
        number=dialogue.number,
        connection_id=dialogue.number.connection_id,
        dialogue_id=dialogue.pk,
        sender=dialogue.number.digits,
        recipient=dialogue.msisdn,
        text=text,
        kind=SendKind.MMS,
        origin=Origin.AGENT,
        author=flowers.memberships.get().user,
        in_reply_to_id=cause.pk,
        state=OutboundState.DELIVERED,
        created_at=at,
        sent_at=at + timedelta(seconds=1),
        finished_at=at + timedelta(seconds=6),
    )
    SentMms.objects.create(id=sent.pk, subject=subject, is_read=True, read_at=at + timedelta(minutes=2))
    facts = {"size": part.size, "content_type": part.content_type}
    Content.objects.get_or_create(sha256=part.sha256, defaults={**facts, "created_at": at})
    Attachment.objects.create(id=next_id(), outbound_id=sent.pk, position=0, role=part.role, sha256=part.sha256, name=part.name, **facts)
    dialogue.last_message_at, dialogue.last_text, dialogue.last_is_inbound = at, text[:160], False
    dialogue.unread_count, dialogue.message_count = 0, dialogue.message_count + 1
    dialogue.save()
