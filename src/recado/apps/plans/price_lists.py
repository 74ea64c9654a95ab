"""Price lists: which holds when, making one with a first day, changing or removing one that has not begun.

What belongs here: reads and writes of lists. What does not: what a list may say (`core.price`, `core.fees`), what changing prices means for
accounts (`apps.installation.plan_effects`). A list that has begun never changes, so that what was charged can always be explained.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.numbers.services import bump_routing
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan, PriceList
from recado.apps.plans.queries import accounts_on, capabilities_on, list_of, plan_of
from recado.core.fees import Fees, Package, charged, checked, packages_of, read_fees, write_fees
from recado.core.number import CAPABILITIES, NumberKind
from recado.core.price import Service, list_in_force, read_prices

CALENDAR = ZoneInfo("Europe/Warsaw")
"""The calendar on which lists begin. One for the installation: whoever sets prices means a day, whatever zone each customer is in."""


def today(now: datetime) -> date:
    """Return the day it is on the calendar of price lists."""
    return now.astimezone(CALENDAR).date()


def first_moment(day: date) -> datetime:
    """Return when a day begins on the calendar of price lists."""
    return datetime.combine(day, time(), CALENDAR)


def sorted_out(plan: Plan, now: datetime) -> tuple[list[PriceList], PriceList | None, list[PriceList]]:
    """Return the lists that are coming, the one in force and the past ones, the latest first in each."""
    every = list(lists_of(plan))
    current = list_in_force(every, now)
    return [each for each in every if each.starts_at > now], current, [each for each in every if each.starts_at <= now and each != current]


def first_day(price_list: PriceList) -> date:
    """Return the first day of a list."""
    return today(price_list.starts_at)


def lists_of(plan: Plan) -> QuerySet[PriceList]:
    """Return all lists of a plan, the one that begins last first."""
    return PriceList.objects.filter(plan=plan).order_by("-starts_at")


def get_list(plan: Plan, list_id: int) -> PriceList:
    """Return a list of the plan; raise PriceList.DoesNotExist for all others."""
    return lists_of(plan).get(pk=list_id)


def earliest_day(plan: Plan, now: datetime) -> date:
    """Return the first day a new list may have: tomorrow, so that who pays can know before; today where nobody is on the plan."""
    return today(now) + timedelta(days=1 if accounts_on(plan).exists() else 0)


@transaction.atomic
def add_list(plan: Plan, day: date, prices: Mapping[Service, int], fees: Iterable[Package], now: datetime) -> PriceList:
    """Make a list that holds from a day on; raise PlanChangeError where it would change what holds already."""
    _check_day(plan, day, now)
    packages = _checked_for(plan, day, fees)
    starts_at = first_moment(day)
    if starts_at <= now:  # nobody is on the plan: what was listed today never held for anybody
        PriceList.objects.filter(plan=plan, starts_at=starts_at).delete()
    try:
        with transaction.atomic():
            made = PriceList.objects.create(plan=plan, starts_at=starts_at, prices=_stored(prices), fees=write_fees(packages))
    except IntegrityError as error:
        raise PlanChangeError(PlanRefusal.DAY_TAKEN) from error
    notice_begun(now)
    return made


@transaction.atomic
def change_list(price_list: PriceList, day: date, prices: Mapping[Service, int], fees: Iterable[Package], now: datetime) -> None:
    """Say something else in a list that has not begun, or let it begin on another day; raise PlanChangeError."""
    locked = _not_begun(price_list, now)
    _check_day(locked.plan, day, now)
    locked.starts_at, locked.prices = first_moment(day), _stored(prices)
    locked.fees = write_fees(_checked_for(locked.plan, day, fees))
    try:
        with transaction.atomic():
            locked.save(update_fields=["starts_at", "prices", "fees"])
    except IntegrityError as error:
        raise PlanChangeError(PlanRefusal.DAY_TAKEN) from error
    notice_begun(now)


@transaction.atomic
def remove_list(price_list: PriceList, now: datetime) -> None:
    """Remove a list that has not begun; raise PlanChangeError for all others."""
    _not_begun(price_list, now).delete()


@transaction.atomic
def notice_begun(now: datetime) -> int:
    """Let routing read prices anew where a list has begun since the last look; return how many.

    Who calls it, and how often, is `server.upkeep`.
    """
    begun = PriceList.objects.filter(noticed_at=None, starts_at__lte=now).update(noticed_at=now)
    if begun:
        bump_routing()
    return begun


def fees_for(account: Account, at: datetime) -> tuple[Package, ...]:
    """Return what an account's plan lists as fees at a moment."""
    found = list_of(plan_of(account), at)
    return read_fees(found.fees) if found else ()


def fees_of(account: Account, kind: NumberKind, at: datetime) -> Fees:
    """Return the packages of a kind as an account's plan charges them; own numbers have one without a name, what costs nothing has none."""
    can = capabilities_on(plan_of(account), kind)
    return tuple(charged(each, can) for each in packages_of(fees_for(account, at), kind))


def _not_begun(price_list: PriceList, now: datetime) -> PriceList:
    locked = PriceList.objects.select_for_update().get(pk=price_list.pk)
    if locked.starts_at <= now:
        raise PlanChangeError(PlanRefusal.BEGUN)
    return locked


def _check_day(plan: Plan, day: date, now: datetime) -> None:
    Plan.objects.select_for_update().get(pk=plan.pk)
    if day < earliest_day(plan, now):
        raise PlanChangeError(PlanRefusal.TOO_EARLY)


def _checked_for(plan: Plan, day: date, fees: Iterable[Package]) -> tuple[Package, ...]:
    """Return the packages in order; refuse a list without a package that customers on the plan have on its first day, or longer."""
    packages = checked(fees)
    named = {(each.kind.value, each.name) for each in packages}
    lasting = Q(subscriptions__ends_on=None) | Q(subscriptions__ends_on__gt=day)
    taken = set(accounts_on(plan).filter(lasting).values_list("subscriptions__kind", "subscriptions__package"))
    shared = {kind.value for kind, can in CAPABILITIES.items() if can.is_shared}
    missing = sorted(package for kind, package in taken - named if kind in shared)
    if missing:
        raise PlanChangeError(PlanRefusal.PACKAGE_IN_USE, tuple(missing))
    return packages


def _stored(prices: Mapping[Service, int]) -> dict[str, int]:
    """Return prices as they are stored, all of them, so that a list says the same for ever."""
    return {service.value: price for service, price in read_prices({service.value: price for service, price in prices.items()}).items()}
