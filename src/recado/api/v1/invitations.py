"""`/team/invitations`: roles that are offered by mail.

What belongs here: routes and shapes. What does not: mailing them (a port of `apps.accounts`), what a key may offer (`apps.accounts.team`).
"""

from datetime import datetime
from typing import Annotated

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
from recado.api.v1.team import OWNERS_ONLY, RoleIn
from recado.apps.accounts.invitations import AlreadyThereError, get_invitation_for, invite, open_invitations, revoke
from recado.apps.accounts.models import Invitation, Role
from recado.apps.accounts.ports import mail_invitation
from recado.apps.accounts.scopes import Scope
from recado.apps.accounts.team import PROGRAMS_GIVE_AS, roles_given_by

router = Router(tags=["Team"])


def _email(value: str) -> str:
    try:
        value.encode("ascii")
        validate_email(value)
    except (UnicodeEncodeError, ValidationError) as error:
        raise ValueError("is no e-mail address") from error
    return value


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
        raise conflict(*OWNERS_ONLY)
    return found


def _offer(invitation: Invitation) -> InvitationOut:
    return InvitationOut(
        id=invitation.pk,
        email=invitation.email,
        role=Role(invitation.role),
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )
