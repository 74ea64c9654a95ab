"""The page of one place: how it fares, trying it out, its deliveries.

What belongs here: the request and its response. What does not: what its buttons do (`changes`, `again`), one delivery (`delivery`).
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recado.apps.outbox.deliveries import DeliveryFilter, deliveries_told, health_of
from recado.apps.outbox.destinations import estimate_phone, get_destination_for, used_by
from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.models import Destination
from recado.apps.outbox.samples import sample_of
from recado.apps.outbox.secrets import public_key, secrets_in_force
from recado.apps.outbox.standing import ForwardStanding, standing_of
from recado.apps.paging import page_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.forms.forward_deliveries import DeliveryFilterForm, SampleForm
from recado.panel.forwards.listed import listed_deliveries
from recado.panel.forwards.shares import shares_of
from recado.panel.forwards.words import KINDS, pause_in_words
from recado.panel.ids import id_of

PAGE = 30


@require_safe
@member_required
@may_read
def forward(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Show one place."""
    return forward_page(request, get_destination_for(request.account, destination_id))


@require_safe
@member_required
@may_read
def live_piece(request: MemberRequest, destination_id: int) -> HttpResponse:
    """Give the pieces that change by themselves anew."""
    return render(request, "panel/live/forward.html", _live_context(request, get_destination_for(request.account, destination_id)))


def forward_page(request: MemberRequest, found: Destination, sample: SampleForm | None = None) -> HttpResponse:
    """Render the page, with the sample as it was written where that was wrong."""
    now = timezone.now()
    keys = secrets_in_force(found, now) if found.kind == Destination.Kind.WEBHOOK else []
    context = _live_context(request, found) | {
        "uses": used_by(found),
        "sample": sample or SampleForm(initial=sample_of(request.account)),
        "keys": [(key, public_key(key) if key.signature == "ed25519" else "") for key in keys],
        "estimate": estimate_phone(request.account, found, now=now) if found.kind == Destination.Kind.PHONE else None,
    }
    return render(request, "panel/forwards/forward.html", context, status=422 if sample and sample.errors else 200)


def _live_context(request: MemberRequest, found: Destination) -> dict[str, Any]:
    form = DeliveryFilterForm(request.GET)
    state, since, until, phone = form.wanted()
    before = id_of(request.GET.get("before"))
    wanted = deliveries_told(request.account, DeliveryFilter(found.pk, "", since, until, phone), state)
    page = page_of(wanted, before, PAGE, is_ordered=True)
    fares = health_of(found)
    standing = standing_of(found, has_delivered=fares.done > 0)
    return {
        "destination": found,
        "words": KINDS[found.kind],
        "address": address_of(found),
        "standing": standing,
        "is_paused": standing == ForwardStanding.PAUSED,
        "paused_because": pause_in_words(found),
        "health": fares,
        "shares": shares_of(fares),
        "form": form,
        "rows": listed_deliveries(request.account, page.items),
        "before": before,
        "next_before": page.next_before,
    }
