"""The palette: one field that finds screens, actions, keywords, contacts and conversations.

What belongs here: the view, for the dialog and for the page. What does not: what is found (`finding`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from recado.panel.access import MemberRequest, member_required
from recado.panel.everywhere.finding import found

LONGEST = 80


@require_GET
@member_required
def search(request: MemberRequest) -> HttpResponse:
    """Find by `q`; `part=found` gives the list alone."""
    words = " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", "").split())
    template = "panel/search/_found.html" if request.GET.get("part") == "found" else "panel/search/search.html"
    findings = found(request.account, request.user, request.membership.role, words, timezone.now())
    return render(request, template, {"words": words, "found": findings})
