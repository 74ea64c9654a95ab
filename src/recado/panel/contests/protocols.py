"""The protocol of a draw as a file to take away: JSON, which anybody can check, and PDF, which people read.

What belongs here: the responses. What does not: the protocol (`apps.contests.draws`), the PDF's page (`protocol_pdf`).
"""

import json

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recado.apps.contests.models import Contest, Draw
from recado.apps.contests.queries import get_contest_for, get_draw_for
from recado.apps.contests.winning import instant_protocol
from recado.core.contest import EntryRule
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.contests.protocol_pdf import protocol_pdf


@require_safe
@member_required
@may_read
def protocol(request: MemberRequest, contest_id: int, draw_id: int) -> HttpResponse:
    """Give the protocol as the file asked for."""
    found = get_draw_for(request.account, contest_id, draw_id)
    return protocol_response(found, as_pdf=request.GET.get("as") == "pdf")


@require_safe
@member_required
@may_read
def instant(request: MemberRequest, contest_id: int) -> HttpResponse:
    """Give the protocol of instant wins, once nothing can be won any more."""
    return instant_response(get_contest_for(request.account, contest_id))


def instant_response(found: Contest) -> HttpResponse:
    """Answer with the protocol of instant wins; there is none while the seed is a secret."""
    is_instant = found.entry_rule == EntryRule.INSTANT
    protocol = instant_protocol(found, timezone.now()) if is_instant else None
    if protocol is None:
        raise Http404
    body = json.dumps(protocol, ensure_ascii=False, indent=1) + "\n"
    return _file(body.encode(), f"instant-{slugify(found.name)[:60]}.json", "application/json")


def protocol_response(found: Draw, *, as_pdf: bool = False) -> HttpResponse:
    """Answer with the protocol of a draw; nothing was drawn yet where there is none."""
    if not found.protocol:
        raise Http404
    ending = "pdf" if as_pdf else "json"
    name = "-".join(filter(None, ("draw", slugify(found.contest.name)[:60], found.day)))
    body = protocol_pdf(found) if as_pdf else found.protocol.encode()
    return _file(body, f"{name}.{ending}", "application/pdf" if as_pdf else "application/json")


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
