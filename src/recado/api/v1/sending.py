"""An order of a program: one text to a few phones, read, sent, and answered for each of them.

What belongs here: the order's shapes, and words for what was refused. What does not: the route (`sent_messages`), sending
(`apps.outbox.sending`), sends to thousands (`/campaigns`).
"""

from datetime import timedelta
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import Field

from recado.api.v1.mms_drafts import MmsIn, mms_refused, read_draft
from recado.api.v1.problems import Problem, conflict, invalid
from recado.api.v1.shapes import Moment, Text, phone_out
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.dialogues.answering import FARTHEST
from recado.apps.mms.drafts import MmsRefusedError
from recado.apps.mms.sending import send_mms_in_portions
from recado.apps.outbox.answers import NotSent, Outgoing, Sent
from recado.apps.outbox.destinations import DestinationUrlError, check_url, receipts_destination
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.senders import NoSenderError, SenderRefusal, written_sender
from recado.apps.outbox.sending import send_texts
from recado.apps.outbox.services import Order

MOST = 500
"""Phones of one order; more are a campaign."""
LATENESS = timedelta(minutes=5)
"""A time that went by while the call was under way still means now."""
_MOST_CHARACTERS = 1530
_NOT_SENT = {
    NotSent.INVALID_NUMBER: "No phone has this number, or it is one of this installation's.",
    NotSent.OPTED_OUT: "The person opted out.",
    NotSent.BLOCKED: "The account blocked this phone. Unblock it first.",
    NotSent.NO_POOL_NUMBER: "No pool number is free for this phone. Send under a name or a number of your own.",
    NotSent.NO_TEXT: "The text is empty.",
    NotSent.TEXT_TOO_LONG: "The text is too long. Shorten it, or leave out letters that need Unicode.",
    NotSent.BAD_UNIQUE_ID: "`unique_id` must be 3 to 50 letters and figures.",
    NotSent.UNIQUE_ID_TAKEN: "Another message has this `unique_id`. If you sent it before, it need not be sent again.",
    NotSent.LIMIT_USED: "The key has sent as many messages as it may. Ask whoever set its limit.",
    NotSent.NO_CREDIT: "The credit does not reach: {missing} minor units are missing. Top up, then send again.",
}
NO_SENDER: dict[object, str] = {
    SenderRefusal.NO_SENDER: "Name a sender.",
    SenderRefusal.NAME_NOT_APPROVED: "The account has no such name, or it is not approved yet. See the names in the panel.",
    SenderRefusal.NOT_OWN_NUMBER: "The account has no such number.",
    SenderRefusal.CANNOT_SEND: "The number is suspended, or its carrier takes no texts from it. Take another sender.",
    SenderRefusal.NO_POOL: "This installation has no pool numbers. Name a `sender` of your own.",
    SenderRefusal.NO_CONNECTION: "There is no link to a carrier. Ask the operator of this installation.",
    SenderRefusal.NO_MMS: "This number cannot send MMS. Name a number of yours that has MMS.",
    SenderRefusal.NOT_SURVEYS_NUMBER: "A survey is sent from its own number, so that answers come back to it.",
}


class MessagesIn(Schema):
    """A text, or an MMS, to a few phones."""

    phones: list[Annotated[Text, Field(min_length=1, max_length=32)]] = Field(min_length=1, max_length=MOST)
    text: Annotated[Text, Field(max_length=_MOST_CHARACTERS)] = Field("", description="May be empty where there is an `mms`.")
    mms: MmsIn | None = Field(None, description="Makes it an MMS; `sender` must be a number of the account that has MMS.")
    sender: Annotated[Text, Field(max_length=20, pattern=r"\S")] | None = Field(
        None, description="An approved name or a number of the account; null for ECO+, a number of the pool."
    )
    at: Moment | None = Field(None, description="Not sent before; within a year.")
    flash: bool = Field(False, description="Shown at once and not kept by the phone.")
    unique_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{3,50}$")] | None = Field(
        None, description="Your own id, with a single phone: no two messages have the same."
    )
    dlr_url: Annotated[Text, Field(max_length=2000)] | None = Field(None, description="Told how each message ended.")
    test: bool = Field(False, description="Only say what would become of it: nothing is sent, kept or paid.")


class MessageOutcome(Schema):
    """What became of one phone."""

    phone: str
    id: int | None = Field(description="Of the sent message; null where there is none, and in tests.")
    state: Literal["queued", "refused"]
    code: NotSent | None = Field(description="Why it was refused.")
    detail: str
    segment_count: int
    cost: int = Field(description="In minor units, net of VAT.")


class MessagesOut(Schema):
    """What became of an order."""

    queued: int
    refused: int
    cost: int
    items: list[MessageOutcome]


def ordered(program: ApiUser, body: MessagesIn) -> MessagesOut:
    """Send as a program, and say what became of each phone; raise Problem where none gets it."""
    if body.unique_id is not None and len(body.phones) > 1:
        raise invalid("body.unique_id", "is for a single phone; send to the others in calls of their own")
    try:
        sent = _sent(program, body, is_test=body.test or program.is_test)
    except MmsRefusedError as error:
        raise mms_refused(error, NO_SENDER) from error
    except NoSenderError as error:
        raise conflict(f"sender-{error.reason.value.replace('_', '-')}", NO_SENDER[error.reason]) from error
    if not any(one.is_queued for one in sent):
        raise _nothing_sent(sent)
    items = [_item(one) for one in sent]
    queued = sum(one.is_queued for one in sent)
    return MessagesOut(queued=queued, refused=len(sent) - queued, cost=sum(one.cost for one in sent), items=items)


def _sent(program: ApiUser, body: MessagesIn, *, is_test: bool) -> list[Sent]:
    account, now = program.account, timezone.now()
    if body.at is not None and not now - LATENESS <= body.at <= now + FARTHEST:
        raise invalid("body.at", "must lie ahead, within a year")
    name, number = written_sender(account, body.sender) if body.sender else (None, None)
    order = Order(
        kind=SendKind.FULL if body.sender else SendKind.ECO,
        sender_name=name,
        is_flash=body.flash,
        scheduled_at=body.at if body.at and body.at > now else None,
        receipt_destination_id=_reports_to(account, body.dlr_url, is_test=is_test),
    )
    outgoing = [Outgoing(phone, body.text, body.unique_id) for phone in body.phones]
    if body.mms is not None:
        if number is None:
            raise NoSenderError(SenderRefusal.NO_MMS)
        draft = read_draft(account, body.mms, body.text)
        portions = send_mms_in_portions(
            account, number, outgoing, draft, now=now, origin=Origin.API, order=order, dry_run=is_test, program=program
        )
        return [one for some in portions for one in some]
    if not body.text.strip():
        raise invalid("body.text", "must have letters")
    return send_texts(account, outgoing, now=now, origin=Origin.API, number=number, order=order, dry_run=is_test, program=program)


def _reports_to(account: Account, url: str | None, *, is_test: bool) -> int | None:
    """Find or make the place reports go to; a test makes none."""
    if url is None:
        return None
    try:
        check_url(url)
        return None if is_test else receipts_destination(account, url).pk
    except DestinationUrlError as error:
        raise invalid("body.dlr_url", "must be an address that begins with http:// or https://") from error


def _nothing_sent(sent: list[Sent]) -> Problem:
    """Say why nobody gets it, by the reason of the first."""
    first = sent[0]
    errors = [{"field": "body.phones", "message": f"{one.phone}: {_why(one)}"} for one in sent]
    return Problem(409, _code(first), "Nothing was sent", _why(first), errors=errors)


def _item(one: Sent) -> MessageOutcome:
    return MessageOutcome(
        phone=one.phone if one.reason is NotSent.INVALID_NUMBER else phone_out(one.phone),
        id=one.message_id,
        state="queued" if one.is_queued else "refused",
        code=one.reason,
        detail=_why(one),
        segment_count=one.segment_count,
        cost=one.cost,
    )


def _why(one: Sent) -> str:
    return _NOT_SENT[one.reason].format(missing=one.missing) if one.reason else ""


def _code(one: Sent) -> str:
    return one.reason.value.replace("_", "-") if one.reason else ""
