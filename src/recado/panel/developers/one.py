"""One key: what it is, and what its buttons do: new secrets, switching, removing.

What belongs here: requests and responses. What does not: writes (`apps.accounts.api_users`), the form (`making`), showing secrets
(`secret`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.accounts.api_users import facts, get_api_user_for, new_password, new_token, remove_key, switch_key
from recado.panel.access import MemberRequest, may_develop, member_required
from recado.panel.developers.listing import shown
from recado.panel.developers.making import refuse_visitors
from recado.panel.developers.secret import show_once
from recado.panel.recording import note


@require_safe
@member_required
@may_develop
def key(request: MemberRequest, key_id: int) -> HttpResponse:
    """Show a key: what it may do, from where, until when, and how much it may still send."""
    found = get_api_user_for(request.account, key_id)
    limits = found.send_limits.order_by("pk")
    return render(request, "panel/developers/key.html", {"key": found, "row": shown(request.account, found), "limits": limits})


@member_required
@may_develop
def token(request: MemberRequest, key_id: int) -> HttpResponse:
    """Ask, because the old token ends at once; then make another and show it."""
    refuse_visitors(request)
    found = get_api_user_for(request.account, key_id)
    if request.method != "POST":
        return render(request, "panel/developers/new_token.html", {"key": found})
    with transaction.atomic():
        made = new_token(found)
        note(request, "api_user.token_made", str(found), found.pk)
    return show_once(request, found, token=made)


@member_required
@may_develop
def password(request: MemberRequest, key_id: int) -> HttpResponse:
    """Ask, because the old password ends at once; then make another and show it."""
    refuse_visitors(request)
    found = get_api_user_for(request.account, key_id)
    if request.method != "POST":
        return render(request, "panel/developers/new_password.html", {"key": found})
    with transaction.atomic():
        made = new_password(found)
        note(request, "api_user.password_made", str(found), found.pk)
    return show_once(request, found, password=made)


@require_POST
@member_required
@may_develop
def switch(request: MemberRequest, key_id: int) -> HttpResponse:
    """Switch a key on, or off."""
    found = get_api_user_for(request.account, key_id)
    on = request.POST.get("to") == "on"
    with transaction.atomic():
        if switch_key(found, on=on):
            note(request, "api_user.switched", str(found), found.pk, before={"is_enabled": not on}, after={"is_enabled": on})
    words = _("%(name)s is on.") if on else _("%(name)s is off: the program is not let in any more.")
    messages.success(request, words % {"name": found})
    return redirect("developers-key", found.pk)


@member_required
@may_develop
def remove(request: MemberRequest, key_id: int) -> HttpResponse:
    """Ask, then remove a key for good."""
    found = get_api_user_for(request.account, key_id)
    if request.method != "POST":
        return render(request, "panel/developers/remove.html", {"key": found})
    with transaction.atomic():
        note(request, "api_user.removed", str(found), found.pk, before=facts(found))
        remove_key(found)
    messages.success(request, _("%(name)s is removed.") % {"name": found})
    return redirect("developers")
