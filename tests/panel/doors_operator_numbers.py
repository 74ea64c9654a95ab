"""Access to the operator's numbers."""

from panel.conversations import number
from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole


def a_number(account, user):
    return {"number_id": number(account).pk}


DOORS = {
    "operator-numbers": OperatorDoor(),
    "operator-number": OperatorDoor(a_number),
    "operator-number-new": OperatorDoor(refuses=OperatorRole.AUDITOR),
    "operator-number-import": OperatorDoor(refuses=OperatorRole.ENGINEER),
    "operator-number-change": OperatorDoor(a_number, OperatorRole.AUDITOR, "post", {"change": "suspend"}),
    "operator-number-release": OperatorDoor(a_number, OperatorRole.AUDITOR),
}
