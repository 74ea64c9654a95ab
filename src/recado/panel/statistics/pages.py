"""The pages of the statistics, each a tab of one screen, and their pieces anew while messages arrive.

What belongs here: requests and responses. What does not: what a page is made of (`pieces`), files (`files`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from recado.apps.statistics.queries import one_look
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.statistics.asked import read
from recado.panel.statistics.files import PICTURES
from recado.panel.statistics.pieces import pieces
from recado.panel.statistics.tables import KINDS, Tab, of_tab

TABS: tuple[tuple[Tab, str, Promise], ...] = (
    (Tab.OVERVIEW, "statistics", _("Overview")),
    (Tab.KEYWORDS, "statistics-keywords", _("Keywords")),
    (Tab.PEOPLE, "statistics-people", _("People")),
    (Tab.SENDING, "statistics-sending", pgettext_lazy("page of the statistics", "Sending")),
)
"""Each with the name of its address."""


@require_safe
@member_required
@may_read
def statistics(request: MemberRequest, tab: Tab) -> HttpResponse:
    """Show one page; `part=live` asks for what may have changed since."""
    with one_look():
        context = pieces(request.account, read(request.account, request.GET), tab, timezone.now())
    if _took_part(request):
        return render(request, "panel/live/statistics.html", context)
    of_page = ["keywords", *of_tab(tab)] if tab is Tab.OVERVIEW else of_tab(tab)
    files = [*(PICTURES.items() if tab is Tab.OVERVIEW else ()), *((slug, KINDS[slug].title) for slug in of_page)]
    return render(request, "panel/statistics/page.html", context | {"tabs": TABS, "files": files})


def _took_part(request: MemberRequest) -> bool:
    """Say whether pieces alone are asked for, and take that out of the address, so that links in them lead to whole pages."""
    given = request.GET.copy()
    is_part = given.pop("part", None) == ["live"]
    request.GET = given  # type: ignore[assignment]  # as mutable as it was made
    return is_part
