"""Sending a campaign: trying it on one phone, sending it, stopping it, taking back its time.

What belongs here: routes and shapes. What does not: what it would do (`campaign_estimate`), the writes (`apps.campaigns`).
"""

from typing import Annotated

from django.db import transaction
from django.utils import timezone
from ninja import Path, Router, Schema
from pydantic import Field, Strict

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_shapes import CampaignOut
from recado.api.v1.campaign_trouble import campaign_problems, check_test_key, refuse_unless_draft
from recado.api.v1.campaigns import answer
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, PhoneIn
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.multimedia import ready_files
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.running import stop
from recado.apps.campaigns.services import cancel_schedule, send, send_to_myself

router = Router(tags=["Campaigns"])


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
def send_it(request: ProgramRequest, campaign_id: Path[Id], body: SendIn) -> CampaignOut:
    """Send at once, or at `scheduled_at`; the whole cost is reserved now. Nothing is sent (409) if count or cost changed."""
    campaign = get_campaign_for(request.account, campaign_id)
    check_test_key(request, campaign)
    later, expected = campaign.scheduled_at, {"expected_count": body.recipient_count, "expected_cost": body.cost}
    refuse_unless_draft(campaign)
    with campaign_problems():
        ready_files(campaign)  # outside the transaction: pictures take a moment
    with transaction.atomic():
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
