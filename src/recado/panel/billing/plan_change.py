"""Another plan: what it would cost from today on, and asking the operator for it.

What belongs here: requests and responses. What does not: the figures (`apps.billing.plan_preview`), changing the plan (the operator).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from recado.apps.billing.fees_of import prices_of_plan
from recado.apps.billing.line_words import subject_text
from recado.apps.billing.plan_preview import changes_with, difference_of
from recado.apps.billing.plan_requests import ask_for_plan, open_request_of
from recado.apps.billing.sellers import plans_to_ask_for
from recado.apps.plans.queries import plan_of, prices_for
from recado.panel.access import MemberRequest, may_see_billing, member_required
from recado.panel.ids import id_of
from recado.panel.price_words import price_list
from recado.panel.recording import note


@member_required
@may_see_billing
def plan_change(request: MemberRequest) -> HttpResponse:
    """Show what another plan would cost, the first on offer unless one is named; a posted form asks for it."""
    offered, to = plans_to_ask_for(request.account), id_of(request.GET.get("to", ""))
    plan = next((each for each in offered if each.pk == to), offered[0] if offered else None)
    if plan is None:
        return render(request, "panel/billing/plan.html", {"plan": None})
    if request.method == "POST":
        with transaction.atomic():
            ask_for_plan(request.account, plan, request.user)
            note(request, "account.plan_asked", plan.name, plan.pk)
        messages.success(request, _("You asked for the plan %(plan)s. The operator changes it.") % {"plan": plan.name})
        return redirect("billing")
    today = timezone.now().astimezone(request.account.zone).date()
    changes = list(changes_with(request.account, plan, today))
    now, then = price_list(prices_for(request.account)), price_list(prices_of_plan(plan, timezone.now()))
    context = {
        "plan": plan,
        "offered": offered,
        "plan_request": open_request_of(request.account),
        "current": plan_of(request.account),
        "changes": [(subject_text(change.subject), change) for change in changes],
        "difference": difference_of(changes),
        "prices": [(words, before, after) for (words, before), (_same, after) in zip(now, then, strict=True)],
    }
    return render(request, "panel/billing/plan.html", context)
