"""What a button does with a place: pause and resume it, switch it off and on, remove it, try it out.

What belongs here: requests and responses. What does not: checks and writes (`apps.outbox`).
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.media.samples import sample_mms
from recado.apps.outbox.destinations import DestinationInUseError, disable, enable, get_destination_for, remove, used_by
from recado.apps.outbox.destinations.facts import facts
from recado.apps.outbox.models import Destination
from recado.apps.outbox.pausing import pause, resume, try_now
from recado.apps.outbox.redelivery import Sample, send_test
from recado.apps.outbox.samples import sample_of
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.forward_deliveries import SampleForm
from recado.panel.forwards.one import forward_page
from recado.panel.recording import note


@require_POST
@member_required
@may_configure
def test(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Send a message nobody sent, and show how it fares."""
    found = _forward(request, destination_id)
    form = SampleForm(request.POST)
    if not form.is_valid():
        return forward_page(request, found, form)
    recipient, given = sample_of(request.account)["recipient"], form.cleaned_data
    mms = sample_mms(_("Test")) if given["has_picture"] else None
    job = send_test(request.account, found.pk, Sample(given["sender"], recipient, given["text"], mms))
    return redirect("forward-delivery", found.pk, job.pk)


@require_POST
@member_required
@may_configure
def pause_it(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Let everything for a place wait."""
    found = get_destination_for(request.account, destination_id)
    if found.paused_at is None:
        with transaction.atomic():
            pause(found, timezone.now())
            note(request, "forward.paused", found.name, found.pk)
        messages.success(request, _("%(name)s is paused. What comes meanwhile waits; nothing is lost.") % {"name": found.name})
    return redirect("forward", found.pk)


@require_POST
@member_required
@may_configure
def resume_it(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Go on with a paused place: what waits goes there now, in its order."""
    found = get_destination_for(request.account, destination_id)
    if found.paused_at is not None:
        note(request, "forward.resumed", found.name, found.pk)
        waiting = resume(found, timezone.now())
        words = ngettext(
            "It goes on: %(count)s waiting delivery goes there now.", "It goes on: %(count)s waiting deliveries go there now.", waiting
        )
        messages.success(request, words % {"count": waiting} if waiting else _("It goes on. Nothing was waiting."))
    return redirect("forward", found.pk)


@require_POST
@member_required
@may_configure
def try_it_now(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Try at once what waits for its next try."""
    found = get_destination_for(request.account, destination_id)
    waiting = try_now(found, timezone.now())
    note(request, "forward.tried_now", found.name, found.pk, after={"deliveries": waiting})
    words = ngettext("%(count)s waiting delivery is tried now.", "%(count)s waiting deliveries are tried now.", waiting)
    messages.success(request, words % {"count": waiting} if waiting else _("Nothing was waiting."))
    return redirect("forward", found.pk)


@require_POST
@member_required
@may_configure
def switch(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Switch a place on, or off."""
    found = _forward(request, destination_id)
    on = request.POST.get("to") == "on"
    if found.is_enabled != on:
        with transaction.atomic():
            (enable if on else disable)(found)
            values = {"is_enabled": "no" if on else "yes"}, {"is_enabled": "yes" if on else "no"}
            note(request, "forward.switched", found.name, found.pk, before=values[0], after=values[1])
        words = _("%(name)s is on.") if on else _("%(name)s is off: nothing is forwarded there, and nothing waits.")
        messages.success(request, words % {"name": found.name})
    return redirect("forward", found.pk)


@member_required
@may_configure
def remove_it(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Ask, then remove a place nothing uses; where something does, name it."""
    found = _forward(request, destination_id)
    if request.method == "POST":
        try:
            with transaction.atomic():
                note(request, "forward.removed", found.name, found.pk, before=facts(found))
                remove(found)
        except DestinationInUseError:
            return _question(request, found)
        messages.success(request, _("%(name)s is removed.") % {"name": found.name})
        return redirect("forwards")
    return _question(request, found)


def _question(request: MemberRequest, found: Destination) -> HttpResponse:
    uses = used_by(found)
    status = 409 if uses and request.method == "POST" else 200
    return render(request, "panel/forwards/remove.html", {"destination": found, "uses": uses}, status=status)


def _forward(request: MemberRequest, destination_id: int) -> Destination:
    """Find a place messages are forwarded to; those of delivery reports are changed in the settings."""
    found = get_destination_for(request.account, destination_id)
    if found.kind == Destination.Kind.RECEIPTS:
        raise Http404
    return found
