"""Reads about runs and invoices: one of an account, a search of them all, a run's drafts and sums.

What belongs here: these queries. What does not: making any of it (`runs`, `issuing`, `corrections`).
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from recado.apps.accounts.models import Account
from recado.apps.billing.models import BillingDraft, BillingRun, Invoice
from recado.core.billing import previous_month

NUMBER = re.compile(r"(?a:(FV|KOR)?\s*(\d{1,9})/(\d{1,2})/(\d{4}))")


@dataclass(frozen=True, slots=True)
class RunSums:
    """What a run comes to."""

    invoices: int
    net: int
    vat: int
    gross: int
    posted: int
    changed: int
    """Accounts whose net is another than the time before."""
    previous_net: int
    repeated: int
    """Accounts that were computed before."""
    warned: int


def invoices_of(account: Account) -> QuerySet[Invoice]:
    """Return an account's invoices and corrections, newest first."""
    return Invoice.objects.filter(account=account).order_by("-issued_on", "-pk")


def get_invoice_for(account: Account, invoice_id: int) -> Invoice:
    """Return an invoice of the account; raise Invoice.DoesNotExist where it has no such one."""
    return Invoice.objects.select_related("corrects").get(account=account, pk=invoice_id)


def get_invoice(invoice_id: int) -> Invoice:
    """Return any invoice, for the operator."""
    return Invoice.objects.select_related("account", "corrects", "run").get(pk=invoice_id)


def open_corrections(invoice: Invoice) -> list[Invoice]:
    """Return the corrections of an unpaid invoice that are not settled: whoever pays it pays the difference."""
    return list(invoice.corrections.filter(paid_on=None).order_by("pk")) if invoice.paid_on is None else []


def overdue_of(account: Account, today: date) -> list[Invoice]:
    """Return what an account should have paid by now, the oldest first."""
    return list(Invoice.objects.filter(account=account, paid_on=None, due_on__lt=today, gross__gt=0).order_by("due_on", "pk"))


def search_invoices(text: str, *, only_unpaid: bool = False) -> QuerySet[Invoice]:
    """Return invoices by number, customer or NIP, newest first."""
    found = Invoice.objects.select_related("account").order_by("-issued_on", "-pk")
    if only_unpaid:
        found = found.filter(paid_on=None)
    if number := NUMBER.fullmatch(text.strip().upper()):
        found = found.filter(sequence=int(number[2]), series=f"{number[4]}-{int(number[3]):02}")
        return found.filter(kind=Invoice.Kind.CORRECTION if number[1] == "KOR" else Invoice.Kind.INVOICE) if number[1] else found
    if text.strip():
        words = text.strip()
        found = found.filter(Q(account__name__icontains=words) | Q(account__company__icontains=words) | Q(account__tax_id=words))
    return found


def runs() -> QuerySet[BillingRun]:
    """Return all runs, the latest month first."""
    return BillingRun.objects.order_by("-month")


def get_run(month: date) -> BillingRun:
    """Return the run of a month."""
    return BillingRun.objects.select_related("made_by", "posted_by").get(month=month)


def drafts_of(run: BillingRun) -> QuerySet[BillingDraft]:
    """Return what a run would invoice each account, by name."""
    return BillingDraft.objects.filter(run=run).select_related("account").order_by("account__name", "account_id")


def sums_of(run: BillingRun) -> RunSums:
    """Add up a run."""
    drafts = BillingDraft.objects.filter(run=run)
    found = drafts.aggregate(
        invoices=Count("pk", filter=Q(net__gt=0)),
        net=Sum("net", default=0),
        vat=Sum("vat", default=0),
        gross=Sum("gross", default=0),
        posted=Count("pk", filter=Q(is_posted=True)),
        repeated=Count("previous_net"),
        previous_net=Sum("previous_net", default=0),
    )
    changed = sum(1 for net, before in drafts.values_list("net", "previous_net") if net != (before or 0))
    return RunSums(**found, changed=changed, warned=drafts.exclude(warnings=[]).count())


def invoiced_before(run: BillingRun) -> dict[int, int]:
    """Return what accounts were invoiced for the month before, net."""
    before = Invoice.objects.filter(run__month=previous_month(run.month))
    return dict(before.values_list("account_id", "net"))
