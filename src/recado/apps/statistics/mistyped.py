"""What was nearly a keyword, by day.

What belongs here: rows. What does not: what is near, and counting it (`apps.keywords.near_misses`).
"""

from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.keywords.near_misses import near_misses_within
from recado.apps.statistics.figures import Filters, Row


def near_misses(account: Account, filters: Filters) -> list[Row]:
    """Return what was typed instead of keywords; keys are those of the keywords. Who typed it is not known, so no group has any."""
    if filters.group_id is not None:
        return []
    found = [
        one
        for one in near_misses_within(account, filters.period.first, filters.period.last, timezone.now())
        if filters.keyword_id in (None, one.keyword.pk) and filters.number_id in (None, one.keyword.number_id)
    ]
    everything = sum(one.count for one in found)
    return [Row(str(one.keyword.pk), one.spelling, one.count, one.count / everything) for one in found]
