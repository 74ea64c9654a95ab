"""The trace of one received message: what arrived, why it did what it did, what went out because of it and how that fared.

What belongs here: the page. What does not: its words (`trail_words`), the rows (`apps.inbox.queries`, `apps.outbox.queries`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.inbox.queries import get_message_for
from recado.apps.outbox.queries import forwards_of, replies_to
from recado.core import trail
from recado.core.message import Encoding
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.trail_words import ENCODINGS, steps


@require_safe
@member_required
@may_read
def trace(request: MemberRequest, message_id: int) -> HttpResponse:
    """Show why a message had its consequences."""
    message = get_message_for(request.account, message_id)
    context = {
        "message": message,
        "encoding": ENCODINGS[Encoding(message.encoding).name.lower()],
        "steps": steps(trail.from_json(message.trail)),
        "replies": replies_to(request.account, message.pk),
        "forwards": forwards_of(request.account, message.pk),
    }
    return render(request, "panel/trace/trace.html", context)
