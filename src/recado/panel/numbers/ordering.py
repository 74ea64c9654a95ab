"""Ordering a number: the comparison of the kinds, the stock of one, the order itself, withdrawing it.

What belongs here: requests and responses. What does not: what is allowed and who wins a race (`apps.orders`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.orders.errors import OrderError
from recado.apps.orders.models import NumberOrder
from recado.apps.orders.queries import get_order_for, order_refusals, stock
from recado.apps.orders.services import order_number, reopen_order, withdraw_order
from recado.apps.plans.price_lists import fees_of
from recado.core.number import NumberKind
from recado.panel.access import MemberRequest, may_manage, may_read, member_required
from recado.panel.forms.number import OrderForm
from recado.panel.number_words import explanation, short_name
from recado.panel.numbers.comparison import compare
from recado.panel.order_words import REFUSALS
from recado.panel.recording import note
from recado.panel.templatetags.recado import own_number
from recado.panel.undo import offer_undo

SHOWN = 24
"""Numbers of the stock on the page; a search finds the others."""


@member_required
@may_read
def order(request: MemberRequest) -> HttpResponse:
    """Compare the kinds; once one is chosen, show its stock; a posted form orders."""
    kind = _kind(request)
    if kind is None or (order_refusals(request.account)[kind] and request.method != "POST"):
        return render(request, "panel/numbers/order.html", {"kinds": compare(request.account)})
    if request.method != "POST":
        return _choose(request, kind, OrderForm(kind))
    if not request.may_manage:
        raise PermissionDenied
    form = OrderForm(kind, request.POST)
    if not form.is_valid() or not (made := _order(request, kind, form)):
        return _choose(request, kind, form)
    what = {"what": _name(made)}
    messages.success(request, _("Ordered: %(what)s. You are told as soon as the operator has dealt with it.") % what)
    return redirect("numbers")


@require_POST
@member_required
@may_manage
def withdraw(request: MemberRequest, order_id: int) -> HttpResponse:
    """Give up an order that waits; it can be taken back for as long as the number is free."""
    found = get_order_for(request.account, order_id)
    try:
        with transaction.atomic():
            withdraw_order(found, request.user)
            note(request, "order.withdrawn", _stored_name(found), found.pk)
    except OrderError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        words = _("The order is withdrawn: %(what)s.") % {"what": _name(found)}
        offer_undo(request, words, reverse("number-order-reopen", args=[found.pk]), {})
    return redirect("numbers")


@require_POST
@member_required
@may_manage
def reopen(request: MemberRequest, order_id: int) -> HttpResponse:
    """Take a withdrawal back."""
    found = get_order_for(request.account, order_id)
    try:
        with transaction.atomic():
            reopen_order(found)
            note(request, "order.reopened", _stored_name(found), found.pk)
    except OrderError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("The order waits again: %(what)s.") % {"what": _name(found)})
    return redirect("numbers")


def _order(request: MemberRequest, kind: NumberKind, form: OrderForm) -> NumberOrder | None:
    given = form.cleaned_data
    try:
        with transaction.atomic():
            made = order_number(request.account, request.user, kind, given["number"], given["note"])
            note(request, "order.placed", _stored_name(made), made.pk, after={"kind": kind.value, "note": made.note})
    except OrderError as error:
        form.add_error("number", str(REFUSALS[error.reason]))
        return None
    return made


def _choose(request: MemberRequest, kind: NumberKind, form: OrderForm) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:20]
    found = stock(kind, search)
    context = {
        "kind": kind.value,
        "name": short_name(kind),
        "explanation": explanation(kind),
        "fees": fees_of(request.account, kind, timezone.now()),
        "form": form,
        "search": search,
        "numbers": found[:SHOWN],
        "more": max(0, found.count() - SHOWN),
        "chosen": form["number"].value() or "",
    }
    return render(request, "panel/numbers/order_kind.html", context, status=422 if form.errors else 200)


def _kind(request: MemberRequest) -> NumberKind | None:
    asked = request.GET.get("kind", "")
    return NumberKind(asked) if asked in set(NumberKind) else None


def _name(made: NumberOrder) -> str:
    """Name what is ordered, in words."""
    return own_number(made.number.digits) if made.number else short_name(made.kind)


def _stored_name(made: NumberOrder) -> str:
    """Name what is ordered, in words that last."""
    return made.number.digits if made.number else made.get_kind_display()
