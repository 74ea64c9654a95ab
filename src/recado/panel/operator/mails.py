"""Mails that came in, in the console: who answered or what bounced, and what became of it.

What belongs here: requests and answers. What does not: taking mails (`apps.mails`), reasons in words (`panel.mail_words`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.mails.models import Outcome
from recado.apps.mails.queries import mails_received
from recado.panel.ids import id_of
from recado.panel.mail_words import reason_in_words
from recado.panel.operator.access import OperatorRequest, operator_required


@require_safe
@operator_required()
def mail_list(request: OperatorRequest) -> HttpResponse:
    """Show a page of them, newest first."""
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in Outcome.values else ""
    page = mails_received(outcome, id_of(request.GET.get("before", "")))
    rows = [(mail, reason_in_words(mail.reason)) for mail in page.items]
    return render(request, "panel/operator/jobs/mails.html", {"page": page, "rows": rows, "outcomes": Outcome.choices, "outcome": outcome})
