"""Access to the operator's accounts and visits."""

from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole


def the_account(account, user):
    return {"account_id": account.pk}


DOORS = {
    "operator-accounts": OperatorDoor(),
    "operator-account": OperatorDoor(the_account),
    "operator-account-new": OperatorDoor(refuses=OperatorRole.AUDITOR),
    "operator-account-suspend": OperatorDoor(the_account, OperatorRole.AUDITOR),
    "operator-account-resume": OperatorDoor(the_account, OperatorRole.ENGINEER, "post"),
    "operator-account-note": OperatorDoor(the_account, OperatorRole.AUDITOR, "post"),
    "operator-visit": OperatorDoor(the_account, OperatorRole.ENGINEER),
    "operator-visit-leave": OperatorDoor(method="post"),
}
