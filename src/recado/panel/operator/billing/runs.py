"""Billing runs: the months, computing one, looking at it, posting it; requests for other plans.

What belongs here: requests and responses. What does not: what a month costs and what posting does (`apps.billing.runs`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.billing.documents import drafts_of, get_run, invoiced_before, runs, sums_of
from recado.apps.billing.drafts import DraftWarning
from recado.apps.billing.models import BillingRun
from recado.apps.billing.plan_requests import open_requests, settle_request
from recado.apps.billing.runs import RunError, dry_run, order_post, post_some, refusal
from recado.apps.billing.sellers import seller
from recado.panel.forms.operator_billing import RUN_REFUSALS, WARNINGS, MonthForm, read_month
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.billing.access import MAY_POST, MAY_SEE_MONEY, MAY_TAKE_MONEY
from recado.panel.templatetags.formats import money

PAGE = 50


@require_safe
@operator_required(MAY_SEE_MONEY)
def run_list(request: OperatorRequest) -> HttpResponse:
    """Show the months that were computed."""
    return _list(request, MonthForm())


@require_POST
@operator_required(MAY_TAKE_MONEY)
def run_compute(request: OperatorRequest) -> HttpResponse:
    """Compute a month, again where it was computed before."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    month = form.cleaned_data["month"]
    try:
        dry_run(month, request.user, timezone.now())
    except RunError as error:
        messages.error(request, str(RUN_REFUSALS[error.reason]))
    else:
        record(None, request.user, "billing.computed", f"{month:%m.%Y}", is_operator=True)
    return redirect("operator-billing-run", f"{month:%Y-%m}")


@require_safe
@operator_required(MAY_SEE_MONEY)
def run(request: OperatorRequest, month: str) -> HttpResponse:
    """Show what a month comes to: totals, differences, warnings and each account's lines."""
    found = _found(month)
    sums, before = sums_of(found), invoiced_before(found)
    drafts = drafts_of(found)
    if request.GET.get("warned"):
        drafts = drafts.exclude(warnings=[])
    page = Paginator(drafts, PAGE).get_page(request.GET.get("page"))
    made = {invoice.account_id: invoice for invoice in found.invoices.filter(account__in=[draft.account_id for draft in page])}
    rows = [
        (draft, [WARNINGS[DraftWarning(each)] for each in draft.warnings], before.get(draft.account_id), made.get(draft.account_id))
        for draft in page
    ]
    reason = refusal(found, timezone.now()) if found.state == BillingRun.State.DRAFT else None
    context = {
        "run": found,
        "sums": sums,
        "difference": sums.net - sums.previous_net,
        "month_before": sum(before.values()),
        "page": page,
        "today": timezone.localdate(),
        "rows": rows,
        "refusal": RUN_REFUSALS[reason] if reason else "",
        "may_post": request.user.operator_role in MAY_POST,
        "may_compute": request.user.operator_role in MAY_TAKE_MONEY,
    }
    return render(request, "panel/operator/billing/run.html", context)


@require_POST
@operator_required(MAY_POST)
def run_post(request: OperatorRequest, month: str) -> HttpResponse:
    """Post what was looked at; what does not fit into some seconds goes on by itself."""
    found, now = _found(month), timezone.now()
    sums = sums_of(found)
    try:
        with transaction.atomic():
            order_post(found, request.user, now, made_at=parse_datetime(request.POST.get("made_at", "")) or now)
            after = {"number": sums.invoices, "gross": money(sums.gross)}
            record(None, request.user, "billing.posted", f"{found.month:%m.%Y}", found.pk, after=after, is_operator=True)
    except RunError as error:
        messages.error(request, str(RUN_REFUSALS[error.reason]))
        return redirect("operator-billing-run", month)
    if left := post_some(found, now):
        messages.success(
            request, _("Posting has begun. %(count)s invoices are still to come; they are made by themselves.") % {"count": left}
        )
    else:
        messages.success(request, _("The month is posted and locked."))
    return redirect("operator-billing-run", month)


@require_POST
@operator_required(MAY_TAKE_MONEY)
def request_settle(request: OperatorRequest, request_id: int) -> HttpResponse:
    """Take a request for another plan off the list; the plan is changed on the account's page."""
    with transaction.atomic():
        settled = settle_request(request_id, timezone.now())
        record(settled.account, request.user, "account.plan_request_settled", settled.plan.name, is_operator=True)
    return redirect("operator-account", settled.account_id)


def _found(month: str) -> BillingRun:
    day = read_month(month)
    if day is None:
        raise BillingRun.DoesNotExist
    return get_run(day)


def _list(request: OperatorRequest, form: MonthForm, status: int = 200) -> HttpResponse:
    context = {
        "rows": [(each, sums_of(each)) for each in runs()[:PAGE]],
        "form": form,
        "seller": seller(),
        "requests": open_requests(),
        "may_compute": request.user.operator_role in MAY_TAKE_MONEY,
    }
    return render(request, "panel/operator/billing/list.html", context, status=status)
