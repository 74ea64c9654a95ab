"""An invoice as an answer to a browser.

What belongs here: headers and the file's name. What does not: who may have it (the views).
"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from recado.apps.billing.models import Invoice
from recado.panel.invoices.pdf import invoice_pdf


def pdf_response(invoice: Invoice) -> HttpResponse:
    """Answer with an invoice to keep."""
    response = HttpResponse(invoice_pdf(invoice), content_type="application/pdf")
    name = invoice.number.replace(" ", "-").replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf") or "attachment"
    response["Cache-Control"] = "no-store"
    return response
