"""Delivering many once more: those that were given up, or all of a time, also to another address.

What belongs here: the page that counts first, then does it. What does not: doing it (`apps.outbox.redelivery`).
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recado.apps.outbox.deliveries import DeliveryFilter, deliveries
from recado.apps.outbox.destinations import get_destination_for
from recado.apps.outbox.models import Destination, JobState
from recado.apps.outbox.redelivery import AT_ONCE, redeliver_range
from recado.panel.access import MemberRequest, may_configure, member_required
from recado.panel.forms.forward_deliveries import MOMENT, ONLY_FAILED, AgainForm
from recado.panel.recording import note

COUNT = "count"
"""The button that only counts."""
ROUNDS = 10
MOST = ROUNDS * AT_ONCE
"""So many are delivered once more by one press."""


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
    """Deliver once more, some after the other; return how many, and whether those were all."""
    since, until, only_failed = _asked(form)
    count, after = 0, None
    with transaction.atomic():
        for _round in range(ROUNDS):
            done = redeliver_range(
                request.account, found.pk, since, until, only_failed=only_failed, url=form.cleaned_data["url"] or None, after=after
            )
            count, after = count + done.count, done.last_id
            if not done.has_more:
                break
        note(request, "forward.delivered_again", found.name, found.pk, after={"deliveries": count})
    return count, not done.has_more


def _beginning(found: Destination, now: datetime) -> dict[str, str]:
    since = found.failing_since or now - timedelta(days=1)
    return {"which": ONLY_FAILED, "since": timezone.localtime(since).strftime(MOMENT), "until": "", "url": ""}


def _asked(form: AgainForm) -> tuple[datetime, datetime, bool]:
    given = form.cleaned_data
    return given["since"], given["until"] or timezone.now(), given["which"] == ONLY_FAILED


def _count(request: MemberRequest, found: Destination, form: AgainForm) -> int:
    """Say how many deliveries are asked for, up to one more than is done at once."""
    since, until, only_failed = _asked(form)
    states = [JobState.DEAD] if only_failed else [JobState.DEAD, JobState.DONE]
    wanted = deliveries(request.account, DeliveryFilter(found.pk, since=since, until=until))
    return wanted.filter(state__in=states, sample__isnull=True)[: MOST + 1].count()


def _fingerprint(form: AgainForm) -> str:
    """Return what tells whether the fields are those that were counted."""
    return "|".join(str(form[name].value() or "") for name in ("which", "since", "until", "url"))


def _page(request: MemberRequest, found: Destination, form: AgainForm) -> HttpResponse:
    count = _count(request, found, form) if form.is_valid() else 0
    context = {
        "destination": found,
        "form": form,
        "count": count,
        "most": MOST,
        "counted": _fingerprint(form),
        "is_elsewhere_possible": found.kind in {Destination.Kind.URL, Destination.Kind.WEBHOOK, Destination.Kind.RECEIPTS},
    }
    return render(request, "panel/forwards/again.html", context, status=422 if form.errors else 200)
