"""What keywords got on the last days, as their list and their page show it.

What belongs here: these days. What does not: periods that people choose (`queries`), what a day looks like (`panel.sparkline`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword
from recado.apps.statistics.calendar import number
from recado.apps.statistics.counting import RECEIVED, REST
from recado.apps.statistics.figures import Filters, Period
from recado.apps.statistics.fresh import fresh
from recado.apps.statistics.models import DayTally, Subject
from recado.apps.statistics.packing import place
from recado.apps.statistics.persons import in_pieces
from recado.apps.statistics.tables import argument_counts
from recado.apps.statistics.view import View

DAYS = 30
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ranking:
    """What followed a keyword."""

    top: tuple[tuple[str, int], ...] = ()
    """As typed, with how many messages; the most frequent first, as many as a page has room for."""
    beyond: int = 0
    """Messages with all other arguments."""


def last_days(account: Account, now: datetime) -> list[date]:
    """Return the last DAYS days of the account's calendar, today included."""
    today = now.astimezone(account.zone).date()
    return [today - timedelta(days=ago) for ago in reversed(range(DAYS))]


def received_by_day(account: Account, keyword_ids: Collection[int], now: datetime) -> dict[int, list[int]]:
    """Return for each keyword how many messages came on each of the last DAYS days, the oldest first; today is the last."""
    days = [number(day) for day in last_days(account, now)]
    counted = fresh(account)
    subjects = {one: counted.subjects.find(Subject.Kind.KEYWORD, one) for one in keyword_ids}
    received = _received([subject for subject in subjects.values() if subject is not None], days)
    for key, counts in counted.counting.days.items():
        received[key] = received.get(key, 0) + counts[RECEIVED]
    return {one: [received.get(place(subject, day), 0) if subject is not None else 0 for day in days] for one, subject in subjects.items()}


def ranked_arguments(keyword: Keyword, now: datetime) -> Ranking:
    """Return what followed a base keyword on the last DAYS days, the most frequent first."""
    days = last_days(keyword.account, now)
    counts, shown = argument_counts(View(keyword.account, Filters(Period(days[0], days[-1]), keyword_id=keyword.pk)))
    rest = counts.pop(REST, 0)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    top = tuple((shown.get(argument, argument), count) for argument, count in ranked[:SHOWN])
    return Ranking(top, rest + sum(count for _argument, count in ranked[SHOWN:]))


def _received(subjects: Sequence[int], days: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for keys in in_pieces([place(subject, day) for subject in subjects for day in days]):
        found.update(DayTally.objects.filter(pk__in=keys).values_list("pk", "received"))
    return found
