"""Who may answer by mail: a mailbox that messages of the account are forwarded to, and people of its team who may answer.

What belongs here: whose address it is. What does not: whether the mail is truly from there (`protocols.mail.authentication`, and the mail
server in front).
"""

from dataclasses import dataclass

from recado.apps.accounts.models import Account, Membership, Role, User
from recado.apps.outbox.models import Destination

ANSWERING_ROLES = (Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT)


@dataclass(frozen=True, slots=True)
class MailSender:
    """Somebody who may answer; `user` is None for a mailbox that is nobody's login."""

    user: User | None


def sender_of(account: Account, address: str) -> MailSender | None:
    """Return who an address is; None for strangers."""
    if not address:
        return None
    members = Membership.objects.filter(account=account, role__in=ANSWERING_ROLES, user__is_active=True, user__email__iexact=address)
    member = members.select_related("user").first()
    if member is not None:
        return MailSender(member.user)
    boxes = Destination.objects.filter(account=account, kind=Destination.Kind.EMAIL, is_enabled=True, email__iexact=address)
    return MailSender(None) if boxes.exists() else None
