"""Counts anew what is written down of keywords for each day, for the nightly recount of the installation.

What belongs here: which days are final, and the comparison. What does not: counting up (`tallies`), when it runs and what follows
(`apps.installation.self_check`).
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.keywords.models import Keyword, KeywordDay, KeywordTally
from recado.apps.keywords.slots import midnight, slotted
from recado.apps.keywords.tallies import last_days


class Recounted(NamedTuple):
    """What a keyword received on the days that are over: as written down, and as the messages say."""

    keyword_id: int
    stored: int
    counted: int


def recounted_days(account: Account, now: datetime) -> list[Recounted]:
    """Compare for each keyword of an account the days that are written down whole, of those still shown.

    The days are added up, and the oldest is left out: when an account moves to another time zone, messages change from one day to the next.
    """
    tally = KeywordTally.objects.filter(account=account).first()
    stored = KeywordDay.objects.filter(keyword__in=Keyword.objects.filter(account=account).values("pk"))
    days = last_days(account, now)[1:]
    first = stored.filter(day__gte=days[0]).order_by("day").values_list("day", flat=True).first()
    if tally is None or first is None:
        return []
    done = [day for day in days if day >= first and first_id_at(midnight(account, day + timedelta(days=1))) <= tally.counted_to]
    if not done:
        return []
    written: Counter[int] = Counter()
    for keyword_id, received in stored.filter(day__gte=done[0], day__lte=done[-1]).values_list("keyword_id", "received"):
        written[keyword_id] += received
    start, end = first_id_at(midnight(account, done[0])), first_id_at(midnight(account, done[-1] + timedelta(days=1)))
    rows = slotted(account, start, end, done)[0].values_list("keyword_id").annotate(Count("pk"))
    known = set(Keyword.objects.filter(account=account).values_list("pk", flat=True))
    counted = Counter({keyword_id: count for keyword_id, count in rows if keyword_id in known})
    return [Recounted(keyword_id, written[keyword_id], counted[keyword_id]) for keyword_id in sorted({*written, *counted})]
