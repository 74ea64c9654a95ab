"""The installation's staff: who is an operator, changing their roles, taking somebody out.

What belongs here: operators who are there. What does not: inviting them (`invitations`), who may do it (`panel.operator.access`), the log.
"""

from enum import Enum

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from recado.apps.accounts.models import OperatorRole, User, Visit
from recado.apps.accounts.queries import has_second_factor
from recado.apps.accounts.visits import end_visits_of


class StaffRefusal(Enum):
    """Why a change of the staff is refused."""

    OWN_ROLE = "own_role"
    """Nobody changes their own role or removes themselves."""
    LAST_ADMIN = "last_admin"
    """There is always an administrator."""


class StaffError(Exception):
    """A change of the staff is refused."""

    def __init__(self, reason: StaffRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def operators() -> QuerySet[User]:
    """List the operators by name; each knows whether there is a second factor (`has_second_factor`)."""
    return User.objects.exclude(operator_role="").annotate(has_second_factor=has_second_factor("pk")).order_by("name", "email", "pk")


def get_operator(user_id: int) -> User:
    """Return an operator; raise User.DoesNotExist for everybody else."""
    return operators().get(pk=user_id)


@transaction.atomic
def change_operator_role(by: User, operator: User, role: OperatorRole) -> list[Visit]:
    """Give an operator another role; return the visits that ended by it. Raise StaffError where that is refused."""
    _check(by, operator, stays_admin=role == OperatorRole.ADMIN)
    return _set_role(operator, role)


@transaction.atomic
def remove_operator(by: User, operator: User) -> list[Visit]:
    """Take somebody out of the staff; the login stays, as do its memberships. Raise StaffError where that is refused."""
    _check(by, operator, stays_admin=False)
    return _set_role(operator, "")


def _set_role(operator: User, role: str) -> list[Visit]:
    operator.operator_role = role
    operator.is_superuser = operator.is_superuser and role == OperatorRole.ADMIN
    operator.save(update_fields=["operator_role", "is_superuser"])
    return end_visits_of(operator, timezone.now())


def _check(by: User, operator: User, *, stays_admin: bool) -> None:
    """Refuse to lose the last administrator; two who remove each other wait for each other here."""
    if by.pk == operator.pk:
        raise StaffError(StaffRefusal.OWN_ROLE)
    admins = User.objects.select_for_update().filter(operator_role=OperatorRole.ADMIN, is_active=True)
    if not stays_admin and list(admins.values_list("pk", flat=True)) == [operator.pk]:
        raise StaffError(StaffRefusal.LAST_ADMIN)
