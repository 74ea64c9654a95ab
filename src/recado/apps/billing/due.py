"""What is to be invoiced to an account for a month: its subscriptions, fees and texts, less what was invoiced before.

What belongs here: reading what `core.billing` adds up. What does not: the sums, drafts and invoices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.billing.fees_of import Fees
from recado.apps.billing.models import BillingRun, Invoice, Subscription
from recado.apps.billing.months import borders
from recado.apps.ids import first_id_at
from recado.apps.plans.queries import plan_of
from recado.apps.sql import lent_connection
from recado.core.billing import Key, Line, LineCode, Subscribed, Usage, fee_lines, month_lines, next_month, previous_month
from recado.store.usage import load_spending, load_usage

LOOKED_BACK = 2
"""How many posted months before are looked through for what came late."""


@dataclass(frozen=True, slots=True)
class Due:
    """The lines of one account, and which of its subscriptions no price list knows."""

    lines: tuple[Line, ...]
    without_fee: tuple[str, ...]


def months_to_bill(month: date) -> list[date]:
    """Return a month and those posted shortly before it, oldest first; what was never billed is not swept up by a later one."""
    before = previous_month(month)
    earlier = BillingRun.objects.filter(
        month__lt=month, month__gte=previous_month(before) if LOOKED_BACK > 1 else before, state=BillingRun.State.POSTED
    )
    return [*earlier.order_by("month").values_list("month", flat=True), month]


def due(account: Account, months: Sequence[date]) -> Due:
    """Return what is to be invoiced for the last of these months and came late for those before."""
    subscriptions = subscribed(account, months)
    is_prepaid = plan_of(account).is_prepaid
    usage = [] if is_prepaid else [each for month in months for each in usage_of(account, month)]
    lines = month_lines(months, subscriptions, usage, invoiced(account, months), is_prepaid=is_prepaid)
    return Due(tuple(lines), tuple(each.subject for each in subscriptions if not any(fee.monthly or fee.installation for fee in each.fees)))


def subscribed(account: Account, months: Sequence[date]) -> list[Subscribed]:
    """Return what an account had in these months, with the fees of its days."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=months[0])
    rows = Subscription.objects.filter(lasting, account=account, starts_on__lt=next_month(months[-1])).select_related("number")
    fees = Fees(account)
    return [
        Subscribed(
            row.pk,
            "|".join((row.kind, row.package, row.number.digits if row.number else "")),
            row.starts_on,
            row.ends_on,
            fees.of(row.kind, row.package),
        )
        for row in rows.order_by("pk")
    ]


def usage_of(account: Account, month: date) -> list[Usage]:
    """Return an account's texts of a month by service and price, as they were booked."""
    since, until = borders(month, account.zone)
    found = load_usage(lent_connection(), account.pk, first_id_at(since - timedelta(days=1)), since, until)
    return [Usage(month, LineCode(service), price, quantity) for (service, price), quantity in found.items()]


def spent_by_origin(account: Account, month: date) -> Mapping[str, tuple[int, int]]:
    """Return how many texts an account paid for in a month and what they cost, by who caused them."""
    since, until = borders(month, account.zone)
    return load_spending(lent_connection(), account.pk, first_id_at(since - timedelta(days=1)), since, until)


def fees_of_month(account: Account, month: date) -> int:
    """Return what numbers and packages cost an account in a month."""
    return sum(line.net for each in subscribed(account, [month]) for line in fee_lines(each, month))


def invoiced(account: Account, months: Sequence[date]) -> dict[Key, int]:
    """Return how much of what was invoiced to an account already, for these months."""
    found: dict[Key, int] = {}
    invoices = Invoice.objects.filter(account=account, kind=Invoice.Kind.INVOICE, run__month__gte=months[0])
    for lines in invoices.values_list("lines", flat=True):
        for line in lines:
            code, month = LineCode(line["code"]), date.fromisoformat(line["month"])
            key = Line(month, code, line["quantity"], line["unit_net"], line["net"], line["reference"]).key
            found[key] = found.get(key, 0) + line["quantity"]
    return found
