"""Access to plans."""

from datetime import timedelta

from django.utils import timezone

from panel.conversations import number
from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole
from recado.apps.plans.price_lists import add_list, today
from recado.apps.plans.services import add_plan
from recado.core.price import STANDARD_PRICES


def a_plan(account, user):
    return {"plan_id": add_plan("Small").pk}


def an_account(account, user):
    return {"account_id": account.pk}


def a_list_to_come(account, user):
    plan, now = add_plan("Large"), timezone.now()
    its = add_list(plan, today(now) + timedelta(days=40), STANDARD_PRICES, (), now)
    return {"plan_id": plan.pk, "list_id": its.pk}


def a_number(account, user):
    return {"number_id": number(account).pk}


DOORS = {
    "operator-plans": OperatorDoor(),
    "operator-plan": OperatorDoor(a_plan),
    "operator-plan-new": OperatorDoor(refuses=OperatorRole.SUPPORT, method="post", data={"name": "Large"}),
    "operator-plan-remove": OperatorDoor(a_plan, OperatorRole.SUPPORT, "post"),
    "operator-account-plan": OperatorDoor(an_account, OperatorRole.ENGINEER, data={"plan": "1"}),
    "operator-account-limit": OperatorDoor(an_account, OperatorRole.SUPPORT, "post", {"own_limit": "100"}),
    "operator-number-subscription": OperatorDoor(a_number, OperatorRole.ENGINEER, "post"),
    "operator-price-list-new": OperatorDoor(a_plan, OperatorRole.SUPPORT),
    "operator-price-list": OperatorDoor(a_list_to_come),
    "operator-price-list-remove": OperatorDoor(a_list_to_come, OperatorRole.SUPPORT, "post"),
}
