"""Pages for everybody who is signed in: customers, operators, and people who are members of nothing.

What belongs here: the decorator of `/settings/security/`. What does not: pages of an account (`panel.access`) or of the console
(`panel.operator.access`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.panel.access import equip, membership_of, sign_in_first, visit_of
from recado.panel.operator.access import ZONE, equip_operator

P = ParamSpec("P")

PANEL, CONSOLE, ALONE = "panel/settings/base.html", "panel/sign_in/in_console.html", "panel/alone.html"


class SignedInRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User
    frame: str
    """Template the page extends: the panel or the console around it, or neither."""


View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in_required(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> View[P]:
    """Let everybody in who is signed in, and frame the page as they know it."""

    @wraps(view)
    def guarded(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        zone = _frame(request)
        with timezone.override(ZoneInfo(request.user.time_zone or zone)):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()  # now, while language and time zone are theirs
            return response

    return guarded


def _frame(request: Any) -> str:
    """Put the frame there with what it shows; return the time zone of who has chosen none."""
    request.visit = visit_of(request.user, request.session)
    membership = None if request.visit else membership_of(request.user, request.session)
    if membership and not membership.account.is_suspended:
        equip(request, membership)
        request.frame = PANEL
        return membership.account.time_zone
    request.frame = CONSOLE if request.user.operator_role else ALONE
    if request.user.operator_role:
        equip_operator(request)
    return ZONE
