"""Writes about accounts, logins, members and programs' logins.

What belongs here: creating and changing them. What does not: signing in (allauth for people, `api.compat.auth` for programs).
"""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from recado.apps.accounts.models import Account, ApiUser, Membership, OperatorRole, Role, User
from recado.apps.accounts.queries import token_digest


def create_account(name: str, *, language: str = "pl", time_zone: str = "Europe/Warsaw") -> Account:
    """Create a business on this installation."""
    return Account.objects.create(name=name, language=language, time_zone=time_zone)


def create_user(email: str, password: str | None, *, name: str = "", language: str = "") -> User:
    """Create a person's login; without a password it cannot sign in until one is set."""
    return User.objects.create_user(email, password, name=name, language=language)


def add_member(account: Account, user: User, role: Role = Role.AGENT) -> Membership:
    """Give a login a role in the account, or change the one it has."""
    membership, _ = Membership.objects.update_or_create(account=account, user=user, defaults={"role": role})
    return membership


def create_owner(account: Account, email: str, password: str, *, name: str = "") -> User:
    """Create a login that owns the account."""
    with transaction.atomic():
        user = create_user(email, password, name=name)
        add_member(account, user, Role.OWNER)
    return user


@transaction.atomic
def make_operator(email: str, password: str | None, role: OperatorRole, *, name: str = "") -> User:
    """Make somebody one of the installation's staff; a login that exists keeps its name and password."""
    user = User.objects.filter(email__iexact=email).first() or create_user(email, password, name=name)
    user.operator_role = role
    user.save(update_fields=["operator_role"])
    return user


def create_api_user(account: Account, username: str, password: str, *, allowed_networks: str = "") -> ApiUser:
    """Create a program's login; `allowed_networks` has one CIDR network per line, empty allows every address."""
    return ApiUser.objects.create(account=account, username=username, password=make_password(password), allowed_networks=allowed_networks)


def set_api_password(api_user: ApiUser, password: str) -> None:
    """Change the password of a program's login."""
    api_user.password = make_password(password)
    api_user.save(update_fields=["password"])


def issue_token(api_user: ApiUser, *, expires_at: datetime | None = None) -> str:
    """Give the program's login a new bearer token, 32 hex digits, and end the old one.

    This is the only time it can be read: only its SHA-256 is kept.
    """
    token = secrets.token_hex(16)
    set_token(api_user, token, expires_at=expires_at)
    return token


def set_token(api_user: ApiUser, token: str, *, expires_at: datetime | None = None) -> None:
    """Make `token` the login's bearer token."""
    api_user.token_sha256 = token_digest(token)
    api_user.token_expires_at = expires_at
    api_user.save(update_fields=["token_sha256", "token_expires_at"])


def set_language(user: User, language: str) -> None:
    """Remember the language a person wants the panel in."""
    user.language = language
    user.save(update_fields=["language"])
