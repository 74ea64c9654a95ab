"""What other prices or another plan would mean for accounts: last month's texts and today's subscriptions at old and new prices.

What belongs here: these sums, to be looked at before somebody saves. What does not: saving (`apps.plans`), bills (`apps.billing`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Case, Q, Sum, Value, When

from recado.apps.accounts.models import Account
from recado.apps.billing.subscriptions import running_of, today_of
from recado.apps.ids import first_id_at
from recado.apps.outbox.models import Origin, OutboundMessage, SendKind
from recado.apps.plans.models import Plan
from recado.apps.plans.price_lists import CALENDAR
from recado.apps.plans.queries import capabilities_on, list_of
from recado.core.fees import Fees, charged, monthly_sum, read_fees
from recado.core.number import NumberKind
from recado.core.price import STANDARD_PRICES, Service, read_prices


@dataclass(frozen=True, slots=True)
class Terms:
    """What one pays: for each segment by service, and for what one subscribes to."""

    prices: Mapping[Service, int]
    fees: Fees


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change means for an account, in minor units a month."""

    account: Account
    texts_before: int
    texts_after: int
    fees_before: int
    fees_after: int

    @property
    def difference(self) -> int:
        """How much more the account would pay; below zero where it would pay less."""
        return self.texts_after - self.texts_before + self.fees_after - self.fees_before


def terms_on(plan: Plan, at: datetime) -> Terms:
    """Return what one pays on a plan at a moment."""
    found = list_of(plan, at)
    return planned_terms(plan, read_prices(found.prices), read_fees(found.fees)) if found else Terms(STANDARD_PRICES, ())


def planned_terms(plan: Plan, prices: Mapping[Service, int], fees: Fees) -> Terms:
    """Return what one would pay on a plan with these prices and fees: kinds whose row names no fee have none."""
    return Terms(prices, tuple(charged(each, capabilities_on(plan, each.kind)) for each in fees))


def effects(accounts: Iterable[Account], before: Terms, after: Terms, now: datetime) -> list[Effect]:
    """Return what a change means for each account, the greatest differences first."""
    every = list(accounts)
    used = segments_of_last_month(every, now)
    found = [_effect(account, used.get(account.pk, {}), before, after, now) for account in every]
    return sorted(found, key=lambda each: (-abs(each.difference), each.account.name))


def segments_of_last_month(accounts: list[Account], now: datetime) -> dict[int, dict[Service, int]]:
    """Count the segments that accounts paid for in the calendar month before this one, by service."""
    this_month = datetime.combine(now.astimezone(CALENDAR).date().replace(day=1), time(), CALENDAR)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    is_in_it = Q(pk__gte=first_id_at(last_month), pk__lt=first_id_at(this_month), cost__gt=0, account__in=[each.pk for each in accounts])
    service = Case(
        When(origin=Origin.FORWARD, then=Value(Service.FORWARD.value)),
        When(kind=SendKind.ECO, then=Value(Service.ECO.value)),
        When(kind=SendKind.MMS, then=Value(Service.MMS.value)),
        default=Value(Service.FULL.value),
    )
    found: dict[int, dict[Service, int]] = {}
    rows = OutboundMessage.objects.filter(is_in_it).annotate(service=service).values_list("account_id", "service")
    for account_id, name, count in rows.annotate(Sum("segment_count")).order_by():
        found.setdefault(account_id, {})[Service(name)] = count
    return found


def _effect(account: Account, used: Mapping[Service, int], before: Terms, after: Terms, now: datetime) -> Effect:
    rows = running_of(account, today_of(account, now)).values_list("kind", "package")
    taken = [(NumberKind(kind), package) for kind, package in rows]
    return Effect(
        account,
        sum(before.prices[service] * count for service, count in used.items()),
        sum(after.prices[service] * count for service, count in used.items()),
        monthly_sum(before.fees, taken),
        monthly_sum(after.fees, taken),
    )
