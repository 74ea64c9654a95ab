"""Plans: the list, what each allows as switches, how it is paid, who is on it.

What belongs here: requests and responses. What does not: what a plan means (`core.plan`), reads and writes (`apps.plans`), its prices
(`price_lists`), putting a customer on one (`account_terms`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.billing.terms import apply_terms_of_plan
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan
from recado.apps.plans.price_lists import sorted_out
from recado.apps.plans.queries import accounts_on, get_plan, list_of, plans
from recado.apps.plans.services import add_plan, edit_plan, remove_plan
from recado.core.number import CAPABILITIES
from recado.core.plan import read_overrides
from recado.core.price import STANDARD_PRICES, Service, read_prices
from recado.panel.forms.operator_plan import REFUSALS, PlanForm, PlanNameForm, refusal
from recado.panel.operator.access import MAY_MANAGE_TEAM, OperatorRequest, operator_required
from recado.panel.operator.listed_prices import shown
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


def may_edit(request: OperatorRequest) -> bool:
    """Say whether the operator may change plans."""
    return request.user.operator_role in MAY_EDIT_PLANS


def _change(request: OperatorRequest, found: Plan, form: PlanForm) -> bool:
    before = _facts(found)
    try:
        with transaction.atomic():
            given = form.cleaned_data
            terms = {"is_prepaid": bool(given["is_prepaid"]), "credit_limit": given["credit_limit"]}
            edit_plan(found, given["name"], form.overrides(), form.quotas(), **terms)
            apply_terms_of_plan(found)
            after = _facts(found)
            record(None, request.user, "plan.changed", found.name, found.pk, before=before, after=after, is_operator=True)
    except PlanChangeError as error:
        form.add_error("is_prepaid" if error.reason is PlanRefusal.NOT_PREPAID else "name", refusal(error))
        return False
    return True


def _facts(found: Plan) -> dict[str, object]:
    """Return what a plan says, as the log keeps it: the cells that differ, by kind and name, quotas and prices."""
    cells = {f"{kind.value}.{column}": can for (kind, column), can in read_overrides(found.overrides).items()}
    quotas = {f"quota.{kind}": "" if count is None else count for kind, count in found.keyword_quotas.items()}
    limit = "" if found.credit_limit is None else money(found.credit_limit)
    return {"name": found.name, "is_prepaid": found.is_prepaid, "credit_limit": limit, **cells, **quotas}


def _list(request: OperatorRequest, form: PlanNameForm, status: int = 200) -> HttpResponse:
    rows = [(each, len(read_overrides(each.overrides)), _price_of_a_segment(each)) for each in plans()]
    return render(request, "panel/operator/plans/list.html", {"rows": rows, "form": form, "may_edit": may_edit(request)}, status=status)


def _price_of_a_segment(found: Plan) -> int:
    its = list_of(found)
    return (read_prices(its.prices) if its else STANDARD_PRICES)[Service.FULL]


def _detail(request: OperatorRequest, found: Plan, form: PlanForm, status: int = 200) -> HttpResponse:
    on_it = accounts_on(found)
    coming, current, past = sorted_out(found, timezone.now())
    context = {
        "plan": found,
        "coming": [shown(each) for each in coming],
        "current": shown(current) if current else None,
        "past": [shown(each) for each in past],
        "form": form,
        "kinds": [each.abbreviation for each in CAPABILITIES.values()],
        "accounts": on_it[:SHOWN],
        "account_count": on_it.count(),
        "may_edit": may_edit(request),
    }
    return render(request, "panel/operator/plans/detail.html", context, status=status)
