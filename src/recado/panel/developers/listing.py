"""The list of programs' keys.

What belongs here: the request, its response, and what a row says. What does not: reads (`apps.accounts.api_users`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from recado.apps.accounts.api_users import api_users_of, last_day, scopes_of
from recado.apps.accounts.models import Account, ApiUser
from recado.panel.access import MemberRequest, may_develop, member_required
from recado.panel.scope_words import in_words

PAGE = 50
STATES: Mapping[str, tuple[str, str, Promise]] = {
    "on": ("good", "check", pgettext_lazy("a key", "Switched on")),
    "off": ("", "player-stop", pgettext_lazy("a key", "Switched off")),
    "over": ("warn", "clock", pgettext_lazy("a key", "Expired")),
}
"""Colour, icon and word."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key with all that pages say of it."""

    api_user: ApiUser
    state: str
    rights: str
    last_day: date | None

    @property
    def look(self) -> tuple[str, str, Promise]:
        """Colour, icon and word of its state."""
        return STATES[self.state]

    @property
    def networks(self) -> list[str]:
        """Where it may come from; empty: from everywhere."""
        return self.api_user.allowed_networks.splitlines()


@require_safe
@member_required
@may_develop
def keys(request: MemberRequest) -> HttpResponse:
    """Show the keys with what each may do and when it was last used."""
    page = Paginator(api_users_of(request.account), PAGE).get_page(request.GET.get("page"))
    rows = [shown(request.account, each) for each in page]
    return render(request, "panel/developers/keys.html", {"page": page, "rows": rows})


def shown(account: Account, api_user: ApiUser) -> ShownKey:
    """Say what pages say of a key."""
    api_user.account = account
    ends = api_user.token_expires_at
    state = "off" if not api_user.is_active else "over" if ends is not None and ends <= timezone.now() else "on"
    return ShownKey(api_user, state, in_words(scopes_of(api_user.scopes)), last_day(api_user))
