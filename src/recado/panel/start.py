"""The first page: the first steps of a new account, later what needs attention, and the day at a glance.

What belongs here: requests and responses. What does not: the figures (`apps.dialogues.today`).
"""

from dataclasses import replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.billing.queries import is_used_up
from recado.apps.dialogues.queries import Filters, Tab, dialogue_list
from recado.apps.dialogues.today import STEPS, Attention, attention, dismiss_checklist, first_steps, show_checklist, today
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.undo import offer_undo

SHOWN = 5


@require_safe
@member_required
def start(request: MemberRequest) -> HttpResponse:
    """Show the day; people who may not read messages see what they may do instead."""
    if not request.may_read:
        return render(request, "panel/start/elsewhere.html")
    now = timezone.now()
    steps = first_steps(request.account) if request.account.checklist_dismissed_at is None else None
    context = {
        "steps": steps,
        "all_steps": STEPS,
        "attention": _beside_the_banner(request, now),
        "today": today(request.account),
        "conversations": dialogue_list(request.account, Filters(request.user, now, Tab.ALL))[:SHOWN],
    }
    return render(request, "panel/start/start.html", context)


@require_POST
@member_required
@may_configure
def checklist(request: MemberRequest) -> HttpResponse:
    """Put the first steps away, or bring them back."""
    if request.POST.get("show"):
        show_checklist(request.account)
    else:
        dismiss_checklist(request.account)
        offer_undo(request, _("The first steps are put away. “Help” brings them back."), reverse("checklist"), {"show": "yes"})
    return redirect("start")


def _beside_the_banner(request: MemberRequest, now: datetime) -> Attention:
    """Return what needs attention, without what the banner tells those who may see money anyway."""
    found = attention(request.account, now)
    if request.may_see_billing and is_used_up(request.account):
        return replace(found, is_broke=False, low_credit=None)
    return found
