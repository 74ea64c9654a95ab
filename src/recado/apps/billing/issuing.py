"""Makes invoices: drafts become numbered documents, and their fees are booked, some accounts in one transaction.

What belongs here: these writes, and how lines are stored. What does not: what is invoiced (`due`), correcting (`corrections`).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from recado.apps.billing.booking import Leg, book_all, open_wallets
from recado.apps.billing.line_words import text_of
from recado.apps.billing.models import BillingDraft, BillingRun, Invoice, Seller, Wallet
from recado.apps.billing.numbering import take_numbers
from recado.apps.billing.sellers import buyer_data, seller_data
from recado.apps.plans.queries import plans_of
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


def issue(draft_ids: Collection[int], now: datetime) -> list[Invoice]:
    """Make the invoices of drafts of one run and book their fees, all in one transaction; those that were made before are left alone."""
    # Before the transaction, so that it takes all wallets in one order.
    open_wallets(BillingDraft.objects.filter(pk__in=draft_ids).values_list("account_id", flat=True), now)
    with transaction.atomic():
        # In the order of accounts, so that of two who post at once the second waits, and finds them posted.
        waiting = BillingDraft.objects.filter(pk__in=draft_ids, is_posted=False, run__state=BillingRun.State.POSTING)
        locked = waiting.select_for_update(of=("self",)).select_related("run", "account__plan").order_by("account_id")
        return _issue(list(locked), now)


def _issue(drafts: list[BillingDraft], now: datetime) -> list[Invoice]:
    if not drafts:
        return []
    issuer, today = Seller.objects.get(), now.astimezone(ZONE).date()
    series, first = take_numbers(Invoice.Kind.INVOICE, today, len(drafts))
    is_paid = _paid_from_credit(drafts)
    invoices = Invoice.objects.bulk_create(
        Invoice(
            account=draft.account,
            run=draft.run,
            series=series,
            sequence=sequence,
            issued_on=today,
            sold_on=_last_day(draft.run.month),
            due_on=today + timedelta(days=issuer.payment_days),
            seller=seller_data(issuer),
            buyer=buyer_data(draft.account),
            language=draft.account.language,
            lines=draft.lines,
            net=draft.net,
            vat=draft.vat,
            gross=draft.gross,
            paid_on=today if draft.pk in is_paid else None,
            created_at=now,
        )
        for sequence, draft in enumerate(drafts, first)
    )
    book_all([(each.account_id, each.pk, _legs(each)) for each in invoices], Event.FEE, now)
    BillingDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(is_posted=True)
    return invoices


def _legs(invoice: Invoice) -> list[Leg]:
    return [Leg(place, Book.FEES, -line["net"], invoice.number) for place, line in enumerate(invoice.lines) if line["code"] in FEES]


def fees_in(lines: Iterable[Mapping[str, Any]]) -> int:
    """Return what of a document's lines is booked when it is issued."""
    return sum(line["net"] for line in lines if line["code"] in FEES)


def _paid_from_credit(drafts: Collection[BillingDraft]) -> set[int]:
    """Return the drafts of those who pay before and have enough; nobody can spend it meanwhile. Texts were taken from it when they left."""
    plans = plans_of([draft.account for draft in drafts])
    wallets = Wallet.objects.select_for_update().filter(pk__in=[draft.account_id for draft in drafts]).order_by("pk")
    credit = {wallet.pk: wallet.balance - wallet.reserved for wallet in wallets}
    return {draft.pk for draft in drafts if plans[draft.account_id].is_prepaid and credit.get(draft.account_id, 0) >= fees_in(draft.lines)}


def _last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)
