"""Price lists of a plan: one that begins on a day, with a look at what it means for customers before it is saved.

What belongs here: requests and responses. What does not: which list holds when (`apps.plans.price_lists`), the sums of the preview
(`apps.installation.plan_effects`).
"""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.audit.services import record
from recado.apps.installation.plan_effects import Effect, effects, planned_terms, terms_on
from recado.apps.plans.errors import PlanChangeError
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.price_lists import add_list, change_list, earliest_day, first_day, get_list, lists_of, remove_list
from recado.apps.plans.queries import accounts_on, get_plan
from recado.core.fees import Package, read_fees
from recado.core.price import STANDARD_PRICES, Service, read_prices
from recado.panel.forms.operator_plan import REFUSALS
from recado.panel.forms.price_list import PriceListForm
from recado.panel.number_words import short_name
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.listed_prices import shown
from recado.panel.operator.plans import MAY_EDIT_PLANS, may_edit
from recado.panel.templatetags.formats import calendar_day, money

SHOWN = 50
"""Customers in the preview; the sum is about all of them."""


@operator_required(MAY_EDIT_PLANS)
def price_list_new(request: OperatorRequest, plan_id: int) -> HttpResponse:
    """Write a list that begins on a day, prefilled with the one that begins last."""
    found, now = get_plan(plan_id), timezone.now()
    latest, earliest = lists_of(found).first(), earliest_day(found, now)
    prices = read_prices(latest.prices) if latest else STANDARD_PRICES
    form = PriceListForm(earliest, prices, read_fees(latest.fees) if latest else (), request.POST or None, earliest=earliest)
    if request.method == "POST" and form.is_valid() and "save" in request.POST and _saved(request, found, None, form):
        return redirect("operator-plan", plan_id)
    return _page(request, found, None, form)


@operator_required()
def price_list(request: OperatorRequest, plan_id: int, list_id: int) -> HttpResponse:
    """Show a list; one that has not begun can be changed."""
    found, now = get_plan(plan_id), timezone.now()
    its = get_list(found, list_id)
    if its.starts_at <= now or not may_edit(request):
        context = {"plan": found, "list": shown(its), "is_begun": its.starts_at <= now}
        return render(request, "panel/operator/plans/price_list.html", context, status=403 if request.method == "POST" else 200)
    form = PriceListForm(
        first_day(its), read_prices(its.prices), read_fees(its.fees), request.POST or None, earliest=earliest_day(found, now)
    )
    if request.method == "POST" and form.is_valid() and "save" in request.POST and _saved(request, found, its, form):
        return redirect("operator-plan", plan_id)
    return _page(request, found, its, form)


@require_POST
@operator_required(MAY_EDIT_PLANS)
def price_list_remove(request: OperatorRequest, plan_id: int, list_id: int) -> HttpResponse:
    """Remove a list that has not begun."""
    found = get_plan(plan_id)
    its = get_list(found, list_id)
    try:
        with transaction.atomic():
            record(None, request.user, "plan.prices_removed", found.name, found.pk, before=_facts(its), is_operator=True)
            remove_list(its, timezone.now())
    except PlanChangeError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("The price list from %(day)s is removed.") % {"day": calendar_day(first_day(its))})
    return redirect("operator-plan", plan_id)


def _saved(request: OperatorRequest, found: Plan, its: PriceList | None, form: PriceListForm) -> bool:
    day, before, now = form.cleaned_data["first_day"], _facts(its) if its else {}, timezone.now()
    try:
        with transaction.atomic():
            if its is None:
                its, action = add_list(found, day, form.prices(), form.fees(), now), "plan.prices_added"
            else:
                change_list(its, day, form.prices(), form.fees(), now)
                its, action = get_list(found, its.pk), "plan.prices_changed"
            record(None, request.user, action, found.name, found.pk, before=before, after=_facts(its), is_operator=True)
    except PlanChangeError as error:
        form.refuse(error)
        return False
    messages.success(request, _("The price list holds from %(day)s.") % {"day": calendar_day(day)})
    return True


def _page(request: OperatorRequest, found: Plan, its: PriceList | None, form: PriceListForm) -> HttpResponse:
    looked = _effects(found, form, timezone.now()) if form.is_bound and not form.errors else None
    context = {
        "plan": found,
        "price_list": its,
        "form": form,
        "effects": looked[:SHOWN] if looked is not None else None,
        "effect_count": len(looked or ()),
        "difference": sum(each.difference for each in looked or ()),
    }
    return render(request, "panel/operator/plans/price_list_form.html", context, status=422 if form.errors else 200)


def _effects(found: Plan, form: PriceListForm, now: datetime) -> list[Effect]:
    return effects(accounts_on(found), terms_on(found, now), planned_terms(found, form.prices(), form.fees()), now)


def _facts(its: PriceList) -> dict[str, object]:
    """Return what a list says, as the log keeps it."""
    prices = {f"price.{Service(service)}": money(price) for service, price in its.prices.items()}
    return {"first_day": calendar_day(first_day(its)), **prices, "fees": "; ".join(_fee(each) for each in read_fees(its.fees))}


def _fee(package: Package) -> str:
    name = " ".join(part for part in (short_name(package.kind), package.name) if part)
    return f"{name}: {money(package.installation)} + {money(package.monthly)}"
