"""`/team/members`: who works in the account, in which role.

What belongs here: routes and shapes. What does not: inviting (`invitations`), who may do what to whom (`apps.accounts.team`:
programs never touch owners).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

from django.db import transaction
from ninja import Path, Router, Schema, Status

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id
from recado.apps.accounts.models import Membership, Role
from recado.apps.accounts.queries import get_member_for, members_of
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.team import TeamError, change_role, remove_member

router = Router(tags=["Team"])
OWNERS_ONLY = ("owners-only", "Keys never make, change or remove owners. An owner does that in the panel under Team.")


GivenRole = Literal[Role.ADMIN, Role.EDITOR, Role.AGENT, Role.VIEWER, Role.BILLING, Role.API]


class TeamMemberOut(Schema):
    """Somebody of the team."""

    id: int
    name: str
    email: str
    role: Role
    has_second_factor: bool
    joined_at: datetime


class RoleIn(Schema):
    """Which role somebody gets; keys cannot make owners."""

    role: GivenRole


@router.get("/members", auth=key(Scope.SETTINGS_READ), response=Page[TeamMemberOut], operation_id="list_members", summary="List members")
def list_members(request: ProgramRequest, paging: PagingQuery) -> Page[TeamMemberOut]:
    """Who joined last comes first."""
    return newest_first(members_of(request.account), paging, _member)


@router.get(
    "/members/{member_id}",
    auth=key(Scope.SETTINGS_READ),
    response=TeamMemberOut,
    operation_id="get_member",
    summary="Show a member",
)
def show_member(request: ProgramRequest, member_id: Path[Id]) -> TeamMemberOut:
    """One person with the role they have in this account."""
    return _member(get_member_for(request.account, member_id))


@router.patch(
    "/members/{member_id}",
    auth=key(Scope.SETTINGS_WRITE),
    response={200: TeamMemberOut, 409: ProblemOut},
    operation_id="edit_member",
    summary="Give somebody another role",
)
@transaction.atomic
def edit_member(request: ProgramRequest, member_id: Path[Id], body: RoleIn) -> TeamMemberOut:
    """Keys never make or change owners (409 `owners-only`)."""
    found = get_member_for(request.account, member_id)
    before = {"role": found.role}
    with _refused():
        change_role(None, found, body.role)
    note(request, "member.role_changed", str(found.user), found.pk, before=before, after={"role": found.role})
    return _member(found)


@router.delete(
    "/members/{member_id}",
    auth=key(Scope.SETTINGS_WRITE),
    response={204: None, 409: ProblemOut},
    operation_id="remove_member",
    summary="Take somebody out of the team",
)
@transaction.atomic
def remove(request: ProgramRequest, member_id: Path[Id]) -> Status[None]:
    """Their login stays, conversations assigned to them are nobody's again. Keys never remove owners (409 `owners-only`)."""
    found = get_member_for(request.account, member_id)
    name, before = str(found.user), {"role": found.role}
    with _refused():
        remove_member(None, found)
    note(request, "member.removed", name, before=before)
    return Status(204, None)


@contextmanager
def _refused() -> Iterator[None]:
    """Refuse what concerns owners: nothing else is refused to programs."""
    try:
        yield
    except TeamError as error:
        raise conflict(*OWNERS_ONLY) from error


def _member(member: Membership) -> TeamMemberOut:
    return TeamMemberOut(
        id=member.pk,
        name=member.user.name,
        email=member.user.email,
        role=Role(member.role),
        has_second_factor=bool(getattr(member, "has_second_factor", False)),
        joined_at=member.created_at,
    )
