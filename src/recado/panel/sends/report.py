"""The page of one group send: how far it is, who got it, who answered; and the file of it.

What belongs here: requests and responses. What does not: reads (`apps.campaigns.report`), figures in words (`progress`).
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import files_of
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.report import ReportRow, messages_of, opt_outs_of, replies_of, report_rows
from recado.apps.contacts.queries import contacts_by_number
from recado.apps.outbox.senders import SenderRefusal
from recado.apps.paging import page_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.exporting import MOST_ROWS, Cell, export_response
from recado.panel.ids import id_of
from recado.panel.media.kept import shown_files
from recado.panel.send_words import NO_SENDER
from recado.panel.sends.checking import left_out_of
from recado.panel.sends.facts import options_of, sources_of
from recado.panel.sends.progress import seconds_between_looks, shown_progress, state_choices
from recado.panel.templatetags.recado import reason_word, state_word

PAGE = 50
LISTS = ("people", "replies", "opt-outs")


@require_safe
@member_required
@may_read
def detail(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Show a group send; a draft is shown to be gone on with to those who may."""
    campaign = get_campaign_for(request.account, campaign_id)
    if campaign.state == Campaign.State.DRAFT and request.may_send:
        return redirect("send-edit", campaign.pk)
    context = live_context(campaign) | {"send_files": {"files": shown_files(request.account, files_of(campaign))}}
    if campaign.started_at:
        context |= _listed(request, campaign)
    return render(request, "panel/sends/detail.html", context)


@require_safe
@member_required
@may_read
def progress_piece(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Give what changed on an open page: it asks while messages are under way."""
    campaign = get_campaign_for(request.account, campaign_id)
    return render(request, "panel/live/send.html", live_context(campaign))


@require_safe
@member_required
@may_read
def export(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Give everybody it went to as a file, with what became of each message."""
    campaign = get_campaign_for(request.account, campaign_id)
    name = f"recado-send-{campaign.pk}-{timezone.localdate():%Y-%m-%d}"
    return export_response(request.GET.get("as", ""), name, _header(), map(_cells, report_rows(campaign, MOST_ROWS)))


def live_context(campaign: Campaign) -> dict[str, Any]:
    """Give what the pieces of the page that change by themselves need."""
    now = timezone.now()
    shown = shown_progress(campaign, now)
    is_later = campaign.scheduled_at is not None and campaign.scheduled_at > now
    without = left_out_of(campaign) if campaign.started_at else []
    return {
        "campaign": campaign,
        "progress": shown,
        "asks_itself": seconds_between_looks(campaign, shown, now),
        "is_later": is_later,
        "is_beginning": campaign.state == Campaign.State.PREPARING or (campaign.state == Campaign.State.SCHEDULED and not is_later),
        "sources": sources_of(campaign),
        "timing": options_of(campaign),
        "checked": {"left_out": without, "left_out_count": sum(one.count for one in without)},
        "trouble": NO_SENDER[SenderRefusal(campaign.trouble)] if campaign.trouble in set(SenderRefusal) else "",
    }


def _listed(request: MemberRequest, campaign: Campaign) -> dict[str, Any]:
    asked = request.GET.get("show", "")
    show = asked if asked in LISTS else LISTS[0]
    before = id_of(request.GET.get("before"))
    search = "".join(filter(str.isdecimal, request.GET.get("q", "")))[:20]
    state = request.GET.get("state", "")
    state = state if state in dict(state_choices()) else ""
    page: Any
    if show == "people":
        page = messages_of(campaign, state=state, search=search, before=before, size=PAGE)
        phones = [one.recipient for one in page.items]
    elif show == "replies":
        page = replies_of(campaign, before=before, size=PAGE)
        phones = [one.sender for one in page.items]
    else:
        page = page_of(opt_outs_of(campaign), before, PAGE)
        phones = [one.msisdn for one in page.items]
    known = contacts_by_number(campaign.account, phones)
    return {
        "show": show,
        "rows": [(one, known.get(phone)) for one, phone in zip(page.items, phones, strict=True)],
        "before": before,
        "next_before": page.next_before,
        "search": request.GET.get("q", ""),
        "state": state,
        "states": state_choices(),
    }


def _header() -> list[str]:
    return [
        _("Phone number"),
        _("Name"),
        _("Text"),
        _("Parts"),
        _("Cost"),
        _("State"),
        _("Reason"),
        _("Carrier's code"),
        _("Sender"),
        _("Handed over"),
        _("Final"),
    ]


def _cells(row: ReportRow) -> list[Cell]:
    state, reason = state_word(row.state), reason_word(row.reason)
    sizes: list[Cell] = [row.segment_count, row.cost / 100]
    return [row.msisdn, row.name, row.text, *sizes, state, reason, row.carrier_error, row.sender, row.sent_at, row.finished_at]
