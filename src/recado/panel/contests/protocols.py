"""The protocol of a draw as a file to take away: JSON, which anybody can check, and PDF, which people read.

What belongs here: the responses. What does not: the protocol (`apps.contests.draws`), the PDF's page (`protocol_pdf`).
"""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from recado.apps.contests.models import Draw
from recado.apps.contests.queries import get_draw_for
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.contests.protocol_pdf import protocol_pdf


@require_safe
@member_required
@may_read
def protocol(request: MemberRequest, contest_id: int, draw_id: int) -> HttpResponse:
    """Give the protocol as the file asked for."""
    found = get_draw_for(request.account, contest_id, draw_id)
    return protocol_response(found, as_pdf=request.GET.get("as") == "pdf")


def protocol_response(found: Draw, *, as_pdf: bool = False) -> HttpResponse:
    """Answer with the protocol of a draw; nothing was drawn yet where there is none."""
    if not found.protocol:
        raise Http404
    ending = "pdf" if as_pdf else "json"
    name = "-".join(filter(None, ("draw", slugify(found.contest.name)[:60], found.day)))
    body = protocol_pdf(found) if as_pdf else found.protocol.encode()
    response = HttpResponse(body, content_type="application/pdf" if as_pdf else "application/json")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}") or "attachment"
    response["Cache-Control"] = "no-store"
    return response
