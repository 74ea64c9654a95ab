"""Who issues the invoices of this installation.

What belongs here: the form's page.
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.audit.services import record
from recado.apps.billing.models import Seller
from recado.apps.billing.sellers import FIELDS, save_seller, seller
from recado.panel.forms.operator_billing import SellerForm
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.billing.access import MAY_POST, MAY_SEE_MONEY


@operator_required(MAY_SEE_MONEY)
def seller_page(request: OperatorRequest) -> HttpResponse:
    """Show who sells; a posted form changes it."""
    if request.method == "POST":
        return _change(request)
    return _page(request, SellerForm(seller()))


@operator_required(MAY_POST)
def _change(request: OperatorRequest) -> HttpResponse:
    before = seller()
    form = SellerForm(before, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    with transaction.atomic():
        after = save_seller(form.cleaned_data)
        facts = _facts(before) if before else {}
        record(None, request.user, "billing.seller_changed", after.name, before=facts, after=_facts(after), is_operator=True)
    messages.success(request, _("Saved. It stands on invoices from now on."))
    return redirect("operator-billing-seller")


def _page(request: OperatorRequest, form: SellerForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "may_post": request.user.operator_role in MAY_POST}
    return render(request, "panel/operator/billing/seller.html", context, status=status)


def _facts(found: Seller) -> dict[str, object]:
    return {name: getattr(found, name) for name in FIELDS}
