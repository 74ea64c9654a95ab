"""Access to the operator's team and audit log."""

from django.utils import timezone

from panel.doors import OperatorDoor
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import OperatorRole, User


def an_operator(account, user):
    return {"user_id": User.objects.create_user("eva@example.com", "a long password", operator_role=OperatorRole.ENGINEER).pk}


def an_invitation(account, user):
    return {"invitation_id": invite(None, "iga@example.com", OperatorRole.SUPPORT, user, timezone.now())[0].pk}


DOORS = {
    "operator-team": OperatorDoor(refuses=OperatorRole.SUPPORT),
    "operator-team-invite": OperatorDoor(refuses=OperatorRole.AUDITOR, method="post", data={"email": "jan@example.com", "role": "support"}),
    "operator-team-member": OperatorDoor(an_operator, OperatorRole.AUDITOR),
    "operator-team-remove": OperatorDoor(an_operator, OperatorRole.AUDITOR, "post"),
    "operator-team-revoke": OperatorDoor(an_invitation, OperatorRole.AUDITOR, "post"),
    "operator-audit": OperatorDoor(refuses=OperatorRole.SUPPORT),
    "operator-audit-export": OperatorDoor(refuses=OperatorRole.ENGINEER),
}
