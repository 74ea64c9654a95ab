"""Access to plan and billing, for customers and in the console."""

from panel.billed import asked, computed, invoiced
from panel.doors import Door, OperatorDoor
from recado.apps.accounts.models import OperatorRole, Role


def an_invoice(account, user):
    return {"invoice_id": invoiced(account, user).pk}


def an_account(account, user):
    return {"account_id": account.pk}


def a_month(account, user):
    return {"month": f"{computed(account, user).month:%Y-%m}"}


def a_request(account, user):
    return {"request_id": asked(account, user).pk}


ENGINEER, AUDITOR, SUPPORT = OperatorRole.ENGINEER, OperatorRole.AUDITOR, OperatorRole.SUPPORT
GIVEN = {"adjust-amount": "10", "adjust-note": "Goodwill", "adjust-direction": "give"}
DOORS = {
    "billing": Door(refuses=Role.EDITOR),
    "billing-alerts": Door(refuses=Role.EDITOR, method="post", data={"first": "20,00"}),
    "billing-plan": Door(refuses=Role.EDITOR),
    "invoice-file": Door(an_invoice, Role.EDITOR),
    "statement": Door(refuses=Role.AGENT),
    "statement-export": Door(refuses=Role.VIEWER),
    "operator-billing": OperatorDoor(refuses=ENGINEER),
    "operator-billing-compute": OperatorDoor(refuses=AUDITOR, method="post", data={"month": "2026-10"}),
    "operator-billing-run": OperatorDoor(a_month, ENGINEER),
    "operator-billing-post": OperatorDoor(a_month, SUPPORT, "post"),
    "operator-plan-request-settle": OperatorDoor(a_request, AUDITOR, "post"),
    "operator-billing-seller": OperatorDoor(refuses=ENGINEER),
    "operator-invoices": OperatorDoor(refuses=ENGINEER),
    "operator-invoice": OperatorDoor(an_invoice, ENGINEER),
    "operator-invoice-file": OperatorDoor(an_invoice, ENGINEER),
    "operator-invoice-paid": OperatorDoor(an_invoice, AUDITOR, "post", {"paid_on": "2026-01-10"}),
    "operator-invoice-correct": OperatorDoor(an_invoice, SUPPORT),
    "operator-account-money": OperatorDoor(an_account, ENGINEER),
    "operator-account-top-up": OperatorDoor(an_account, AUDITOR, "post", {"top-amount": "10", "top-note": "Transfer"}),
    "operator-account-adjust": OperatorDoor(an_account, SUPPORT, "post", GIVEN),
}
