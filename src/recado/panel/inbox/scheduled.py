"""An answer that waits for its time: taking it back, sending it at once.

What belongs here: requests and responses. What does not: whether it still waits (`apps.outbox`), choosing the time (`scheduling`).
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.dialogues.models import Dialogue
from recado.apps.dialogues.queries import get_dialogue_for
from recado.apps.outbox.models import OutboundMessage
from recado.apps.outbox.queries import get_outbound_for
from recado.apps.outbox.release import send_now
from recado.apps.outbox.services import cancel
from recado.panel import fragments
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.inbox.conversations import is_partial
from recado.panel.inbox.toasts import Undo, toast


@require_POST
@member_required
@may_answer
def take_back(request: MemberRequest, dialogue_id: int, message_id: int) -> HttpResponse:
    """Do not send it; its text can be written again."""
    return _changed(request, *_found(request, dialogue_id, message_id), cancel, _("It is taken back. Nothing was sent."))


@require_POST
@member_required
@may_answer
def at_once(request: MemberRequest, dialogue_id: int, message_id: int) -> HttpResponse:
    """Send it now."""
    return _changed(request, *_found(request, dialogue_id, message_id), send_now, _("It is on its way."))


def _found(request: MemberRequest, dialogue_id: int, message_id: int) -> tuple[Dialogue, OutboundMessage]:
    dialogue, message = get_dialogue_for(request.account, dialogue_id), get_outbound_for(request.account, message_id)
    if message.dialogue_id != dialogue.pk:
        raise Http404
    return dialogue, message


def _changed(
    request: MemberRequest, dialogue: Dialogue, message: OutboundMessage, change: Callable[[OutboundMessage], bool], words: str
) -> HttpResponse:
    if not change(message):
        words = _("It does not wait any more: look at how it stands.")
        message.refresh_from_db()
    if is_partial(request):
        return HttpResponse(fragments.one_message(dialogue, message) + toast(Undo(words, "")))
    messages.info(request, words)
    return redirect("conversation", dialogue.pk)
