"""What a campaign would do: whom it reaches, what it costs, how one of them reads it.

What belongs here: routes and shapes. What does not: the sums (`apps.campaigns`), sending it (`campaign_sending`).
"""

from datetime import datetime
from typing import Annotated

from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_shapes import CampaignLeftOut
from recado.api.v1.campaign_trouble import code_of, refuse_unless_draft
from recado.api.v1.mms_drafts import mms_code
from recado.api.v1.problems import ProblemOut, not_found
from recado.api.v1.shapes import Id, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.audience import MOST_RECIPIENTS
from recado.apps.campaigns.errors import CampaignRefusal
from recado.apps.campaigns.estimating import Estimate, Preview, cost_without_accents, estimate, preview
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import mms_problems
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.quiet import quiet_at_beginning
from recado.apps.campaigns.sender import check_sender
from recado.apps.campaigns.services import refusals_of
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
    left_out: CampaignLeftOut
    unicode_count: int = Field(description="People whose text does not fit the GSM alphabet, which makes it dearer.")
    cost_without_accents: int | None = Field(description="What it would cost written without accents; null where that saves nothing.")
    empty_count: int = Field(description="People who would get no text.")
    unknown_placeholders: list[str] = Field(description="Nothing is put in place of them; they would be sent as typed.")
    missing_credit: int = Field(description="Minor units by which the credit does not reach.")
    quiet: QuietOut | None
    problems: list[str] = Field(description="Codes of what keeps it from being sent; empty: nothing does.")
    previews: list[PreviewOut] = Field(description="Of the first recipients.")


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
        left_out=CampaignLeftOut(
            duplicate=skipped.duplicate,
            opted_out=skipped.opted_out,
            blocked=skipped.blocked,
            excluded=skipped.excluded,
            invalid=skipped.invalid,
        ),
        unicode_count=found.unicode_count,
        cost_without_accents=cost_without_accents(campaign, found.cost, now) if found.unicode_count and found.cost else None,
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


def _problems(campaign: Campaign, found: Estimate, now: datetime) -> list[str]:
    reasons = [code_of(reason) for reason in refusals_of(found)]
    if campaign.scheduled_at is not None and campaign.scheduled_at <= now:
        reasons.append(code_of(CampaignRefusal.IN_THE_PAST))
    try:
        check_sender(campaign)
    except NoSenderError as error:
        reasons.append(code_of(error.reason))
    reasons += [mms_code(one) for one in mms_problems(campaign)]
    return list(dict.fromkeys(reasons))


def _preview(found: Preview) -> PreviewOut:
    return PreviewOut(phone=phone_out(found.msisdn), name=found.name, text=found.text, segment_count=found.segmentation.count)
