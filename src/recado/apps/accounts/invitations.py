"""Roles offered by e-mail, in an account or in the installation's staff.

What belongs here: offering, finding, taking and withdrawing them. What does not: writing the mail (`panel.sign_in.mail`), who may invite
(`panel.access`), the audit log (views write it).
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account, Invitation, Membership, OperatorRole, Role, User
from recado.apps.accounts.queries import token_digest
from recado.apps.accounts.services import add_member, create_user

VALID_FOR = timedelta(days=7)
TOKEN_BYTES = 32


class InvitationError(Exception):
    """An invitation cannot be made or taken."""


class AlreadyThereError(InvitationError):
    """Who is invited has a role there already."""


class InvitationGoneError(InvitationError):
    """The invitation was taken, withdrawn, replaced, or is too old."""


class WrongPersonError(InvitationError):
    """The invitation is for another address than that of the person who takes it."""


@transaction.atomic
def invite(account: Account | None, email: str, role: Role | OperatorRole, by: User | None, now: datetime) -> tuple[Invitation, str]:
    """Offer a role in the account, or in the installation's staff where `account` is None; an earlier open offer to the address ends.

    The token is what the link must carry. This is the only time it can be read: only its SHA-256 is kept.
    """
    if isinstance(role, OperatorRole) is not (account is None):
        raise TypeError(f"{role!r} is no role to offer {'in an account' if account else 'to staff'}")
    address = email.strip().lower()
    if _is_there(account, address):
        raise AlreadyThereError(address)
    open_invitations(account, now).filter(email__iexact=address).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        account=account,
        email=address,
        role="" if account is None else role,
        operator_role=role if account is None else "",
        token_sha256=token_digest(token),
        invited_by=by,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    return invitation, token


def find_invitation(token: str, now: datetime) -> Invitation | None:
    """Find the open invitation a link leads to; None where it was taken, withdrawn, is too old or never was."""
    return _still_open(now).filter(token_sha256=token_digest(token)).select_related("account", "invited_by").first()


def open_invitations(account: Account | None, now: datetime) -> QuerySet[Invitation]:
    """List what is offered and not yet taken, newest first; None lists offers to the installation's staff."""
    return _still_open(now).filter(account=account).select_related("account", "invited_by").order_by("-created_at", "-pk")


def get_invitation_for(account: Account | None, invitation_id: int, now: datetime) -> Invitation:
    """Find one of the open invitations of the account, or of the installation's staff; raise Invitation.DoesNotExist for all others."""
    return open_invitations(account, now).get(pk=invitation_id)


def login_of(invitation: Invitation) -> User | None:
    """Find the login the invited address has already."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Give the person the role that was offered. Two clicks at once give it once; a role the person has meanwhile stays."""
    now = timezone.now()
    if user.email.lower() != invitation.email.lower():
        raise WrongPersonError(user.email)
    if not _still_open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise InvitationGoneError
    if invitation.account is None:
        user.operator_role = user.operator_role or invitation.operator_role
        user.save(update_fields=["operator_role"])
    elif not Membership.objects.filter(account=invitation.account, user=user).exists():
        add_member(invitation.account, user, Role(invitation.role))


@transaction.atomic
def join(invitation: Invitation, name: str, password: str, language: str) -> User:
    """Create the login of somebody who had none, with the role that was offered."""
    if login_of(invitation):
        raise AlreadyThereError(invitation.email)
    user = create_user(invitation.email, password, name=name, language=language)
    accept(invitation, user)
    return user


def revoke(invitation: Invitation) -> None:
    """Withdraw an offer that was not taken yet."""
    now = timezone.now()
    _still_open(now).filter(pk=invitation.pk).update(revoked_at=now)


def _still_open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)


def _is_there(account: Account | None, address: str) -> bool:
    if account is None:
        return User.objects.filter(email__iexact=address).exclude(operator_role="").exists()
    return Membership.objects.filter(account=account, user__email__iexact=address).exists()
