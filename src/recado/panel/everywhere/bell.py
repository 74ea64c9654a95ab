"""Notifications: the list under the bell, the same list as a page, and marking them as read.

What belongs here: views. What does not: telling somebody (`apps.notifications.services`), the sentences (`panel.notification_words`).
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from recado.apps.accounts.models import Account, User
from recado.apps.notifications.queries import PAGE, get_notification_for, notifications_of, unread_notifications
from recado.apps.notifications.services import mark_all_read, mark_read
from recado.panel.access import MemberRequest, member_required
from recado.panel.ids import id_of

UNDER_THE_BELL = 12
"""So many are shown without leaving the page."""


@require_GET
@member_required
def notification_list(request: MemberRequest) -> HttpResponse:
    """Show the person's notifications, newest first; `part=list` gives those under the bell alone."""
    if request.GET.get("part") == "list":
        return HttpResponse(under_the_bell(request.account, request.user))
    before = request.GET.get("before", "")
    rows = notifications_of(request.account, request.user, before_id=id_of(before), limit=PAGE + 1)
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(request, "panel/notifications/list.html", {"notifications": rows[:PAGE], "older": older})


@require_GET
@member_required
def notification(request: MemberRequest, notification_id: int) -> HttpResponse:
    """Lead to what a notification is about; whoever was there knows of it."""
    found = get_notification_for(request.account, request.user, notification_id)
    mark_read(found)
    return redirect(found.url if url_has_allowed_host_and_scheme(found.url, allowed_hosts=None) else "notifications")


@require_POST
@member_required
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark everything as read; a script gets the list under the bell anew."""
    mark_all_read(request.account, request.user)
    if request.headers.get("HX-Request-Type") == "partial":
        return HttpResponse(under_the_bell(request.account, request.user) + counts(request.account, request.user))
    return redirect("notifications")


def under_the_bell(account: Account, user: User) -> str:
    """Render the newest notifications of a person."""
    return render_to_string("panel/notifications/_list.html", {"notifications": notifications_of(account, user, limit=UNDER_THE_BELL)})


def counts(account: Account, user: User) -> str:
    """Render the figures at the bell and in the phone's menu, as pieces of a page."""
    return render_to_string("panel/notifications/_counts.html", {"count": unread_notifications(account, user)})
