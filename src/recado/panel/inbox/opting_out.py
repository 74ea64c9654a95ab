"""Taking a sentence for the opt-out it is: a person read it, the rules did not dare to.

What belongs here: the request and its response. What does not: which messages may be meant (`apps.dialogues.flagged`), opt-outs by hand and
lifting them (`panel.contacts.opt_outs`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.dialogues.flagged import get_flagged_in, newest_in, opt_out_writer
from recado.apps.dialogues.queries import get_dialogue_for
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.consent_words import names_for, scope_words
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn as shown_number


@require_POST
@member_required
@may_answer
def opt_out(request: MemberRequest, dialogue_id: int) -> HttpResponse:
    """Opt out of everything whoever wrote a flagged message of the conversation; the message is the proof."""
    dialogue = get_dialogue_for(request.account, dialogue_id)
    given = id_of(request.POST.get("message"))
    message = newest_in(dialogue) if given is None else get_flagged_in(dialogue, given)
    if message is None:
        return redirect("conversation", dialogue_id)
    with transaction.atomic():
        noted = opt_out_writer(message, request.user, timezone.now())
        words = scope_words(noted, names_for(request.account, opt_outs=[noted]))
        note(request, "opt_out.noted", f"+{dialogue.msisdn}", noted.pk, after={"scope": words})
    messages.success(request, _("The opt-out of %(phone)s is noted: %(scope)s.") % {"phone": shown_number(dialogue.msisdn), "scope": words})
    return redirect("conversation", dialogue_id)
