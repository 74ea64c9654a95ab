"""The list of keywords: narrowed in the address, with what came in a month.

What belongs here: request and response of the list. What does not: finding (`apps.keywords.overview`), counting (`apps.statistics`).
"""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.keywords.overview import Filters, narrowed
from recado.apps.keywords.queries import keywords_of
from recado.apps.keywords.standing import Standing
from recado.apps.numbers.queries import usable_numbers
from recado.apps.statistics.keyword_days import received_by_day
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.ids import id_of
from recado.panel.keyword_words import STANDINGS
from recado.panel.sparkline import sparkline

PAGE = 50
LONGEST_SEARCH = 80


@require_safe
@member_required
@may_read
def keyword_list(request: MemberRequest) -> HttpResponse:
    """Show the account's keywords."""
    now = timezone.now()
    filters = _filters(request)
    page = Paginator(narrowed(request.account, filters, now), PAGE).get_page(request.GET.get("page"))
    received = received_by_day(request.account, [keyword.pk for keyword in page], now)
    context = {
        "page": page,
        "rows": [(keyword, sparkline(received[keyword.pk])) for keyword in page],
        "filters": filters,
        "is_narrowed": filters != Filters(),
        "has_any": bool(page) or keywords_of(request.account).exists(),
        "numbers": list(usable_numbers(request.account)),
        "standings": [(standing.value, words[0]) for standing, words in STANDINGS.items()],
    }
    return render(request, "panel/keywords/list.html", context)


def _filters(request: MemberRequest) -> Filters:
    standing = request.GET.get("status", "")
    return Filters(
        request.GET.get("q", "").strip()[:LONGEST_SEARCH],
        id_of(request.GET.get("number")),
        Standing(standing) if standing in set(Standing) else None,
    )
