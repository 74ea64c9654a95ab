"""The list of contests.

What belongs here: the request and its response. What does not: reads (`apps.contests`), words (`words`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.contests.figures import counts_of
from recado.apps.contests.queries import contests_of
from recado.apps.contests.standing import Standing, ends_at, standing_of
from recado.apps.paging import page_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.contests.starting import STARTS
from recado.panel.contests.words import STANDINGS, rule_in_words
from recado.panel.ids import id_of

PAGE = 20


@require_safe
@member_required
@may_read
def contests(request: MemberRequest) -> HttpResponse:
    """Show a page of contests, the last made first."""
    now, before = timezone.now(), id_of(request.GET.get("before"))
    page = page_of(contests_of(request.account), before, PAGE)
    counts = counts_of(page.items, now)
    rows = []
    for one in page.items:
        standing = standing_of(one, now)
        today, total = counts[one.pk]
        rows.append((one, STANDINGS[standing], rule_in_words(one), today, total, ends_at(one)))
    context = {
        "rows": rows,
        "is_live": any(standing_of(one, now) is Standing.RUNNING for one in page.items),
        "starts": STARTS,
        "before": before,
        "next_before": page.next_before,
    }
    return render(request, "panel/contests/list.html", context)
