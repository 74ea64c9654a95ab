"""Reads about accounts and who may act for them.

What belongs here: finding accounts, members and programs' logins. What does not: checking passwords, changing anything (`services`).
"""

import hashlib

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from recado.apps.accounts.models import Account, ApiUser, Membership, User, Visit


def accounts_of(user: User) -> QuerySet[Account]:
    """List the accounts the login is a member of, by name."""
    return Account.objects.filter(memberships__user=user).order_by("name", "pk")


def get_account(account_id: int) -> Account:
    """Return a customer for the operator, whichever it is; raise Account.DoesNotExist where there is none."""
    return Account.objects.get(pk=account_id)


def membership_for(user: User, account_id: int) -> Membership | None:
    """Find the login's role in an account; None for strangers."""
    return Membership.objects.filter(user=user, account_id=account_id).select_related("account").first()


def first_membership(user: User) -> Membership | None:
    """Find the account a login works in until it chooses another: the one it joined first."""
    return Membership.objects.filter(user=user).select_related("account").order_by("pk").first()


def has_second_factor(user: str) -> Exists:
    """Whether the login in this column has something to sign in with beside the password; recovery codes alone are not."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user)).exclude(type=Authenticator.Type.RECOVERY_CODES))


def members_of(account: Account) -> QuerySet[Membership]:
    """List who works in the account, by name; each knows whether there is a second factor (`has_second_factor`)."""
    members = Membership.objects.filter(account=account).select_related("user").annotate(has_second_factor=has_second_factor("user"))
    return members.order_by("user__name", "user__email", "pk")


def get_member_for(account: Account, membership_id: int) -> Membership:
    """Find somebody of the account's team."""
    return members_of(account).get(pk=membership_id)


def running_visit(user: User, visit_id: int) -> Visit | None:
    """Find the visit an operator pays; None when it has ended."""
    under_way = Visit.objects.filter(user=user, ended_at=None, expires_at__gt=timezone.now())
    return under_way.filter(pk=visit_id).select_related("account", "user").first()


def api_user_by_name(username: str) -> ApiUser | None:
    """Find a program's login by its user name."""
    return ApiUser.objects.select_related("account").filter(username=username).first()


def api_user_by_token(token: str) -> ApiUser | None:
    """Find the program's login a bearer token belongs to, expired or not."""
    return ApiUser.objects.select_related("account").filter(token_sha256=token_digest(token)).first()


def token_digest(token: str) -> str:
    """Return what is stored of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
