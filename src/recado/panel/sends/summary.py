"""The last look before a group send leaves: exact count and cost, and the button that carries both.

What belongs here: requests and responses. What does not: sums (`apps.campaigns.estimating`), sending (`apps.campaigns.services`).
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.campaigns.errors import CampaignError, CampaignRefusal
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.multimedia import ready_files
from recado.apps.campaigns.of_surveys import bring_up_to_date
from recado.apps.campaigns.queries import get_campaign_for
from recado.apps.campaigns.services import send, send_to_myself
from recado.apps.contacts.opt_outs import OptedOutError
from recado.apps.contacts.phone import parse_msisdn
from recado.apps.mms.drafts import MmsRefusedError
from recado.apps.outbox.credit import NoCreditError, missing_for
from recado.apps.outbox.senders import NoSenderError
from recado.panel.access import MemberRequest, may_send, member_required
from recado.panel.ids import id_of
from recado.panel.mms_words import mms_problem
from recado.panel.recording import note
from recado.panel.send_words import NO_SENDER, REFUSED, too_dear
from recado.panel.sends.checking import Checked, checked, plain_cost, preview_cost, shown_preview
from recado.panel.sends.facts import options_of, sources_of
from recado.panel.sends.files import SendFiles, files_shown
from recado.panel.sends.quiet import quiet_words
from recado.panel.sends.senders import label_of, sender_problem
from recado.panel.templatetags.formats import count as written
from recado.panel.templatetags.formats import moment, money

PHONE_KEY = "send_try_phone"
"""Session key of the phone somebody sends a text to first."""


@member_required
@may_send
def summary(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Show what would happen; what is posted confirms the count and the cost that were shown."""
    campaign = get_campaign_for(request.account, campaign_id)
    if campaign.state != Campaign.State.DRAFT:
        return redirect("send", campaign.pk)
    bring_up_to_date(campaign)
    if request.method == "POST":
        return _confirmed(request, campaign)
    return _page(request, campaign)


@require_POST
@member_required
@may_send
def try_first(request: MemberRequest, campaign_id: int) -> HttpResponse:
    """Send the text to one phone, and remember the phone for the next time."""
    campaign = get_campaign_for(request.account, campaign_id)
    phone = parse_msisdn(request.POST.get("phone", ""))
    if phone is None:
        messages.error(request, _("This is not a phone number. Write it like 501 222 333 or +48 501 222 333."))
        return redirect("send-summary", campaign_id)
    request.session[PHONE_KEY] = phone
    try:
        ready_files(campaign)  # outside the transactions of what follows: pictures take a moment
        send_to_myself(campaign, phone, now=timezone.now(), author=request.user)
    except (CampaignError, NoSenderError, MmsRefusedError) as error:
        messages.error(request, _refusal(error))
    except OptedOutError:
        messages.error(request, _("This phone opted out of your messages. Nothing was sent."))
    except NoCreditError as error:
        messages.error(request, too_dear(error.missing))
    else:
        messages.success(request, _("On its way to %(phone)s. Nobody else has got anything.") % {"phone": f"+{phone}"})
    return redirect("send-summary", campaign_id)


def _confirmed(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    """Send, unless other people would get it now, or it costs something else, than what stood on the button."""
    count, cost = id_of(request.POST.get("count")), id_of(request.POST.get("cost"))
    if count is None or cost is None:
        return redirect("send-summary", campaign.pk)
    later = campaign.scheduled_at
    try:
        ready_files(campaign)  # outside the transaction: pictures take a moment
        with transaction.atomic():
            is_mine = send(campaign, now=timezone.now(), scheduled_at=later, expected_count=count, expected_cost=cost)
            if is_mine:
                campaign.refresh_from_db()
                action = "send.scheduled" if later else "send.sent"
                note(request, action, campaign.name, campaign.pk, after={"recipients": count, "cost": cost})
    except (CampaignError, NoSenderError, MmsRefusedError) as error:
        return _page(request, campaign, refused=_refusal(error))
    except NoCreditError as error:
        return _page(request, campaign, refused=too_dear(error.missing))
    if is_mine:
        messages.success(request, _("It goes on %(moment)s.") % {"moment": moment(later)} if later else _("It is on its way."))
    return redirect("send", campaign.pk)


def _page(request: MemberRequest, campaign: Campaign, *, refused: str = "") -> HttpResponse:
    now = timezone.now()
    found = checked(campaign, now)
    missing = missing_for(campaign.account, found.cost)
    send_files = files_shown(campaign)
    shown = shown_preview(campaign, now, id_of(request.GET.get("preview")) or 1, found)
    context = {
        "campaign": campaign,
        "checked": found,
        "plain_cost": plain_cost(campaign, found, now),
        "preview": shown,
        "preview_cost": preview_cost(campaign, shown),
        "campaign_sender": label_of(campaign),
        "people": _people(found.recipients),
        "sources": sources_of(campaign),
        "send_files": send_files,
        "timing": options_of(campaign),
        "quiet": quiet_words(campaign, now),
        "problems": _problems(campaign, found, missing, now, send_files),
        "is_too_dear": bool(missing),
        "go": _go(campaign, found),
        "own_phone": request.session.get(PHONE_KEY, ""),
        "changed": refused,
    }
    return render(request, "panel/sends/summary.html", context, status=422 if refused else 200)


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": written(count)}


def _go(campaign: Campaign, found: Checked) -> str:
    """Write what the button does: to how many, at what price."""
    values = {"count": written(found.recipients), "cost": money(found.cost)}
    if campaign.is_test:
        return ngettext("Send a test to %(count)s person", "Send a test to %(count)s people", found.recipients) % values
    if campaign.scheduled_at:
        said = ngettext("Schedule for %(count)s person, %(cost)s", "Schedule for %(count)s people, %(cost)s", found.recipients)
        return said % values
    return ngettext("Send to %(count)s person, %(cost)s", "Send to %(count)s people, %(cost)s", found.recipients) % values


def _problems(campaign: Campaign, found: Checked, missing: int, now: datetime, send_files: SendFiles) -> list[str]:
    """Say what keeps the draft from being sent."""
    problems = []
    if not found.has_text:
        problems.append(CampaignRefusal.NO_TEXT)
    if not found.recipients:
        problems.append(CampaignRefusal.NO_RECIPIENTS)
    if campaign.scheduled_at and campaign.scheduled_at <= now:
        problems.append(CampaignRefusal.IN_THE_PAST)
    said: list[Any] = [REFUSED[problem] for problem in problems]
    if found.has_text and found.empty:
        said.append(_("For some people nothing of the text would be left: it is all placeholders, and they have no values. Add words."))
    said += send_files.problems
    if (problem := sender_problem(campaign)) is not None:
        said.append(NO_SENDER[problem])
    if missing:
        said.append(too_dear(missing))
    return [str(one) for one in said]


def _refusal(error: CampaignError | NoSenderError | MmsRefusedError) -> str:
    if isinstance(error, MmsRefusedError):
        return " ".join(mms_problem(one) for one in error.problems)
    return str(REFUSED[error.reason] if isinstance(error, CampaignError) else NO_SENDER[error.reason])
