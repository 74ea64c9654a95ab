"""The money of one account: where it stands, what moved, its invoices; topping up and adjusting.

What belongs here: requests and responses. What does not: booking (`apps.billing.services`).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.models import Account
from recado.apps.accounts.queries import get_account
from recado.apps.billing.documents import invoices_of
from recado.apps.billing.plan_requests import open_request_of
from recado.apps.billing.queries import standing
from recado.apps.billing.services import adjust, top_up
from recado.apps.billing.statements import months_with_movements, statement
from recado.apps.plans.queries import plan_of
from recado.core.billing import month_of
from recado.panel.billing.movement_words import rows_of
from recado.panel.forms.operator_billing import AdjustForm, TopUpForm, read_month
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.billing.access import MAY_POST, MAY_SEE_MONEY, MAY_TAKE_MONEY
from recado.panel.templatetags.formats import money

SHOWN = 12


@require_safe
@operator_required(MAY_SEE_MONEY)
def account_money(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Show an account's money."""
    return _page(request, get_account(account_id))


@require_POST
@operator_required(MAY_TAKE_MONEY)
def account_top_up(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Book what a customer paid in."""
    account, form = get_account(account_id), TopUpForm(request.POST, prefix="top")
    if not form.is_valid():
        return _page(request, account, top_form=form, status=422)
    top_up(account, form.cleaned_data["amount"], form.cleaned_data["note"], request.user)
    messages.success(
        request, _("%(amount)s is booked for %(account)s.") % {"amount": money(form.cleaned_data["amount"]), "account": account}
    )
    return redirect("operator-account-money", account_id)


@require_POST
@operator_required(MAY_POST)
def account_adjust(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Give a customer money, or take it, for a reason."""
    account, form = get_account(account_id), AdjustForm(request.POST, prefix="adjust")
    if not form.is_valid():
        return _page(request, account, adjust_form=form, status=422)
    adjust(account, form.signed(), form.cleaned_data["note"], request.user)
    _tell_booked(request, account, form.signed())
    return redirect("operator-account-money", account_id)


def _tell_booked(request: OperatorRequest, account: Account, amount: int) -> None:
    messages.success(request, _("%(amount)s is booked for %(account)s.") % {"amount": money(amount), "account": account.name})


def _page(
    request: OperatorRequest, account: Account, top_form: TopUpForm | None = None, adjust_form: AdjustForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.now().astimezone(account.zone).date()
    month = read_month(request.GET.get("month", "")) or month_of(today)
    found = statement(account, month)
    context = {
        "account": account,
        "plan": plan_of(account),
        "standing": standing(account),
        "statement": found,
        "movements": rows_of(found),
        "months": months_with_movements(account, today),
        "invoices": invoices_of(account)[:SHOWN],
        "plan_request": open_request_of(account),
        "top_form": top_form or TopUpForm(prefix="top"),
        "adjust_form": adjust_form or AdjustForm(prefix="adjust"),
        "may_take": request.user.operator_role in MAY_TAKE_MONEY,
        "may_post": request.user.operator_role in MAY_POST,
    }
    return render(request, "panel/operator/billing/account.html", context, status=status)
