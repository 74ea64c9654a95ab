"""Writes about who works in an account: changing roles and removing people, with the rules of who may do that to whom.

What belongs here: members. What does not: inviting (`invitations`), who may open the page (`panel.access`), the activity log.
"""

from enum import Enum

from django.apps import apps
from django.db import transaction

from recado.apps.accounts.models import Membership, Role

PROGRAMS_GIVE_AS = Role.ADMIN
"""Programs never make, change or remove owners: a key that leaks must not cost the account."""


class Refusal(Enum):
    """Why a change of the team is refused."""

    OWN_ROLE = "own_role"
    """Nobody changes their own role or removes themselves."""
    LAST_OWNER = "last_owner"
    """An account always has an owner."""
    NOT_YOURS_TO_GIVE = "not_yours_to_give"
    """Only owners make, change and remove owners; who manages nothing changes nobody."""


class TeamError(Exception):
    """A change of the team is refused."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def roles_given_by(role: str) -> tuple[Role, ...]:
    """List the roles that somebody in this role may give and take: none above their own."""
    if role == Role.OWNER:
        return tuple(Role)
    if role == Role.ADMIN:
        return tuple(each for each in Role if each != Role.OWNER)
    return ()


@transaction.atomic
def change_role(by: Membership | None, member: Membership, role: Role) -> None:
    """Give a member another role; raise TeamError where `by` may not. None: a program does it (`PROGRAMS_GIVE_AS`)."""
    _check(by, member)
    if role not in roles_given_by(_giver(by)):
        raise TeamError(Refusal.NOT_YOURS_TO_GIVE)
    if role != Role.OWNER:
        _keep_an_owner(member)
    member.role = role
    member.save(update_fields=["role"])


@transaction.atomic
def remove_member(by: Membership | None, member: Membership) -> None:
    """Take somebody out of the account; conversations assigned to them are nobody's again. Raise TeamError where `by` may not."""
    _check(by, member)
    _keep_an_owner(member)
    dialogues = apps.get_model("dialogues", "Dialogue").objects.filter(account_id=member.account_id)
    dialogues.filter(assignee_id=member.user_id).update(assignee=None)
    dialogues.filter(claimed_by_id=member.user_id).update(claimed_by=None, claimed_until=None)
    member.delete()


def _giver(by: Membership | None) -> str:
    return PROGRAMS_GIVE_AS if by is None else by.role


def _check(by: Membership | None, member: Membership) -> None:
    if by is not None and by.user_id == member.user_id:
        raise TeamError(Refusal.OWN_ROLE)
    if member.role not in roles_given_by(_giver(by)):
        raise TeamError(Refusal.NOT_YOURS_TO_GIVE)


def _keep_an_owner(member: Membership) -> None:
    """Refuse to lose the last owner; two owners who remove each other wait for each other here."""
    owners = list(Membership.objects.select_for_update().filter(account_id=member.account_id, role=Role.OWNER).values_list("pk", flat=True))
    if owners == [member.pk]:
        raise TeamError(Refusal.LAST_OWNER)
