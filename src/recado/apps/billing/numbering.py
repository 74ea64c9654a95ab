"""Numbers of invoices: within a series one after the other, without holes.

What belongs here: taking the next number. Whoever takes one holds the series until its transaction ends: of two at once the second waits,
and where the first gives up, its number goes to the second.
"""

from datetime import date

from django.db.models import F

from recado.apps.billing.models import InvoiceSeries


def take_number(kind: str, issued_on: date) -> tuple[str, int]:
    """Return series and number for an invoice of a day; call it within the transaction that stores the invoice."""
    return take_numbers(kind, issued_on, 1)


def take_numbers(kind: str, issued_on: date, count: int) -> tuple[str, int]:
    """Return the series and the first of `count` numbers in a row, for invoices of a day that are stored in one transaction."""
    series = f"{issued_on:%Y-%m}"
    row = InvoiceSeries.objects.get_or_create(kind=kind, series=series)[0]
    InvoiceSeries.objects.filter(pk=row.pk).update(last=F("last") + count)
    row.refresh_from_db()
    return series, row.last - count + 1
