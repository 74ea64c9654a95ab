"""Opening an account as its customer sees it: asking why, beginning, leaving (ADR 0016).

What belongs here: requests and responses. What does not: what a visit means for the pages of the account (`panel.visiting`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.accounts.queries import get_account
from recado.apps.accounts.visits import begin_visit, unended_visit
from recado.apps.audit.services import record
from recado.panel.forms.operator_account import VisitForm
from recado.panel.operator.access import MAY_SEE_MESSAGES, OperatorRequest, operator_required
from recado.panel.visiting import VISIT_KEY, note_end, record_end


@operator_required(MAY_SEE_MESSAGES)
def visit(request: OperatorRequest, account_id: int) -> HttpResponse:
    """Ask why the account is to be opened, then open it."""
    account = get_account(account_id)
    form = VisitForm(request.POST if request.method == "POST" else None, offers_changes=request.may_support)
    if request.method != "POST" or not form.is_valid():
        return render(request, "panel/operator/accounts/visit.html", {"account": account, "form": form}, status=422 if form.errors else 200)
    may_change = bool(form.cleaned_data.get("may_change"))
    with transaction.atomic():
        begun, left = begin_visit(request.user, account, form.cleaned_data["reason"], timezone.now(), may_change=may_change)
        for earlier in left:
            record_end(earlier)
        record(account, request.user, "visit.started", begun.reason, begun.pk, after={"changes": may_change}, is_operator=True)
    request.session[VISIT_KEY] = begun.pk
    return redirect("start")


@require_POST
@operator_required()
def visit_leave(request: OperatorRequest) -> HttpResponse:
    """End the visit and lead back to the account in the console."""
    visit_id = request.session.pop(VISIT_KEY, None)
    left = unended_visit(request.user, visit_id) if visit_id is not None else None
    if left is None:
        return redirect("operator")
    note_end(left)
    messages.success(request, _("You have left %(account)s.") % {"account": left.account.name})
    return redirect("operator-account", left.account_id)
