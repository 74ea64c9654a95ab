"""Sending a campaign: what it would do, trying it on one phone, sending it, stopping it, taking back its time.

What belongs here: routes and shapes. What does not: sums and writes (`apps.campaigns`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field, Strict

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_shapes import CampaignOut, LeftOut
from recado.api.v1.campaign_trouble import campaign_problems, check_test_key, code_of, refuse_unless_draft
from recado.api.v1.campaigns import answer
from recado.api.v1.problems import ProblemOut, conflict, not_found
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.audience import MOST_RECIPIENTS
from recado.apps.campaigns.errors import CampaignRefusal
from recado.apps.campaigns.estimating import Estimate, Preview, estimate, preview
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.quiet import quiet_at_beginning
from recado.apps.campaigns.running import stop
from recado.apps.campaigns.sender import check_sender
from recado.apps.campaigns.services import cancel_schedule, refusals_of, send, send_to_myself
from recado.apps.outbox.credit import missing_for
from recado.apps.outbox.senders import NoSenderError

router = Router(tags=["Campaigns"])
Position = Annotated[int, Field(ge=1, le=MOST_RECIPIENTS)]


class PreviewOut(Schema):
    """What one recipient gets."""

    phone: str
    name: str
    text: str
    segment_count: int


class QuietOut(Schema):
    """People in their quiet hours when it begins; theirs goes afterwards."""

    recipient_count: int
    until: datetime


class EstimateOut(Schema):
    """A draft in figures, as if it were sent now."""

    recipient_count: int
    cost: int = Field(description="Minor units, net; nothing for a test.")
    segment_count: int
    fewest_segments: int
    most_segments: int
    left_out: LeftOut
    unicode_count: int = Field(description="People whose text does not fit the GSM alphabet, which makes it dearer.")
    empty_count: int = Field(description="People who would get no text.")
    unknown_placeholders: list[str] = Field(description="Nothing is put in place of them; they would be sent as typed.")
    missing_credit: int = Field(description="Minor units by which the credit does not reach.")
    quiet: QuietOut | None
    problems: list[str] = Field(description="Codes of what keeps it from being sent; empty: nothing does.")
    previews: list[PreviewOut] = Field(description="Of the first recipients.")


class SendIn(Schema):
    """What the estimate said: it is sent only if that still holds."""

    recipient_count: Annotated[int, Strict(), Field(ge=0, le=10**9)]
    cost: Annotated[int, Strict(), Field(ge=0, lt=2**53)]


class TryIn(Schema):
    """Where the text goes first."""

    phone: PhoneIn


class TriedOut(Schema):
    """The message that was sent to try."""

    message_id: int
    segment_count: int
    cost: int


@router.get(
    "/{campaign_id}/estimate",
    auth=key(Scope.MESSAGES_READ),
    response={200: EstimateOut, 409: ProblemOut},
    operation_id="estimate_campaign",
    summary="Estimate a draft",
)
def show_estimate(request: ProgramRequest, campaign_id: Path[Id]) -> EstimateOut:
    """Say whom it reaches and what it costs if it were sent now: what `send` asks for. Of drafts only (409 `not-a-draft`)."""
    campaign, now = get_campaign_for(request.account, campaign_id), timezone.now()
    refuse_unless_draft(campaign)
    found = estimate(campaign, now)
    quiet = quiet_at_beginning(campaign, now)
    missing = missing_for(campaign.account, found.cost)
    skipped = found.skipped
    return EstimateOut(
        recipient_count=found.recipient_count,
        cost=found.cost,
        segment_count=found.segment_count,
        fewest_segments=found.fewest_segments,
        most_segments=found.most_segments,
        left_out=LeftOut(
            duplicate=skipped.duplicate,
            opted_out=skipped.opted_out,
            blocked=skipped.blocked,
            excluded=skipped.excluded,
            invalid=skipped.invalid,
        ),
        unicode_count=found.unicode_count,
        empty_count=found.empty_count,
        unknown_placeholders=found.unknown_placeholders,
        missing_credit=missing,
        quiet=QuietOut(recipient_count=quiet.count, until=quiet.until) if quiet else None,
        problems=[*_problems(campaign, found, now), *(["no-credit"] if missing else [])],
        previews=[_preview(one) for one in found.previews],
    )


@router.get(
    "/{campaign_id}/preview",
    auth=key(Scope.MESSAGES_READ),
    response={200: PreviewOut, 409: ProblemOut},
    operation_id="preview_campaign",
    summary="Show the text of one recipient",
)
def show_preview(request: ProgramRequest, campaign_id: Path[Id], position: Position = 1) -> PreviewOut:
    """Write out what the recipient at a position gets, counted from 1 in the order of numbers. Of drafts only (409 `not-a-draft`)."""
    campaign = get_campaign_for(request.account, campaign_id)
    refuse_unless_draft(campaign)
    found = preview(campaign, timezone.now(), position - 1)
    if found is None:
        raise not_found()
    return _preview(found)


@router.post(
    "/{campaign_id}/try",
    auth=key(Scope.MESSAGES_SEND),
    response={200: TriedOut, 409: ProblemOut},
    operation_id="try_campaign",
    summary="Try a draft on one phone",
)
def try_first(request: ProgramRequest, campaign_id: Path[Id], body: TryIn) -> TriedOut:
    """Send the text of the first recipient to one phone, as a single message at its price."""
    campaign = get_campaign_for(request.account, campaign_id)
    refuse_unless_draft(campaign)
    check_test_key(request, campaign)
    with campaign_problems():
        message = send_to_myself(campaign, body.phone, now=timezone.now())
    return TriedOut(message_id=message.pk, segment_count=message.segment_count, cost=message.cost)


@router.post(
    "/{campaign_id}/send",
    auth=key(Scope.MESSAGES_SEND),
    response={200: CampaignOut, 409: ProblemOut},
    operation_id="send_campaign",
    summary="Send a draft",
)
@transaction.atomic
def send_it(request: ProgramRequest, campaign_id: Path[Id], body: SendIn) -> CampaignOut:
    """Send at once, or at `scheduled_at`; the whole cost is reserved now. Nothing is sent (409) if count or cost changed."""
    campaign = get_campaign_for(request.account, campaign_id)
    check_test_key(request, campaign)
    later, expected = campaign.scheduled_at, {"expected_count": body.recipient_count, "expected_cost": body.cost}
    refuse_unless_draft(campaign)
    with campaign_problems():
        is_mine = send(campaign, now=timezone.now(), scheduled_at=later, **expected)
    if not is_mine:
        refuse_unless_draft(campaign)
    action = "send.scheduled" if later else "send.sent"
    note(request, action, campaign.name, campaign.pk, after={"recipients": body.recipient_count, "cost": body.cost})
    return answer(request, campaign_id)


@router.post(
    "/{campaign_id}/stop",
    auth=key(Scope.MESSAGES_SEND),
    response={200: CampaignOut, 409: ProblemOut},
    operation_id="stop_campaign",
    summary="Stop a group send",
)
@transaction.atomic
def stop_it(request: ProgramRequest, campaign_id: Path[Id]) -> CampaignOut:
    """Give out nothing more; what is being handed over at this moment still goes. Refused (409 `not-under-way`) before and after."""
    campaign = get_campaign_for(request.account, campaign_id)
    if not stop(campaign, now=timezone.now()):
        raise conflict("not-under-way", "It is not being sent. One that is scheduled is taken back with `cancel`.")
    note(request, "send.stopped", campaign.name, campaign.pk)
    return answer(request, campaign_id)


@router.post(
    "/{campaign_id}/cancel",
    auth=key(Scope.MESSAGES_SEND),
    response={200: CampaignOut, 409: ProblemOut},
    operation_id="cancel_campaign",
    summary="Take back a scheduled group send",
)
@transaction.atomic
def cancel(request: ProgramRequest, campaign_id: Path[Id]) -> CampaignOut:
    """Make it a draft again and give back the money. Refused (409 `not-scheduled`) once its time has come."""
    campaign = get_campaign_for(request.account, campaign_id)
    if not cancel_schedule(campaign):
        raise conflict("not-scheduled", "It does not wait for its time. One that is being sent is ended with `stop`.")
    note(request, "send.cancelled", campaign.name, campaign.pk)
    return answer(request, campaign_id)


def _problems(campaign: Campaign, found: Estimate, now: datetime) -> list[str]:
    reasons = [code_of(reason) for reason in refusals_of(found)]
    if campaign.scheduled_at is not None and campaign.scheduled_at <= now:
        reasons.append(code_of(CampaignRefusal.IN_THE_PAST))
    try:
        check_sender(campaign)
    except NoSenderError as error:
        reasons.append(code_of(error.reason))
    return reasons


def _preview(found: Preview) -> PreviewOut:
    return PreviewOut(phone=phone_out(found.msisdn), name=found.name, text=found.text, segment_count=found.segmentation.count)
