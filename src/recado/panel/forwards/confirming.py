"""Asking a phone for its agreement: the page for the code, and sending one.

What belongs here: requests and responses. What does not: codes (`apps.outbox.confirming`), their words (`code_words`).
"""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from recado.apps.outbox.code_text import text_with
from recado.apps.outbox.confirming import CodeRefusedError, code_sent_at, same_phone, send_code
from recado.apps.outbox.confirming import confirm as judge
from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.models import Destination
from recado.apps.outbox.standing import waits_for_code
from recado.core.phone_code import VALID_FOR, CodeJudgement
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.phone_code import PhoneCodeForm
from recado.panel.forwards.code_words import JUDGEMENTS, REFUSALS
from recado.panel.recording import note


@member_required
@may_configure
def confirm(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Ask for the code, and let messages go to the phone once it is right."""
    found = _phone(request, destination_id)
    if found.confirmed_at is not None:
        return redirect("forward", found.pk)
    form = PhoneCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            judgement = judge(found, form.cleaned_data["code"], timezone.now())
            if judgement is CodeJudgement.RIGHT:
                note(request, "forward.confirmed", found.name, found.pk)
        if judgement is CodeJudgement.RIGHT:
            messages.success(request, _("%(name)s has agreed. From now on messages are forwarded there.") % {"name": found.name})
            return redirect("forward", found.pk)
        form.add_error("code", str(JUDGEMENTS[judgement]))
    sent_at = code_sent_at(found)
    is_open = sent_at is not None and timezone.now() - sent_at < VALID_FOR
    context = {"destination": found, "address": address_of(found), "form": form, "is_open": is_open}
    return render(request, "panel/forwards/confirm.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
@may_configure
def code(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Send a code, and show the page for it."""
    found = _phone(request, destination_id)
    return redirect("forward", found.pk) if found.confirmed_at is not None else ask(request, found)


def ask(request: MemberRequest, found: Destination) -> HttpResponse:
    """Send a code to a phone, say so or why not, and lead to the page for it."""
    try:
        shown = send_code(found, timezone.now(), partial(text_with, request.account))
    except CodeRefusedError as error:
        messages.error(request, str(REFUSALS[error.reason]))
    else:
        messages.success(request, _("A code was sent to %(phone)s.") % {"phone": address_of(found)})
        if shown:
            messages.info(request, _("Phones are simulated here, so you read it on this page: %(code)s") % {"code": shown})
    return redirect("forward-confirm", found.pk)


def remind_of_codes(request: MemberRequest, places: Iterable[Destination]) -> None:
    """Say of phones among the places of a rule that nothing goes there before their code is typed in."""
    for place in places:
        agreed = same_phone(request.account, place.msisdn).filter(confirmed_at__isnull=False)
        if waits_for_code(place) and not agreed.exists():
            text = _("%(name)s gets nothing before the phone has agreed: choose it under Forwarding and type the code sent to it.")
            messages.warning(request, text % {"name": place.name})


def _phone(request: MemberRequest, destination_id: int) -> Destination:
    found = get_destination_for(request.account, destination_id)
    if found.kind != Destination.Kind.PHONE:
        raise Http404
    return found
