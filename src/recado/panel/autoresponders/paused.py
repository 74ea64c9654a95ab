"""Answering phones again that are not answered for now, because a machine seems to be there.

What belongs here: requests and responses of the buttons. What does not: the rows (`stopped`), when answers stop (`core.breaker`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.autoresponders.trips import get_trip_for, lift, phones_named, some_of, trips_in_force
from recado.apps.dialogues.queries import get_dialogue_for
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.autoresponders.stopped import stopped_context
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn


@require_POST
@member_required
@may_answer
def lift_one(request: MemberRequest, trip_id: int) -> HttpResponse:
    """Answer a phone again; where a conversation asked for it, only what it says about that changes."""
    found = get_trip_for(request.account, trip_id)
    phone, conversation = msisdn(found.msisdn), id_of(request.POST.get("conversation"))
    with transaction.atomic():
        is_lifted = lift([found], timezone.now())
        if is_lifted:
            note(request, "autoresponder.resumed", phone)
    if conversation and request.headers.get("HX-Request-Type") == "partial":
        dialogue = get_dialogue_for(request.account, conversation)
        return render(request, "panel/live/stopped.html", {"dialogue": dialogue, **stopped_context(request.account, dialogue)})
    if is_lifted:
        messages.success(request, _("%(phone)s is answered again.") % {"phone": phone})
    return redirect("conversation", conversation) if conversation else redirect("autoresponders")


@require_POST
@member_required
@may_answer
def lift_all(request: MemberRequest) -> HttpResponse:
    """Answer all phones again."""
    with transaction.atomic():
        now = timezone.now()
        stopped = list(trips_in_force(request.account, now))
        lifted = lift(stopped, now)
        if lifted:
            phones = phones_named(stopped)
            note(request, "autoresponder.resumed", some_of(phones))
            words = ngettext("%(count)s phone is answered again.", "%(count)s phones are answered again.", len(phones))
            messages.success(request, words % {"count": len(phones)})
    return redirect("autoresponders")
