"""Phones that are not answered for now, as lists and conversations show them.

What belongs here: the rows with their words and messages. What does not: the buttons (`paused`), reasons in words (`panel.trip_words`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.autoresponders.models import BreakerTrip
from recado.apps.autoresponders.trips import CEILING, source_names, source_of, trips_for
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
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
