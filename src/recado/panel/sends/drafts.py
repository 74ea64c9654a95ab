"""Writing a group send: a draft that is kept with every change, on one page.

What belongs here: requests and responses. What does not: the form (`panel.forms.send`), what of it is kept (`keeping`), sending
(`summary`).
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from recado.apps.campaigns.entries import entry_count
from recado.apps.campaigns.errors import CampaignError
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.of_surveys import bring_up_to_date
from recado.apps.campaigns.queries import entries_of, get_campaign_for, groups_of_campaign
from recado.apps.campaigns.services import delete_draft
from recado.apps.campaigns.untouched import fresh_draft
from recado.apps.contacts.queries import groups_of
from recado.apps.dialogues.canned_replies import ready_texts_for
from recado.apps.dialogues.models import CannedReply
from recado.core.personal import PERSON
from recado.panel.access import MemberRequest, may_send, member_required
from recado.panel.forms.send import SendForm
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.sends import keeping
from recado.panel.sends.checking import checked, shown_preview
from recado.panel.sends.files import attach, files_shown, take_off
from recado.panel.sends.senders import label_of, usual_sender

SHOWN_ENTRIES = 20
PLACEHOLDERS = (
    ("first_name", gettext_lazy("First name")),
    ("last_name", gettext_lazy("Last name")),
    ("name", gettext_lazy("Whole name")),
)


@member_required
@may_send
def new(request: MemberRequest) -> HttpResponse:
    """Lead to an empty draft; one that was opened and left as it was is taken again, so that looking makes no heap of them."""
    return redirect("send-edit", begin(request).pk)


def begin(request: MemberRequest) -> Campaign:
    """Give the person an empty draft with the sender the account uses."""
    return fresh_draft(request.account, request.user, **usual_sender(request.account))


@member_required
@may_send
def edit(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Show a draft; what is posted is kept, then done what the button says."""
    campaign = get_campaign_for(request.account, campaign_id)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("send", campaign.pk)
    bring_up_to_date(campaign)
    if request.method == "POST":
        try:
            return _posted(request, campaign)
        except CampaignError:  # sent in another window a moment ago
            return redirect("send", campaign.pk)
    position = id_of(request.GET.get("preview")) or 1
    return _page(request, campaign, SendForm(request.account, campaign=campaign, initial=keeping.initial(campaign)), position)


@require_POST
@member_required
@may_send
def check(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Keep what is written so far and give the piece of the page that says whom it reaches and what it costs."""
    campaign = get_campaign_for(request.account, campaign_id)
    form = SendForm(request.account, request.POST, campaign=campaign)
    form.is_valid()  # what is wrong is left as it was, and said when a button is pressed
    try:
        keeping.keep(campaign, form)
    except CampaignError:  # somebody sent it meanwhile: the whole page gives way to the report
        return HttpResponse(status=409, headers={"HX-Redirect": reverse("send", args=[campaign.pk])})
    return render(request, "panel/sends/_check.html", _check_context(campaign, id_of(request.POST.get("preview")) or 1))


@member_required
@may_send
def delete(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Ask, and forget a draft."""
    campaign = get_campaign_for(request.account, campaign_id)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("send", campaign.pk)
    if request.method != "POST":
        return render(request, "panel/sends/delete.html", {"campaign": campaign})
    with transaction.atomic():
        note(request, "send.deleted", campaign.name, campaign.pk)
        delete_draft(campaign)
    messages.success(request, _("The draft is deleted."))
    return redirect("sends")


def _posted(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    form = SendForm(request.account, request.POST, campaign=campaign)
    form.is_valid()
    asked = request.POST.get("do", "")
    keeping.keep(campaign, form)
    keeping.add_typed(campaign, form)
    file_problem = keeping.add_file(request, campaign) if asked == "upload" or request.FILES.get("file") else ""
    if request.FILES.getlist("attached") or "kept" in request.POST:
        for words in attach(request, campaign):
            form.add_error("attached", words)
    if file_problem or form.errors:
        return _page(request, campaign, form, 1, file_problem=file_problem)
    if asked == "summary":
        return redirect("send-summary", campaign.pk)
    place = _done(request, campaign, asked)
    if "preview" in request.POST:
        return redirect(f"{reverse('send-edit', args=[campaign.pk])}?preview={id_of(request.POST['preview']) or 1}#preview")
    return redirect(f"{reverse('send-edit', args=[campaign.pk])}{place}")


def _done(request: MemberRequest, campaign: Campaign, asked: str) -> str:
    """Do what a button of the page says, and return the place of the page it stands at."""
    what, _dash, value = asked.partition("-")
    if what == "drop":
        keeping.take_out(campaign, value)
        return "#to-whom"
    if what == "off":
        take_off(campaign, value)
        return "#files"
    if what == "attach":
        return "#files"
    if what == "insert":
        keeping.append(campaign, f"{{{value}}}" if value in dict(_placeholders(campaign)) else "")
        return "#what"
    if what == "ready":
        ready = _ready_texts(request).filter(pk=id_of(value) or 0).first()
        keeping.append(campaign, ready.text if ready else "")
        return "#what"
    if what == "save":
        messages.success(request, _("The draft is kept."))
    return "" if what == "save" else "#to-whom"


def _page(request: MemberRequest, campaign: Campaign, form: SendForm, position: int, *, file_problem: str = "") -> HttpResponse:
    context = _check_context(campaign, position) | {
        "form": form,
        "groups": groups_of(request.account),
        "chosen_groups": set(groups_of_campaign(campaign).values_list("group_id", flat=True)),
        "excluded_groups": set(groups_of_campaign(campaign, excluded=True).values_list("group_id", flat=True)),
        "entries": entries_of(campaign)[:SHOWN_ENTRIES],
        "entry_count": entry_count(campaign),
        "chosen_sender": form["sender"].value(),
        "chosen_when": form["when"].value(),
        "placeholders": _placeholders(campaign),
        "ready_texts": _ready_texts(request),
        "file_problem": file_problem,
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "panel/sends/compose.html", context, status=422 if file_problem or form.errors else 200)


def _ready_texts(request: MemberRequest) -> QuerySet[CannedReply]:
    return ready_texts_for(request.account, request.user, CannedReply.Use.CAMPAIGN)


def _placeholders(campaign: Campaign) -> list[tuple[str, Any]]:
    return [*PLACEHOLDERS, *((name, name) for name in campaign.places if name not in PERSON)]


def _check_context(campaign: Campaign, position: int) -> dict[str, Any]:
    now = timezone.now()
    found = checked(campaign, now)
    return {
        "campaign": campaign,
        "checked": found,
        "preview": shown_preview(campaign, now, position, found),
        "campaign_sender": label_of(campaign),
        "send_files": files_shown(campaign),
    }
