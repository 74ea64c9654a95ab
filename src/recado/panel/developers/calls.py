"""The log of calls: what programs asked, what they were answered, what each error means.

What belongs here: requests and responses of these pages. What does not: the log (`apps.programs`), words (`explained`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.paging import page_of
from recado.apps.programs.forgetting import CALLS_KEPT
from recado.apps.programs.queries import calls_of, get_call_for
from recado.apps.programs.secrets import masked
from recado.panel.access import MemberRequest, may_develop, member_required
from recado.panel.developers.explained import as_curl, explained, is_whole
from recado.panel.forms.api_calls import ApiCallFilters
from recado.panel.ids import id_of

PAGE = 50


@require_safe
@member_required
@may_develop
def calls(request: MemberRequest) -> HttpResponse:
    """Show what was called, newest first, narrowed by what stands in the address."""
    form = ApiCallFilters(request.account, request.GET)
    before = id_of(request.GET.get("before"))
    page = page_of(calls_of(request.account, form.wanted()), before, PAGE, is_ordered=True)
    context = {"form": form, "rows": page.items, "before": before, "next_before": page.next_before, "kept_days": CALLS_KEPT.days}
    return render(request, "panel/developers/calls.html", context)


@require_safe
@member_required
@may_develop
def call(request: MemberRequest, call_id: int) -> HttpResponse:
    """Show one call. Who may not read messages sees neither texts nor phones in it."""
    found = get_call_for(request.account, call_id)
    errors = explained(found)
    if not request.may_read:
        found.request, found.response = masked(found.request), masked(found.response)
    context = {
        "call": found,
        "errors": errors,
        "curl": as_curl(found, request.build_absolute_uri("/")) if is_whole(found) and request.may_read else "",
    }
    return render(request, "panel/developers/call.html", context)
