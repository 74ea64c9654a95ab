"""How conversations look: in a list, alone, and what stands in one.

What belongs here: shapes, and making them of rows. What does not: reading rows (`apps.dialogues`), messages (`message_shapes`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, RootModel

from recado.api.v1.message_shapes import PRIVATE, ReceivedOut, received_out
from recado.api.v1.mms_shapes import Multimedia
from recado.api.v1.problems import invalid
from recado.api.v1.sent_shapes import SentOut, sent_out
from recado.api.v1.shapes import phone_out
from recado.apps.accounts.models import Account, Membership
from recado.apps.accounts.queries import get_member_for, members_of
from recado.apps.dialogues.answering import Refusal
from recado.apps.dialogues.models import Dialogue, Label, Note
from recado.apps.dialogues.queries import Item
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.core.decision import Flag

Members = Mapping[int, int]
"""The id of the membership by that of the login: who is of the team."""


class ConversationNumber(Schema):
    """One of our numbers."""

    id: int
    digits: str = Field(description="With `+`; a short code as it is.")


class ConversationContact(Schema):
    """Who it is, as far as it is known."""

    id: int
    name: str


class ConversationAssignee(Schema):
    """Somebody of the team."""

    member_id: int | None = Field(description="None where they have left the team.")
    name: str


class LabelOut(Schema):
    """A label."""

    id: int
    name: str


class ConversationOut(Schema):
    """What one number and one phone exchanged."""

    id: int
    phone: str = Field(description=PRIVATE)
    number: ConversationNumber
    contact: ConversationContact | None
    state: Dialogue.State
    snoozed_until: datetime | None = Field(description="Out of the list until then, or until the person writes.")
    assignee: ConversationAssignee | None
    labels: list[LabelOut]
    unread_count: int
    message_count: int
    last_message_at: datetime
    last_text: str = Field(description="Its beginning.")
    last_is_inbound: bool
    last_keyword: str = Field(description="The keyword that matched last; empty where none did.")
    may_want_out: bool = Field(description="The newest message may be an opt-out: read it.")
    is_test: bool


class HowToAnswer(Schema):
    """Whether and how a conversation can be answered now."""

    why_not: Refusal | None = Field(description="Why nothing can be sent; null where it can.")
    sender: str = Field(description="What the phone would show; empty where nothing can be sent.")
    segment_price: int = Field(description="In minor units, net of VAT.")
    quiet_until: datetime | None = Field(description="It is quiet at the person's until then: an answer waits, unless it says otherwise.")


class WriterGroup(Schema):
    """A group the person is in."""

    id: int
    name: str


class ConversationDetail(ConversationOut):
    """A conversation with what stands beside it."""

    groups: list[WriterGroup]
    is_blocked: bool
    is_opted_out: bool = Field(description="Of everything, or of what comes from this number.")
    may_be_opt_out_id: int | None = Field(description="The newest message that may be an opt-out and that nobody dealt with.")
    answer: HowToAnswer


class ReceivedItem(ReceivedOut):
    """A message of a conversation that arrived."""

    type: Literal["received"]


class SentItem(SentOut):
    """A message of a conversation that was sent, or waits for its time."""

    type: Literal["sent"]


class NoteItem(Schema):
    """What the team, or a program, wrote down; the person never sees it."""

    type: Literal["note"]
    id: int
    text: str
    author: str
    created_at: datetime


class ConversationItem(RootModel[Annotated[ReceivedItem | SentItem | NoteItem, Field(discriminator="type")]]):
    """What stands in a conversation."""


def members_by_login(account: Account) -> Members:
    """Find who is of the team, for naming assignees."""
    return dict(members_of(account).values_list("user_id", "pk"))


def member_of(account: Account, member_id: int, field: str) -> Membership:
    """Find somebody of the team that a field of the request names. Raises Problem."""
    try:
        return get_member_for(account, member_id)
    except Membership.DoesNotExist as error:
        raise invalid(field, "is nobody of the team") from error


def conversation_out(dialogue: Dialogue, members: Members) -> ConversationOut:
    """Show a conversation read by `apps.dialogues.queries`."""
    contact, assignee = dialogue.contact, dialogue.assignee
    return ConversationOut(
        id=dialogue.pk,
        phone=phone_out(dialogue.msisdn),
        number=ConversationNumber(id=dialogue.number_id, digits=phone_out(dialogue.number.digits)),
        contact=ConversationContact(id=contact.pk, name=contact.full_name) if contact else None,
        state=Dialogue.State(dialogue.state),
        snoozed_until=dialogue.snoozed_until,
        assignee=ConversationAssignee(member_id=members.get(assignee.pk), name=str(assignee)) if assignee else None,
        labels=[label_out(label) for label in dialogue.labels.all()],
        unread_count=dialogue.unread_count,
        message_count=dialogue.message_count,
        last_message_at=dialogue.last_message_at,
        last_text=dialogue.last_text,
        last_is_inbound=dialogue.last_is_inbound,
        last_keyword=getattr(dialogue, "keyword_word", None) or "",
        may_want_out=getattr(dialogue, "last_flag", None) == Flag.OPT_OUT,
        is_test=dialogue.is_test,
    )


def item_out(item: Item, multimedia: Mapping[int, Multimedia]) -> ConversationItem:
    """Show what stands in a conversation; `multimedia` are those of its page that are MMS."""
    if isinstance(item, Message):
        return ConversationItem(ReceivedItem(type="received", **received_out(item, multimedia).model_dump()))
    if isinstance(item, OutboundMessage):
        return ConversationItem(SentItem(type="sent", **sent_out(item, multimedia).model_dump()))
    return ConversationItem(note_out(item))


def note_out(note: Note) -> NoteItem:
    """Show a note."""
    return NoteItem(type="note", id=note.pk, text=note.text, author=str(note.author or ""), created_at=note.created_at)


def label_out(label: Label) -> LabelOut:
    """Show a label."""
    return LabelOut(id=label.pk, name=label.name)
