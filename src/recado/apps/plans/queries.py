"""Reads about plans: which there are, which an account has, what its numbers may do because of it.

What belongs here: joining plan and table for an account, and what sending costs it. What does not: the table (`core.number`), the merge
(`core.plan`), changes (`services`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.plans.models import Plan, PriceList
from recado.core.fees import package_of, read_fees
from recado.core.number import CAPABILITIES, Capabilities, NumberKind
from recado.core.plan import capabilities_of, quota_of, read_overrides, read_quotas
from recado.core.price import STANDARD_PRICES, Service, read_prices


def default_plan() -> Plan:
    """Return the plan of accounts that have none of their own; the table as it is where there is no such plan."""
    return Plan.objects.filter(is_default=True).first() or Plan(name="Standard", is_default=True)


def plan_of(account: Account) -> Plan:
    """Return the plan an account is on."""
    return account.plan or default_plan()


def plans_of(accounts: Iterable[Account]) -> dict[int, Plan]:
    """Return the plans of many accounts, which have been read with their plan, by the account's id."""
    default = default_plan()
    return {account.pk: account.plan or default for account in accounts}


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


def is_payable(plan: Plan, kind: NumberKind) -> bool:
    """Say whether a kind of number can be paid for the way the plan is paid."""
    can = capabilities_on(plan, kind)
    return can.pre_paid if plan.is_prepaid else can.post_paid


def numbers_not_payable(plan: Plan, *accounts: Account) -> list[Number]:
    """Return the numbers of accounts that cannot be paid for on a plan, by their digits."""
    kinds = [kind.value for kind in NumberKind if not CAPABILITIES[kind].is_shared and not is_payable(plan, kind)]
    found = Number.objects.filter(account__in=[account.pk for account in accounts], kind__in=kinds)
    return list(found.select_related("account").order_by("digits"))


def prices_for(account: Account, at: datetime | None = None) -> Mapping[Service, int]:
    """Return what one segment costs an account by the list in force, in minor units, by service."""
    found = list_of(plan_of(account), at)
    return read_prices(found.prices) if found else STANDARD_PRICES


def keyword_quota(account: Account, kind: NumberKind, at: datetime | None = None) -> int | None:
    """Return how many keywords an account may hold on all numbers of a kind; None: as many as it likes.

    The package it subscribes to says so, where it has one; else the plan.
    """
    plan = plan_of(account)
    if CAPABILITIES[kind].keyword_quota and (taken := taken_package(account, kind, at)) is not None:
        found = list_of(plan, at)
        if found and (package := package_of(read_fees(found.fees), kind, taken)):
            return package.keyword_count
    return quota_of(kind, read_quotas(plan.keyword_quotas))


def taken_package(account: Account, kind: NumberKind, at: datetime | None = None) -> str | None:
    """Return the name of the package of a shared kind that an account has, on its own calendar; None: none."""
    day = timezone.localdate(at, account.zone)
    still = Q(ends_on=None) | Q(ends_on__gt=day)
    taken = account.subscriptions.filter(still, kind=kind.value, number=None, starts_on__lte=day).order_by("-starts_on", "-id")
    return taken.values_list("package", flat=True).first()


def list_of(plan: Plan, at: datetime | None = None) -> PriceList | None:
    """Return the price list of a plan that holds now, or at a moment; None where it has none: standard prices, no fees."""
    return PriceList.objects.filter(plan_id=plan.pk, starts_at__lte=at or timezone.now()).order_by("-starts_at").first()


def keywords_held(account: Account, kind: NumberKind) -> int:
    """Count the keywords an account holds on all numbers of a kind; those given up or over count no longer."""
    # In one filter, so that all of it is about the same keyword; an `exclude` would drop every number on which somebody gave a word up.
    still = Q(keywords__ends_at=None) | Q(keywords__ends_at__gt=timezone.now())
    return Number.objects.filter(still, kind=kind.value, keywords__account=account, keywords__state__in=("held", "live", "paused")).count()


@dataclass(frozen=True, slots=True)
class KeywordLimit:
    """How many keywords an account may hold on all numbers of a kind, and how many it holds."""

    kind: NumberKind
    held: int
    most: int | None
    """None: as many as it likes."""


def keyword_limits(account: Account) -> list[KeywordLimit]:
    """Return the limits of an account: those of kinds whose keywords are limited and that its plan can pay for."""
    plan = plan_of(account)
    kinds = [kind for kind, can in CAPABILITIES.items() if can.keyword_quota and is_payable(plan, kind)]
    return [KeywordLimit(kind, keywords_held(account, kind), keyword_quota(account, kind)) for kind in kinds]


def keyword_quota_left(account: Account, number: Number) -> int | None:
    """Return how many keywords an account may still reserve on numbers of this kind; None: as many as it likes."""
    kind = NumberKind(number.kind)
    quota = keyword_quota(account, kind)
    return None if quota is None else max(0, quota - keywords_held(account, kind))
