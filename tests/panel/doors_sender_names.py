"""Access to sender names."""

from panel.doors import Door, OperatorDoor
from recado.apps.accounts.models import OperatorRole, Role
from recado.apps.senders.services import request_name


def a_name(account, user):
    return {"name_id": request_name(account, user, "Roza").pk}


DOORS = {
    "sender-names": Door(refuses=Role.BILLING),
    "sender-name-off": Door(a_name, Role.AGENT, "post"),
    "operator-sender-names": OperatorDoor(refuses=OperatorRole.ENGINEER),
    "operator-sender-name": OperatorDoor(a_name, OperatorRole.ENGINEER),
    "operator-sender-name-authorise": OperatorDoor(a_name, OperatorRole.AUDITOR, "post"),
    "operator-sender-name-reject": OperatorDoor(a_name, OperatorRole.AUDITOR, "post", {"reason": "No."}),
}
