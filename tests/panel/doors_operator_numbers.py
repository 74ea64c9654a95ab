"""Access to the operator's numbers."""

from panel.conversations import number
from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole
from recado.apps.numbers.models import Number
from recado.apps.orders.services import order_number
from recado.core.number import NumberKind


def a_number(account, user):
    return {"number_id": number(account).pk}


def an_order(account, user):
    return {"order_id": order_number(account, user, NumberKind.INDIVIDUAL_LONG).pk}


def an_order_with_number(account, user):
    """The number gets the id that the form names."""
    stock = Number.objects.create(id=1, digits="48664200309", kind="individual_long", state="in_stock")
    return {"order_id": order_number(account, user, NumberKind.INDIVIDUAL_LONG, stock).pk}


DOORS = {
    "operator-numbers": OperatorDoor(),
    "operator-number": OperatorDoor(a_number),
    "operator-number-new": OperatorDoor(refuses=OperatorRole.AUDITOR),
    "operator-number-import": OperatorDoor(refuses=OperatorRole.ENGINEER),
    "operator-number-change": OperatorDoor(a_number, OperatorRole.AUDITOR, "post", {"change": "release"}),
    "operator-number-suspend": OperatorDoor(a_number, OperatorRole.AUDITOR),
    "operator-number-expiry": OperatorDoor(a_number, OperatorRole.ENGINEER, "post", {"last_day": "2099-01-31"}),
    "operator-orders": OperatorDoor(),
    "operator-order": OperatorDoor(an_order),
    "operator-order-assign": OperatorDoor(an_order_with_number, OperatorRole.AUDITOR, "post", {"number": "1"}),
    "operator-order-refuse": OperatorDoor(an_order, OperatorRole.ENGINEER, "post", {"reason": "None left"}),
    "operator-number-release": OperatorDoor(a_number, OperatorRole.AUDITOR),
}
