"""Sender names of the account: how each stands, asking for one, giving one up.

What belongs here: requests and responses. What does not: approving (`panel.operator.sender_names`), reads and writes (`apps.senders`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.senders.errors import SenderNameError
from recado.apps.senders.models import SenderName
from recado.apps.senders.queries import get_sender_name_for, sender_names_of
from recado.apps.senders.services import deactivate_name, request_name
from recado.panel.access import MemberRequest, may_configure, may_read, member_required
from recado.panel.forms.sender_name import SenderNameForm
from recado.panel.recording import note
from recado.panel.sender_words import REFUSALS, STATES


@member_required
@may_read
def sender_names(request: MemberRequest) -> HttpResponse:
    """Show the names; a posted form asks for one."""
    if request.method == "POST":
        return _ask(request)
    return _page(request, SenderNameForm())


@member_required
@may_configure
@require_POST
def sender_name_off(request: MemberRequest, name_id: int) -> HttpResponse:
    """Give a name up, or withdraw the wish for it."""
    found = get_sender_name_for(request.account, name_id)
    try:
        with transaction.atomic():
            deactivate_name(found)
            note(request, "sender_name.deactivated", found.name, found.pk)
    except SenderNameError as error:
        messages.error(request, str(REFUSALS[error.reason]))
        return redirect("sender-names")
    messages.success(request, _("%(name)s is switched off. Ask for it again whenever you like.") % {"name": found.name})
    return redirect("sender-names")


@may_configure
def _ask(request: MemberRequest) -> HttpResponse:
    form = SenderNameForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            asked = request_name(request.account, request.user, given["name"], given["note"])
            note(request, "sender_name.requested", asked.name, asked.pk)
    except SenderNameError as error:
        form.add_error("name", str(REFUSALS[error.reason]))
        return _page(request, form)
    messages.success(request, _("The operator looks at %(name)s. You are told as soon as it is decided.") % {"name": asked.name})
    return redirect("sender-names")


def _page(request: MemberRequest, form: SenderNameForm) -> HttpResponse:
    rows = [(each, *STATES[SenderName.State(each.state)]) for each in sender_names_of(request.account)]
    context = {"rows": rows, "form": form, "ends": (SenderName.State.PENDING, SenderName.State.AUTHORIZED)}
    return render(request, "panel/settings/sender_names.html", context, status=422 if form.errors else 200)
