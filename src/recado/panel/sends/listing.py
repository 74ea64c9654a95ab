"""The list of group sends, narrowed by where they stand.

What belongs here: the request and its response. What does not: reads (`apps.campaigns`), words (`panel.send_words`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.campaigns.overview import delivered_counts
from recado.apps.campaigns.queries import campaigns_of
from recado.apps.campaigns.untouched import without_untouched
from recado.apps.paging import page_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.ids import id_of
from recado.panel.send_words import TABS
from recado.panel.sends.progress import RUNNING, shown_progress

PAGE = 20


@require_safe
@member_required
@may_read
def send_list(request: MemberRequest) -> HttpResponse:
    """Show a page of group sends, the last made first."""
    states = {value: states for value, _word, states in TABS}
    tab = request.GET.get("state", "")
    tab = tab if tab in states else ""
    before = id_of(request.GET.get("before"))
    touched = without_untouched(campaigns_of(request.account))
    page = page_of(touched.filter(state__in=states[tab]) if tab else touched, before, PAGE)
    now = timezone.now()
    context = {
        "campaigns": page.items,
        "progresses": {one.pk: shown_progress(one, now) for one in page.items if one.state in RUNNING},
        "delivered": delivered_counts([one for one in page.items if one.started_at]),
        "tabs": TABS,
        "tab": tab,
        "has_any": bool(page.items) or touched.exists(),
        "before": before,
        "next_before": page.next_before,
    }
    return render(request, "panel/sends/list.html", context)
