"""`/conversations/{id}/messages`: what stands in a conversation, and answering in it.

What belongs here: routes. What does not: when an answer is refused (`apps.dialogues.answering`; `refusals` for the words), shapes
(`conversation_shapes`, `message_shapes`).
"""

import uuid
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.conversation_shapes import ConversationItem, item_out
from recado.api.v1.mms_drafts import MmsIn, mms_refused, read_draft
from recado.api.v1.mms_shapes import received_multimedia, sent_multimedia
from recado.api.v1.paging import Page, PagingQuery, cursor, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.refusals import refused
from recado.api.v1.sending import NO_SENDER
from recado.api.v1.sent_shapes import OrderedReply, reply_out
from recado.api.v1.shapes import Id, Moment, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.send_limits import take
from recado.apps.dialogues import answering
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for, thread
from recado.apps.dialogues.timing import Timing
from recado.apps.inbox.models import Message
from recado.apps.mms.composing import content_of
from recado.apps.mms.drafts import MmsRefusedError
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.core.mms import MmsContent
from recado.core.receipt import OutboundState

router = Router(tags=["Conversations"])


class ReplyIn(Schema):
    """An answer."""

    text: Annotated[Text, Field(max_length=answering.MAX_CHARACTERS)] = Field("", description="May be empty where there is an `mms`.")
    mms: MmsIn | None = Field(None, description="Makes it an MMS; the number of the conversation must have them.")
    at: Moment | None = Field(None, description="Not sent before; within a year.")
    even_if_quiet: bool = Field(False, description="Send it also in the quiet hours. Without it, it waits for their end.")
    is_service: bool = Field(False, description="Owed to the person and no marketing: reaches also who opted out. It is noted.")
    seen_id: Id | None = Field(None, description="The newest message you know of: refuse if somebody answered after it, or is about to.")


@router.get(
    "/{conversation_id}/messages",
    auth=key(Scope.MESSAGES_READ),
    response=Page[ConversationItem],
    operation_id="list_conversation_messages",
    summary="List what stands in a conversation",
)
def messages(request: ProgramRequest, conversation_id: Path[Id], paging: PagingQuery) -> Page[ConversationItem]:
    """List what arrived, what was sent and notes, the newest first; `type` tells them apart."""
    dialogue = get_dialogue_for(request.account, conversation_id)
    newest = thread(dialogue, before_id=position(paging), limit=paging.limit + 1)[::-1]
    shown = newest[: paging.limit]
    received = received_multimedia(request.account, [one.pk for one in shown if isinstance(one, Message)])
    sent = sent_multimedia(request.account, [one.pk for one in shown if isinstance(one, OutboundMessage)])
    return Page(items=[item_out(one, received | sent) for one in shown], next=cursor(shown[-1].pk) if len(newest) > paging.limit else None)


@router.post(
    "/{conversation_id}/messages",
    auth=key(Scope.MESSAGES_SEND),
    response={201: OrderedReply, 409: ProblemOut},
    operation_id="reply_in_conversation",
    summary="Answer in a conversation",
)
def reply(request: ProgramRequest, conversation_id: Path[Id], body: ReplyIn) -> Status[OrderedReply]:
    """Send from the number of the conversation: at once, at its time, or when it is quiet no longer where the person is."""
    dialogue = get_dialogue_for(request.account, conversation_id)
    return _replied(request, dialogue, body, _mms(request, dialogue, body))


def _mms(request: ProgramRequest, dialogue: Dialogue, body: ReplyIn) -> MmsContent | None:
    """Make the MMS, its pictures as small as need be, which takes a moment and is done outside transactions. Raises Problem."""
    if body.mms is None:
        return None
    try:
        return content_of(read_draft(request.account, body.mms, body.text), dialogue.number, is_test=dialogue.is_test)
    except MmsRefusedError as error:
        raise mms_refused(error, NO_SENDER) from error


@transaction.atomic
def _replied(request: ProgramRequest, dialogue: Dialogue, body: ReplyIn, mms: MmsContent | None) -> Status[OrderedReply]:
    try:
        at = answering.check_time(body.at, timezone.now()) if body.at else None
        sent = answering.reply(
            request.account,
            None,
            dialogue,
            body.text,
            uuid.uuid4().hex,
            seen=body.seen_id,
            is_service=body.is_service,
            timing=Timing(at, is_urgent=body.even_if_quiet),
            origin=Origin.API,
            mms=mms,
        )
    except answering.ReplyRefusedError as error:
        raise refused(error) from error
    if sent.state != OutboundState.UNSENT and not take(request.auth, sent.kind, 1):
        raise conflict("limit-used", "The key has sent as many messages as it may. Ask whoever set its limit.")
    if body.is_service:
        note(request, "message.service", f"+{dialogue.msisdn}", dialogue.pk)
    multimedia = sent_multimedia(request.account, [sent.pk])
    if request.auth.is_test:
        transaction.set_rollback(True)
    return Status(201, reply_out(sent, multimedia, is_tried=request.auth.is_test))
