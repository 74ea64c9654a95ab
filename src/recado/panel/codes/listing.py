"""The account's code pools.

What belongs here: the list. What does not: one pool (`pool`, `changes`, `adding`).
"""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.codes.queries import pools_of, stock_of
from recado.apps.keywords.activities import Kind, keywords_of
from recado.panel.access import MemberRequest, may_read, member_required


@require_safe
@member_required
@may_read
def pool_list(request: MemberRequest) -> HttpResponse:
    """Show the pools with what is left in each."""
    today = day_began()
    rows = [(one, stock_of(one, today), keywords_of(request.account, Kind.GIVE_CODE, one.pk)) for one in pools_of(request.account)]
    return render(request, "panel/codes/list.html", {"rows": rows})


def day_began() -> datetime:
    """Return when the reader's day began."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
