"""Access to the operator's message search."""

from panel.conversations import dialogue, received
from panel.doors import OperatorDoor
from recado.apps.accounts.models import OperatorRole


def a_message(account, user):
    return {"message_id": received(dialogue(account), "Ogrodnik").pk}


DOORS = {
    "operator-messages": OperatorDoor(refuses=OperatorRole.ENGINEER),
    "operator-message": OperatorDoor(a_message, OperatorRole.ENGINEER),
}
