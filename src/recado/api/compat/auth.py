"""Who calls: a bearer token, or user name and password in the body (provider-api.md §2).

What belongs here: checking credentials and the conditions of a program's login. What does not: what the login may reach; every action
asks `apps` with the account found here.
"""

import hashlib
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from recado.api.compat.errors import (
    ACCOUNT_INACTIVE,
    INVALID_IP,
    INVALID_USER,
    IP_BLOCKED,
    NOT_ALLOWED,
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    ApiError,
)
from recado.api.compat.guessing import Guesses
from recado.api.compat.params import Params
from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.program_login import LoginRefusedError, Reason, check_login, login_by_token
from recado.apps.accounts.queries import api_user_by_name, api_user_by_token

REMEMBERED_FOR = timedelta(minutes=5)
"""How long a password that was right need not be hashed again; changing it ends that at once."""
_REMEMBERED_AT_MOST = 10_000


class VerifiedPasswords:
    """Passwords found right a short while ago, by their SHA-256 together with the stored hash they were checked against."""

    def __init__(self) -> None:
        self._until: OrderedDict[bytes, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, api_user: ApiUser, password: str, now: datetime) -> bool:
        """Whether the password was right a short while ago; quick."""
        with self._lock:
            until = self._until.get(_key(api_user, password))
        return until is not None and now < until

    def check(self, api_user: ApiUser, password: str, now: datetime) -> bool:
        """Check a password: the slow way the first time, then quickly."""
        if self.knows(api_user, password, now):
            return True
        if not check_password(password, api_user.password):
            return False
        key = _key(api_user, password)
        with self._lock:
            self._until.pop(key, None)
            self._until[key] = now + REMEMBERED_FOR
            if len(self._until) > _REMEMBERED_AT_MOST:
                self._until.popitem(last=False)
        return True


def _key(api_user: ApiUser, password: str) -> bytes:
    return hashlib.sha256(f"{api_user.pk}\0{api_user.password}\0{password}".encode()).digest()


_verified = VerifiedPasswords()
guesses = Guesses()


_CODES = {
    Reason.UNKNOWN_TOKEN: TOKEN_INVALID,
    Reason.EXPIRED_TOKEN: TOKEN_EXPIRED,
    Reason.SWITCHED_OFF: NOT_ALLOWED,
    Reason.WRONG_NETWORK: INVALID_IP,
    Reason.SUSPENDED: ACCOUNT_INACTIVE,
}


def authenticate(authorization: str, params: Params, remote_address: str, now: datetime) -> ApiUser:
    """Find the login a call is made with; a bearer token is preferred where both are given. Raises ApiError saying what is wrong."""
    scheme, _, token = authorization.strip().partition(" ")
    try:
        is_token = scheme.lower() == "bearer"
        api_user = login_by_token(token.strip(), now) if is_token else _by_password(params, remote_address, now)
        check_login(api_user, remote_address, now)
    except LoginRefusedError as error:
        raise ApiError(_CODES[error.reason], error.api_user) from error
    return api_user


def login_of(authorization: str) -> ApiUser | None:
    """Say whose token it is, let in or not: for the log of calls that failed before anybody asked."""
    scheme, _, token = authorization.strip().partition(" ")
    return api_user_by_token(token.strip()) if scheme.lower() == "bearer" and token.strip() else None


def _by_password(params: Params, remote_address: str, now: datetime) -> ApiUser:
    username, password = params.text("username"), params.text("password")
    if not username or not password:
        raise ApiError(INVALID_USER)
    api_user = api_user_by_name(username)
    if api_user is not None and _verified.knows(api_user, password, now):
        return api_user
    if guesses.is_too_many(remote_address, now):
        raise ApiError(IP_BLOCKED)
    if api_user is not None and _verified.check(api_user, password, now):
        return api_user
    if api_user is None:
        make_password(password)  # as slow as a wrong password, so that user names cannot be found out
    guesses.note(remote_address, now)
    raise ApiError(INVALID_USER, api_user)
