"""Reads about how somebody signs in: second factors and sessions, as django-allauth keeps them.

What belongs here: finding them for one login. What does not: changing them (allauth's own services, called by `panel.sign_in`).
"""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from recado.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey or security key of somebody."""

    id: int
    name: str
    is_enough: bool
    """Whether it signs in without the password."""
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody signs in with besides the password."""

    app_since: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None
    """Recovery codes not used yet; None where there were never any."""

    @property
    def is_two_step(self) -> bool:
        """Whether the password alone is not enough."""
        return self.app_since is not None or bool(self.passkeys)


def factors_of(user: User) -> Factors:
    """Find the second factors of a login."""
    found = list(Authenticator.objects.filter(user=user).order_by("pk"))
    app = next((row for row in found if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in found if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app_since=app.created_at if app else None,
        passkeys=tuple(_passkey(row) for row in found if row.type == Authenticator.Type.WEBAUTHN),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def _passkey(row: Authenticator) -> Passkey:
    kept = row.wrap()
    return Passkey(row.pk, kept.name, bool(kept.is_passwordless), row.created_at, row.last_used_at)


def passkey_for(user: User, passkey_id: int) -> Authenticator | None:
    """Find a passkey of this login."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN, pk=passkey_id).first()


def sessions_of(user: User) -> list[UserSession]:
    """List where a login is signed in, the one used last first; sessions that have ended are forgotten on the way."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.last_seen_at, reverse=True)


def session_for(user: User, session_id: int) -> UserSession | None:
    """Find a session of this login."""
    return UserSession.objects.filter(user=user, pk=session_id).first()
