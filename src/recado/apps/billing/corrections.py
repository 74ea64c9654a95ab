"""Correcting invoices: what was wrong is put right by a new document with the differences; nothing that was issued changes.

What belongs here: making one and booking it. What does not: the form.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from recado.apps.billing.booking import Leg, book
from recado.apps.billing.issuing import ZONE
from recado.apps.billing.models import Invoice, Seller
from recado.apps.billing.numbering import take_number
from recado.apps.billing.sellers import buyer_data, seller_data
from recado.apps.plans.queries import plan_of
from recado.core.billing import FEES, LineCode
from recado.core.ledger import Book, Event
from recado.core.vat import RateTotal, added_up, vat_of_lines


class CorrectionRefusal(StrEnum):
    """Why an invoice cannot be corrected as asked."""

    NO_CHANGE = "no_change"
    NO_REASON = "no_reason"
    IS_CORRECTION = "is_correction"
    BELOW_NOTHING = "below_nothing"
    NO_SELLER = "no_seller"


class CorrectionError(ValueError):
    """An invoice cannot be corrected as asked; `reason` says why."""

    def __init__(self, reason: CorrectionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def nets_now(invoice: Invoice) -> list[int]:
    """Return the net of each line of an invoice after its corrections."""
    nets = [line["net"] for line in invoice.lines]
    for lines in invoice.corrections.values_list("lines", flat=True):
        for line in lines:
            nets[line["corrects"]] += line["net"]
    return nets


@transaction.atomic
def correct(invoice: Invoice, right: Mapping[int, int], reason: str, now: datetime) -> Invoice:
    """Make a correcting invoice that brings lines, by place, to the net they should have had; the difference is booked."""
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("account").get(pk=invoice.pk)
    issuer = Seller.objects.first()
    if invoice.kind == Invoice.Kind.CORRECTION:
        raise CorrectionError(CorrectionRefusal.IS_CORRECTION)
    if not reason.strip():
        raise CorrectionError(CorrectionRefusal.NO_REASON)
    if issuer is None:
        raise CorrectionError(CorrectionRefusal.NO_SELLER)
    if any(net < 0 for net in right.values()):
        raise CorrectionError(CorrectionRefusal.BELOW_NOTHING)
    before = nets_now(invoice)
    changed = [(place, net - before[place]) for place, net in sorted(right.items()) if net != before[place]]
    if not changed:
        raise CorrectionError(CorrectionRefusal.NO_CHANGE)
    rates = [invoice.lines[place]["vat_rate"] for place, _net in changed]
    pairs = [(net, rate) for (_place, net), rate in zip(changed, rates, strict=True)]
    vats = vat_of_lines(pairs, _stated(invoice))
    sums = added_up((net, rate, vat) for (net, rate), vat in zip(pairs, vats, strict=True))
    lines = [
        invoice.lines[place]
        | {"corrects": place, "before": before[place], "quantity": 1, "unit_net": net, "net": net, "vat": vat, "gross": net + vat}
        for (place, net), vat in zip(changed, vats, strict=True)
    ]
    today = now.astimezone(ZONE).date()
    series, sequence = take_number(Invoice.Kind.CORRECTION, today)
    made = Invoice.objects.create(
        account=invoice.account,
        kind=Invoice.Kind.CORRECTION,
        series=series,
        sequence=sequence,
        issued_on=today,
        sold_on=invoice.sold_on,
        due_on=today + timedelta(days=issuer.payment_days),
        seller=seller_data(issuer),
        buyer=buyer_data(invoice.account),
        language=invoice.language,
        lines=lines,
        net=sums.net,
        vat=sums.vat,
        gross=sums.gross,
        corrects=invoice,
        paid_on=today if plan_of(invoice.account).is_prepaid and invoice.paid_on else None,  # goes to and from the credit
        reason=reason.strip()[:200],
        created_at=now,
    )
    legs = [Leg(place, _book_of(invoice.lines[place]["code"]), -net, made.number) for place, net in changed]
    book(invoice.account, Event.CORRECTION, made.pk, legs, now)
    return made


def _stated(invoice: Invoice) -> dict[int, RateTotal]:
    """Return what an invoice and its corrections state together, by rate."""
    documents = [invoice.lines, *invoice.corrections.values_list("lines", flat=True)]
    every = ((line["net"], line["vat_rate"], line["vat"]) for lines in documents for line in lines)
    return {total.rate: total for total in added_up(every).rates}


def _book_of(code: str) -> Book:
    if code in FEES:
        return Book.FEES
    return Book.FORWARDS if code == LineCode.FORWARD else Book.MESSAGES
