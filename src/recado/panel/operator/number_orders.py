"""What customers ordered: those that wait, the oldest first, and settling one: give a number, or say why not.

What belongs here: requests and responses. What does not: what is allowed and who wins a race (`apps.orders`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.billing.subscriptions import follow_number
from recado.apps.numbers.services import NumberError
from recado.apps.orders.errors import OrderError
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import get_order, open_orders, order_refusals, settled_orders
from recado.apps.orders.services import assign_order, refuse_order
from recado.apps.plans.queries import plan_of
from recado.core.number import NumberKind
from recado.panel.forms.operator_number import REFUSALS as NUMBER_REFUSALS
from recado.panel.forms.operator_order import AssignOrderForm, RefuseOrderForm
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.order_words import REFUSALS, STATES
from recado.panel.templatetags.recado import own_number


@require_safe
@operator_required()
def orders(request: OperatorRequest) -> HttpResponse:
    """Show what waits, and what was settled last."""
    settled = [(each, *STATES[NumberOrder.State(each.state)]) for each in settled_orders()]
    return render(request, "panel/operator/orders/list.html", {"waiting": open_orders(), "settled": settled})


@require_safe
@operator_required()
def order(request: OperatorRequest, order_id: int) -> HttpResponse:
    """Show an order with the numbers that could be given."""
    found = get_order(order_id)
    return _detail(request, found, AssignOrderForm(found), RefuseOrderForm())


@require_POST
@operator_required(MAY_SUPPORT)
def order_assign(request: OperatorRequest, order_id: int) -> HttpResponse:
    """Give the customer a number."""
    found = get_order(order_id)
    form = AssignOrderForm(found, request.POST)
    if not form.is_valid():
        return _detail(request, found, form, RefuseOrderForm(), status=422)
    number = form.cleaned_data["number"]
    try:
        with transaction.atomic():
            assign_order(found, number, request.user)
            follow_number(number, None, timezone.now())
            after = {"number": number.digits, "kind": found.kind}
            record(found.account, request.user, "order.assigned", number.digits, found.pk, after=after, is_operator=True)
    except OrderError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-order", order_id)
    except NumberError as error:
        messages.error(request, str(NUMBER_REFUSALS[error.reason]))
        return redirect("operator-order", order_id)
    words = _("%(number)s belongs to %(account)s now. Its people are told.")
    messages.success(request, words % {"number": own_number(number.digits), "account": found.account.name})
    return redirect("operator-number", number.pk)


@require_POST
@operator_required(MAY_SUPPORT)
def order_refuse(request: OperatorRequest, order_id: int) -> HttpResponse:
    """Say no, and why."""
    found, form = get_order(order_id), RefuseOrderForm(request.POST)
    if not form.is_valid():
        return _detail(request, found, AssignOrderForm(found), form, status=422)
    try:
        with transaction.atomic():
            refuse_order(found, form.cleaned_data["reason"], request.user)
            name = found.number.digits if found.number else found.kind
            record(found.account, request.user, "order.refused", name, found.pk, after={"reason": found.reason}, is_operator=True)
    except OrderError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-order", order_id)
    messages.success(request, _("The order is refused. %(account)s is told why.") % {"account": found.account.name})
    return redirect("operator-orders")


def _detail(
    request: OperatorRequest, found: NumberOrder, assign: AssignOrderForm, refuse: RefuseOrderForm, status: int = 200
) -> HttpResponse:
    word, icon_name, css = STATES[NumberOrder.State(found.state)]
    doubt = order_refusals(found.account)[NumberKind(found.kind)]
    context = {
        "order": found,
        "word": word,
        "icon_name": icon_name,
        "css": css,
        "plan": plan_of(found.account),
        "doubt": REFUSALS[doubt] if doubt and found.state == NumberOrder.State.OPEN else "",
        "assign": assign,
        "refuse": refuse,
        "is_open": found.state == NumberOrder.State.OPEN,
    }
    return render(request, "panel/operator/orders/detail.html", context, status=status)
