"""Payments of invoices. The ledger is net, so a payment books the invoice's net amount; its VAT passes the books by.

What belongs here: marking an invoice as paid, once. What does not: top-ups (`services`).
"""

from datetime import date, datetime

from django.db import transaction

from recado.apps.billing.booking import Leg, book
from recado.apps.billing.models import Invoice
from recado.core.ledger import Book, Event


@transaction.atomic
def mark_paid(invoice: Invoice, on: date, now: datetime) -> bool:
    """Note that the whole invoice was paid, or that what a correction gives back was paid out; False where it was noted before."""
    if not Invoice.objects.filter(pk=invoice.pk, paid_on=None).update(paid_on=on):
        return False
    book(invoice.account, Event.PAYMENT, invoice.pk, [Leg(0, Book.BANK, invoice.net, invoice.number)], now)
    return True
