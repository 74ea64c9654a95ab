"""Keys: a bearer token of a program's login, and the scope a route needs.

What belongs here: letting programs in and refusing them; what is asked of each call once it is known whose it is. What does not: the
conditions of a login (`apps.accounts.program_login`).
"""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from recado.api.call_log import note_of
from recado.api.v1 import conditions, idempotency
from recado.api.v1.limits import limiter
from recado.api.v1.passing import passing_of
from recado.api.v1.problems import Problem, no_key
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.program_login import LoginRefusedError, Reason, check_login, login_by_token
from recado.apps.accounts.scopes import Scope, may

_SAID = {
    Reason.UNKNOWN_TOKEN: (401, "unknown-key", "The key is unknown. Was a new one issued? Make one in the panel under API."),
    Reason.EXPIRED_TOKEN: (401, "expired-key", "The key has expired. Issue a new one in the panel under API."),
    Reason.SWITCHED_OFF: (403, "key-switched-off", "The key is switched off. Switch it on in the panel under API."),
    Reason.WRONG_NETWORK: (
        403,
        "wrong-network",
        "The key may not be used from this address. Add it to the key's list in the panel under API.",
    ),
    Reason.SUSPENDED: (403, "account-suspended", "The account is suspended. Ask the operator of this installation."),
}


class ProgramRequest(HttpRequest):
    """A request of a program that was let in."""

    auth: ApiUser
    account: Account


class Key(HttpBearer):
    """Lets in programs whose key has one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the program's login; raise Problem."""
        try:
            api_user = let_in(token, request.META.get("REMOTE_ADDR", ""))
        except Problem as problem:
            note_of(request).login = getattr(problem.__cause__, "api_user", None)
            raise
        request.auth, request.account = api_user, api_user.account  # type: ignore[attr-defined]  # ProgramRequest
        passing = passing_of(request)
        passing.level, may_call = limiter.count(key_of(api_user))
        if not may_call:
            raise limiter.refusal(passing.level)
        demand(api_user, self.scope)
        idempotency.begin(request, api_user)
        conditions.check(request)
        return api_user


def let_in(token: str, remote_address: str) -> ApiUser:
    """Return the login a key belongs to. Raises Problem."""
    now = timezone.now()
    try:
        api_user = login_by_token(token.strip(), now)
        check_login(api_user, remote_address, now)
    except LoginRefusedError as error:
        status, code, detail = _SAID[error.reason]
        headers = {"WWW-Authenticate": "Bearer"} if status == no_key().status else {}
        raise Problem(status, code, "Not let in", detail, headers=headers) from error
    return api_user


def key_of(api_user: ApiUser) -> str:
    """Return whose calls are counted: a key's and not a login's, so that a new one begins anew."""
    return api_user.token_sha256 or ""


def demand(api_user: ApiUser, scope: Scope) -> None:
    """Refuse a login that lacks a scope. Raises Problem."""
    if not may(api_user, scope):
        detail = f"The key lacks the scope `{scope.value}`. Give it the scope in the panel under API, or use another key."
        raise Problem(403, "missing-scope", "Missing scope", detail)


def key(scope: Scope) -> Key:
    """Return what a route is guarded by."""
    return Key(scope)
