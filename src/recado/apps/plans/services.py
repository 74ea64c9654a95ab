"""Writes about plans: making one, changing its cells, quotas and terms of payment, putting an account on it.

What belongs here: these changes, checked by `core.plan`, each seen by routing. What does not: prices and fees (`price_lists`), how far
accounts may go into debt because of it (`apps.billing.terms`), what exists already: it stays, and what the new one forbids no longer acts.
"""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from recado.apps.accounts.models import Account
from recado.apps.numbers.services import bump_routing
from recado.apps.plans.errors import PlanChangeError, PlanRefusal
from recado.apps.plans.models import Plan
from recado.apps.plans.queries import accounts_on, numbers_not_payable
from recado.core.number import NumberKind
from recado.core.plan import Overrides, read_overrides, read_quotas, write_overrides


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
    credit_limit: int | None = None,
) -> None:
    """Say what a plan allows, in place of what it allowed; it holds for everybody on it at once.

    A plan becomes one for paying in advance only where everybody on it can pay so for the numbers they have.
    """
    plan.name, plan.is_prepaid, plan.credit_limit = _name(name), is_prepaid, credit_limit
    plan.overrides = write_overrides(read_overrides(write_overrides(overrides)))
    plan.keyword_quotas = {kind.value: count for kind, count in read_quotas(dict(quotas)).items()}
    _check_payable(plan, *accounts_on(plan))
    try:
        with transaction.atomic():
            plan.save()
            bump_routing()
    except IntegrityError as error:
        raise PlanChangeError(PlanRefusal.NAME_TAKEN) from error


@transaction.atomic
def remove_plan(plan: Plan) -> None:
    """Remove a plan that nobody is, or was, on: days on a plan are billed by its lists, after it was left, too."""
    if plan.is_default:
        raise PlanChangeError(PlanRefusal.IS_DEFAULT)
    if plan.accounts.exists():
        raise PlanChangeError(PlanRefusal.IN_USE)
    try:
        plan.delete()
    except ProtectedError as error:
        raise PlanChangeError(PlanRefusal.WAS_IN_USE) from error


@transaction.atomic
def set_plan(account: Account, plan: Plan | None) -> None:
    """Put an account on a plan; None, or the default plan, leaves it with whatever is the default. Refused as in `edit_plan`."""
    if plan is not None:
        _check_payable(plan, account)
    account.plan = None if plan is None or plan.is_default else plan
    account.save(update_fields=["plan"])
    bump_routing()


def _check_payable(plan: Plan, *accounts: Account) -> None:
    """Refuse to let accounts pay in advance that have numbers for which one cannot."""
    found = numbers_not_payable(plan, *accounts) if plan.is_prepaid else []
    if found:
        raise PlanChangeError(PlanRefusal.NOT_PREPAID, tuple(f"{number.digits} ({number.account})" for number in found))


def _name(name: str) -> str:
    name = " ".join(name.split())[:80]
    if not name:
        raise PlanChangeError(PlanRefusal.NO_NAME)
    return name
