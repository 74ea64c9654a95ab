"""Message search: any message of the installation, down to its octets; each look is in the audit log.

What belongs here: requests and responses. What does not: finding (`apps.dialogues.searching`).
"""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.audit.services import record
from recado.apps.dialogues.searching import Wanted, exchange_of, get_message, messages_like
from recado.apps.mms.queries import received_of
from recado.core import trail
from recado.core.message import Encoding
from recado.panel.ids import id_of
from recado.panel.operator.access import MAY_SEE_MESSAGES, OperatorRequest, operator_required
from recado.panel.trail_words import ENCODINGS, steps


@require_safe
@operator_required(MAY_SEE_MESSAGES)
def message_search(request: OperatorRequest) -> HttpResponse:
    """Show the newest messages that fit what is looked for."""
    words, account, day = (request.GET.get(name, "").strip() for name in ("q", "account", "day"))
    wanted = Wanted(words[:80], id_of(account), _day(day))
    before = request.GET.get("before", "")
    page = messages_like(wanted, id_of(before))
    context = {"page": page, "wanted": wanted, "day": day if wanted.day else "", "accounts": Account.objects.order_by("name")}
    return render(request, "panel/operator/messages/list.html", context)


@require_safe
@operator_required(MAY_SEE_MESSAGES)
def message_detail(request: OperatorRequest, message_id: int) -> HttpResponse:
    """Show one message with all that is known of it, and note who looked."""
    message = get_message(message_id)
    record(message.account, request.user, "message.viewed", str(message.pk), message.pk, is_operator=True)
    context = {
        "message": message,
        "is_mms": bool(received_of([message.pk])),
        "encoding": ENCODINGS[Encoding(message.encoding).name.lower()],
        "steps": steps(trail.from_json(message.trail)),
        "exchange": exchange_of(message),
    }
    return render(request, "panel/operator/messages/detail.html", context)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
