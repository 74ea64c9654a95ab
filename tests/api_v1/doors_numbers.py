"""Doors of numbers, their kinds, orders and packages."""

from django.utils import timezone

from api_v1.doors import Door
from api_v1.numbers_there import own_number
from recado.apps.billing.subscriptions import end_with_month, package_taken, subscribe, today_of
from recado.apps.orders.services import order_number, withdraw_order
from recado.apps.plans.models import PriceList
from recado.apps.plans.queries import default_plan
from recado.core.fees import Package, write_fees
from recado.core.number import NumberKind


def a_number(account):
    return {"number_id": own_number(account).pk}


def an_order(account):
    return {"order_id": order_number(account, None, NumberKind.INDIVIDUAL_LONG).pk}


def a_withdrawn_order(account):
    order = order_number(account, None, NumberKind.INDIVIDUAL_LONG)
    withdraw_order(order, None)
    return {"order_id": order.pk}


def packages():
    """Let the plan list two packages."""
    plan = default_plan()
    plan.save()
    fees = [Package(NumberKind.SHARED_LONG, name, count, 0, count * 100) for name, count in (("S", 3), ("L", 10))]
    PriceList.objects.filter(plan=plan).delete()
    PriceList.objects.create(plan=plan, starts_at=timezone.now().replace(year=2020), prices={}, fees=write_fees(fees))


def listed(account):
    packages()
    return {}


def taken(account):
    packages()
    subscribe(account, NumberKind.SHARED_LONG, "S", None, today_of(account))
    return {}


def ending(account):
    taken(account)
    end_with_month(package_taken(account, NumberKind.SHARED_LONG), today_of(account))
    return {}


listed.__name__ = taken.__name__ = ending.__name__ = "nothing"  # their addresses name no object a stranger could not find

SHARED = {"kind": "shared_long"}
DOORS = {
    "list_numbers": Door(),
    "get_number": Door(a_number),
    "edit_number": Door(a_number, body={"label": "Shop"}),
    "list_number_kinds": Door(),
    "list_number_stock": Door(query={"kind": "individual_long"}),
    "list_number_orders": Door(),
    "order_number": Door(body={"kind": "individual_long", "note": "Soon"}),
    "get_number_order": Door(an_order),
    "withdraw_number_order": Door(an_order),
    "reopen_number_order": Door(a_withdrawn_order),
    "list_number_packages": Door(listed),
    "take_number_package": Door(listed, body={**SHARED, "package": "L"}),
    "end_number_package": Door(taken, body=SHARED),
    "keep_number_package": Door(ending, body=SHARED),
}
