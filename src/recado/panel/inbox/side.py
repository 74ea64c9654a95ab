"""The column beside a conversation: the contact's groups, other conversations of the phone, what became of the last message.

What belongs here: gathering it, and changing groups from there. What does not: contacts themselves (`panel.contacts`).
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.contacts.opt_outs import barred_groups
from recado.apps.contacts.queries import find_contact, get_group_for, groups_of, memberships_of_number
from recado.apps.contacts.services import add_contact, leave_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for, last_received, note_count, others_of_phone
from recado.apps.outbox.queries import forwards_of, replies_to
from recado.core import trail
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.ids import id_of
from recado.panel.inbox.toasts import Undo, notice, toast
from recado.panel.trail_words import steps

GROUPS_OFFERED = 200


def side_context(account: Account, dialogue: Dialogue) -> dict[str, Any]:
    """Return what `panel/inbox/_side.html` shows."""
    last = last_received(dialogue)
    return _groups(account, dialogue) | {
        "last_received": last,
        "last_steps": steps(trail.from_json(last.trail)) if last else [],
        "last_replies": replies_to(account, last.pk) if last else [],
        "last_forwards": [job for job in forwards_of(account, last.pk) if job.destination] if last else [],
        "note_count": note_count(dialogue),
        "others": others_of_phone(dialogue),
    }


@require_POST
@member_required
@may_configure
def group(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Put the person into a group (`add`) or take them out of one (`remove`)."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    removed = request.POST.get("remove", "")
    given = removed or request.POST.get("add", "")
    if not given:
        return redirect("conversation", dialogue_id)
    chosen = get_group_for(request.account, id_of(given) or 0)
    address = reverse("conversation-group", args=[dialogue_id])
    if removed:
        _take_out(request, dialogue, chosen)
        undo = Undo(_("Out of %(name)s.") % {"name": chosen.name}, address, {"add": str(chosen.pk)})
    else:
        add_contact(request.account, dialogue.msisdn, group_ids=[chosen.pk], user=request.user)
        is_barred = barred_groups(request.account.pk, dialogue.msisdn, [chosen.pk])
        said = _("Opted out: not added to %(name)s.") if is_barred else _("In the group %(name)s.")
        undo = Undo(said % {"name": chosen.name}, "" if is_barred else address, {"remove": str(chosen.pk)})
    return _answer(request, get_dialogue_for(request.account, dialogue_id), undo)


def _take_out(request: MemberRequest, dialogue: Dialogue, chosen: Group) -> None:
    contact = find_contact(request.account, dialogue.msisdn)
    if contact is not None:
        leave_group(contact, chosen, user=request.user)


def _groups(account: Account, dialogue: Dialogue) -> dict[str, Any]:
    groups = [membership.group for membership in memberships_of_number(account, dialogue.msisdn)]
    others = groups_of(account).exclude(pk__in=[each.pk for each in groups]).order_by("name")[:GROUPS_OFFERED]
    return {"groups": groups, "other_groups": others}


def _answer(request: MemberRequest, dialogue: Dialogue, undo: Undo) -> HttpResponse:
    if request.headers.get("HX-Request-Type") != "partial":
        notice(request, undo)
        return redirect("conversation", dialogue.pk)
    context = _groups(request.account, dialogue) | {"dialogue": dialogue}
    return HttpResponse(render_to_string("panel/live/groups.html", context, request) + toast(undo))
