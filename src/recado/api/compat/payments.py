"""The actions `payments/*` (provider-api.md §7): an account's invoices as programs read them.

What belongs here: parameters in, rows out. What does not: which invoices an account has, and drawing one; that is asked of `apps.billing`.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from recado.api.compat.call import Answer, Call, Document, listing
from recado.api.compat.errors import INVALID_ID, UNAVAILABLE, ApiError
from recado.apps.billing import ports
from recado.apps.billing.documents import get_invoice_for, invoices_of
from recado.apps.billing.models import Invoice


def index(call: Call) -> Answer:
    """List invoices and correcting ones, the newest first."""
    return listing(call, invoices_of(call.account), _row)


def view(call: Call) -> Answer:
    """Show one of them."""
    return _row(_invoice(call))


def invoice(call: Call) -> Document:
    """Give one of them as PDF."""
    found = _invoice(call)
    try:
        return Document(ports.draw_invoice(found), "application/pdf")
    except ports.NoInvoiceWriterError as error:
        raise ApiError(UNAVAILABLE) from error


def _invoice(call: Call) -> Invoice:
    try:
        return get_invoice_for(call.account, call.params.identifier())
    except Invoice.DoesNotExist as error:
        raise ApiError(INVALID_ID) from error


def _row(found: Invoice) -> dict[str, Any]:
    is_paid, total = found.paid_on is not None, found.gross / 100
    return {
        "id": found.pk,
        "number": found.number,
        "state": "paid" if is_paid else "not_paid",
        "paid": total if is_paid else 0.0,
        "total": total,
        "payment_to": f"{found.due_on:%Y-%m-%d}",
        "url": settings.RECADO.address + reverse("invoice-file", args=[found.pk]),
    }
