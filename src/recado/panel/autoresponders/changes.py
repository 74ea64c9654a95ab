"""What a button does with an autoresponder: move, switch, copy, delete it, and take the last back.

What belongs here: requests and responses. What does not: checks and writes (`apps.autoresponders.services`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.autoresponders.audited import facts
from recado.apps.autoresponders.drafts import draft_of_deletion, draft_of_move, draft_of_switch
from recado.apps.autoresponders.errors import AutoresponderRefusedError
from recado.apps.autoresponders.queries import get_autoresponder_for
from recado.apps.autoresponders.services import (
    copy_autoresponder,
    delete_autoresponder,
    move_autoresponder,
    place_of,
    switch_autoresponder,
)
from recado.apps.autoresponders.undo import TooLateError, restore_autoresponder, seal, unseal
from recado.apps.keywords.errors import RuleError
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.autoresponders.before_saving import asked_before, settling
from recado.panel.ids import id_of
from recado.panel.keywords.objections import carrying_examples
from recado.panel.recording import note
from recado.panel.undo import offer_undo


@require_POST
@member_required
@may_configure
def move(request: MemberRequest, autoresponder_id: int) -> HttpResponse:
    """Ask one earlier or later, or at a place; the button that was pressed keeps the focus."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    before, to = place_of(found), request.POST.get("to", "")
    place = {"earlier": before - 1, "later": before + 1}.get(to, id_of(to) or before)
    draft = draft_of_move(found, place)
    if page := asked_before(request, draft):
        return page
    with transaction.atomic(), settling(request, draft):
        if move_autoresponder(found, place):
            count, after = request.account.autoresponders.count(), place_of(found)
            order = {"order": f"{before}/{count}"}, {"order": f"{after}/{count}"}
            note(request, "autoresponder.moved", found.name, found.pk, before=order[0], after=order[1])
            words = _("%(name)s is asked at place %(place)s of %(count)s now.")
            messages.success(request, words % {"name": found.name, "place": after, "count": count})
    pressed = f"?moved={found.pk}&to={to}" if to in {"earlier", "later"} else ""
    return redirect(f"{reverse('autoresponders')}{pressed}")


@require_POST
@member_required
@may_configure
def switch(request: MemberRequest, autoresponder_id: int) -> HttpResponse:
    """Switch one on, or off."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    on = request.POST.get("to") == "on"
    if found.is_enabled != on:
        draft = draft_of_switch(found, on=on)
        if page := asked_before(request, draft):
            return page
        with transaction.atomic(), settling(request, draft):
            values = {"is_enabled": "no" if on else "yes"}, {"is_enabled": "yes" if on else "no"}
            switch_autoresponder(found, on=on)
            note(request, "autoresponder.switched", found.name, found.pk, before=values[0], after=values[1])
        messages.success(request, (_("%(name)s is on.") if on else _("%(name)s is off.")) % {"name": found.name})
    return redirect("autoresponders")


@require_POST
@member_required
@may_configure
def copy(request: MemberRequest, autoresponder_id: int) -> HttpResponse:
    """Make another one like it, switched off, and show it."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    try:
        with transaction.atomic():
            copied = copy_autoresponder(found, _("Copy of %(name)s") % {"name": found.name})
            note(request, "autoresponder.copied", copied.name, copied.pk, after=facts(copied))
    except (AutoresponderRefusedError, RuleError):
        messages.warning(request, _("It cannot be copied: its number, keyword or group is gone. Change it first."))
        return redirect("autoresponder", found.pk)
    messages.success(request, _("This is the copy. It is off until you switch it on."))
    return redirect("autoresponder", copied.pk)


@require_POST
@member_required
@may_configure
def delete(request: MemberRequest, autoresponder_id: int) -> HttpResponse:
    """Delete one and offer to take that back."""
    found = get_autoresponder_for(request.account, autoresponder_id)
    remembered, name = seal(found), found.name
    draft = draft_of_deletion(found)
    if page := asked_before(request, draft):
        return page
    with transaction.atomic(), settling(request, draft):
        note(request, "autoresponder.deleted", name, found.pk, before=facts(found))
        delete_autoresponder(found)
    words = _("%(name)s is deleted.") % {"name": name}
    offer_undo(request, words, reverse("autoresponder-restore"), {"autoresponder": remembered})
    return redirect("autoresponders")


@require_POST
@member_required
@may_configure
def restore(request: MemberRequest) -> HttpResponse:
    """Take back that one was deleted: it answers again as it did."""
    try:
        with transaction.atomic(), carrying_examples(request.account):
            remembered = unseal(request.account, request.POST.get("autoresponder", ""))
            restored = get_autoresponder_for(request.account, restore_autoresponder(request.account, remembered).pk)
            note(request, "autoresponder.restored", restored.name, restored.pk, after=facts(restored))
    except (TooLateError, AutoresponderRefusedError, RuleError):
        messages.warning(request, _("It is too late to undo this."))
    else:
        messages.success(request, _("%(name)s is there again.") % {"name": restored.name})
    return redirect("autoresponders")
