"""Makes invoices: a draft becomes a numbered document, and its fees are booked, in one transaction.

What belongs here: these writes, and how lines are stored. What does not: what is invoiced (`due`), correcting (`corrections`).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from recado.apps.billing.booking import Leg, book
from recado.apps.billing.line_words import text_of
from recado.apps.billing.models import BillingDraft, BillingRun, Invoice, Seller, Wallet
from recado.apps.billing.numbering import take_number
from recado.apps.billing.sellers import buyer_data, seller_data
from recado.apps.plans.queries import plan_of
from recado.core.billing import FEES, Line, next_month
from recado.core.ledger import Book, Event
from recado.core.vat import Totals, totals, vat_of_lines

ZONE = ZoneInfo("Europe/Warsaw")
"""Whose calendar the seller's documents follow."""


def written_lines(lines: Iterable[Line], rate: int) -> tuple[list[dict[str, object]], Totals]:
    """Return lines as an invoice stores them, in the language that is active, and their sums."""
    found = list(lines)
    vats = vat_of_lines([(line.net, rate) for line in found])
    stored: list[dict[str, object]] = [
        {
            "text": text_of(line),
            "quantity": line.quantity,
            "unit": _("pcs"),
            "unit_net": line.unit_net,
            "net": line.net,
            "vat_rate": rate,
            "vat": vat,
            "gross": line.net + vat,
            "code": line.code.value,
            "month": f"{line.month}",
            "reference": line.reference,
        }
        for line, vat in zip(found, vats, strict=True)
    ]
    return stored, totals((line.net, rate) for line in found)


@transaction.atomic
def issue(draft_id: int, now: datetime) -> Invoice | None:
    """Make the invoice of a draft and book its fees; None where it has been made."""
    draft = BillingDraft.objects.select_for_update(of=("self",)).select_related("run", "account__plan").get(pk=draft_id)
    if draft.is_posted or draft.run.state != BillingRun.State.POSTING:
        return None
    issuer, account, today = Seller.objects.get(), draft.account, now.astimezone(ZONE).date()
    series, sequence = take_number(Invoice.Kind.INVOICE, today)
    is_paid = plan_of(account).is_prepaid and _credit(draft) >= draft.net
    invoice = Invoice.objects.create(
        account=account,
        run=draft.run,
        series=series,
        sequence=sequence,
        issued_on=today,
        sold_on=_last_day(draft.run.month),
        due_on=today + timedelta(days=issuer.payment_days),
        seller=seller_data(issuer),
        buyer=buyer_data(account),
        language=account.language,
        lines=draft.lines,
        net=draft.net,
        vat=draft.vat,
        gross=draft.gross,
        paid_on=today if is_paid else None,
        created_at=now,
    )
    legs = [Leg(place, Book.FEES, -line["net"], invoice.number) for place, line in enumerate(draft.lines) if line["code"] in FEES]
    book(account, Event.FEE, invoice.pk, legs, now)
    BillingDraft.objects.filter(pk=draft.pk).update(is_posted=True)
    return invoice


def _credit(draft: BillingDraft) -> int:
    wallet = Wallet.objects.select_for_update().filter(account=draft.account_id).first()
    return wallet.balance - wallet.reserved if wallet else 0


def _last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)
