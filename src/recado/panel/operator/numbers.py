"""Numbers of the installation: the stock, whose they are, adding them and giving them away.

What belongs here: requests and responses. What does not: reads and writes (`apps.numbers`), the pasted list (`number_import`), suspending
and releasing (`number_life`), what customers ordered (`number_orders`).
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.audit.services import record
from recado.apps.billing.subscriptions import follow_number, subscription_of
from recado.apps.inbox.orphans import orphan_traffic
from recado.apps.numbers.lifecycle import is_rested, rest_ends_at
from recado.apps.numbers.models import Number
from recado.apps.numbers.queries import count_by_state, get_number, numbers_matching
from recado.apps.numbers.services import NumberError, add_number, assign_number, set_mms_link
from recado.apps.orders.queries import open_order_count
from recado.core.number import NumberKind
from recado.core.reminder import REMIND_BEFORE
from recado.panel.forms.operator_number import REFUSALS, AssignForm, ExpiryForm, NumberForm, last_day
from recado.panel.ids import id_of
from recado.panel.number_words import KINDS, STATES
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required

PAGE = 50
ORPHANS = 10
"""Numbers with traffic that is nobody's, shown at most."""


@require_safe
@operator_required()
def numbers(request: OperatorRequest) -> HttpResponse:
    """Show the numbers, narrowed by state, kind, customer, a near end, and a piece of number, label or customer's name."""
    state, kind, search = (request.GET.get(name, "").strip() for name in ("state", "kind", "q"))
    account_id, is_ending, now = id_of(request.GET.get("account")), request.GET.get("ending") == "yes", timezone.now()
    found = numbers_matching(
        state=state if state in STATES else "",
        kind=kind if kind in KINDS else "",
        search=search,
        account_id=account_id,
        expires_by=now + REMIND_BEFORE if is_ending else None,
    )
    counts = count_by_state()
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "counts": [(value.value, name, counts.get(value.value, 0)) for value, name in STATES.items()],
        "kinds": KINDS.items(),
        "state": state,
        "kind": kind,
        "search": search,
        "account": Account.objects.filter(pk=account_id).first() if account_id else None,
        "is_ending": is_ending,
        "orphans": orphan_traffic(now)[:ORPHANS],
        "orders": open_order_count(),
    }
    return render(request, "panel/operator/numbers/list.html", context)


@operator_required(MAY_SUPPORT)
def new_number(request: OperatorRequest) -> HttpResponse:
    """Take a number into service."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (added := _add(request, form)):
        messages.success(request, _("%(number)s is there.") % {"number": added.digits})
        return redirect("operator-number", added.pk)
    return render(request, "panel/operator/numbers/new.html", {"form": form}, status=422 if form.errors else 200)


@operator_required()
def number(request: OperatorRequest, number_id: int) -> HttpResponse:
    """Show a number; a posted form gives it to a customer or to another link."""
    found = get_number(number_id)
    can = found.capabilities
    if request.method == "POST":
        return _assign(request, found, AssignForm(request.POST, is_shared=can.is_shared, has_mms=can.mms))
    return _detail(request, found, AssignForm(is_shared=can.is_shared, has_mms=can.mms, initial=_facts(found)))


def _facts(found: Number) -> dict[str, Any]:
    return {"account": found.account, "connection": found.connection, "mms_connection": found.mms_connection, "can_send": found.can_send}


def _add(request: OperatorRequest, form: NumberForm) -> Number | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            added = add_number(
                given["digits"], NumberKind(given["kind"]), account=given["account"], connection=given["connection"], label=given["label"]
            )
            follow_number(added, None, timezone.now())
            after = {"kind": added.kind, "state": added.state}
            record(added.account, request.user, "number.added", added.digits, added.pk, after=after, is_operator=True)
    except NumberError as error:
        form.add_error("digits", str(REFUSALS[error.reason]))
        return None
    return added


def _assign(request: OperatorRequest, found: Number, form: AssignForm) -> HttpResponse:
    if not request.may_support:
        return _detail(request, found, form, status=403)
    if not form.is_valid():
        return _detail(request, found, form, status=422)
    account, connection = form.cleaned_data.get("account"), form.cleaned_data["connection"]
    before, owner_before = _written(found), found.account_id
    try:
        with transaction.atomic():
            assign_number(found, account=account, connection=connection, can_send=form.cleaned_data["can_send"])
            if "mms_connection" in form.fields:
                set_mms_link(found, form.cleaned_data["mms_connection"])
            follow_number(found, owner_before, timezone.now())
            facts = {"before": before, "after": _written(found)}
            record(found.account, request.user, "number.assigned", found.digits, found.pk, **facts, is_operator=True)
    except NumberError as error:
        form.add_error(None, str(REFUSALS[error.reason]))
        return _detail(request, get_number(found.pk), form, status=422)
    messages.success(request, _("Saved."))
    return redirect("operator-number", found.pk)


def _written(found: Number) -> dict[str, Any]:
    """Return what the activity log keeps of a number's assignment."""
    written = {"account": str(found.account or ""), "link": str(found.connection or ""), "can_send": found.can_send}
    return written | ({"mms_link": str(found.mms_connection or "")} if found.capabilities.mms else {})


def _detail(request: OperatorRequest, found: Number, form: AssignForm, status: int = 200) -> HttpResponse:
    context = {
        "number": found,
        "form": form,
        "expiry": ExpiryForm(initial={"last_day": last_day(found.expires_at)}),
        "is_rested": is_rested(found, timezone.now()),
        "rest_ends_at": rest_ends_at(found),
        "subscription": subscription_of(found),
        "held_by": found.orders.filter(state="open").select_related("account").first(),
        "keywords": found.keywords.order_by("word")[:PAGE],
    }
    return render(request, "panel/operator/numbers/detail.html", context, status=status)
