"""`/team`: who works in the account, in which role, and whom a role is offered.

What belongs here: routes and shapes. What does not: who may do what to whom (`apps.accounts.team`: programs never touch owners), mailing
invitations (a port of `apps.accounts`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import AfterValidator, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import ProblemOut, conflict
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, Text
from recado.apps.accounts.invitations import AlreadyThereError, get_invitation_for, invite, open_invitations, revoke
from recado.apps.accounts.models import Invitation, Membership, Role
from recado.apps.accounts.ports import mail_invitation
from recado.apps.accounts.queries import get_member_for, members_of
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.team import PROGRAMS_GIVE_AS, Refusal, TeamError, change_role, remove_member, roles_given_by

router = Router(tags=["Team"])
REFUSED = {
    Refusal.OWN_ROLE: ("own-role", "Nobody changes their own role. Ask another owner or manager."),
    Refusal.LAST_OWNER: ("last-owner", "This is the only owner. Make somebody else an owner first."),
    Refusal.NOT_YOURS_TO_GIVE: ("owners-only", "Keys never make, change or remove owners. An owner does that in the panel under Team."),
}


def _email(value: str) -> str:
    try:
        value.encode("ascii")
        validate_email(value)
    except (UnicodeEncodeError, ValidationError) as error:
        raise ValueError("is no e-mail address") from error
    return value


GivenRole = Literal[Role.ADMIN, Role.EDITOR, Role.AGENT, Role.VIEWER, Role.BILLING, Role.API]


class MemberOut(Schema):
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


class InvitationIn(RoleIn):
    """Whom a role is offered."""

    email: Annotated[Text, Field(max_length=254), AfterValidator(_email)] = Field(json_schema_extra={"format": "email"})


class InvitationOut(Schema):
    """A role that is offered and not taken yet."""

    id: int
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime


class InvitedOut(InvitationOut):
    """A role that was offered just now."""

    link: str | None = Field(description="Where the mail could not go out: the link to hand over, shown only now. Null: it was mailed.")


@router.get("/members", auth=key(Scope.SETTINGS_READ), response=Page[MemberOut], operation_id="list_members", summary="List the team")
def list_members(request: ProgramRequest, paging: PagingQuery) -> Page[MemberOut]:
    """Who joined last comes first."""
    return newest_first(members_of(request.account), paging, _member)


@router.get(
    "/members/{member_id}",
    auth=key(Scope.SETTINGS_READ),
    response=MemberOut,
    operation_id="get_member",
    summary="Show a member",
)
def show_member(request: ProgramRequest, member_id: Path[Id]) -> MemberOut:
    """One person with the role they have in this account."""
    return _member(get_member_for(request.account, member_id))


@router.patch(
    "/members/{member_id}",
    auth=key(Scope.SETTINGS_WRITE),
    response={200: MemberOut, 409: ProblemOut},
    operation_id="edit_member",
    summary="Give somebody another role",
)
@transaction.atomic
def edit_member(request: ProgramRequest, member_id: Path[Id], body: RoleIn) -> MemberOut:
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


@router.get(
    "/invitations",
    auth=key(Scope.SETTINGS_READ),
    response=Page[InvitationOut],
    operation_id="list_invitations",
    summary="List open invitations",
)
def list_invitations(request: ProgramRequest, paging: PagingQuery) -> Page[InvitationOut]:
    """Newest first; those that were taken, withdrawn or are too old are not among them."""
    return newest_first(open_invitations(request.account, timezone.now()), paging, _offer)


@router.post(
    "/invitations",
    auth=key(Scope.SETTINGS_WRITE),
    response={201: InvitedOut, 409: ProblemOut},
    operation_id="invite_member",
    summary="Invite somebody",
)
def invite_member(request: ProgramRequest, body: InvitationIn) -> Status[InvitedOut]:
    """Offer a role by mail for a week; an earlier offer to the address ends. Refused (409 `already-there`) for who is in the team."""
    return Status(201, _invited(request, body.email, Role(body.role), "invitation.sent"))


@router.post(
    "/invitations/{invitation_id}/resend",
    auth=key(Scope.SETTINGS_WRITE),
    response={201: InvitedOut, 409: ProblemOut},
    operation_id="resend_invitation",
    summary="Invite once more",
)
def resend(request: ProgramRequest, invitation_id: Path[Id]) -> Status[InvitedOut]:
    """Send an offer again with a new link, as a new invitation; the old link ends. Keys do not offer to make owners (409 `owners-only`)."""
    offered = _offered(request, invitation_id)
    return Status(201, _invited(request, offered.email, Role(offered.role), "invitation.sent_again"))


@router.delete(
    "/invitations/{invitation_id}",
    auth=key(Scope.SETTINGS_WRITE),
    response={204: None, 409: ProblemOut},
    operation_id="revoke_invitation",
    summary="Withdraw an invitation",
)
@transaction.atomic
def withdraw(request: ProgramRequest, invitation_id: Path[Id]) -> Status[None]:
    """End an offer that was not taken yet. Keys do not withdraw what owners are offered (409 `owners-only`)."""
    offered = _offered(request, invitation_id)
    revoke(offered)
    note(request, "invitation.revoked", offered.email, offered.pk, before={"role": offered.role})
    return Status(204, None)


def _invited(request: ProgramRequest, email: str, role: Role, action: str) -> InvitedOut:
    """Offer a role; the mail goes out once that is committed."""
    try:
        with transaction.atomic():
            invitation, token = invite(request.account, email, role, request.auth.owner, timezone.now())
            note(request, action, invitation.email, invitation.pk, after={"role": invitation.role})
    except AlreadyThereError as error:
        raise conflict("already-there", "Somebody with this address is in the team. Change their role instead.") from error
    link = mail_invitation(invitation, token, request.account.language, _base(request))
    return InvitedOut(**_offer(invitation).model_dump(), link=link)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _offered(request: ProgramRequest, invitation_id: int) -> Invitation:
    found = get_invitation_for(request.account, invitation_id, timezone.now())
    if found.role not in roles_given_by(PROGRAMS_GIVE_AS):
        raise conflict(*REFUSED[Refusal.NOT_YOURS_TO_GIVE])
    return found


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except TeamError as error:
        raise conflict(*REFUSED[error.reason]) from error


def _member(member: Membership) -> MemberOut:
    return MemberOut(
        id=member.pk,
        name=member.user.name,
        email=member.user.email,
        role=Role(member.role),
        has_second_factor=bool(getattr(member, "has_second_factor", False)),
        joined_at=member.created_at,
    )


def _offer(invitation: Invitation) -> InvitationOut:
    return InvitationOut(
        id=invitation.pk,
        email=invitation.email,
        role=Role(invitation.role),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )
