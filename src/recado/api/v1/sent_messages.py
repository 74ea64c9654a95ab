"""`/messages` and `/messages/sent`: sending to a few phones, what was sent and how it fares, taking back what waits for its time.

What belongs here: routes. What does not: who may be written to, from what, at what cost (`apps.outbox.sending`), how an order is read
(`sending`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.mms_shapes import sent_multimedia
from recado.api.v1.paging import Page, PagingQuery, cursor, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.sending import MessagesIn, MessagesOut, ordered
from recado.api.v1.sent_shapes import SentOut, sent_out
from recado.api.v1.shapes import Id, Moment, PhoneIn
from recado.apps.accounts.models import Account
from recado.apps.accounts.scopes import Scope
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.outbox.queries import get_outbound_for
from recado.apps.outbox.release import send_now
from recado.apps.outbox.sent_messages import WantedSent, sent_page
from recado.apps.outbox.services import cancel
from recado.core.receipt import OutboundState

router = Router(tags=["Messages"])
_WAITS_NO_MORE = "It does not wait any more: look at its `state`."


class SentFilters(Schema):
    """What the list is narrowed to."""

    phone: PhoneIn | None = None
    state: OutboundState | None = None
    kind: SendKind | None = None
    origin: Origin | None = None
    campaign_id: Id | None = None
    conversation_id: Id | None = None
    unique_id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9]{3,50}$")] = None
    is_test: bool | None = None
    since: Moment | None = Field(None, description="Ordered then or later.")
    until: Moment | None = Field(None, description="Ordered then or before.")

    def for_list(self) -> WantedSent:
        """Return what is asked for."""
        return WantedSent(
            unique_ids=None if self.unique_id is None else (self.unique_id,),
            phones=None if self.phone is None else (self.phone,),
            since=self.since,
            until=self.until,
            kind=self.kind,
            campaign_id=self.campaign_id,
            states=None if self.state is None else (self.state,),
            dialogue_id=self.conversation_id,
            origin=self.origin,
            is_test=self.is_test,
        )


@router.post(
    "",
    auth=key(Scope.MESSAGES_SEND),
    response={201: MessagesOut, 409: ProblemOut},
    operation_id="send_messages",
    summary="Send a text or an MMS to a few phones",
)
def send(request: ProgramRequest, body: MessagesIn) -> Status[MessagesOut]:
    """Send it to each phone once, and say of each what became of it. Where none gets it, the answer is a problem."""
    return Status(201, ordered(request.auth, body))


@router.get("/sent", auth=key(Scope.MESSAGES_READ), response=Page[SentOut], operation_id="list_sent_messages", summary="List sent messages")
def list_sent(request: ProgramRequest, paging: PagingQuery, wanted: Query[SentFilters]) -> Page[SentOut]:
    """Begin with the last ordered. A narrowed page may be short, or empty, although older ones follow: go on while there is a `next`."""
    rows, older = sent_page(request.account, wanted.for_list(), timezone.now(), before=position(paging), size=paging.limit)
    multimedia = sent_multimedia(request.account, [one.pk for one in rows])
    return Page(items=[sent_out(one, multimedia) for one in rows], next=cursor(older) if older else None)


@router.get(
    "/sent/{message_id}", auth=key(Scope.MESSAGES_READ), response=SentOut, operation_id="get_sent_message", summary="Show a sent message"
)
def show(request: ProgramRequest, message_id: Path[Id]) -> SentOut:
    """Say where it is: `queued`, `sent`, `uncertain`, `delivered`, `undelivered`, or `unsent` for what never left."""
    return _shown(request.account, get_outbound_for(request.account, message_id))


@router.post(
    "/sent/{message_id}/cancel",
    auth=key(Scope.MESSAGES_SEND),
    response={200: SentOut, 409: ProblemOut},
    operation_id="cancel_message",
    summary="Take back what waits for its time",
)
def take_back(request: ProgramRequest, message_id: Path[Id]) -> SentOut:
    """Never send it; it costs nothing then. Refused (409 `not-waiting`) once it is on its way."""
    message = get_outbound_for(request.account, message_id)
    if not cancel(message):
        raise conflict("not-waiting", _WAITS_NO_MORE)
    return _shown(request.account, message)


@router.post(
    "/sent/{message_id}/send-now",
    auth=key(Scope.MESSAGES_SEND),
    response={200: SentOut, 409: ProblemOut},
    operation_id="send_message_now",
    summary="Send at once what waits for its time",
)
@transaction.atomic
def at_once(request: ProgramRequest, message_id: Path[Id]) -> SentOut:
    """Wait no longer. Refused (409 `not-waiting`) once it is on its way. With a key for tests it goes on waiting."""
    message = get_outbound_for(request.account, message_id)
    if not send_now(message):
        raise conflict("not-waiting", _WAITS_NO_MORE)
    shown = _shown(request.account, message)
    if request.auth.is_test:
        transaction.set_rollback(True)
    return shown


def _shown(account: Account, message: OutboundMessage) -> SentOut:
    return sent_out(message, sent_multimedia(account, [message.pk]))
