"""Token and password of a key, shown once after they were made.

What belongs here: handing them from the page that made them to the page that shows them. They are kept nowhere here: a signed cookie of
that one page carries them for a quarter of an hour, so that the page can be opened again until somebody says that they are stored. What
does not: making them (`apps.accounts.api_users`).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from recado.apps.accounts.api_users import get_api_user_for
from recado.apps.accounts.models import ApiUser
from recado.panel.access import MemberRequest, may_develop, member_required

COOKIE = "recado_key"
SHOWN_FOR = timedelta(minutes=15)


def show_once(request: MemberRequest, api_user: ApiUser, *, token: str = "", password: str = "") -> HttpResponse:
    """Lead to the page that shows them."""
    response = redirect("developers-key-secret", api_user.pk)
    value = signing.dumps([token, password], salt=_salt(request, api_user))
    response.set_cookie(
        COOKIE,
        value,
        max_age=SHOWN_FOR,
        path=_path(api_user),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@member_required
@may_develop
def secret(request: MemberRequest, key_id: int) -> HttpResponse:
    """Show what was just made, until the person says that it is kept somewhere, or its time is over."""
    found = get_api_user_for(request.account, key_id)
    kept = _kept(request, found)
    if request.method == "POST" or kept is None:
        response: HttpResponse = redirect("developers-key", found.pk)
        response.delete_cookie(COOKIE, path=_path(found), samesite="Strict")
        return response
    token, password = kept
    response = render(request, "panel/developers/secret.html", {"key": found, "token": token, "password": password})
    response["Cache-Control"] = "no-store"
    return response


def _kept(request: MemberRequest, api_user: ApiUser) -> Any:
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(request, api_user), max_age=SHOWN_FOR)
    except signing.BadSignature:
        return None


def _salt(request: MemberRequest, api_user: ApiUser) -> str:
    """Tie the cookie to a key and to who made it: nobody else reads it, whoever uses the browser next."""
    return f"recado.panel.developers.secret:{api_user.pk}:{request.user.pk}"


def _path(api_user: ApiUser) -> str:
    return reverse("developers-key-secret", args=[api_user.pk])
