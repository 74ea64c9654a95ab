"""`/messages/received`: everything that arrived, one message with the reasons for what became of it, its octets, delivering it again.

What belongs here: routes. What does not: which messages the log has (`apps.inbox.log`), shapes (`message_shapes`), files
(`message_tables`).
"""

import binascii
from datetime import datetime
from typing import Annotated, Literal

from django.db import transaction
from django.http.response import HttpResponseBase
from ninja import Path, Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.csv_files import CSV_ANSWER, csv_response
from recado.api.v1.message_shapes import (
    LoggedOut,
    MatchedKeyword,
    MessageForward,
    ReceivedOut,
    TraceStep,
    forwards_out,
    keyword_ref,
    logged_out,
    received_out,
    trace_out,
)
from recado.api.v1.message_tables import COLUMNS, cells
from recado.api.v1.mms_shapes import received_multimedia, sent_multimedia
from recado.api.v1.paging import Page, PagingQuery, cursor, position
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.sent_shapes import SentOut, sent_out
from recado.api.v1.shapes import Id, Moment, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.inbox.log import LogFilters, message_log, neighbours, whole_log
from recado.apps.inbox.queries import get_message_for
from recado.apps.keywords.queries import keywords_of
from recado.apps.outbox.queries import forwards_of, replies_to, sent_message
from recado.apps.outbox.redelivery import redeliver_forwards
from recado.core import trail
from recado.core.message import Encoding
from recado.core.text import folded_form

router = Router(tags=["Messages"])
LONGEST_EXPORT = 100_000
"""Rows of one file; the newest are taken."""


class ReceivedFilters(Schema):
    """What the log is narrowed to."""

    search: Annotated[Text, Field(max_length=100)] = Field("", description="A phone, digits of one, or words of the text.")
    number_id: Id | None = None
    keyword_id: Id | None = None
    group_id: Id | None = Field(None, description="Messages whose rule puts people into this group.")
    is_matched: bool | None = Field(None, description="Whether a keyword matched.")
    is_test: bool | None = None
    kind: Literal["sms", "mms"] | None = None
    since: Moment | None = None
    until: Moment | None = Field(None, description="The first moment that is not asked for any more.")

    def for_log(self) -> LogFilters:
        """Return what the log is asked."""
        return LogFilters(
            self.search.strip(),
            self.number_id,
            self.keyword_id,
            self.group_id,
            self.is_matched,
            self.is_test,
            self.since,
            self.until,
            None if self.kind is None else self.kind == "mms",
        )


class ReceivedDetail(ReceivedOut):
    """A message that arrived, with its way."""

    keyword: MatchedKeyword | None
    folded_text: str = Field(description="The text as keywords are compared with it.")
    trail: list[TraceStep] = Field(description="What was considered and why; steps and values are listed in the reference.")
    replies: list[SentOut]
    forwards: list[MessageForward]
    answers: SentOut | None = Field(description="The sent message it answers.")
    earlier_id: int | None = Field(description="The message before it in its conversation.")
    later_id: int | None


class RawOut(Schema):
    """A message as the carrier handed it over."""

    id: int
    octets: str = Field(description="Hexadecimal digits.", examples=["48656c6c6f"])
    encoding: str = Field(examples=["gsm7", "latin1", "ucs2", "binary"])
    connection: str | None
    carrier_message_id: str | None
    received_at: datetime


class RedeliveredOut(Schema):
    """What is delivered again."""

    deliveries: list[MessageForward]


@router.get(
    "/received",
    auth=key(Scope.MESSAGES_READ),
    response=Page[LoggedOut],
    operation_id="list_received_messages",
    summary="List received messages",
)
def list_received(request: ProgramRequest, paging: PagingQuery, wanted: Query[ReceivedFilters]) -> Page[LoggedOut]:
    """Begin with the newest. A narrowed page may be short, or empty, although older ones follow: go on while there is a `next`."""
    page = message_log(request.account, wanted.for_log(), before=position(paging), size=paging.limit)
    multimedia = received_multimedia(request.account, [row.message.pk for row in page.rows])
    return Page(items=[logged_out(row, multimedia) for row in page.rows], next=cursor(page.older_than) if page.older_than else None)


@router.get(
    "/received.csv",
    auth=key(Scope.MESSAGES_READ),
    operation_id="export_received_messages",
    summary="Received messages as a file",
    openapi_extra=CSV_ANSWER,
)
def export(request: ProgramRequest, wanted: Query[ReceivedFilters]) -> HttpResponseBase:
    """Write CSV in UTF-8, newest first, at most 100,000 rows; texts as they came, also those that a spreadsheet would compute."""
    rows = whole_log(request.account, wanted.for_log(), LONGEST_EXPORT)
    return csv_response("received-messages", COLUMNS, cells(rows))


@router.get(
    "/received/{message_id}",
    auth=key(Scope.MESSAGES_READ),
    response=ReceivedDetail,
    operation_id="get_received_message",
    summary="Show a received message and why it did what it did",
)
def show(request: ProgramRequest, message_id: Path[Id]) -> ReceivedDetail:
    """Add its trail in machine form, what was answered, and what it was forwarded as."""
    message = get_message_for(request.account, message_id)
    earlier, later = neighbours(message)
    answered = sent_message(request.account, message.answers_id)
    replies = list(replies_to(request.account, message.pk))
    sent = sent_multimedia(request.account, [one.pk for one in (*replies, answered) if one])
    return ReceivedDetail(
        **received_out(message, received_multimedia(request.account, [message.pk])).model_dump(),
        keyword=keyword_ref(keywords_of(request.account).filter(pk=message.keyword_id or 0).first()),
        folded_text=folded_form(message.text),
        trail=trace_out(trail.from_json(message.trail)),
        replies=[sent_out(one, sent) for one in replies],
        forwards=forwards_out(forwards_of(request.account, message.pk)),
        answers=sent_out(answered, sent) if answered else None,
        earlier_id=earlier,
        later_id=later,
    )


@router.get(
    "/received/{message_id}/raw",
    auth=key(Scope.MESSAGES_READ),
    response=RawOut,
    operation_id="get_raw_message",
    summary="A received message as the carrier handed it over",
)
def raw(request: ProgramRequest, message_id: Path[Id]) -> RawOut:
    """Give the octets of its text, before anything was decoded."""
    message = get_message_for(request.account, message_id)
    return RawOut(
        id=message.pk,
        octets=binascii.hexlify(bytes(message.raw)).decode(),
        encoding=Encoding(message.encoding).name.lower(),
        connection=message.connection.name if message.connection else None,
        carrier_message_id=message.carrier_message_id,
        received_at=message.received_at,
    )


@router.post(
    "/received/{message_id}/redeliver",
    auth=key(Scope.FORWARDS_WRITE),
    response={200: RedeliveredOut, 409: ProblemOut},
    operation_id="redeliver_message",
    summary="Forward a received message once more",
)
@transaction.atomic
def redeliver(request: ProgramRequest, message_id: Path[Id]) -> RedeliveredOut:
    """Call every web address again that it was forwarded to.

    Refused (409 `nothing-to-deliver`) where it is on its way already, or all are gone.
    """
    message = get_message_for(request.account, message_id)
    again = redeliver_forwards(request.account, message.pk)
    if not again:
        raise conflict("nothing-to-deliver", "It is on its way already, was forwarded nowhere, or the forward is gone.")
    note(request, "message.redelivered", str(message.pk), message.pk)
    return RedeliveredOut(deliveries=forwards_out(again))
