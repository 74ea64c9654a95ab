"""Delivering many once more: those that were given up, or all of a time, also to another address.

What belongs here: the page that counts first, then does it. What does not: doing it (`apps.outbox.redelivering_many`).
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.models import Destination
from recado.apps.outbox.redelivering_many import CALLED, MOST, Order, redeliver_many
from recado.apps.outbox.redelivering_many import count as count_of
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.forward_deliveries import MOMENT, ONLY_FAILED, AgainForm
from recado.panel.recording import note

COUNT = "count"
"""The button that only counts."""


@member_required
@may_configure
def again(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Ask which deliveries, say how many that are, and deliver them once more.

    What is delivered is what was counted: where the fields were changed meanwhile, it counts again instead.
    """
    found = get_destination_for(request.account, destination_id)
    form = AgainForm(request.POST or None, initial=_beginning(found, timezone.now()))
    if request.method != "POST":
        return _page(request, found, AgainForm(_beginning(found, timezone.now())))
    if not form.is_valid():
        return _page(request, found, form)
    if COUNT in request.POST or request.POST.get("counted") != _fingerprint(form):
        return _page(request, found, form)
    count, is_through = _redeliver(request, found, form)
    words = ngettext("%(count)s delivery is made once more.", "%(count)s deliveries are made once more.", count)
    messages.success(request, words % {"count": count})
    if not is_through:
        messages.warning(request, _("There are more than fit at once. Do it again for the rest, with a later beginning."))
    return redirect("forward", found.pk)


def _redeliver(request: MemberRequest, found: Destination, form: AgainForm) -> tuple[int, bool]:
    """Deliver once more; return how many, and whether those were all."""
    with transaction.atomic():
        done = redeliver_many(request.account, found, _asked(form))
        note(request, "forward.delivered_again", found.name, found.pk, after={"deliveries": done.count})
    return done.count, not done.has_more


def _beginning(found: Destination, now: datetime) -> dict[str, str]:
    since = found.failing_since or now - timedelta(days=1)
    return {"which": ONLY_FAILED, "since": timezone.localtime(since).strftime(MOMENT), "until": "", "url": ""}


def _asked(form: AgainForm) -> Order:
    given = form.cleaned_data
    return Order(given["since"], given["until"] or timezone.now(), given["which"] == ONLY_FAILED, given["url"] or None)


def _fingerprint(form: AgainForm) -> str:
    """Return what tells whether the fields are those that were counted."""
    return "|".join(str(form[name].value() or "") for name in ("which", "since", "until", "url"))


def _page(request: MemberRequest, found: Destination, form: AgainForm) -> HttpResponse:
    count = count_of(request.account, found, _asked(form)) if form.is_valid() else 0
    context = {
        "destination": found,
        "form": form,
        "count": count,
        "most": MOST,
        "counted": _fingerprint(form),
        "is_elsewhere_possible": found.kind in CALLED,
    }
    return render(request, "panel/forwards/again.html", context, status=422 if form.errors else 200)
