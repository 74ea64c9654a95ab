"""Plans: the list, what each allows as switches, what sending costs on it, who is on it; putting a customer on one.

What belongs here: requests and responses. What does not: what a plan means (`core.plan`), reads and writes (`apps.plans`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.queries import get_account
from recado.apps.audit.services import record
from recado.apps.billing.plan_periods import note_plan_change
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import accounts_on, get_plan, plan_of, plans
from recado.apps.plans.services import PlanChangeError, add_plan, edit_plan, remove_plan, set_plan
from recado.core.number import CAPABILITIES
from recado.core.plan import read_overrides
from recado.core.price import Service, read_prices
from recado.panel.forms.operator_plan import REFUSALS, AccountPlanForm, PlanForm, PlanNameForm
from recado.panel.operator.access import MAY_MANAGE_TEAM, MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.templatetags.formats import money

SHOWN = 50
MAY_EDIT_PLANS = MAY_MANAGE_TEAM
"""A plan holds for many customers at once."""


@require_safe
@operator_required()
def plan_list(request: OperatorRequest) -> HttpResponse:
    """Show the plans with how many customers are on each."""
    return _list(request, PlanNameForm())


@require_POST
@operator_required(MAY_EDIT_PLANS)
def plan_add(request: OperatorRequest) -> HttpResponse:
    """Make a plan that differs in nothing yet, and open it."""
    form = PlanNameForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        with transaction.atomic():
            added = add_plan(form.cleaned_data["name"])
            record(None, request.user, "plan.added", added.name, added.pk, is_operator=True)
    except PlanChangeError as error:
        form.add_error("name", str(REFUSALS[error.reason]))
        return _list(request, form, status=422)
    return redirect("operator-plan", added.pk)


@operator_required()
def plan(request: OperatorRequest, plan_id: int) -> HttpResponse:
    """Show what a plan allows; a posted form changes it."""
    found = get_plan(plan_id)
    if request.method != "POST":
        return _detail(request, found, PlanForm(found))
    form = PlanForm(found, request.POST)
    if not may_edit(request):
        return _detail(request, found, form, status=403)
    if not form.is_valid() or not _change(request, found, form):
        return _detail(request, get_plan(plan_id), form, status=422)
    messages.success(request, _("Saved. It holds for everybody on this plan from now on."))
    return redirect("operator-plan", found.pk)


@require_POST
@operator_required(MAY_EDIT_PLANS)
def plan_remove(request: OperatorRequest, plan_id: int) -> HttpResponse:
    """Remove a plan that nobody is on; with its one name it is quickly made again."""
    found = get_plan(plan_id)
    try:
        with transaction.atomic():
            record(None, request.user, "plan.removed", found.name, found.pk, before=_facts(found), is_operator=True)
            remove_plan(found)
    except PlanChangeError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-plan", plan_id)
    messages.success(request, _("The plan %(plan)s is removed.") % {"plan": found.name})
    return redirect("operator-plans")


@require_POST
@operator_required(MAY_SUPPORT)
def account_plan(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Put a customer on a plan."""
    account, form = get_account(account_id), AccountPlanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a plan."))
        return redirect("operator-account", account_id)
    before, after = plan_of(account), form.cleaned_data["plan"]
    if before != after:
        with transaction.atomic():
            set_plan(account, after)
            note_plan_change(account, before, after, timezone.now().astimezone(account.zone).date())
            changed = {"before": {"plan": before.name}, "after": {"plan": after.name}}
            record(account, request.user, "account.plan_changed", account.name, account.pk, **changed, is_operator=True)
    messages.success(request, _("%(account)s is on the plan %(plan)s.") % {"account": account.name, "plan": after.name})
    return redirect("operator-account", account_id)


def may_edit(request: OperatorRequest) -> bool:
    """Say whether the operator may change plans."""
    return request.user.operator_role in MAY_EDIT_PLANS


def _change(request: OperatorRequest, found: Plan, form: PlanForm) -> bool:
    before = _facts(found)
    try:
        with transaction.atomic():
            is_prepaid = bool(form.cleaned_data["is_prepaid"])
            edit_plan(found, form.cleaned_data["name"], form.overrides(), form.quotas(), is_prepaid=is_prepaid, prices=form.prices())
            after = _facts(found)
            record(None, request.user, "plan.changed", found.name, found.pk, before=before, after=after, is_operator=True)
    except PlanChangeError as error:
        form.add_error("name", str(REFUSALS[error.reason]))
        return False
    return True


def _facts(found: Plan) -> dict[str, object]:
    """Return what a plan says, as the log keeps it: the cells that differ, by kind and name, quotas and prices."""
    cells = {f"{kind.value}.{column}": can for (kind, column), can in read_overrides(found.overrides).items()}
    quotas = {f"quota.{kind}": "" if count is None else count for kind, count in found.keyword_quotas.items()}
    prices = {f"price.{service}": money(price) for service, price in found.prices.items()}
    return {"name": found.name, "is_prepaid": found.is_prepaid, **cells, **quotas, **prices}


def _list(request: OperatorRequest, form: PlanNameForm, status: int = 200) -> HttpResponse:
    rows = [(each, len(read_overrides(each.overrides)), read_prices(each.prices)[Service.FULL]) for each in plans()]
    return render(request, "panel/operator/plans/list.html", {"rows": rows, "form": form, "may_edit": may_edit(request)}, status=status)


def _detail(request: OperatorRequest, found: Plan, form: PlanForm, status: int = 200) -> HttpResponse:
    on_it = accounts_on(found)
    context = {
        "plan": found,
        "form": form,
        "kinds": [each.abbreviation for each in CAPABILITIES.values()],
        "accounts": on_it[:SHOWN],
        "account_count": on_it.count(),
        "may_edit": may_edit(request),
    }
    return render(request, "panel/operator/plans/detail.html", context, status=status)
