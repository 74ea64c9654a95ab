"""How far a campaign is and what came of it: progress, messages, replies, opt-outs, the file of them.

What belongs here: routes. What does not: shapes (`campaign_results`), counting (`apps.campaigns.report`).
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from ninja import Path, Query, Router

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.campaign_results import (
    CampaignMessageOut,
    CampaignOptOutOut,
    MessageFilter,
    ProgressOut,
    ReasonCount,
    ReplyOut,
    message_out,
    opt_out_out,
    reply_out,
)
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.paging import Page, PagingQuery, cursor, newest_first, position
from recado.api.v1.shapes import Id, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.report import messages_of, opt_outs_of, progress, replies_of, report_rows
from recado.apps.campaigns.running import kept_back
from recado.core.receipt import OutboundState

router = Router(tags=["Campaigns"])
HEADER = ("phone", "name", "text", "segment_count", "cost", "state", "reason", "carrier_error", "sender", "sent_at", "finished_at")


@router.get(
    "/{campaign_id}/progress",
    auth=key(Scope.MESSAGES_READ),
    response=ProgressOut,
    operation_id="get_campaign_progress",
    summary="Show how far a group send is",
)
def show_progress(request: ProgramRequest, campaign_id: Path[Id]) -> ProgressOut:
    """Count by state and reason; cheap enough to ask every few seconds."""
    campaign = get_campaign_for(request.account, campaign_id)
    found, (kept, until) = progress(campaign, timezone.now()), kept_back(campaign)
    return ProgressOut(
        state=Campaign.State(campaign.state),
        recipient_count=found.recipient_count,
        waiting=found.waiting,
        handed_over=found.handed_over,
        by_state={state: found.by_state.get(state.value, 0) for state in OutboundState},
        reasons=[ReasonCount(state=OutboundState(state), reason=why, count=count) for (state, why), count in found.by_reason.items()],
        kept_back=kept,
        kept_back_until=until,
        reply_count=found.reply_count,
        opt_out_count=found.opt_out_count,
        segment_count=found.segment_count,
        cost=found.cost,
        per_second=found.per_second,
        finished_by=found.finished_by,
    )


@router.get(
    "/{campaign_id}/messages",
    auth=key(Scope.MESSAGES_READ),
    response=Page[CampaignMessageOut],
    operation_id="list_campaign_messages",
    summary="List messages of a group send",
)
def list_messages(
    request: ProgramRequest, campaign_id: Path[Id], paging: PagingQuery, only: Query[MessageFilter]
) -> Page[CampaignMessageOut]:
    """One for each recipient, written last first."""
    campaign = get_campaign_for(request.account, campaign_id)
    found = messages_of(
        campaign,
        state=only.state.value if only.state else "",
        reason=only.reason or "",
        search=only.phone or "",
        before=position(paging),
        size=paging.limit,
    )
    return _page([message_out(one) for one in found.items], found.next_before)


@router.get(
    "/{campaign_id}/replies",
    auth=key(Scope.MESSAGES_READ),
    response=Page[ReplyOut],
    operation_id="list_campaign_replies",
    summary="List replies to a group send",
)
def list_replies(request: ProgramRequest, campaign_id: Path[Id], paging: PagingQuery) -> Page[ReplyOut]:
    """Newest first, whatever people answered with."""
    found = replies_of(get_campaign_for(request.account, campaign_id), before=position(paging), size=paging.limit)
    return _page([reply_out(one) for one in found.items], found.next_before)


@router.get(
    "/{campaign_id}/opt-outs",
    auth=key(Scope.MESSAGES_READ),
    response=Page[CampaignOptOutOut],
    operation_id="list_campaign_opt_outs",
    summary="List opt-outs after a group send",
)
def list_opt_outs(request: ProgramRequest, campaign_id: Path[Id], paging: PagingQuery) -> Page[CampaignOptOutOut]:
    """Who answered that they want no more, newest first; lifted ones too."""
    return newest_first(opt_outs_of(get_campaign_for(request.account, campaign_id)), paging, opt_out_out)


@router.get(
    "/{campaign_id}/export",
    auth=key(Scope.MESSAGES_READ),
    operation_id="export_campaign",
    summary="Take away the report of a group send",
    openapi_extra=CSV_ANSWER,
)
def export(request: ProgramRequest, campaign_id: Path[Id]) -> HttpResponseBase:
    """Give a CSV file with a row for each recipient, in the order they were written."""
    campaign = get_campaign_for(request.account, campaign_id)
    return csv_response(f"recado-campaign-{campaign.pk}", HEADER, _rows(campaign))


def _rows(campaign: Campaign) -> Iterator[list[Cell]]:
    for row in report_rows(campaign):
        what: list[Cell] = [row.text, row.segment_count, row.cost, row.state, row.reason, row.carrier_error, phone_out(row.sender)]
        yield [phone_out(row.msisdn), row.name, *what, row.sent_at, row.finished_at]


def _page(items: list[Any], next_before: int | None) -> Page[Any]:
    return Page(items=items, next=cursor(next_before) if next_before else None)
