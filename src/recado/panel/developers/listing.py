"""The list of programs' keys.

What belongs here: the request and its response. What does not: reads (`apps.accounts.api_users`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.panel.access import MemberRequest, may_develop, member_required


@require_safe
@member_required
@may_develop
def keys(request: MemberRequest) -> HttpResponse:
    """Show every key with what it may do and when it was last used."""
    return render(request, "panel/developers/keys.html", {"keys": []})
