"""Choices a person makes about the panel itself: its language, light or dark, and the account they work in.

What belongs here: the switches of the menu. What does not: everything else about its look (`panel.settings.appearance`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Theme, User
from recado.apps.accounts.preferences import set_theme
from recado.apps.accounts.queries import membership_for
from recado.apps.accounts.services import set_language
from recado.panel.access import ACCOUNT_KEY, MemberRequest, member_required
from recado.panel.ids import id_of

YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, for good where somebody is signed in, else in this browser."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        set_language(request.user, chosen)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Change between light and dark for the person signed in."""
    chosen = request.POST.get("theme", "")
    if isinstance(request.user, User) and chosen in Theme.values:
        set_theme(request.user, Theme(chosen))
    return HttpResponseRedirect(_next(request))


@require_POST
@member_required
def account_choice(request: MemberRequest) -> HttpResponse:
    """Work in another account the person is a member of."""
    given = id_of(request.POST.get("account"))
    membership = membership_for(request.user, given) if given is not None else None
    if membership is not None:
        request.session[ACCOUNT_KEY] = membership.account_id
    return redirect("start")


def _next(request: HttpRequest) -> str:
    given = request.POST.get("next", "")
    return given if url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()}) else "/"
