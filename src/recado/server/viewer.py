"""Who is looking: the signed-in user and their account, for the parts of the server that do not run through Django's request cycle."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from recado.apps.accounts.models import Account, User
from recado.panel.access import account_of, language_of


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in user with the account they look at."""

    user: User
    account: Account
    language: str


def viewer_of(cookie_header: str) -> Viewer | None:
    """Return who sent these cookies, or None for nobody; asks the database, so call it in a thread."""
    close_old_connections()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(_session_key(cookie_header))
    user = get_user(request)
    if not isinstance(user, User) or not user.is_active:
        return None
    account = account_of(user, request.session)
    return Viewer(user, account, language_of(user, account)) if account else None


def _session_key(cookie_header: str) -> str | None:
    try:
        cookies = SimpleCookie(cookie_header)
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else None
