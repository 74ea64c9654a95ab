"""Access to unmatched messages."""

from panel.doors import OperatorDoor
from panel.nobodys import unmatched
from recado.apps.accounts.models import OperatorRole


def an_unmatched_message(account, user):
    return {"message_id": unmatched("Gardner").pk}


DOORS = {
    "operator-unmatched": OperatorDoor(refuses=OperatorRole.ENGINEER),
    "operator-unmatched-group": OperatorDoor(an_unmatched_message, OperatorRole.AUDITOR),
    "operator-unmatched-assign": OperatorDoor(an_unmatched_message, OperatorRole.AUDITOR, "post"),
    "operator-unmatched-keyword": OperatorDoor(an_unmatched_message, OperatorRole.AUDITOR, "post"),
    "operator-unmatched-discard": OperatorDoor(an_unmatched_message, OperatorRole.AUDITOR, "post"),
}
