"""The billing page: plan and limits, this month so far, credit or invoices, alerts.

What belongs here: requests and responses of the page and of the alerts' form. What does not: other plans (`plan_change`), files.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.models import Account
from recado.apps.billing.alerts import alerts_of, low_credit, save_alerts
from recado.apps.billing.documents import get_invoice_for, invoices_of, overdue_of
from recado.apps.billing.due import fees_of_month, spent_by_origin
from recado.apps.billing.plan_requests import open_request_of
from recado.apps.billing.queries import is_used_up, standing
from recado.apps.billing.sellers import plans_to_ask_for, seller
from recado.apps.outbox.models import Origin
from recado.apps.plans.queries import keyword_limits, plan_of, prices_for
from recado.core.billing import month_of
from recado.panel.access import MemberRequest, may_see_billing, member_required
from recado.panel.forms.billing import AlertsForm
from recado.panel.invoices.response import pdf_response
from recado.panel.number_words import KINDS
from recado.panel.price_words import price_list
from recado.panel.recording import note
from recado.panel.templatetags.formats import money

SHOWN = 24
ORIGINS = {
    Origin.FORWARD.value: gettext_lazy("Forwarded to a phone"),
    Origin.RULE.value: gettext_lazy("Automatic replies"),
    Origin.AGENT.value: gettext_lazy("Texts written by people"),
    Origin.API.value: gettext_lazy("Texts sent by programs"),
    Origin.CAMPAIGN.value: gettext_lazy("Group sends"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """Something the plan limits, and how much of it is used."""

    name: Promise
    used: int
    most: int | None
    """None: no limit."""


@require_safe
@member_required
@may_see_billing
def billing(request: MemberRequest) -> HttpResponse:
    """Show what an account pays for."""
    return _page(request, _alerts_form(request.account))


@require_POST
@member_required
@may_see_billing
def alerts(request: MemberRequest) -> HttpResponse:
    """Set the amounts at which people are told."""
    form = AlertsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    before = ", ".join(map(money, alerts_of(request.account)))
    with transaction.atomic():
        save_alerts(request.account, form.amounts())
        after = ", ".join(map(money, form.amounts()))
        note(request, "credit.alerts_changed", request.account.name, before={"amounts": before}, after={"amounts": after})
    messages.success(request, _("Saved."))
    return redirect("billing")


@require_safe
@member_required
@may_see_billing
def invoice_file(request: MemberRequest, invoice_id: int) -> HttpResponse:
    """Give an invoice as PDF."""
    return pdf_response(get_invoice_for(request.account, invoice_id))


def _alerts_form(account: Account) -> AlertsForm:
    chosen = [amount for amount in alerts_of(account) if amount]
    return AlertsForm(initial=dict(zip(AlertsForm.base_fields, chosen, strict=False)))


def _page(request: MemberRequest, form: AlertsForm, status: int = 200) -> HttpResponse:
    account, today = request.account, timezone.now().astimezone(request.account.zone).date()
    plan, month, stands = plan_of(account), month_of(today), standing(account)
    spent = spent_by_origin(account, month)
    costs = [(words, *spent.get(origin, (0, 0))) for origin, words in ORIGINS.items()]
    fees = fees_of_month(account, month)
    found = seller()
    context = {
        "plan": plan,
        "prices": price_list(prices_for(account)),
        "limits": [Limit(KINDS[each.kind], each.held, each.most) for each in keyword_limits(account)],
        "standing": stands,
        "overdue": overdue_of(account, today),
        "is_low": low_credit(account) is not None and not is_used_up(account),
        "owed": stands.owed,
        "credit_limit": -stands.floor if stands.floor else None,
        "costs": costs,
        "fees": fees,
        "together": fees + sum(amount for _texts, amount in spent.values()),
        "month": month,
        "today": today,
        "invoices": invoices_of(account)[:SHOWN],
        "top_up_text": found.top_up_text if found else "",
        "form": form,
        "plans": plans_to_ask_for(account),
        "plan_request": open_request_of(account),
    }
    return render(request, "panel/billing/billing.html", context, status=status)
