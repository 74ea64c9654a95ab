"""Which fees an account pays for something on each day: its plans, each with its price lists, in the order of days.

What belongs here: joining plan periods and price lists. What does not: sums over days (`core.billing`), editing lists (`apps.plans`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import TypeAlias

from recado.apps.accounts.models import Account
from recado.apps.billing.models import PlanPeriod
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.price_lists import first_day
from recado.apps.plans.queries import capabilities_on, plans_of
from recado.core.billing import Fee
from recado.core.fees import Package, charged, package_of, read_fees
from recado.core.number import NumberKind
from recado.core.price import Service, read_prices

ALWAYS = date(2000, 1, 1)
Periods: TypeAlias = tuple[tuple[date, int | None], ...]
"""From which day which plan, in the order of days."""


class Fees:
    """The fees of any number of accounts; reads plans and lists once, and works out once what is the same for many."""

    def __init__(self, accounts: Collection[Account]) -> None:
        noted: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
        rows = PlanPeriod.objects.filter(account__in=[account.pk for account in accounts]).order_by("from_day")
        for account_id, from_day, plan_id in rows.values_list("account_id", "from_day", "plan_id"):
            noted[account_id].append((from_day, plan_id))
        plans = plans_of(accounts)
        self._periods: dict[int, Periods] = {pk: tuple(noted.get(pk) or [(ALWAYS, plan.pk)]) for pk, plan in plans.items()}
        named = {plan_id for periods in self._periods.values() for _day, plan_id in periods}
        lists = PriceList.objects.filter(plan__in=named - {None}).select_related("plan").order_by("starts_at")
        self._lists: dict[int | None, list[PriceList]] = defaultdict(list)
        for each in lists:
            self._lists[each.plan_id].append(each)
        self._known: dict[tuple[Periods, str, str], tuple[Fee, ...]] = {}

    def of(self, account_id: int, kind: str, package: str) -> tuple[Fee, ...]:
        """Return the fees of a package in the order of days; a day for which there is no list has none."""
        key = (self._periods[account_id], kind, package)
        if key not in self._known:
            self._known[key] = tuple(self._found(*key))
        return self._known[key]

    def _found(self, periods: Periods, kind: str, package: str) -> Iterator[Fee]:
        for position, (from_day, plan_id) in enumerate(periods):
            until = periods[position + 1][0] if position + 1 < len(periods) else date.max
            marks = [(max(first_day(each), from_day), each) for each in self._lists[plan_id]]
            if position and (not marks or marks[0][0] > from_day):
                yield Fee(from_day, 0, 0)
            latest = {day: each for day, each in marks if day < until}  # of two that began before, the later one
            for day, each in sorted(latest.items(), key=lambda pair: pair[0]):
                yield _fee(day, each, kind, package)


def prices_of_plan(plan: Plan, now: datetime) -> Mapping[Service, int]:
    """Return what one segment costs on a plan now, by service."""
    begun = plan.price_lists.filter(starts_at__lte=now).order_by("-starts_at").first()
    return read_prices(begun.prices if begun else {})


def fees_of_plan(plan: Plan, kind: str, package: str, day: date) -> Fee | None:
    """Return what something would cost on a plan on a day; None where the plan does not offer it."""
    begun = [each for each in plan.price_lists.select_related("plan").order_by("starts_at") if first_day(each) <= day]
    return _fee(day, begun[-1], kind, package) if begun and _offered(begun[-1], kind, package) else None


def _fee(day: date, price_list: PriceList, kind: str, package: str) -> Fee:
    offered = _offered(price_list, kind, package)
    return Fee(day, offered.installation, offered.monthly) if offered else Fee(day, 0, 0)


def _offered(price_list: PriceList, kind: str, package: str) -> Package | None:
    """Return a package as the plan charges it; None where the list has none of it."""
    found = package_of(read_fees(price_list.fees), NumberKind(kind), package)
    return charged(found, capabilities_on(price_list.plan, found.kind)) if found else None
