"""Which fees an account pays for something on each day: its plans, each with its price lists, in the order of days.

What belongs here: joining plan periods and price lists. What does not: sums over days (`core.billing`), editing lists (`apps.plans`).
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from recado.apps.accounts.models import Account
from recado.apps.billing.models import PlanPeriod
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.price_lists import first_day
from recado.apps.plans.queries import capabilities_on, plan_of
from recado.core.billing import Fee
from recado.core.fees import Package, charged, package_of, read_fees
from recado.core.number import NumberKind
from recado.core.price import Service, read_prices

ALWAYS = date(2000, 1, 1)


class Fees:
    """The fees of one account; reads plans and lists once."""

    def __init__(self, account: Account) -> None:
        periods = list(PlanPeriod.objects.filter(account=account).order_by("from_day").values_list("from_day", "plan_id"))
        self._periods: list[tuple[date, int | None]] = list(periods) or [(ALWAYS, plan_of(account).pk)]
        lists = PriceList.objects.filter(plan__in={plan_id for _day, plan_id in self._periods}).select_related("plan").order_by("starts_at")
        self._lists = list(lists)

    def of(self, kind: str, package: str) -> tuple[Fee, ...]:
        """Return the fees of a package in the order of days; a day for which there is no list has none."""
        return tuple(self._found(kind, package))

    def _found(self, kind: str, package: str) -> Iterator[Fee]:
        for position, (from_day, plan_id) in enumerate(self._periods):
            until = self._periods[position + 1][0] if position + 1 < len(self._periods) else date.max
            marks = [(max(first_day(each), from_day), each) for each in self._lists if each.plan_id == plan_id]
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
