"""How received messages look, and what became of them.

What belongs here: shapes that several resources answer with, and making them of rows. What does not: sent messages (`sent_shapes`), reading
rows (`apps.inbox`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from recado.api.v1.mms_shapes import AttachmentOut, Multimedia
from recado.api.v1.shapes import phone_out
from recado.apps.inbox.log import LogRow
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.outbox.models import Job, JobKind, JobState, OutboundMessage
from recado.core.decision import Flag
from recado.core.receipt import OutboundState
from recado.core.trail import TrailEntry, TrailStep

PRIVATE = "Phone, `+` and digits; a name or a short code as it came."


class MatchedKeyword(Schema):
    """A keyword that matched."""

    id: int
    word: str


class AutomaticReply(Schema):
    """What was answered by itself."""

    id: int
    state: OutboundState


class MessageForward(Schema):
    """A forward of a message: a delivery."""

    delivery_id: int
    kind: JobKind
    forward_id: int | None
    state: JobState


class ReceivedOut(Schema):
    """A message that arrived."""

    id: int
    conversation_id: int | None
    sender: str = Field(description=PRIVATE)
    recipient: str = Field(description="Our number.")
    number_id: int | None
    kind: Literal["sms", "mms"]
    subject: str = Field(description="Of an MMS; may be empty.")
    text: str = Field(description="Of an MMS: all its text parts.")
    attachments: list[AttachmentOut] = Field(description="Parts of an MMS, in their order.")
    argument: str = Field(description="What followed the keyword.")
    keyword_id: int | None
    rule_id: int | None
    received_at: datetime
    parts_received: int
    parts_total: int
    flag: Flag = Field(description="`opt_out`: may be an opt-out, read it; `blocked`: the account blocked the sender.")
    answers_id: int | None = Field(description="The sent message it answers.")
    campaign_id: int | None
    is_test: bool


class LoggedOut(ReceivedOut):
    """A message that arrived, with what became of it."""

    name: str = Field(description="Of the contact; empty where nothing is known.")
    keyword: MatchedKeyword | None
    replies: list[AutomaticReply]
    forwards: list[MessageForward]


class TraceStep(Schema):
    """One step on the way of a message, as a code with values."""

    step: TrailStep
    values: dict[str, str | int]


def logged_out(row: LogRow, multimedia: Mapping[int, Multimedia]) -> LoggedOut:
    """Show a row of the log; `multimedia` are those of its page that are MMS."""
    return LoggedOut(
        **received_out(row.message, multimedia).model_dump(),
        name=row.contact.full_name if row.contact else "",
        keyword=keyword_ref(row.keyword),
        replies=replies_out(row.replies),
        forwards=forwards_out(row.forwards),
    )


def received_out(message: Message, multimedia: Mapping[int, Multimedia]) -> ReceivedOut:
    """Show a message that arrived; `multimedia` knows whether it is an MMS."""
    mms = multimedia.get(message.pk)
    return ReceivedOut(
        id=message.pk,
        conversation_id=message.dialogue_id,
        sender=phone_out(message.sender),
        recipient=phone_out(message.recipient),
        number_id=message.number_id,
        kind="mms" if mms else "sms",
        subject=mms.subject if mms else "",
        text=message.text,
        attachments=list(mms.attachments) if mms else [],
        argument=message.argument,
        keyword_id=message.keyword_id,
        rule_id=message.rule_id,
        received_at=message.received_at,
        parts_received=message.parts_received,
        parts_total=message.parts_total,
        flag=Flag(message.flag),
        answers_id=message.answers_id,
        campaign_id=message.campaign_id,
        is_test=message.is_test,
    )


def keyword_ref(keyword: Keyword | None) -> MatchedKeyword | None:
    """Name a keyword."""
    return MatchedKeyword(id=keyword.pk, word=keyword.word) if keyword else None


def replies_out(replies: Iterable[OutboundMessage]) -> list[AutomaticReply]:
    """Name answers and how they fare."""
    return [AutomaticReply(id=one.pk, state=OutboundState(one.state)) for one in replies]


def forwards_out(jobs: Iterable[Job]) -> list[MessageForward]:
    """Name forwards and how they fare."""
    return [
        MessageForward(delivery_id=one.pk, kind=JobKind(one.kind), forward_id=one.destination_id, state=JobState(one.state)) for one in jobs
    ]


def trace_out(entries: Iterable[TrailEntry]) -> list[TraceStep]:
    """Show a trail."""
    return [TraceStep(step=entry.step, values=entry.values) for entry in entries]
