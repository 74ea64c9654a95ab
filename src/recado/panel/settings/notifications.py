"""How a person wants to be told of what happens.

What belongs here: the page. What does not: the bell (`panel.everywhere`), telling (`apps.notifications`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from recado.apps.accounts.models import Membership
from recado.apps.notifications.choices import save_choices, save_events
from recado.panel.access import MemberRequest, member_required
from recado.panel.forms.notices import NoticesForm


@member_required
def notifications(request: MemberRequest) -> HttpResponse:
    """Show a person's choices; a posted form changes them."""
    membership = None if request.visit else request.membership  # an operator on a visit is no member
    if request.method == "POST":
        return _change(request, membership)
    return _page(request, NoticesForm.of(request.user, membership))


def _change(request: MemberRequest, membership: Membership | None) -> HttpResponse:
    form = NoticesForm(membership, request.POST)
    if not form.is_valid():
        return _page(request, form)
    with transaction.atomic():
        save_choices(request.user, form.choices())
        if membership:
            save_events(membership, muted=form.muted(), mailed=form.mailed())
    messages.success(request, _("Saved."))
    return redirect("settings-notifications")


def _page(request: MemberRequest, form: NoticesForm) -> HttpResponse:
    return render(request, "panel/settings/notifications.html", {"form": form}, status=422 if form.errors else 200)
