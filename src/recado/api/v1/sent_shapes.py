"""How sent messages look, and those that wait for their time.

What belongs here: shapes that several resources answer with, and making them of rows. What does not: received messages (`message_shapes`),
reading rows (`apps.outbox`).
"""

from collections.abc import Mapping
from datetime import datetime

from ninja import Schema
from pydantic import Field

from recado.api.v1.mms_shapes import AttachmentOut, Multimedia
from recado.api.v1.shapes import phone_out
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.core.receipt import OutboundState


class SentFields(Schema):
    """What is known of a message that was sent, or will be."""

    conversation_id: int | None
    phone: str
    sender: str = Field(description="What the phone shows: one of our numbers, or a name.")
    kind: SendKind = Field(description="`eco` and `full` are texts.")
    subject: str = Field(description="Of an MMS; may be empty.")
    text: str
    attachments: list[AttachmentOut] = Field(description="Files of an MMS, in their order, as small as they were sent.")
    is_read: bool | None = Field(description="Of an MMS: whether the reader's phone said that it was read, or deleted unread (false).")
    read_at: datetime | None
    segment_count: int
    state: OutboundState
    reason: str = Field(description="Why it was not delivered, or never sent; a word of the table in the reference.")
    origin: Origin
    author: str = Field(description="Who of the team wrote it; empty where nobody did.")
    cost: int = Field(description="Of all segments, in minor units, net of VAT.")
    is_test: bool
    is_flash: bool
    unique_id: str | None
    campaign_id: int | None
    answers_id: int | None = Field(description="The received message it answers by itself.")
    created_at: datetime
    scheduled_at: datetime | None = Field(description="Not sent before.")
    sent_at: datetime | None
    finished_at: datetime | None = Field(description="When it was delivered, or given up.")


class SentOut(SentFields):
    """A message that was sent, or waits for its time."""

    id: int


class OrderedReply(SentFields):
    """An answer that was ordered."""

    id: int | None = Field(description="None with a key for tests, which sends nothing.")


def sent_out(message: OutboundMessage, multimedia: Mapping[int, Multimedia]) -> SentOut:
    """Show a message that was sent; `multimedia` knows what it has beside its text."""
    return SentOut(id=message.pk, **_sent_fields(message, multimedia).model_dump())


def reply_out(message: OutboundMessage, multimedia: Mapping[int, Multimedia], *, is_tried: bool) -> OrderedReply:
    """Show an answer; one that was only tried has no id."""
    return OrderedReply(id=None if is_tried else message.pk, **_sent_fields(message, multimedia).model_dump())


def _sent_fields(message: OutboundMessage, multimedia: Mapping[int, Multimedia]) -> SentFields:
    mms = multimedia.get(message.pk, Multimedia())
    return SentFields(
        conversation_id=message.dialogue_id,
        phone=phone_out(message.recipient),
        sender=phone_out(message.sender),
        kind=SendKind(message.kind),
        subject=mms.subject,
        text=message.text,
        attachments=list(mms.attachments),
        is_read=mms.is_read,
        read_at=mms.read_at,
        segment_count=message.segment_count,
        state=OutboundState(message.state),
        reason=message.reason,
        origin=Origin(message.origin),
        author=str(message.author) if message.author else "",
        cost=message.cost,
        is_test=message.is_test,
        is_flash=message.is_flash,
        unique_id=message.unique_id,
        campaign_id=message.campaign_id,
        answers_id=message.in_reply_to_id,
        created_at=message.created_at,
        scheduled_at=message.scheduled_at,
        sent_at=message.sent_at,
        finished_at=message.finished_at,
    )
