"""How many messages each keyword got on each of the last days.

Real messages alone, in days of the account's calendar. Counted once, a little later than they come, and kept in `KeywordDay`, because
counting a month of messages anew for each look at the list would cost more than the list. What belongs here: counting up, and the numbers
of a list. What does not: telling arguments apart (`arguments`), which message is of which day (`slots`), what a day looks like
(`panel.sparkline`).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.keywords import arguments
from recado.apps.keywords.arguments import Ranking
from recado.apps.keywords.models import Keyword, KeywordDay, KeywordTally
from recado.apps.keywords.slots import midnight, slotted

Place: TypeAlias = tuple[int, date]
"""A keyword's id and a day."""

DAYS = 30
LAG = timedelta(hours=2)
"""A message may be stored this much later than its id was given: during an outage of the database."""
STEP = timedelta(hours=1)
"""Less than this is not worth writing down."""


def received_by_day(account: Account, keyword_ids: Collection[int], now: datetime) -> dict[int, list[int]]:
    """Return for each keyword how many messages came on each of the last DAYS days, the oldest first; today is the last."""
    counted_to = count_up(account, now)
    days = last_days(account, now)
    counts = {(keyword_id, day): 0 for keyword_id in keyword_ids for day in days}
    stored = KeywordDay.objects.filter(keyword__in=keyword_ids, day__gte=days[0])
    counts |= {(keyword_id, day): received for keyword_id, day, received in stored.values_list("keyword_id", "day", "received")}
    for place, received in _counted(account, counted_to, first_id_at(now + STEP), days).items():
        counts[place] = counts.get(place, 0) + received
    return {keyword_id: [counts[keyword_id, day] for day in days] for keyword_id in keyword_ids}


def ranked_arguments(keyword: Keyword, now: datetime) -> Ranking:
    """Return what followed a base keyword on the last DAYS days, the most frequent first."""
    counted_to = count_up(keyword.account, now)
    return arguments.ranking(keyword, counted_to, first_id_at(now + STEP), last_days(keyword.account, now))


def last_days(account: Account, now: datetime) -> list[date]:
    """Return the last DAYS days of the account's calendar, today included."""
    today = now.astimezone(ZoneInfo(account.time_zone)).date()
    return [today - timedelta(days=ago) for ago in reversed(range(DAYS))]


def count_up(account: Account, now: datetime) -> int:
    """Write down what came since the last time, up to LAG ago; return from which id on messages are not written down."""
    beginning = first_id_at(midnight(account, last_days(account, now)[0]))
    tally, _ = KeywordTally.objects.get_or_create(account=account, defaults={"counted_to": beginning})
    start, end = max(tally.counted_to, beginning), first_id_at(now - LAG)
    if end - start < first_id_at(now) - first_id_at(now - STEP):
        return start
    with transaction.atomic():
        # Of two who count at once, only one finds the old value: the other waits for the row, then changes nothing.
        if not KeywordTally.objects.filter(pk=tally.pk, counted_to=tally.counted_to).update(counted_to=end):
            return KeywordTally.objects.get(pk=tally.pk).counted_to
        days = last_days(account, now)
        _write_down(_counted(account, start, end, days))
        arguments.write_down(account, start, end, days)
    return end


def _counted(account: Account, start: int, end: int, days: Sequence[date]) -> Counter[Place]:
    """Count the messages with ids between two, by keyword and day."""
    found, slots = slotted(account, start, end, days)
    rows = found.values_list("keyword_id", "slot").annotate(Count("pk"))
    return Counter({(keyword_id, slots[slot]): count for keyword_id, slot, count in rows})


def _write_down(received: Counter[Place]) -> None:
    known = set(Keyword.objects.filter(pk__in={keyword_id for keyword_id, _ in received}).values_list("pk", flat=True))
    total = Counter({place: count for place, count in received.items() if place[0] in known})
    before = KeywordDay.objects.filter(keyword__in=known, day__in={day for _, day in total})
    total.update(
        {
            (keyword_id, day): count
            for keyword_id, day, count in before.values_list("keyword_id", "day", "received")
            if (keyword_id, day) in total
        }
    )
    KeywordDay.objects.bulk_create(
        [KeywordDay(keyword_id=keyword_id, day=day, received=count) for (keyword_id, day), count in total.items()],
        update_conflicts=True,
        unique_fields=["keyword", "day"],
        update_fields=["received"],
    )
