"""Entries whose senders were asked for their age and did not say it: after a day they do not count.

What belongs here: that. What does not: entries themselves, which the hot path writes (`store.contests`). Who calls it, and how often, is
`server.upkeep`.
"""

from datetime import datetime

from recado.apps.contests.models import Entry
from recado.core.contest import EntryState, Refusal
from recado.core.contest_state import AGE_OPEN_FOR

AT_ONCE = 1000


def refuse_unanswered(now: datetime) -> int:
    """Refuse entries that waited a day for an age; they use up no limit, so that the person may try again. Return how many."""
    waiting = Entry.objects.filter(state=EntryState.PENDING.value, age_asked_at__lte=now - AGE_OPEN_FOR)
    due = list(waiting.order_by("id").values_list("pk", flat=True)[:AT_ONCE])
    refused = {"state": EntryState.REFUSED.value, "reason": Refusal.AGE_UNKNOWN.value, "ordinal": None, "day_ordinal": None}
    return waiting.filter(pk__in=due).update(**refused) if due else 0
