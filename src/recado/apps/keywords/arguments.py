"""What follows base keywords, counted by day: votes, codes, names. `12` and ` 12 `, `Anna` and `anna` count together.

At most KINDS different ones are counted one by one for each keyword, the most frequent of those that come together first; the rest counts
as one, so that a keyword with a million different codes costs no more than one with a thousand. Days that no page shows are dropped.
What belongs here: telling arguments apart and keeping their counts. What does not: when to count (`tallies`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword, KeywordArgumentDay
from recado.apps.keywords.slots import slotted
from recado.core.routes import MatchKind
from recado.core.text import folded_form

KINDS = 1000
LONGEST = 80
SHOWN = 20
REST = ""
"""Stands for all arguments that are not counted one by one."""

Row = tuple[int, date, str, int]
"""A keyword's id, a day, an argument as typed, how many messages."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What followed a keyword."""

    arguments: tuple[tuple[str, int], ...] = ()
    """As typed, with how many messages; the most frequent first."""
    rest: int = 0
    """Messages with arguments that are not counted one by one."""

    @property
    def top(self) -> tuple[tuple[str, int], ...]:
        """The arguments a page has room for."""
        return self.arguments[:SHOWN]

    @property
    def beyond(self) -> int:
        """Messages with all other arguments."""
        return self.rest + sum(received for _, received in self.arguments[SHOWN:])


class Counts:
    """Counts of arguments that never tell more than KINDS of a keyword apart."""

    def __init__(self, known: Iterable[tuple[int, str, str]]) -> None:
        self.received: Counter[tuple[int, date, str]] = Counter()
        self._shown: dict[int, dict[str, str]] = defaultdict(dict)
        for keyword_id, argument, shown in known:
            self._shown[keyword_id].setdefault(argument, shown)

    def add(self, rows: Iterable[Row]) -> None:
        """Count rows, best the most frequent first: who comes late counts with the rest."""
        for keyword_id, day, typed, count in rows:
            shown, argument = self._shown[keyword_id], form(typed)
            if argument not in shown:
                if len(shown) >= KINDS:
                    argument = REST
                else:
                    shown[argument] = " ".join(typed.split())[:LONGEST]
            self.received[keyword_id, day, argument] += count

    def shown(self, keyword_id: int, argument: str) -> str:
        """Return an argument as somebody typed it."""
        return self._shown[keyword_id].get(argument, "")


def form(typed: str) -> str:
    """Return what two arguments have in common that count together."""
    return folded_form(typed)[:LONGEST].strip()


def write_down(account: Account, start: int, end: int, days: Sequence[date]) -> None:
    """Add what followed the account's base keywords in messages with ids between two to what is kept."""
    keyword_ids = list(Keyword.objects.filter(account=account, kind=MatchKind.BASE.value).values_list("pk", flat=True))
    if not keyword_ids:
        return
    kept = KeywordArgumentDay.objects.filter(keyword__in=keyword_ids)
    kept.filter(day__lt=days[0]).delete()
    counts = _counted(account, keyword_ids, start, end, days)
    for one in kept.filter(day__in={day for _, day, _ in counts.received}):
        if (place := (one.keyword_id, one.day, one.argument)) in counts.received:
            counts.received[place] += one.received
    rows = [
        KeywordArgumentDay(keyword_id=keyword_id, day=day, argument=argument, shown=counts.shown(keyword_id, argument), received=count)
        for (keyword_id, day, argument), count in counts.received.items()
    ]
    KeywordArgumentDay.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["keyword", "day", "argument"], update_fields=["received"]
    )


def ranking(keyword: Keyword, start: int, end: int, days: Sequence[date]) -> Ranking:
    """Rank what is kept of a keyword together with its messages with ids between two."""
    counts = _counted(keyword.account, [keyword.pk], start, end, days)
    totals: Counter[str] = Counter()
    for (_, _, argument), count in counts.received.items():
        totals[argument] += count
    kept = KeywordArgumentDay.objects.filter(keyword=keyword, day__gte=days[0])
    for argument, count in kept.values_list("argument", "received"):
        totals[argument] += count
    rest = totals.pop(REST, 0)
    ranked = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    return Ranking(tuple((counts.shown(keyword.pk, argument), count) for argument, count in ranked), rest)


def _counted(account: Account, keyword_ids: Collection[int], start: int, end: int, days: Sequence[date]) -> Counts:
    kept = KeywordArgumentDay.objects.filter(keyword__in=keyword_ids, day__gte=days[0]).exclude(argument=REST)
    counts = Counts(kept.order_by("day").values_list("keyword_id", "argument", "shown"))
    found, slots = slotted(account, start, end, days)
    rows = found.filter(keyword_id__in=keyword_ids).exclude(argument="").values_list("keyword_id", "slot", "argument")
    counts.add((keyword_id, slots[slot], typed, count) for keyword_id, slot, typed, count in _frequent_first(rows))
    return counts


def _frequent_first(rows: Any) -> Iterable[tuple[int, int, str, int]]:
    found: Iterable[tuple[int, int, str, int]] = rows.annotate(received=Count("pk")).order_by("-received", "argument").iterator()
    return found
