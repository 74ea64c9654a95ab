"""What is done to a conversation besides answering: read, done, later, whose, labels, notes.

What belongs here: routes. What does not: the writes (`apps.dialogues.services`), answering (`conversation_messages`), groups and opt-outs
of the person (`conversation_people`).
"""

from typing import Annotated

from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.conversation_shapes import (
    ConversationOut,
    LabelOut,
    NoteItem,
    conversation_out,
    label_out,
    member_of,
    members_by_login,
    note_out,
)
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.shapes import Id, Moment, Text
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.dialogues import services
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.news import ANSWERING_ROLES
from recado.apps.dialogues.queries import get_dialogue_for, get_label_for

router = Router(tags=["Conversations"])
_WRITE = key(Scope.MESSAGES_WRITE)


class SnoozeIn(Schema):
    """Until when a conversation is out of sight."""

    until: Moment


class AssignIn(Schema):
    """Whose a conversation is."""

    member_id: Id | None = Field(description="Somebody of the team who may answer; null for nobody.")


class LabelIn(Schema):
    """A label, by its name."""

    name: Annotated[Text, Field(min_length=1, max_length=services.LABEL_LENGTH, pattern=r"\S")]


class ConversationNoteIn(Schema):
    """A note."""

    text: Annotated[Text, Field(min_length=1, max_length=services.NOTE_LENGTH, pattern=r"\S")]


@router.post("/{conversation_id}/read", auth=_WRITE, response=ConversationOut, operation_id="mark_read", summary="Mark as read")
def read(request: ProgramRequest, conversation_id: Path[Id]) -> ConversationOut:
    """Say that somebody has seen all of it."""
    services.mark_read(get_dialogue_for(request.account, conversation_id))
    return _shown(request.account, conversation_id)


@router.post("/{conversation_id}/unread", auth=_WRITE, response=ConversationOut, operation_id="mark_unread", summary="Mark as unread")
def unread(request: ProgramRequest, conversation_id: Path[Id]) -> ConversationOut:
    """Let it look as if nobody had seen its last message."""
    services.mark_unread(get_dialogue_for(request.account, conversation_id))
    return _shown(request.account, conversation_id)


@router.post("/{conversation_id}/done", auth=_WRITE, response=ConversationOut, operation_id="finish_conversation", summary="Mark as done")
def done(request: ProgramRequest, conversation_id: Path[Id]) -> ConversationOut:
    """Take it out of the list of open ones. It opens by itself when the person writes again."""
    services.set_state(get_dialogue_for(request.account, conversation_id), Dialogue.State.DONE)
    return _shown(request.account, conversation_id)


@router.post("/{conversation_id}/reopen", auth=_WRITE, response=ConversationOut, operation_id="reopen_conversation", summary="Open again")
def reopen(request: ProgramRequest, conversation_id: Path[Id]) -> ConversationOut:
    """Have it in the list of open ones, also where it was put off."""
    services.set_state(get_dialogue_for(request.account, conversation_id), Dialogue.State.OPEN)
    return _shown(request.account, conversation_id)


@router.post("/{conversation_id}/snooze", auth=_WRITE, response=ConversationOut, operation_id="snooze_conversation", summary="Put off")
def snooze(request: ProgramRequest, conversation_id: Path[Id], body: SnoozeIn) -> ConversationOut:
    """Take it out of the list until a moment, or until the person writes; `reopen` brings it back at once."""
    if body.until <= timezone.now():
        raise invalid("body.until", "must lie ahead")
    services.snooze(get_dialogue_for(request.account, conversation_id), body.until)
    return _shown(request.account, conversation_id)


@router.post(
    "/{conversation_id}/assign",
    auth=_WRITE,
    response={200: ConversationOut, 409: ProblemOut},
    operation_id="assign_conversation",
    summary="Give to somebody",
)
def assign(request: ProgramRequest, conversation_id: Path[Id], body: AssignIn) -> ConversationOut:
    """Tell whoever gets it. Refused (409 `cannot-answer`) for those whose role may not answer."""
    dialogue = get_dialogue_for(request.account, conversation_id)
    member = member_of(request.account, body.member_id, "body.member_id") if body.member_id else None
    if member is not None and member.role not in ANSWERING_ROLES:
        raise conflict("cannot-answer", "The role of this member may not answer. Choose another, or change the role.")
    services.assign(dialogue, member.user if member else None, request.auth, f"/inbox/{dialogue.pk}/")
    return _shown(request.account, conversation_id)


@router.post(
    "/{conversation_id}/labels", auth=_WRITE, response={201: LabelOut}, operation_id="label_conversation", summary="Put a label on"
)
def label(request: ProgramRequest, conversation_id: Path[Id], body: LabelIn) -> Status[LabelOut]:
    """Find it by its name; a new name makes a new label."""
    try:
        return Status(201, label_out(services.add_label(get_dialogue_for(request.account, conversation_id), body.name)))
    except services.TextMissingError as error:
        raise invalid("body.name", f"must be a word of 1 to {services.LABEL_LENGTH} characters") from error


@router.delete(
    "/{conversation_id}/labels/{label_id}",
    auth=_WRITE,
    response={204: None},
    operation_id="unlabel_conversation",
    summary="Take a label off",
)
def unlabel(request: ProgramRequest, conversation_id: Path[Id], label_id: Path[Id]) -> Status[None]:
    """Take off one label; one that is on no conversation any more is gone."""
    dialogue = get_dialogue_for(request.account, conversation_id)
    found = get_label_for(request.account, label_id)
    services.remove_label(dialogue, dialogue.labels.get(pk=found.pk))
    return Status(204, None)


@router.post("/{conversation_id}/notes", auth=_WRITE, response={201: NoteItem}, operation_id="add_note", summary="Write a note")
def add_note(request: ProgramRequest, conversation_id: Path[Id], body: ConversationNoteIn) -> Status[NoteItem]:
    """Tell the team something that the person never sees. It stands under whoever made the key."""
    dialogue = get_dialogue_for(request.account, conversation_id)
    try:
        return Status(201, note_out(services.add_note(dialogue, request.auth.owner, body.text)))
    except services.TextMissingError as error:
        raise invalid("body.text", "must have letters") from error


def _shown(account: Account, dialogue_id: int) -> ConversationOut:
    return conversation_out(get_dialogue_for(account, dialogue_id), members_by_login(account))
