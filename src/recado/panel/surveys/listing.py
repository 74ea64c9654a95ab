"""The list of surveys.

What belongs here: the request and its response. What does not: the figures (`apps.surveys.queries`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.surveys.queries import listed, surveys_of
from recado.apps.surveys.services import own_numbers
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.surveys.beginnings import BEGINNINGS

MOST = 200
"""Nobody has more; the API lists any number."""


@require_safe
@member_required
@may_read
def surveys(request: MemberRequest) -> HttpResponse:
    """Show all of them with how far each is."""
    rows = listed(list(surveys_of(request.account)[:MOST]))
    context = {"rows": rows, "beginnings": BEGINNINGS, "has_numbers": bool(own_numbers(request.account))}
    return render(request, "panel/surveys/list.html", context)
