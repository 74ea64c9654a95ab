"""The first page of the settings: every section with a word on what it is for.

What belongs here: that page. What does not: the sections themselves.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.panel.access import MemberRequest, member_required


@require_safe
@member_required
def index(request: MemberRequest) -> HttpResponse:
    """Show what can be set."""
    return render(request, "panel/settings/index.html")
