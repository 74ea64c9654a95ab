"""Phones that are not answered for now, because a machine seems to be there or enough was spent: listed, and answered again.

What belongs here: the rows, and the buttons. What does not: reasons in words (`panel.trip_words`), when answers stop (`core.breaker`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.trips import CEILING, get_trip_for, lift, source_names, source_of, trips_for, trips_in_force
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.panel.access import MemberRequest, may_answer, member_required
from recado.panel.ids import id_of
from recado.panel.recording import note
from recado.panel.templatetags.recado import msisdn
from recado.panel.trip_words import reason_in_words, source_in_words


@dataclass(frozen=True, slots=True)
class ListedTrip:
    """Where answers stopped, as lists and conversations show it."""

    trip: BreakerTrip
    name: str
    """What does not answer."""
    reason: str
    message: Message | None
    """The one that was not answered; None where it was forgotten."""

    @property
    def is_for_everybody(self) -> bool:
        """Whether nobody is answered, so that no single phone can be answered again."""
        return self.trip.reason == CEILING


def listed_trips(account: Account, trips: Iterable[BreakerTrip]) -> list[ListedTrip]:
    """Return trips with their words and messages."""
    found = list(trips)
    names = source_names(account, found)
    unanswered = Message.objects.filter(account=account).in_bulk([trip.message_id for trip in found])
    return [
        ListedTrip(trip, source_in_words(source_of(trip), names), reason_in_words(trip.reason), unanswered.get(trip.message_id))
        for trip in found
    ]


def stopped_context(account: Account, dialogue: Dialogue) -> dict[str, list[ListedTrip]]:
    """Return what a conversation says where automatic answers to its phone are paused, one line for each thing that does not answer."""
    stopped = listed_trips(account, trips_for(account, dialogue.msisdn, timezone.now()))
    return {"stopped": [one for one in stopped if not one.is_for_everybody]}


@require_POST
@member_required
@may_answer
def lift_one(request: MemberRequest, trip_id: int) -> HttpResponse:
    """Answer a phone again; back to its conversation if that is where it was asked for."""
    found = get_trip_for(request.account, trip_id)
    phone = msisdn(found.msisdn)
    with transaction.atomic():
        if lift([found], timezone.now()):
            note(request, "autoresponder.resumed", phone)
            messages.success(request, _("%(phone)s is answered again.") % {"phone": phone})
    conversation = id_of(request.POST.get("conversation"))
    return redirect("conversation", conversation) if conversation else redirect("autoresponders")


@require_POST
@member_required
@may_answer
def lift_all(request: MemberRequest) -> HttpResponse:
    """Answer all phones again."""
    with transaction.atomic():
        now = timezone.now()
        stopped = list(trips_in_force(request.account, now))
        lifted = lift(stopped, now)
        if lifted:
            phones = sorted({msisdn(trip.msisdn) for trip in stopped if trip.reason != CEILING})
            note(request, "autoresponder.resumed", ", ".join(phones[:3]) + (" …" if len(phones) > 3 else ""))  # noqa: PLR2004  # a few say enough
            words = ngettext("%(count)s phone is answered again.", "%(count)s phones are answered again.", len(phones))
            messages.success(request, words % {"count": len(phones)})
    return redirect("autoresponders")
