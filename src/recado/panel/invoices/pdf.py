"""An invoice as PDF: A4, as many pages as its lines need, the same bytes each time.

What belongs here: the order of the parts on the page, and the words around them in the invoice's language. What does not: figures; they are
those the invoice keeps.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table, TableStyle

from recado.apps.billing.bank_account import written
from recado.apps.billing.models import Invoice
from recado.core.amount_words import in_words
from recado.panel.invoices.tables import amount, line_table, rate_table
from recado.panel.invoices.typeface import REGULAR, plain, register

MARGIN = 16 * mm
PADDING = 12
"""What the frame of a page keeps free, in points."""
GAP = Spacer(1, 6 * mm)


def invoice_pdf(invoice: Invoice) -> bytes:
    """Draw an invoice in its own language."""
    register()
    target = BytesIO()
    with override(invoice.language):
        document = SimpleDocTemplate(
            target,
            pagesize=A4,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=_title(invoice),
            author=invoice.seller["name"],
            creator="Recado",
            lang=invoice.language,
            invariant=1,
        )
        foot = _foot(invoice)
        document.build(list(_parts(invoice)), onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def _title(invoice: Invoice) -> str:
    if invoice.kind == Invoice.Kind.CORRECTION:
        return _("Correcting invoice %(number)s") % {"number": invoice.number}
    return _("Invoice %(number)s") % {"number": invoice.number}


def _parts(invoice: Invoice) -> list[Flowable]:
    parts: list[Flowable] = [plain(_title(invoice), 15, is_bold=True), GAP, _dates(invoice), GAP, _sides(invoice), GAP]
    if invoice.corrects is not None:
        corrected = {"number": invoice.corrects.number, "day": f"{invoice.corrects.issued_on:%d.%m.%Y}"}
        parts += [
            plain(_("Corrects invoice %(number)s of %(day)s.") % corrected),
            plain(_("Reason: %(why)s") % {"why": invoice.reason}),
            GAP,
        ]
    parts += [line_table(invoice), GAP, rate_table(invoice), GAP, *_payment(invoice)]
    return parts


def _dates(invoice: Invoice) -> Flowable:
    facts = (
        (_("Place of issue"), invoice.seller["place"]),
        (_("Date of issue"), f"{invoice.issued_on:%d.%m.%Y}"),
        (_("Date of sale"), f"{invoice.sold_on:%d.%m.%Y}"),
        *([(_("Due"), f"{invoice.due_on:%d.%m.%Y}")] if invoice.gross >= 0 else []),
    )
    table = Table([[plain(name, 7) for name, _value in facts], [plain(value, is_bold=True) for _name, value in facts]], hAlign="LEFT")
    table.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, 0), 0)]))
    return table


def _sides(invoice: Invoice) -> Flowable:
    heads = [plain(_("Seller"), 7), plain(_("Buyer"), 7)]
    table = Table([heads, [_side(invoice.seller), _side(invoice.buyer)]], colWidths=[(A4[0] - 2 * MARGIN - PADDING) / 2] * 2)
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return table


def _side(data: Mapping[str, Any]) -> list[Flowable]:
    rest = [data["address"], f"{data['postcode']} {data['city']}".strip(), f"NIP: {data['tax_id']}" if data["tax_id"] else ""]
    return [plain(data["name"], 9.5, is_bold=True), plain("\n".join(filter(None, rest)))]


def _payment(invoice: Invoice) -> list[Flowable]:
    words = _("In words: %(words)s") % {"words": in_words(abs(invoice.gross), invoice.language)}
    total = amount(abs(invoice.gross))
    if invoice.gross < 0:
        return [plain(_("To be given back: %(amount)s") % {"amount": total}, 12, is_bold=True), plain(words)]
    parts = [plain(_("To pay: %(amount)s") % {"amount": total}, 12, is_bold=True), plain(words), GAP]
    if invoice.paid_on == invoice.issued_on:
        return [*parts, plain(_("Paid from the credit of the account."))]
    bank = invoice.seller.get("bank_name") or ""
    account = {"account": written(invoice.seller["bank_account"]), "bank": bank}
    way = _("By transfer to %(account)s (%(bank)s)") if bank else _("By transfer to %(account)s")
    return [*parts, plain(way % account), plain(_("Title of the transfer: %(number)s") % {"number": invoice.number})]


def _foot(invoice: Invoice) -> Any:
    def draw(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(REGULAR, 7)
        words = _("%(title)s, page %(page)s") % {"title": _title(invoice), "page": document.page}
        canvas.drawRightString(A4[0] - MARGIN, 9 * mm, words)

    return draw
