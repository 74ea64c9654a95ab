"""The list of places messages go to: how each fares and what uses it.

What belongs here: gathering the rows, the request and its response. What does not: words (`words`), figures (`apps.outbox.deliveries`).
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recado.apps.accounts.models import Account
from recado.apps.outbox.deliveries import Health, health
from recado.apps.outbox.destinations import DestinationUse, default_receipts_destination, destinations_of
from recado.apps.outbox.destinations.facts import address_of
from recado.apps.outbox.destinations.uses import uses_of
from recado.apps.outbox.models import Destination
from recado.apps.outbox.standing import ForwardStanding, standing_of
from recado.panel.access import MemberRequest, may_read, member_required
from recado.panel.forwards.shares import Shares, shares_of
from recado.panel.forwards.words import CHOICES, KINDS, pause_in_words


@dataclass(frozen=True, slots=True)
class ListedForward:
    """A place with all that its row says."""

    destination: Destination
    icon: str
    kind: str
    address: str
    standing: ForwardStanding
    paused_because: str
    health: Health
    shares: Shares
    uses: list[DestinationUse]


@require_safe
@member_required
@may_read
def forwards(request: MemberRequest) -> HttpResponse:
    """Show all places, or the ways to begin."""
    return render(request, "panel/forwards/list.html", _context(request.account))


@require_safe
@member_required
@may_read
def live_piece(request: MemberRequest) -> HttpResponse:
    """Give the rows anew: an open page asks when deliveries ended."""
    return render(request, "panel/live/forwards.html", _context(request.account))


def listed(account: Account) -> list[ListedForward]:
    """Return the places of an account by name."""
    found = list(destinations_of(account))
    fares, uses = health(account), uses_of(found)
    return [
        ListedForward(
            one,
            KINDS[one.kind].icon,
            str(KINDS[one.kind].name),
            address_of(one),
            standing_of(one, has_delivered=fares[one.pk].done > 0),
            pause_in_words(one),
            fares[one.pk],
            shares_of(fares[one.pk]),
            uses.get(one.pk, []),
        )
        for one in found
    ]


def _context(account: Account) -> dict[str, object]:
    return {
        "rows": listed(account),
        "ways": [(kind, KINDS[kind]) for kind in CHOICES],
        "reports": default_receipts_destination(account),
    }
