"""How a page for everybody is answered: the same for all who look, made once in a few seconds, found by no search engine.

A thousand phones in a hall that look at one page cost what one does. What is answered must depend on the address alone: no session, no
language of the browser, no query. What belongs here: that. What does not: single pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account

P = ParamSpec("P")

KEPT_SECONDS = 3
"""So old a page may be; what changes shows up this late."""
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""Stricter than the panel's: nothing is sent from here, nothing is shown inside another page."""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What a view gives: whose page it is, and what is on it."""

    account: Account
    """Decides language and time zone: who looks is nobody known."""
    template: str
    context: Callable[[], Mapping[str, Any]]
    """Called in the page's language and time zone, since much of what is shown is words."""
    language: str = ""
    """Another one than the account's, where the address asks for it."""


View = Callable[Concatenate[HttpRequest, P], PublicPage]


def public_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer with the page of a view, which raises "does not exist" for an address that nobody was given, or a suspended account."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = f"public:{request.path}"
        kept: tuple[str, str] | None = cache.get(key)
        if kept is None:
            try:
                kept = _rendered(view(request, *args, **kwargs))
            except ObjectDoesNotExist as error:
                raise Http404 from error
            cache.set(key, kept, KEPT_SECONDS)
        language, body = kept
        response = HttpResponse(body)
        response["Content-Language"] = language
        response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response._csp_replace = POLICY  # type: ignore[attr-defined]  # what the middleware looks for  # noqa: SLF001
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answered


def _rendered(page: PublicPage) -> tuple[str, str]:
    """Return the language and the page."""
    if page.account.is_suspended:
        raise Http404
    language = page.language or page.account.language
    with translation.override(language), timezone.override(ZoneInfo(page.account.time_zone)):
        return language, render_to_string(page.template, {"account": page.account, **page.context()})
