"""Programs' logins as people and programs manage them: making, changing, new secrets, removing (docs/reference/api-users.md).

What belongs here: these writes with their rules, and the reads of an account's logins. What does not: letting a login in
(`program_login`), what a scope opens (`scopes`), copies made by programs (`subaccounts`).
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from recado.apps.accounts.models import Account, ApiUser, User
from recado.apps.accounts.networks import tidy_networks
from recado.apps.accounts.queries import token_digest
from recado.apps.accounts.scopes import Scope

LONGEST_NAME = 80
LONGEST_USERNAME = 64
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128
_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{2,63}")


class ApiUserRefusal(Enum):
    """Why a login cannot be as it is asked for."""

    USERNAME_BAD = "username_bad"
    """A user name has 3 to 64 unaccented letters, figures, dots, hyphens, underscores or @."""
    USERNAME_TAKEN = "username_taken"
    """User names are those of the installation: another account may have it."""
    PASSWORD_BAD = "password_bad"  # noqa: S105  # no secret
    """A password has 8 to 128 signs."""


class ApiUserError(ValueError):
    """A login cannot be as it is asked for."""

    def __init__(self, refusal: ApiUserRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyContent:
    """What people say of a login."""

    name: str
    scopes: frozenset[Scope] | None = None
    """None: every one, also those that come with a later version."""
    networks: str = ""
    """As people write them; tidied when saved."""
    expires_at: datetime | None = None
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class Secrets:
    """What can be read only now."""

    token: str
    password: str


def api_users_of(account: Account) -> QuerySet[ApiUser]:
    """List the logins, those that people made first, then by name."""
    return ApiUser.objects.filter(account=account).order_by("is_subaccount", "name", "username", "pk")


def get_api_user_for(account: Account, api_user_id: int) -> ApiUser:
    """Find a login of the account; raise ApiUser.DoesNotExist."""
    return ApiUser.objects.select_related("account", "owner").get(account=account, pk=api_user_id)


def make_key(account: Account, content: KeyContent, *, username: str = "", by: User | None = None) -> tuple[ApiUser, Secrets]:
    """Make a login with a token and a password; a user name is made up where none is given. Raises ApiUserError, NetworkError."""
    made = Secrets(_token(), _password())
    login = _made(
        ApiUser(
            account=account,
            username=username or made_up_username(content.name),
            password=make_password(made.password),
            token_sha256=token_digest(made.token),
            owner=by,
            **_fields(content),
        )
    )
    return login, made


def make_login(login: ApiUser, password: str) -> ApiUser:
    """Store a login with a password somebody chose and without a token. Raises ApiUserError."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or not password.isprintable():
        raise ApiUserError(ApiUserRefusal.PASSWORD_BAD)
    login.password = make_password(password)
    return _made(login)


def change_key(api_user: ApiUser, content: KeyContent) -> None:
    """Change what people say of a login; its secrets stay. Raises NetworkError."""
    fields = _fields(content)
    for name, value in fields.items():
        setattr(api_user, name, value)
    api_user.save(update_fields=list(fields))


def switch_key(api_user: ApiUser, *, on: bool) -> bool:
    """Switch a login on or off; return whether that changed anything."""
    changed = ApiUser.objects.filter(pk=api_user.pk, is_active=not on).update(is_active=on)
    api_user.is_active = on
    return bool(changed)


def new_token(api_user: ApiUser) -> str:
    """Give a login another token and return it; the old one ends at once, the day the login ends stays."""
    token = _token()
    api_user.token_sha256 = token_digest(token)
    api_user.save(update_fields=["token_sha256"])
    return token


def new_password(api_user: ApiUser) -> str:
    """Give a login another password and return it; the old one ends at once."""
    password = _password()
    api_user.password = make_password(password)
    api_user.save(update_fields=["password"])
    return password


def remove_key(api_user: ApiUser) -> None:
    """Remove a login for good; what it did stays, and so do its calls in the log."""
    api_user.delete()


def facts(api_user: ApiUser) -> dict[str, object]:
    """Return what can be changed of a login, for the activity log: nothing secret."""
    return {
        "name": api_user.name,
        "username": api_user.username,
        "scopes": "*" if api_user.scopes is None else ", ".join(api_user.scopes),
        "allowed_networks": api_user.allowed_networks,
        "valid_until": last.isoformat() if (last := last_day(api_user)) else "",
        "is_test": api_user.is_test,
    }


def last_day(api_user: ApiUser) -> date | None:
    """Return the last day a login works on the account's clocks; None: it does not end."""
    ends = api_user.token_expires_at
    return (ends - timedelta(microseconds=1)).astimezone(api_user.account.zone).date() if ends else None


def end_of(account: Account, day: date | None) -> datetime | None:
    """Return the moment a login ends whose last day is this one."""
    return datetime.combine(day + timedelta(days=1), time.min, account.zone).astimezone(UTC) if day else None


def scopes_of(values: Iterable[str] | None) -> frozenset[Scope] | None:
    """Read what a login may do; values of another version are passed over."""
    return None if values is None else frozenset(Scope(value) for value in values if value in Scope)


def made_up_username(name: str) -> str:
    """Make a user name out of a name, with figures behind it so that it is hardly taken."""
    return f"{slugify(name)[:40].strip('-_') or 'api'}-{secrets.randbelow(9000) + 1000}"


def is_username(written: str) -> bool:
    """Say whether a user name is well written."""
    return _USERNAME.fullmatch(written) is not None


def _made(login: ApiUser) -> ApiUser:
    if not is_username(login.username):
        raise ApiUserError(ApiUserRefusal.USERNAME_BAD)
    try:
        with transaction.atomic():
            login.save(force_insert=True)
    except IntegrityError:
        if ApiUser.objects.filter(username=login.username).exists():
            raise ApiUserError(ApiUserRefusal.USERNAME_TAKEN) from None
        raise
    return login


def _fields(content: KeyContent) -> dict[str, object]:
    return {
        "name": content.name,
        "scopes": None if content.scopes is None else [scope.value for scope in Scope if scope in content.scopes],
        "allowed_networks": tidy_networks(content.networks),
        "token_expires_at": content.expires_at,
        "is_test": content.is_test,
    }


def _token() -> str:
    return secrets.token_hex(16)


def _password() -> str:
    return secrets.token_urlsafe(15)
