"""Deliveries and attempts as JSON.

What belongs here: shapes, and writing a page of deliveries in a few queries. What does not: routes (`deliveries`), reads (`apps.outbox`).
"""

from collections.abc import Sequence
from datetime import datetime

from ninja import Schema
from pydantic import Field

from recado.api.v1.shapes import phone_out
from recado.apps.accounts.models import Account
from recado.apps.inbox.models import Message
from recado.apps.inbox.queries import messages_by_id
from recado.apps.outbox.deliveries import as_curl
from recado.apps.outbox.models import Attempt, Job, JobState, OutboundMessage, SigningSecret
from recado.apps.outbox.queries import with_texts
from recado.apps.outbox.signed import Signed, signed_by
from recado.apps.outbox.standing import DeliveryState, state_of
from recado.core.receipt import OutboundState
from recado.core.webhook_reply import ReplyFate

_OPEN = {JobState.WAITING, JobState.CLAIMED}


class DeliveryText(Schema):
    """What became of the text, of a forward to a phone."""

    id: int
    state: OutboundState
    segments: int
    cost: int = Field(description="Minor units net of VAT.")


class DeliveryOut(Schema):
    """A message on its way to a forward, or there."""

    id: int
    forward_id: int
    forward_name: str
    state: DeliveryState
    is_test: bool
    message_id: int | None = Field(description="The received message; null for delivery reports and tests.")
    sent_message_id: int | None = Field(description="The sent message that a delivery report is about.")
    phone: str = Field(description="Who wrote; of a delivery report, who was written to.")
    text: str
    url: str | None = Field(description="Where it goes instead of the forward's address.")
    attempts: int
    next_attempt_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    last_error: str = Field(description="Empty where the last attempt succeeded.")
    sent_as: DeliveryText | None


class DeliverySignature(Schema):
    """What a signature covers and what it must be, so that a program that refuses it can be put right."""

    content: str
    header: str
    expected: str = Field(description="With the secrets in force now.")
    sent: str
    agrees: bool


class DeliveryAttempt(Schema):
    """One try, with what was sent and what was answered; without passwords and secrets."""

    id: int
    position: int
    started_at: datetime
    duration_ms: int
    request: str
    response_status: int | None = Field(description="Of HTTP, or of SMTP for mails.")
    response_headers: str
    response_body: str
    error: str
    reply: ReplyFate | None = Field(description="What became of a reply to the person in the answer.")
    curl: str | None = Field(description="A command that repeats it.")
    signed: DeliverySignature | None


class DeliveryWithAttempts(DeliveryOut):
    """A delivery with every attempt, the first first."""

    log: list[DeliveryAttempt]


def shown_deliveries(account: Account, jobs: Sequence[Job]) -> list[DeliveryOut]:
    """Write deliveries with what they are about, in a few queries for all."""
    messages = messages_by_id(account, {job.message_id for job in jobs if job.message_id})
    return [_delivery(job, messages.get(job.message_id or 0)) for job in with_texts(account, list(jobs))]


def shown_attempt(attempt: Attempt, keys: Sequence[SigningSecret], *, is_called: bool) -> DeliveryAttempt:
    """Write an attempt; `keys` are the secrets in force."""
    return DeliveryAttempt(
        id=attempt.pk,
        position=attempt.position,
        started_at=attempt.started_at,
        duration_ms=attempt.duration_ms,
        request=attempt.request,
        response_status=attempt.response_status,
        response_headers=attempt.response_headers,
        response_body=attempt.response_body,
        error=attempt.error,
        reply=ReplyFate(attempt.reply) if attempt.reply in set(ReplyFate) else None,
        curl=as_curl(attempt) if is_called and attempt.request else None,
        signed=_signed(signed_by(attempt, keys)),
    )


def _signed(found: Signed | None) -> DeliverySignature | None:
    if found is None:
        return None
    return DeliverySignature(content=found.content, header=found.header, expected=found.expected, sent=found.sent, agrees=found.agrees)


def _delivery(job: Job, message: Message | None) -> DeliveryOut:
    phone, text = _about(job, message)
    is_report = job.message_id is None and job.sample is None
    return DeliveryOut(
        id=job.pk,
        forward_id=job.destination_id or 0,
        forward_name=str(job.destination or ""),
        state=state_of(job),
        is_test=job.sample is not None,
        message_id=job.message_id,
        sent_message_id=job.outbound_message_id if is_report else None,
        phone=phone_out(phone),
        text=text,
        url=job.url or None,
        attempts=job.attempt_count,
        next_attempt_at=job.next_attempt_at if job.state in _OPEN else None,
        created_at=job.created_at,
        finished_at=job.finished_at,
        last_error=job.last_error,
        sent_as=_text(job.forwarded),
    )


def _about(job: Job, message: Message | None) -> tuple[str, str]:
    if job.sample is not None:
        return str(job.sample.get("sender", "")), str(job.sample.get("text", ""))
    if message is not None:
        return message.sender, message.text
    return (job.outbound_message.recipient, job.outbound_message.text) if job.outbound_message else ("", "")


def _text(text: OutboundMessage | None) -> DeliveryText | None:
    if text is None:
        return None
    return DeliveryText(id=text.pk, state=OutboundState(text.state), segments=text.segment_count, cost=text.cost)
