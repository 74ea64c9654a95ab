"""The trace of one received message: what arrived, why it did what it did, what went out because of it and how that fared.

What belongs here: the page, the message as data, delivering again. What does not: its words (`trail_words`), the rows (`apps.inbox`,
`apps.outbox`).
"""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from recado.apps.inbox.log import neighbours
from recado.apps.inbox.models import Message
from recado.apps.inbox.queries import get_message_for
from recado.apps.keywords.queries import keywords_of
from recado.apps.numbers.queries import usable_numbers
from recado.apps.outbox.models import JobState
from recado.apps.outbox.queries import forwards_of, replies_to, sent_message
from recado.apps.outbox.redelivery import redeliver_forwards
from recado.core import trail
from recado.core.message import Encoding
from recado.core.text import folded_form
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.carrier_said import carrier_said
from recado.panel.message_log.files import as_data, listed_mms
from recado.panel.recording import note
from recado.panel.trail_words import ENCODINGS, steps


@require_safe
@member_required
@may_read
def trace(request: MemberRequest, message_id: int) -> HttpResponse:
    """Show why a message had its consequences."""
    message = get_message_for(request.account, message_id)
    earlier, later = neighbours(message)
    forwards = forwards_of(request.account, message.pk)
    replies = replies_to(request.account, message.pk)
    context = {
        "message": message,
        "mms": listed_mms(request.account, message.pk),
        "encoding": ENCODINGS[Encoding(message.encoding).name.lower()],
        "normalised": folded_form(message.text),
        "steps": steps(trail.from_json(message.trail)),
        "replies": replies,
        "answered": sent_message(request.account, message.answers_id),
        "carrier_said": carrier_said(replies),
        "forwards": forwards,
        "may_redeliver": any(job.state in {JobState.DONE, JobState.DEAD} and job.destination for job in forwards),
        "keyword": keywords_of(request.account).filter(pk=message.keyword_id or 0).first(),
        "tester_number": usable_numbers(request.account).filter(pk=message.number_id or 0).values_list("pk", flat=True).first(),
        "tester_query": urlencode({"text": message.text, "from": message.sender}),
        "earlier": earlier,
        "later": later,
    }
    return render(request, "panel/trace/trace.html", context)


@require_safe
@member_required
def raw(request: MemberRequest, message_id: int) -> HttpResponse:
    """Give all that is stored of a message as data; who may not read messages gets it without text and with masked numbers."""
    message = get_message_for(request.account, message_id)
    data = _as_data(message, is_masked=not request.may_read)
    data["mms"] = as_data(listed_mms(request.account, message.pk)) if request.may_read else None
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="message-{message.pk}.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@member_required
@may_configure
def redeliver(request: MemberRequest, message_id: int) -> HttpResponse:
    """Forward a message once more."""
    message = get_message_for(request.account, message_id)
    with transaction.atomic():
        again = redeliver_forwards(request.account, message.pk)
        if again:
            note(request, "message.redelivered", str(message.pk), message.pk)
    if again:
        said = ngettext("It is being forwarded again, to %(count)s place.", "It is being forwarded again, to %(count)s places.", len(again))
        messages.success(request, said % {"count": len(again)})
    else:
        messages.warning(request, _("There is nothing to forward again: it is on its way already, or the destination is gone."))
    return redirect("message-trace", message_id)


def _as_data(message: Message, *, is_masked: bool) -> dict[str, Any]:
    steps_taken = [] if is_masked else json.loads(message.trail or "[]")
    return {
        "id": str(message.pk),
        "received_at": message.received_at.isoformat(),
        "from": _masked(message.sender) if is_masked else message.sender,
        "to": message.recipient,
        "text": None if is_masked else message.text,
        "argument": None if is_masked else message.argument,
        "encoding": Encoding(message.encoding).name.lower(),
        "parts": {"received": message.parts_received, "total": message.parts_total},
        "connection": message.connection.name if message.connection else None,
        "carrier_message_id": message.carrier_message_id,
        "conversation": str(message.dialogue_id) if message.dialogue_id else None,
        "keyword": message.keyword_id,
        "rule": message.rule_id,
        "is_test": message.is_test,
        "trail": steps_taken,
        "octets": None if is_masked else bytes(message.raw).hex(),
        "is_masked": is_masked,
    }


def _masked(number: str) -> str:
    """Keep the last three digits, as the log does."""
    return "…" + number[-3:]
