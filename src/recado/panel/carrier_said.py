"""What a carrier said about an outgoing message, in its own word, where that tells more than our states and reasons do.

What belongs here: the sentence, and when it is worth showing. What does not: reading the rows (`apps.outbox.queries`), our own words
(`outbound_words`).
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from recado.apps.outbox.models import OutboundMessage, Segment
from recado.core.receipt import OutboundState

ORDINARY = frozenset({"", "ENROUTE", "ACCEPTD", "SCHEDULED", "DELIVRD"})
"""Words that say no more than our own state beside them."""
NO_ERROR = frozenset({"", "0", "00", "000", "0000"})


def carrier_said(messages: Iterable[OutboundMessage]) -> dict[int, str]:
    """Return the sentence for each message of which a carrier said something worth showing; read together with their segments."""
    asked = [one for one in messages if one.state not in {OutboundState.QUEUED, OutboundState.DELIVERED, OutboundState.UNSENT}]
    told = {one.pk: of_message(one, getattr(one, "taken_segments", ())) for one in asked}
    return {key: sentence for key, sentence in told.items() if sentence}


def of_message(message: OutboundMessage, segments: Iterable[Segment]) -> str:
    """Say it of one message; empty where there is nothing."""
    said = dict.fromkeys(words for one in segments if (words := _words(one.carrier_state, one.carrier_error)))
    if message.state == OutboundState.UNDELIVERED and not said and message.carrier_error:
        said = {message.carrier_error: None}
    return _("The carrier said: %(words)s") % {"words": "; ".join(said)} if said else ""


def _words(state: str, error: str) -> str:
    if error in NO_ERROR:
        return "" if state in ORDINARY else state
    return _("%(state)s, error %(error)s") % {"state": state, "error": error} if state else error
