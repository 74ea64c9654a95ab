"""Writes about plans: making one, changing its cells, quotas and prices, putting an account on it.

What belongs here: these changes, checked by `core.plan`, each seen by routing. What does not: what exists already; it stays,
and what the new one forbids no longer acts.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db import IntegrityError, transaction

from recado.apps.accounts.models import Account
from recado.apps.numbers.services import bump_routing
from recado.apps.plans.models import Plan
from recado.core.number import NumberKind
from recado.core.plan import Overrides, read_overrides, read_quotas, write_overrides
from recado.core.price import Service, read_prices


class PlanRefusal(StrEnum):
    """Why a plan cannot be made, changed or removed as asked."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    IS_DEFAULT = "is_default"
    IN_USE = "in_use"


class PlanChangeError(ValueError):
    """A plan cannot be changed as asked; `reason` says why."""

    def __init__(self, reason: PlanRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def add_plan(name: str) -> Plan:
    """Make a plan that differs in nothing yet."""
    name = _name(name)
    try:
        with transaction.atomic():
            return Plan.objects.create(name=name)
    except IntegrityError as error:
        raise PlanChangeError(PlanRefusal.NAME_TAKEN) from error


def edit_plan(
    plan: Plan,
    name: str,
    overrides: Overrides,
    quotas: Mapping[NumberKind, int | None],
    *,
    is_prepaid: bool = False,
    prices: Mapping[Service, int] | None = None,
) -> None:
    """Say what a plan allows, in place of what it allowed; it holds for everybody on it at once. Without `prices` these stay."""
    plan.name, plan.is_prepaid = _name(name), is_prepaid
    plan.overrides = write_overrides(read_overrides(write_overrides(overrides)))
    plan.keyword_quotas = {kind.value: count for kind, count in read_quotas(dict(quotas)).items()}
    if prices is not None:
        read_prices(prices)
        plan.prices = {service.value: price for service, price in prices.items()}
    try:
        with transaction.atomic():
            plan.save()
            bump_routing()
    except IntegrityError as error:
        raise PlanChangeError(PlanRefusal.NAME_TAKEN) from error


@transaction.atomic
def remove_plan(plan: Plan) -> None:
    """Remove a plan that nobody is on."""
    if plan.is_default:
        raise PlanChangeError(PlanRefusal.IS_DEFAULT)
    if plan.accounts.exists():
        raise PlanChangeError(PlanRefusal.IN_USE)
    plan.delete()


@transaction.atomic
def set_plan(account: Account, plan: Plan | None) -> None:
    """Put an account on a plan; None, or the default plan, leaves it with whatever is the default."""
    account.plan = None if plan is None or plan.is_default else plan
    account.save(update_fields=["plan"])
    bump_routing()


def _name(name: str) -> str:
    name = " ".join(name.split())[:80]
    if not name:
        raise PlanChangeError(PlanRefusal.NO_NAME)
    return name
