"""Access to the account's numbers and orders."""

from panel.conversations import number
from panel.doors import Door
from recado.apps.accounts.models import Role
from recado.apps.orders.services import order_number, withdraw_order
from recado.core.number import NumberKind


def a_number(account, user):
    return {"number_id": number(account).pk}


def an_order(account, user):
    return {"order_id": order_number(account, user, NumberKind.INDIVIDUAL_LONG).pk}


def a_withdrawn_order(account, user):
    order = order_number(account, user, NumberKind.INDIVIDUAL_LONG)
    withdraw_order(order, user)
    return {"order_id": order.pk}


DOORS = {
    "numbers": Door(refuses=Role.BILLING),
    "number": Door(a_number, Role.BILLING),
    "number-packages": Door(refuses=Role.BILLING),
    "number-order": Door(refuses=Role.BILLING),
    "number-order-withdraw": Door(an_order, Role.EDITOR, "post"),
    "number-order-reopen": Door(a_withdrawn_order, Role.EDITOR, "post"),
}
