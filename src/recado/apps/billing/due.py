"""What is to be invoiced to accounts for a month: their subscriptions, fees and texts, less what was invoiced before.

What belongs here: reading what `core.billing` adds up, for many accounts with as many queries as for one. What does not: the sums, drafts
and invoices.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from django.db.models import Q

from recado.apps.accounts.models import Account
from recado.apps.billing.fees_of import Fees
from recado.apps.billing.models import BillingRun, Invoice, Subscription
from recado.apps.billing.months import between, borders
from recado.apps.billing.plan_periods import paid_after
from recado.apps.ids import first_id_at
from recado.apps.sql import lent_connection
from recado.core.billing import Key, Line, LineCode, Subscribed, Usage, days_within, fee_lines, month_lines, next_month, previous_month
from recado.store.usage import load_spending, load_usage


@dataclass(frozen=True, slots=True)
class Due:
    """The lines of one account, and which of its subscriptions no price list knows."""

    lines: tuple[Line, ...]
    without_fee: tuple[str, ...]


def months_to_bill(month: date) -> list[date]:
    """Return a month and, for what came late, those of the two before it that are posted, oldest first; no other is swept up."""
    earlier = BillingRun.objects.filter(month__lt=month, month__gte=previous_month(previous_month(month)), state=BillingRun.State.POSTED)
    return [*earlier.order_by("month").values_list("month", flat=True), month]


def due(accounts: Collection[Account], months: Sequence[date]) -> Iterator[tuple[Account, Due]]:
    """Yield with each account what is to be invoiced to it for the last of these months and came late for those before."""
    subscriptions, usage, before = _subscriptions(accounts, months), _usage(accounts, months), _invoiced(accounts, months)
    for account in accounts:
        has, pk = subscriptions[account.pk], account.pk
        lines = month_lines(months, has, usage[pk], before[pk])
        without_fee = (each.subject for each in has if not any(fee.monthly or fee.installation for fee in each.fees))
        yield account, Due(tuple(lines), tuple(without_fee))


def subscribed(account: Account, months: Sequence[date]) -> list[Subscribed]:
    """Return what an account had in these months, with the fees of its days."""
    return _subscriptions([account], months)[account.pk]


def spent_by_origin(account: Account, month: date) -> Mapping[str, tuple[int, int]]:
    """Return how many texts an account paid for in a month and what they cost, by who caused them."""
    since, until = borders(month, account.zone)
    return load_spending(lent_connection(), account.pk, first_id_at(since - timedelta(days=1)), since, until)


def fees_of_month(account: Account, month: date) -> int:
    """Return what numbers and packages cost an account in a month."""
    return sum(line.net for each in subscribed(account, [month]) for line in fee_lines(each, month))


def _subscriptions(accounts: Collection[Account], months: Sequence[date]) -> Mapping[int, list[Subscribed]]:
    lasting = Q(ends_on=None) | Q(ends_on__gt=months[0])
    rows = Subscription.objects.filter(lasting, account__in=[account.pk for account in accounts], starts_on__lt=next_month(months[-1]))
    fees, found = Fees(accounts), defaultdict[int, list[Subscribed]](list)
    for row in rows.select_related("number").order_by("pk"):
        subject = "|".join((row.kind, row.package, row.number.digits if row.number else ""))
        of_days = fees.of(row.account_id, row.kind, row.package)
        found[row.account_id].append(Subscribed(row.pk, subject, row.starts_on, row.ends_on, of_days))
    return found


def _usage(accounts: Collection[Account], months: Sequence[date]) -> Mapping[int, list[Usage]]:
    """Return the accounts' texts by month, service and price, as they were booked, of the days on which they paid afterwards."""
    alike = defaultdict[tuple[str, date, date, date], list[Account]](list)
    periods = paid_after(accounts)
    for account, month in product(accounts, months):
        for first, after in days_within(month, periods[account.pk]):
            alike[account.time_zone, month, first, after].append(account)
    quantities = defaultdict[int, dict[tuple[date, str, int], int]](dict)
    for (_zone, month, first, after), some in alike.items():
        since, until = between(first, after, some[0].zone)
        found = load_usage(lent_connection(), [account.pk for account in some], first_id_at(since - timedelta(days=1)), since, until)
        for account_id, used in found.items():
            of_account = quantities[account_id]
            for (service, price), quantity in used.items():
                of_account[month, service, price] = of_account.get((month, service, price), 0) + quantity
    usage = defaultdict[int, list[Usage]](list)
    for account_id, of_account in quantities.items():
        usage[account_id] = [Usage(month, LineCode(service), price, count) for (month, service, price), count in of_account.items()]
    return usage


def _invoiced(accounts: Collection[Account], months: Sequence[date]) -> Mapping[int, Mapping[Key, int]]:
    """Return how much of what was invoiced already, for these months."""
    found = defaultdict[int, dict[Key, int]](dict)
    invoices = Invoice.objects.filter(
        account__in=[account.pk for account in accounts], kind=Invoice.Kind.INVOICE, run__month__gte=months[0]
    )
    for account_id, lines in invoices.values_list("account_id", "lines"):
        quantities = found[account_id]
        for line in lines:
            code, month = LineCode(line["code"]), date.fromisoformat(line["month"])
            key = Line(month, code, line["quantity"], line["unit_net"], line["net"], line["reference"]).key
            quantities[key] = quantities.get(key, 0) + line["quantity"]
    return found
