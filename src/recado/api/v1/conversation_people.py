"""What is done to the person of a conversation: into a group and out of it, opting out who wrote a flagged message.

What belongs here: routes. What does not: contacts and opt-outs by themselves (`/contacts`, `/opt-outs`).
"""

from django.db import transaction
from django.utils import timezone, translation
from ninja import Path, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.conversation_shapes import WriterGroup
from recado.api.v1.problems import ProblemOut, conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.contacts.models import Contact, OptOut
from recado.apps.contacts.opt_outs import barred_groups
from recado.apps.contacts.queries import find_contact, get_group_for
from recado.apps.contacts.services import add_contact, leave_group
from recado.apps.dialogues.flagged import get_flagged_in, newest_in, opt_out_writer
from recado.apps.dialogues.queries import get_dialogue_for
from recado.apps.inbox.models import Message

router = Router(tags=["Conversations"])


class FlaggedIn(Schema):
    """The message that is an opt-out."""

    message_id: Id | None = Field(None, description="One that is flagged; null for the newest of these.")


class WriterOptedOut(Schema):
    """An opt-out that is noted."""

    opt_out_id: int


@router.put(
    "/{conversation_id}/groups/{group_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response={200: WriterGroup, 409: ProblemOut},
    operation_id="add_writer_to_group",
    summary="Put the person into a group",
)
@transaction.atomic
def join(request: ProgramRequest, conversation_id: Path[Id], group_id: Path[Id]) -> WriterGroup:
    """Make a contact where there is none. Refused (409 `opted-out`) where the person opted out of the group, or of everything."""
    dialogue, group = get_dialogue_for(request.account, conversation_id), get_group_for(request.account, group_id)
    if barred_groups(request.account.pk, dialogue.msisdn, [group.pk]):
        raise conflict("opted-out", "The person opted out of this group, or of everything. Lift the opt-out if they ask for it.")
    add_contact(request.account, dialogue.msisdn, group_ids=[group.pk], source=Contact.Source.API)
    return WriterGroup(id=group.pk, name=group.name)


@router.delete(
    "/{conversation_id}/groups/{group_id}",
    auth=key(Scope.CONTACTS_WRITE),
    response={204: None},
    operation_id="remove_writer_from_group",
    summary="Take the person out of a group",
)
def leave(request: ProgramRequest, conversation_id: Path[Id], group_id: Path[Id]) -> Status[None]:
    """Leave the contact itself, and its other groups, as they are."""
    dialogue, group = get_dialogue_for(request.account, conversation_id), get_group_for(request.account, group_id)
    contact = find_contact(request.account, dialogue.msisdn)
    if contact is not None:
        leave_group(contact, group)
    return Status(204, None)


@router.post(
    "/{conversation_id}/opt-out",
    auth=key(Scope.CONTACTS_WRITE),
    response={201: WriterOptedOut, 409: ProblemOut},
    operation_id="opt_out_writer",
    summary="Opt the person out",
)
@transaction.atomic
def opt_out(request: ProgramRequest, conversation_id: Path[Id], body: FlaggedIn) -> Status[WriterOptedOut]:
    """Note that they want nothing any more, with a flagged message as the proof.

    Without such a message (409 `nothing-flagged`) add an opt-out under `/opt-outs`.
    """
    dialogue = get_dialogue_for(request.account, conversation_id)
    try:
        message = newest_in(dialogue) if body.message_id is None else get_flagged_in(dialogue, body.message_id)
    except Message.DoesNotExist as error:
        raise invalid("body.message_id", "is no message of this conversation that may be an opt-out") from error
    if message is None:
        raise conflict("nothing-flagged", "No message of the conversation waits to be read as an opt-out. Add the opt-out under /opt-outs.")
    noted = opt_out_writer(message, None, timezone.now())
    with translation.override(request.account.language):
        scope = str(OptOut.Scope(noted.scope).label)
    note(request, "opt_out.noted", f"+{dialogue.msisdn}", noted.pk, after={"scope": scope})
    return Status(201, WriterOptedOut(opt_out_id=noted.pk))
