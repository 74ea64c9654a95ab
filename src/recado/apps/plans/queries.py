"""Reads about plans: which there are, which an account has, what its numbers may do because of it.

What belongs here: joining plan and table for an account, and what sending costs it. What does not: the table (`core.number`), the merge
(`core.plan`), changes (`services`).
"""

from collections.abc import Mapping

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.plans.models import Plan
from recado.core.number import Capabilities, NumberKind
from recado.core.plan import capabilities_of, quota_of, read_overrides, read_quotas
from recado.core.price import Service, read_prices


def default_plan() -> Plan:
    """Return the plan of accounts that have none of their own; the table as it is where there is no such plan."""
    return Plan.objects.filter(is_default=True).first() or Plan(name="Standard", is_default=True)


def plan_of(account: Account) -> Plan:
    """Return the plan an account is on."""
    return account.plan or default_plan()


def get_plan(plan_id: int) -> Plan:
    """Return any plan, for the operator; raise Plan.DoesNotExist where there is none."""
    return Plan.objects.get(pk=plan_id)


def plans() -> QuerySet[Plan]:
    """Return all plans, the default first, with `account_count`: accounts that have it, as their own or because it is the default."""
    own = Plan.objects.annotate(own_count=Count("accounts")).order_by("-is_default", "name")
    without = Account.objects.filter(plan=None).count()
    return own.annotate(account_count=F("own_count") + Case(When(is_default=True, then=Value(without)), default=Value(0)))


def accounts_on(plan: Plan) -> QuerySet[Account]:
    """Return the accounts on a plan by name; on the default one those without a plan of their own, too."""
    on_it = Q(plan=plan) | Q(plan=None) if plan.is_default else Q(plan=plan)
    return Account.objects.filter(on_it).order_by("name", "pk")


def capabilities_for(account: Account, number: Number) -> Capabilities:
    """Return what a number may do for an account: the row of its kind, with the cells that the account's plan overrides."""
    return capabilities_on(plan_of(account), NumberKind(number.kind))


def capabilities_on(plan: Plan, kind: NumberKind) -> Capabilities:
    """Return what a kind of number may do on a plan."""
    return capabilities_of(kind, read_overrides(plan.overrides))


def prices_for(account: Account) -> Mapping[Service, int]:
    """Return what one segment costs an account, in minor units, by service."""
    return read_prices(plan_of(account).prices)


def keyword_quota(account: Account, kind: NumberKind) -> int | None:
    """Return how many keywords an account may hold on all numbers of a kind; None: as many as it likes."""
    return quota_of(kind, read_quotas(plan_of(account).keyword_quotas))


def keywords_held(account: Account, kind: NumberKind) -> int:
    """Count the keywords an account holds on all numbers of a kind; those given up or over count no longer."""
    # In one filter, so that all of it is about the same keyword; an `exclude` would drop every number on which somebody gave a word up.
    still = Q(keywords__ends_at=None) | Q(keywords__ends_at__gt=timezone.now())
    return Number.objects.filter(still, kind=kind.value, keywords__account=account, keywords__state__in=("held", "live", "paused")).count()


def keyword_quota_left(account: Account, number: Number) -> int | None:
    """Return how many keywords an account may still reserve on numbers of this kind; None: as many as it likes."""
    kind = NumberKind(number.kind)
    quota = keyword_quota(account, kind)
    return None if quota is None else max(0, quota - keywords_held(account, kind))
