"""Access to plans."""

from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole
from recado.apps.plans.services import add_plan


def a_plan(account, user):
    return {"plan_id": add_plan("Small").pk}


def an_account(account, user):
    return {"account_id": account.pk}


DOORS = {
    "operator-plans": OperatorDoor(),
    "operator-plan": OperatorDoor(a_plan),
    "operator-plan-new": OperatorDoor(refuses=OperatorRole.SUPPORT, method="post", data={"name": "Large"}),
    "operator-plan-remove": OperatorDoor(a_plan, OperatorRole.SUPPORT, "post"),
    "operator-account-plan": OperatorDoor(an_account, OperatorRole.ENGINEER, "post", {"plan": "1"}),
}
