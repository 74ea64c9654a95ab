"""Doors of `/billing`."""

from api_v1.doors import Door
from panel.billed import invoiced, offered
from recado.apps.accounts.models import Account, User
from recado.apps.billing.sellers import seller
from recado.apps.plans.models import Plan

PLAN_ID = 7001


def an_invoice(account):
    return {"invoice_id": invoiced(account, User.objects.create_user("anna@example.com")).pk}


def a_plan(account):
    """Offer a plan to the account alone: everybody else is on it."""
    offered()
    plan = Plan.objects.create(pk=PLAN_ID, name="Only here")
    seller().offered_plans.add(plan)
    Account.objects.exclude(pk=account.pk).update(plan=plan)
    return {}


DOORS = {
    "get_billing": Door(),
    "set_credit_alerts": Door(body={"amounts": [2000, 500]}),
    "list_plans": Door(),
    "preview_plan": Door(a_plan, query={"plan_id": f"{PLAN_ID}"}),
    "ask_for_plan": Door(a_plan, body={"plan_id": PLAN_ID}),
    "list_invoices": Door(),
    "get_invoice": Door(an_invoice),
    "download_invoice": Door(an_invoice),
    "list_statements": Door(),
    "get_statement": Door(query={"month": "2026-11"}),
    "export_statement": Door(query={"month": "2026-11"}),
}
