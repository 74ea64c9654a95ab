"""How to bring programs over: addresses of this installation, what to change in each library, code to copy.

What belongs here: the request and its response. What does not: the libraries (`libraries`), the samples (`samples`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.panel.access import MemberRequest, may_develop, member_required
from recado.panel.developers.libraries import ADDRESS, LEGACY, LIBRARIES
from recado.panel.developers.samples import COMPATIBLE, OWN


@require_safe
@member_required
@may_develop
def moving(request: MemberRequest) -> HttpResponse:
    """Show everything with the addresses as whoever looks reaches them."""
    compatible, legacy, own = (request.build_absolute_uri(path) for path in ("/api2/", "/zdalnie/", "/api/v1/"))
    context = {
        "addresses": {"compatible": compatible, "legacy": legacy, "own": own},
        "libraries": [(one, one.code.replace(ADDRESS, compatible).replace(LEGACY, legacy)) for one in LIBRARIES],
        "compatible": [(name, code.replace(ADDRESS, compatible)) for name, code in COMPATIBLE],
        "own": [(name, code.replace(ADDRESS, own)) for name, code in OWN],
    }
    return render(request, "panel/developers/moving.html", context)
