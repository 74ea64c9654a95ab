"""Shapes of what came of a campaign, and rows in them.

What belongs here: what results look like. What does not: the routes (`campaign_report`).
"""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from recado.api.v1.shapes import phone_out
from recado.apps.campaigns.models import Campaign
from recado.apps.contacts.models import OptOut
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState

Digits = Annotated[str, Field(pattern="^[0-9]{1,15}$")]
Reason = Annotated[str, Field(pattern="^[a-z_]{1,40}$")]


class ReasonCount(Schema):
    """Messages that ended in a state for a reason."""

    state: OutboundState
    reason: str
    count: int


class ProgressOut(Schema):
    """A group send in figures at this moment."""

    state: Campaign.State
    recipient_count: int
    waiting: int = Field(description="Not handed over to a carrier yet.")
    handed_over: int
    by_state: dict[OutboundState, int]
    reasons: list[ReasonCount]
    kept_back: int = Field(description="Of those that wait: it is quiet where they go.")
    kept_back_until: datetime | None
    reply_count: int
    opt_out_count: int
    segment_count: int
    cost: int = Field(description="Without what was never handed over.")
    per_second: float
    finished_by: datetime | None = Field(description="When the last one will be handed over at this rate; null: that cannot be said.")


class CampaignMessageOut(Schema):
    """What became of the message to one recipient."""

    id: int
    phone: str
    sender: str
    text: str
    segment_count: int
    cost: int
    state: OutboundState
    reason: str | None
    carrier_error: str | None
    sent_at: datetime | None
    finished_at: datetime | None


class ReplyOut(Schema):
    """A message somebody answered with."""

    id: int
    phone: str
    text: str
    received_at: datetime
    dialogue_id: int | None
    answers_id: int | None = Field(description="The message it answers.")


class CampaignOptOutOut(Schema):
    """An opt-out that came as an answer."""

    id: int
    phone: str
    scope: OptOut.Scope
    text: str
    created_at: datetime
    lifted_at: datetime | None


class MessageFilter(Schema):
    """Which messages are wanted; what is left out does not narrow."""

    state: OutboundState | None = None
    reason: Reason | None = None
    phone: Digits | None = Field(None, description="A piece of the number.")


def message_out(one: OutboundMessage) -> CampaignMessageOut:
    """Show what became of a message."""
    return CampaignMessageOut(
        id=one.pk,
        phone=phone_out(one.recipient),
        sender=phone_out(one.sender),
        text=one.text,
        segment_count=one.segment_count,
        cost=one.cost,
        state=OutboundState(one.state),
        reason=one.reason or None,
        carrier_error=one.carrier_error or None,
        sent_at=one.sent_at,
        finished_at=one.finished_at,
    )


def reply_out(one: Message) -> ReplyOut:
    """Show a reply."""
    return ReplyOut(
        id=one.pk,
        phone=phone_out(one.sender),
        text=one.text,
        received_at=one.received_at,
        dialogue_id=one.dialogue_id,
        answers_id=one.answers_id,
    )


def opt_out_out(one: OptOut) -> CampaignOptOutOut:
    """Show an opt-out."""
    return CampaignOptOutOut(
        id=one.pk,
        phone=phone_out(one.msisdn),
        scope=OptOut.Scope(one.scope),
        text=one.text,
        created_at=one.created_at,
        lifted_at=one.lifted_at,
    )
