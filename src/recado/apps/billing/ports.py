"""The way to an invoice as a file, for programs: the panel draws it, and nothing below the panel may import it.

What belongs here: the port and what fills it by default. What does not: drawing (`panel.invoices`), who may have an invoice (`documents`).
"""

from collections.abc import Callable
from typing import TypeAlias

from recado.apps.billing.models import Invoice

InvoiceWriter: TypeAlias = Callable[[Invoice], bytes]
"""Draws an invoice as PDF."""


class NoInvoiceWriterError(RuntimeError):
    """Nothing in this process draws invoices."""


def no_writer(invoice: Invoice) -> bytes:
    """Refuse: what draws invoices until the server says who does."""
    raise NoInvoiceWriterError(f"nothing here draws invoice {invoice.pk}: the addresses of the panel are not loaded")


_writer: InvoiceWriter = no_writer


def set_invoice_writer(writer: InvoiceWriter = no_writer) -> None:
    """Say who draws invoices from now on; without an argument, nobody."""
    global _writer  # noqa: PLW0603  # the one port of the process, filled once by the server
    _writer = writer


def draw_invoice(invoice: Invoice) -> bytes:
    """Draw an invoice; raise NoInvoiceWriterError where nothing does."""
    return _writer(invoice)
