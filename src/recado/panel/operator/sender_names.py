"""Sender names that customers asked for: those that wait, the oldest first; approving and refusing, with a reason.

What belongs here: requests and responses. What does not: what is allowed and who wins a race (`apps.senders`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from recado.apps.audit.services import record
from recado.apps.senders.errors import SenderNameError
from recado.apps.senders.models import SenderName
from recado.apps.senders.queries import decided_names, get_sender_name, same_name_elsewhere, waiting_names
from recado.apps.senders.services import authorise_name, reject_name
from recado.panel.forms.sender_name import RefuseNameForm
from recado.panel.operator.access import MAY_SUPPORT, OperatorRequest, operator_required
from recado.panel.sender_words import REFUSALS, STATES

PAGE = 50


@require_safe
@operator_required(MAY_SUPPORT)
def names(request: OperatorRequest) -> HttpResponse:
    """Show what waits, and what was decided, narrowed by a piece of the name or of the customer's."""
    search = request.GET.get("q", "").strip()[:80]
    page = Paginator(decided_names(search), PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(each, same_name_elsewhere(each)) for each in waiting_names()],
        "page": page,
        "decided": [(each, *STATES[SenderName.State(each.state)]) for each in page],
        "search": search,
    }
    return render(request, "panel/operator/senders/list.html", context)


@require_safe
@operator_required(MAY_SUPPORT)
def name(request: OperatorRequest, name_id: int) -> HttpResponse:
    """Show one name with what is known about it."""
    return _detail(request, get_sender_name(name_id), RefuseNameForm())


@require_POST
@operator_required(MAY_SUPPORT)
def name_authorise(request: OperatorRequest, name_id: int) -> HttpResponse:
    """Let the customer send under the name."""
    found = get_sender_name(name_id)
    try:
        with transaction.atomic():
            authorise_name(found)
            record(found.account, request.user, "sender_name.authorised", found.name, found.pk, is_operator=True)
    except SenderNameError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-sender-name", name_id)
    words = _("%(account)s sends as %(name)s from now on. Its people are told.")
    messages.success(request, words % {"name": found.name, "account": found.account.name})
    return redirect("operator-sender-names")


@require_POST
@operator_required(MAY_SUPPORT)
def name_reject(request: OperatorRequest, name_id: int) -> HttpResponse:
    """Say no, or take the name away, and why."""
    found, form = get_sender_name(name_id), RefuseNameForm(request.POST)
    if not form.is_valid():
        return _detail(request, found, form, status=422)
    try:
        with transaction.atomic():
            reject_name(found, form.cleaned_data["reason"])
            record(
                found.account, request.user, "sender_name.rejected", found.name, found.pk, after={"reason": found.note}, is_operator=True
            )
    except SenderNameError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("operator-sender-name", name_id)
    messages.success(request, _("%(name)s is refused. %(account)s is told why.") % {"name": found.name, "account": found.account.name})
    return redirect("operator-sender-names")


def _detail(request: OperatorRequest, found: SenderName, form: RefuseNameForm, status: int = 200) -> HttpResponse:
    state = SenderName.State(found.state)
    word, icon_name, css = STATES[state]
    context = {
        "name": found,
        "elsewhere": same_name_elsewhere(found),
        "form": form,
        "word": word,
        "icon_name": icon_name,
        "css": css,
        "may_be_approved": state in {SenderName.State.PENDING, SenderName.State.REJECTED},
        "may_be_refused": state in {SenderName.State.PENDING, SenderName.State.AUTHORIZED},
    }
    return render(request, "panel/operator/senders/detail.html", context, status=status)
