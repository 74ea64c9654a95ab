"""Who a program is: its login found by token, and whether it may come in now. Both APIs ask here.

What belongs here: the conditions of a program's login. What does not: passwords (`api.compat.auth`, the only way in that has them), what
a login may do (`scopes`), how a refusal is worded.
"""

import ipaddress
from datetime import datetime, timedelta
from enum import Enum

from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.queries import api_user_by_token

USE_NOTED_EVERY = timedelta(minutes=1)


class Reason(Enum):
    """Why a program is not let in."""

    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105  # no secret
    EXPIRED_TOKEN = "expired_token"  # noqa: S105  # no secret
    SWITCHED_OFF = "switched_off"
    WRONG_NETWORK = "wrong_network"
    SUSPENDED = "suspended"


class LoginRefusedError(Exception):
    """A program may not come in."""

    def __init__(self, reason: Reason, api_user: ApiUser | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.api_user = api_user
        """Whose login it is, where that is known."""


def login_by_token(token: str, now: datetime) -> ApiUser:
    """Find the login of a bearer token; whether it may come in is asked next (`check_login`). Raises LoginRefusedError."""
    api_user = api_user_by_token(token) if token else None
    if api_user is None:
        raise LoginRefusedError(Reason.UNKNOWN_TOKEN)
    _check_end(api_user, now)
    return api_user


def check_login(api_user: ApiUser, remote_address: str, now: datetime) -> None:
    """Let a known login in and note that it was used; raise LoginRefusedError saying why not."""
    if not api_user.is_active:
        raise LoginRefusedError(Reason.SWITCHED_OFF, api_user)
    _check_end(api_user, now)
    if not is_allowed_from(api_user.allowed_networks, remote_address):
        raise LoginRefusedError(Reason.WRONG_NETWORK, api_user)
    if api_user.account.is_suspended:
        raise LoginRefusedError(Reason.SUSPENDED, api_user)
    if api_user.last_used_at is None or now - api_user.last_used_at >= USE_NOTED_EVERY:
        ApiUser.objects.filter(pk=api_user.pk).update(last_used_at=now)


def _check_end(api_user: ApiUser, now: datetime) -> None:
    if api_user.token_expires_at is not None and api_user.token_expires_at <= now:
        raise LoginRefusedError(Reason.EXPIRED_TOKEN, api_user)


def is_allowed_from(networks: str, remote_address: str) -> bool:
    """Whether an address lies in one of the networks, one per line; no network at all allows every address."""
    lines = [line.strip() for line in networks.splitlines() if line.strip()]
    if not lines:
        return True
    try:
        address = ipaddress.ip_address(remote_address)
    except ValueError:
        return False
    plain = getattr(address, "ipv4_mapped", None) or address
    return any(plain in ipaddress.ip_network(line, strict=False) for line in lines)
