"""What uses the places of an account, for all of them at once.

What belongs here: the read behind the list of places. What does not: one place (`reading.used_by`).
"""

from collections.abc import Collection

from recado.apps.outbox.destinations.reading import DestinationUse
from recado.apps.outbox.models import Destination

_USE = ("rule_id", "rule__number_id", "rule__number__digits", "rule__keyword_id", "rule__keyword__word", "rule__is_enabled")
_ORDER = ("rule__number__digits", "rule__keyword__word", "rule_id")


def uses_of(destinations: Collection[Destination]) -> dict[int, list[DestinationUse]]:
    """Return by destination the rules that forward to it, by number and keyword."""
    used = Destination.objects.filter(pk__in=[one.pk for one in destinations], rule_actions__isnull=False)
    rows = used.order_by(*(f"rule_actions__{path}" for path in _ORDER)).values_list("pk", *(f"rule_actions__{path}" for path in _USE))
    found: dict[int, list[DestinationUse]] = {}
    for key, rule_id, number_id, digits, keyword_id, word, is_enabled in dict.fromkeys(rows):
        found.setdefault(key, []).append(DestinationUse(rule_id, number_id, digits, keyword_id, word or "", is_enabled))
    return found
