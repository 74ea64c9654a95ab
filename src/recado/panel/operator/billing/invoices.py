"""Invoices of all customers: searching, one with its file, correcting it, noting that it was paid.

What belongs here: requests and responses. What does not: what corrections and payments book (`apps.billing`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.billing.corrections import CorrectionError, correct
from recado.apps.billing.documents import get_invoice, open_corrections, search_invoices
from recado.apps.billing.models import Invoice
from recado.apps.billing.payments import mark_paid
from recado.panel.forms.operator_billing import CORRECTION_REFUSALS, CorrectionForm, PaidForm
from recado.panel.invoices.response import pdf_response
from recado.panel.operator.access import OperatorRequest, operator_required
from recado.panel.operator.billing.access import MAY_POST, MAY_SEE_MONEY, MAY_TAKE_MONEY
from recado.panel.templatetags.formats import money

PAGE = 50


@require_safe
@operator_required(MAY_SEE_MONEY)
def invoices(request: OperatorRequest) -> HttpResponse:
    """Show invoices, newest first, narrowed by number, customer or NIP."""
    search, only_unpaid = request.GET.get("q", "")[:100], request.GET.get("state") == "unpaid"
    page = Paginator(search_invoices(search, only_unpaid=only_unpaid), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "only_unpaid": only_unpaid, "today": timezone.localdate()}
    return render(request, "panel/operator/billing/invoices.html", context)


@require_safe
@operator_required(MAY_SEE_MONEY)
def invoice(request: OperatorRequest, invoice_id: int) -> HttpResponse:
    """Show one invoice."""
    return _page(request, get_invoice(invoice_id), PaidForm())


@require_safe
@operator_required(MAY_SEE_MONEY)
def invoice_file(request: OperatorRequest, invoice_id: int) -> HttpResponse:  # noqa: ARG001  # the shape of a view
    """Give an invoice as PDF."""
    return pdf_response(get_invoice(invoice_id))


@require_POST
@operator_required(MAY_TAKE_MONEY)
def invoice_paid(request: OperatorRequest, invoice_id: int) -> HttpResponse:
    """Note that an invoice was paid."""
    found, form = get_invoice(invoice_id), PaidForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    day, settled = form.cleaned_data["paid_on"], [found]
    if request.POST.get("with_corrections"):
        settled += open_corrections(found)
    with transaction.atomic():
        for each in settled:
            if mark_paid(each, day, timezone.now()):
                record(each.account, request.user, "invoice.paid", each.number, each.pk, after={"paid_on": f"{day}"}, is_operator=True)
    messages.success(request, _("Settled: %(numbers)s.") % {"numbers": ", ".join(each.number for each in settled)})
    return redirect("operator-invoice", invoice_id)


@operator_required(MAY_POST)
def invoice_correct(request: OperatorRequest, invoice_id: int) -> HttpResponse:
    """Ask what each line should have been, and make the correcting invoice."""
    found = get_invoice(invoice_id)
    form = CorrectionForm(found, request.POST if request.method == "POST" else None)
    made = _corrected(request, found, form) if request.method == "POST" and form.is_valid() else None
    if made is None:
        context = {"invoice": found, "form": form}
        return render(request, "panel/operator/billing/correct.html", context, status=422 if form.errors else 200)
    messages.success(request, _("%(number)s is made.") % {"number": made.number})
    return redirect("operator-invoice", made.pk)


def _corrected(request: OperatorRequest, found: Invoice, form: CorrectionForm) -> Invoice | None:
    try:
        with transaction.atomic():
            made = correct(found, form.right(), form.cleaned_data["reason"], timezone.now())
            after = {"gross": money(made.gross), "reason": made.reason}
            record(made.account, request.user, "invoice.corrected", made.number, made.pk, after=after, is_operator=True)
            return made
    except CorrectionError as error:
        form.add_error(None, str(CORRECTION_REFUSALS[error.reason]))
        return None


def _page(request: OperatorRequest, found: Invoice, form: PaidForm, status: int = 200) -> HttpResponse:
    settled_with = open_corrections(found)
    together = found.gross + sum(each.gross for each in settled_with)
    context = {
        "invoice": found,
        "form": form,
        "settled_with": settled_with,
        "together": together,
        "given_back": -found.gross,
        "today": timezone.localdate(),
        "corrections": found.corrections.order_by("pk"),
        "may_post": request.user.operator_role in MAY_POST and found.kind == Invoice.Kind.INVOICE,
        "may_take": request.user.operator_role in MAY_TAKE_MONEY,
    }
    return render(request, "panel/operator/billing/invoice.html", context, status=status)
