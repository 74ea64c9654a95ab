"""Invoices and statements: `/billing/invoices`, `/billing/statement`.

What belongs here: routes and shapes. What does not: drawing an invoice (a port of `apps.billing`), sums (`apps.billing.statements`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Path, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.csv_files import CSV_ANSWER, Cell, csv_response
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.shapes import Id
from recado.apps.accounts.scopes import Scope
from recado.apps.billing import ports
from recado.apps.billing.documents import get_invoice_for, invoices_of
from recado.apps.billing.models import Invoice
from recado.apps.billing.statements import Statement, months_with_movements, statement
from recado.core.billing import month_of
from recado.core.ledger import Book, Event

router = Router(tags=["Billing"])
MonthIn = Annotated[str, Field(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])]
PDF_ANSWER: dict[str, Any] = {"responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}}
HEADER = ("day", "event", "book", "count", "note", "amount", "balance")


class InvoiceOut(Schema):
    """An invoice or a correcting one."""

    id: int
    number: str = Field(examples=["FV 12/11/2026"])
    kind: Invoice.Kind
    issued_on: date
    due_on: date
    paid_on: date | None
    net: int
    vat: int
    gross: int
    corrects_id: int | None


class InvoiceLineOut(Schema):
    """A line; of a correcting invoice, the difference."""

    text: str
    net: int
    vat_rate: int = Field(description="Percent.")
    vat: int
    gross: int
    quantity: int | None = Field(description="Null on correcting invoices, as the unit and its price.")
    unit: str | None
    unit_net: int | None


class InvoiceDetailOut(InvoiceOut):
    """An invoice with what stands on it."""

    sold_on: date
    seller: dict[str, str | None]
    buyer: dict[str, str | None]
    reason: str = Field(description="Why it corrects.")
    lines: list[InvoiceLineOut]


class MovementOut(Schema):
    """What moved on a day for one reason; above nothing the account got it."""

    day: date
    event: Event
    book: Book = Field(description="Where it went, or came from.")
    count: int
    amount: int
    note: str


class StatementOut(Schema):
    """A month of the account, in minor units net."""

    month: str = Field(examples=["2026-11"])
    opening: int
    movements: list[MovementOut]
    closing: int


@router.get("/invoices", auth=key(Scope.BILLING_READ), response=Page[InvoiceOut], operation_id="list_invoices", summary="List invoices")
def list_invoices(request: ProgramRequest, paging: PagingQuery) -> Page[InvoiceOut]:
    """Newest first, correcting ones among them."""
    return newest_first(invoices_of(request.account), paging, invoice_out)


@router.get(
    "/invoices/{invoice_id}", auth=key(Scope.BILLING_READ), response=InvoiceDetailOut, operation_id="get_invoice", summary="Show an invoice"
)
def show_invoice(request: ProgramRequest, invoice_id: Path[Id]) -> InvoiceDetailOut:
    """One invoice with its lines and both sides as they were when it was issued."""
    found = get_invoice_for(request.account, invoice_id)
    return InvoiceDetailOut(
        **invoice_out(found).model_dump(),
        sold_on=found.sold_on,
        seller=found.seller,
        buyer=found.buyer,
        reason=found.reason,
        lines=[InvoiceLineOut(**{name: line.get(name) for name in InvoiceLineOut.model_fields}) for line in found.lines],
    )


@router.get(
    "/invoices/{invoice_id}/pdf",
    auth=key(Scope.BILLING_READ),
    operation_id="download_invoice",
    summary="Take away an invoice",
    openapi_extra=PDF_ANSWER,
)
def download(request: ProgramRequest, invoice_id: Path[Id]) -> HttpResponse:
    """Give the invoice as PDF, the same bytes each time."""
    found = get_invoice_for(request.account, invoice_id)
    response = HttpResponse(ports.draw_invoice(found), content_type="application/pdf")
    name = found.number.replace(" ", "-").replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf") or "attachment"
    response["Cache-Control"] = "no-store"
    return response


@router.get(
    "/statements", auth=key(Scope.BILLING_READ), response=list[str], operation_id="list_statements", summary="List months with a statement"
)
def list_statements(request: ProgramRequest) -> list[str]:
    """Months such as `2026-11` since something first moved, the latest first."""
    today = timezone.now().astimezone(request.account.zone).date()
    return [f"{month:%Y-%m}" for month in months_with_movements(request.account, today)]


@router.get("/statement", auth=key(Scope.BILLING_READ), response=StatementOut, operation_id="get_statement", summary="Show a statement")
def show_statement(request: ProgramRequest, month: MonthIn | None = None) -> StatementOut:
    """Show a month of the ledger, this one if none is named; texts of a day are one movement for each kind."""
    found = _statement(request, month)
    return StatementOut(
        month=f"{found.month:%Y-%m}",
        opening=found.opening,
        movements=[
            MovementOut(day=one.day, event=Event(one.event), book=Book(one.book), count=one.count, amount=one.amount, note=one.note)
            for one in found.movements
        ],
        closing=found.closing,
    )


@router.get(
    "/statement/export",
    auth=key(Scope.BILLING_READ),
    operation_id="export_statement",
    summary="Take away a statement",
    openapi_extra=CSV_ANSWER,
)
def export_statement(request: ProgramRequest, month: MonthIn | None = None) -> HttpResponseBase:
    """Give a month of the ledger as a CSV file, with the balance after each movement."""
    found = _statement(request, month)
    return csv_response(f"recado-statement-{found.month:%Y-%m}", HEADER, _rows(found))


def invoice_out(found: Invoice) -> InvoiceOut:
    """Show an invoice in a list."""
    return InvoiceOut(
        id=found.pk,
        number=found.number,
        kind=Invoice.Kind(found.kind),
        issued_on=found.issued_on,
        due_on=found.due_on,
        paid_on=found.paid_on,
        net=found.net,
        vat=found.vat,
        gross=found.gross,
        corrects_id=found.corrects_id,
    )


def _statement(request: ProgramRequest, month: str | None) -> Statement:
    today = timezone.now().astimezone(request.account.zone).date()
    return statement(request.account, date.fromisoformat(f"{month}-01") if month else month_of(today))


def _rows(found: Statement) -> Iterator[list[Cell]]:
    balance = found.opening
    for one in found.movements:
        balance += one.amount
        yield [one.day, one.event, one.book, one.count, one.note, one.amount, balance]
