"""A customer's terms: its plan, with a look at what another one would mean before it changes, and its own credit limit.

What belongs here: requests and responses. What does not: what a plan means (`core.plan`), reads and writes (`apps.plans`,
`apps.billing.terms`).
"""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.accounts.queries import get_account
from recado.apps.audit.services import record
from recado.apps.billing.models import Wallet
from recado.apps.billing.plan_periods import note_plan_change
from recado.apps.billing.subscriptions import running_of, today_of
from recado.apps.billing.terms import PrepaidLimitError, apply_terms, set_own_limit
from recado.apps.installation.plan_effects import effects, terms_on
from recado.apps.plans.errors import PlanChangeError
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import capabilities_on, keywords_held, plan_of
from recado.apps.plans.services import set_plan
from recado.core.fees import package_of
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.plan import QUOTA_KINDS, quota_of, read_quotas
from recado.panel.forms.operator_plan import AccountPlanForm, OwnLimitForm, refusal
from recado.panel.number_words import CAPABILITY_NAMES, short_name
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.operator.plans import MAY_EDIT_PLANS
from recado.panel.templatetags.formats import money


@operator_required(MAY_SUPPORT)
def account_plan(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Show what another plan would mean for a customer; a posted form puts it on that plan."""
    account, form = get_account(account_id), AccountPlanForm(request.POST if request.method == "POST" else request.GET)
    before = plan_of(account)
    if request.method != "POST":
        return _preview(request, account, before, form.cleaned_data["plan"] if form.is_valid() else before)
    if not form.is_valid():
        messages.error(request, _("Choose a plan."))
        return redirect("operator-account", account_id)
    after = form.cleaned_data["plan"]
    try:
        with transaction.atomic():
            if before != after:
                set_plan(account, after)
                apply_terms(account)
                note_plan_change(account, before, after, timezone.now().astimezone(account.zone).date())
                changed = {"before": {"plan": before.name}, "after": {"plan": after.name}}
                record(account, request.user, "account.plan_changed", account.name, account.pk, **changed, is_operator=True)
    except PlanChangeError as error:
        messages.error(request, refusal(error))
        return redirect("operator-account", account_id)
    messages.success(request, _("%(account)s is on the plan %(plan)s.") % {"account": account.name, "plan": after.name})
    return redirect("operator-account", account_id)


@require_POST
@operator_required(MAY_EDIT_PLANS)
def account_limit(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Say how much a customer may owe where that is not what its plan says."""
    account, form = get_account(account_id), OwnLimitForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["own_limit"]))
        return redirect("operator-account", account_id)
    before, after = own_limit_of(account), form.cleaned_data["own_limit"]
    if before != after:
        try:
            with transaction.atomic():
                set_own_limit(account, after)
                changed = {"before": {"own_limit": _amount(before)}, "after": {"own_limit": _amount(after)}}
                record(account, request.user, "account.limit_changed", account.name, account.pk, **changed, is_operator=True)
        except PrepaidLimitError:
            messages.error(
                request,
                _("%(account)s pays in advance and cannot owe anything. Choose a plan that is paid afterwards first.")
                % {"account": account.name},
            )
            return redirect("operator-account", account_id)
    messages.success(request, _("Saved."))
    return redirect("operator-account", account_id)


def own_limit_of(account: Account) -> int | None:
    """Return the limit agreed with an account alone; None: as its plan says."""
    return Wallet.objects.filter(account=account).values_list("own_limit", flat=True).first()


def _preview(request: OperatorRequest, account: Account, before: Plan, after: Plan) -> HttpResponse:
    now = timezone.now()
    looked = effects([account], terms_on(before, now), terms_on(after, now), now)
    context = {
        "account": account,
        "before": before,
        "after": after,
        "effects": looked,
        "effect_count": 1,
        "difference": looked[0].difference,
        "lost": [*_lost(account, before, after), *_not_offered(account, after, now)],
    }
    return render(request, "panel/operator/accounts/plan.html", context)


def _lost(account: Account, before: Plan, after: Plan) -> list[str]:
    """Say which functions of the kinds of number the account uses are not in the other plan, and which quotas it exceeds."""
    kinds = [NumberKind(kind) for kind in account.numbers.values_list("kind", flat=True).distinct().order_by("kind")]
    found = [
        _("%(function)s, %(kind)s") % {"function": CAPABILITY_NAMES[column], "kind": short_name(kind)}
        for kind in kinds
        for column in ("exact_keywords", "advanced_keywords", "all_messages", "surveys_contests_statistics", "mms")
        if getattr(capabilities_on(before, kind), column) and not getattr(capabilities_on(after, kind), column)
    ]
    for kind in QUOTA_KINDS:
        quota, held = quota_of(kind, read_quotas(after.keyword_quotas)), keywords_held(account, kind)
        if CAPABILITIES[kind].keyword_quota and quota is not None and held > quota:
            words = _("%(kind)s: %(held)s keywords are held, %(quota)s are included; they stay, and no further one can be reserved")
            found.append(words % {"kind": short_name(kind), "held": held, "quota": quota})
    return found


def _not_offered(account: Account, after: Plan, now: datetime) -> list[str]:
    """Say which packages of keywords the account has that the other plan does not offer."""
    fees = terms_on(after, now).fees
    taken = running_of(account, today_of(account, now)).filter(number=None)
    words = _("%(kind)s, package %(package)s: the other plan does not offer it, so it costs nothing and its keywords are not included")
    return [
        words % {"kind": short_name(each.kind), "package": each.package}
        for each in taken
        if package_of(fees, NumberKind(each.kind), each.package) is None
    ]


def _amount(limit: int | None) -> str:
    return "" if limit is None else money(limit)
