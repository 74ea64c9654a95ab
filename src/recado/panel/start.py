"""The first page: the first steps of a new account, what needs attention, the day at a glance.

What belongs here: requests and responses. What does not: the steps (`checklist`), figures and troubles (`apps`).
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.services import show_checklist
from recado.apps.dialogues.queries import Filters, dialogue_list
from recado.apps.dialogues.today import CEILING, today_of
from recado.apps.keywords.overview import ending_soon
from recado.apps.keywords.reminders import remind
from recado.apps.numbers.queries import suspended_numbers
from recado.apps.outbox.trouble import failing_forwards, undelivered_since
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.checklist import checklist
from recado.panel.forms.simulated import PHONES
from recado.panel.undo import offer_undo

SHOWN = 5


@require_safe
@member_required
def start(request: MemberRequest) -> HttpResponse:
    """Show the first page; to roles without messages, what they can do instead."""
    if not request.may_read:
        return render(request, "panel/start/other_role.html")
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    remind(request.account, now)
    is_new = request.may_configure and request.account.checklist_dismissed_at is None
    steps = checklist(request.account) if is_new else []
    context = {
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "next_step": next((step for step in steps if not step.is_done), None),
        "failing": failing_forwards(request.account),
        "ending": list(ending_soon(request.account, now)[:SHOWN]),
        "suspended": list(suspended_numbers(request.account)),
        "undelivered": undelivered_since(request.account, midnight),
        "today": today_of(request.account, midnight, PHONES),
        "ceiling": CEILING,
        "dialogues": dialogue_list(request.account, Filters(tab="all"))[:SHOWN],
    }
    return render(request, "panel/start/start.html", context)


@require_POST
@member_required
@may_configure
def start_checklist(request: MemberRequest) -> HttpResponse:
    """Put the first steps away, or show them again."""
    is_shown = request.POST.get("show") == "yes"
    show_checklist(request.account, is_shown=is_shown)
    if not is_shown:
        offer_undo(request, _("The first steps are put away."), reverse("start-checklist"), {"show": "yes"})
    return redirect("start")
