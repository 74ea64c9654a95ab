"""Reads about orders: what an account may order and why not, the stock, its orders, those that wait for the operator.

What belongs here: questions of both panels. What does not: changes (`services`).
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.numbers.models import Number
from recado.apps.orders.errors import OrderRefusal
from recado.apps.orders.models import NumberOrder
from recado.apps.plans.queries import capabilities_on, plan_of
from recado.core.number import CAPABILITIES, NumberKind, NumberState

OWN_KINDS: tuple[NumberKind, ...] = tuple(kind for kind in NumberKind if not CAPABILITIES[kind].is_shared)
"""Kinds that one account can have to itself."""
REFUSED_SHOWN = timedelta(days=14)
MOST_OPEN = 5
"""Orders of one account that may wait at a time, so that nobody holds the whole stock."""


def order_refusals(account: Account) -> dict[NumberKind, OrderRefusal | None]:
    """Say for each kind why the account cannot order a number of it; None where it can."""
    plan = plan_of(account)
    found: dict[NumberKind, OrderRefusal | None] = {}
    for kind in NumberKind:
        capabilities = capabilities_on(plan, kind)
        reasons = {
            OrderRefusal.NOT_FOR_ONE: kind not in OWN_KINDS,
            OrderRefusal.SUSPENDED: account.is_suspended,
            OrderRefusal.PREPAID: plan.is_prepaid and not capabilities.pre_paid,
            OrderRefusal.NOT_IN_PLAN: not plan.is_prepaid and not capabilities.post_paid,
        }
        found[kind] = next((reason for reason, applies in reasons.items() if applies), None)
    return found


def stock(kind: NumberKind, digits: str = "") -> QuerySet[Number]:
    """Return the numbers of a kind that anybody may order now; `digits` is a piece of the number."""
    free = all_stock().filter(kind=kind.value)
    digits = "".join(filter(str.isdecimal, digits))
    return (free.filter(digits__contains=digits) if digits else free).order_by("digits")


def all_stock() -> QuerySet[Number]:
    """Return the numbers of all kinds that anybody may order now."""
    held = Exists(NumberOrder.objects.filter(number=OuterRef("pk"), state=NumberOrder.State.OPEN))
    return Number.objects.filter(state=NumberState.IN_STOCK.value, account=None).exclude(held)


def for_order(order: NumberOrder) -> QuerySet[Number]:
    """Return the numbers the operator may give for an order: the one it holds and the stock of the kind."""
    free = stock(NumberKind(order.kind)).values("pk")
    return Number.objects.filter(Q(orders=order) | Q(pk__in=free)).distinct().order_by("digits")


def orders_of(account: Account) -> QuerySet[NumberOrder]:
    """Return the account's orders, newest first."""
    return NumberOrder.objects.filter(account=account).select_related("number", "ordered_by").order_by("-id")


def shown_orders(account: Account, now: datetime) -> list[NumberOrder]:
    """Return the orders an account is to see beside its numbers: those that wait, and those refused lately."""
    waiting, refused = Q(state=NumberOrder.State.OPEN), Q(state=NumberOrder.State.REFUSED, settled_at__gt=now - REFUSED_SHOWN)
    return list(orders_of(account).filter(waiting | refused))


def get_order_for(account: Account, order_id: int) -> NumberOrder:
    """Return an order of the account; raise NumberOrder.DoesNotExist for all others."""
    return orders_of(account).get(pk=order_id)


def open_orders() -> QuerySet[NumberOrder]:
    """Return what customers wait for, the oldest first, for the operator."""
    waiting = NumberOrder.objects.filter(state=NumberOrder.State.OPEN)
    return waiting.select_related("account", "account__plan", "number", "ordered_by").order_by("id")


def settled_orders(limit: int = 20) -> list[NumberOrder]:
    """Return the orders settled last, for the operator."""
    settled = NumberOrder.objects.exclude(state=NumberOrder.State.OPEN)
    return list(settled.select_related("account", "number", "settled_by").order_by("-settled_at", "-id")[:limit])


def open_order_count() -> int:
    """Count the orders that wait for the operator."""
    return NumberOrder.objects.filter(state=NumberOrder.State.OPEN).count()


def get_order(order_id: int) -> NumberOrder:
    """Return any order, for the operator; raise NumberOrder.DoesNotExist where there is none."""
    return NumberOrder.objects.select_related("account", "account__plan", "number", "ordered_by", "settled_by").get(pk=order_id)
