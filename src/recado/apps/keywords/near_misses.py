"""Texts that nearly matched a keyword: counted for its owner, shown, made a spelling of it or put aside (product.md §2, typos).

What arrived on an account's own number and matched no keyword counts for that account's keywords. What is nobody's, on a shared number,
counts for every keyword near it, and then its owner learns the misspelt word and how often it came, never who wrote or what followed:
accounts are isolated. A message that is some account's is never looked at for another's keyword. Test messages do not count.

Counted once, a little later than they come, outside the hot path. What belongs here: counting, the list, settling.
What does not: what is near (`core.near_miss`). Messages are looked up by name, because their app builds on this one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import transaction
from django.db.models import F, QuerySet

from recado.apps.accounts.models import Account
from recado.apps.ids import first_id_at
from recado.apps.keywords.models import Keyword, KeywordNearMiss, KeywordNearMissDay, NearMissTally, Spelling
from recado.apps.keywords.queries import keywords_of
from recado.apps.keywords.standing import Standing, in_standing
from recado.apps.numbers.models import Number
from recado.core.near_miss import NearIndex, is_near, spellings

LAG = timedelta(hours=2)
"""A message may be stored this much later than its id was given: during an outage of the database."""
STEP = timedelta(hours=1)
"""Less than this is not worth writing down."""
SHOWN_FOR = timedelta(days=30)
AT_ONCE = 20_000
"""So many messages are read before what they say is written down."""
FRESH = 2_000
"""So many of the newest messages, not written down yet, are looked through for a page."""

Place: TypeAlias = tuple[int, str]
"""A keyword's id and what was typed."""
_Said: TypeAlias = tuple[int, str, datetime]
"""Id, text and time of a message."""


class NotNearError(ValueError):
    """What was typed is no near miss of the keyword."""


@dataclass(slots=True)
class Times:
    """How often something was typed, and when last."""

    count: int
    last_at: datetime
    quarters: Counter[datetime] = field(default_factory=Counter)
    """How often within each quarter of an hour, which is of one day in every time zone."""

    def add(self, count: int, at: datetime) -> None:
        """Count more of it."""
        self.count += count
        self.last_at = max(self.last_at, at)
        self.quarters[at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)] += count

    def days(self, zone: ZoneInfo) -> Counter[date]:
        """Return how often it came on each day of a time zone."""
        found: Counter[date] = Counter()
        for at, count in self.quarters.items():
            found[at.astimezone(zone).date()] += count
        return found


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What was typed instead of a keyword."""

    keyword: Keyword
    spelling: str
    count: int
    last_at: datetime


def near_misses_of(account: Account, now: datetime, keyword: Keyword | None = None) -> list[NearMiss]:
    """Return what was typed in the last days instead of the account's keywords, or of one, the most frequent first."""
    mine = keywords_of(account).filter(in_standing(Standing.ACTIVE, now))
    keywords = {one.pk: one for one in (mine if keyword is None else mine.filter(pk=keyword.pk))}
    fresh = _fresh(keywords.values(), now)  # first: it may write some of it down
    stored = KeywordNearMiss.objects.filter(account=account, keyword__in=keywords)
    settled = set(stored.filter(is_ignored=True).values_list("keyword_id", "spelling"))
    lately = stored.filter(is_ignored=False, last_at__gte=now - SHOWN_FOR)
    found = {(key, said): Times(count, at) for key, said, count, at in lately.values_list("keyword_id", "spelling", "count", "last_at")}
    for place, times in fresh.items():
        if place in settled:
            continue
        if place in found:
            found[place].add(times.count, times.last_at)
        else:
            found[place] = times
    known = set(Spelling.objects.filter(keyword__in=keywords).values_list("keyword_id", "folded"))
    rows = [NearMiss(keywords[key], said, times.count, times.last_at) for (key, said), times in found.items() if (key, said) not in known]
    return sorted(rows, key=lambda row: (-row.count, row.spelling, row.keyword.pk))


def near_misses_within(account: Account, first: date, last: date, now: datetime) -> list[NearMiss]:
    """Return what was typed on some days of the account's calendar instead of its keywords, the most frequent first."""
    keywords = {one.pk: one for one in keywords_of(account)}
    fresh = _fresh(keywords.values(), now)  # first: it may write some of it down
    settled = set(KeywordNearMiss.objects.filter(account=account, is_ignored=True).values_list("keyword_id", "spelling"))
    known = set(Spelling.objects.filter(account=account).values_list("keyword_id", "folded"))
    found: dict[Place, int] = {}
    rows = KeywordNearMissDay.objects.filter(keyword__account=account, day__gte=first, day__lte=last)
    for key, said, count in rows.values_list("keyword_id", "spelling", "count"):
        found[key, said] = found.get((key, said), 0) + count
    for place, times in fresh.items():
        if count := sum(count for day, count in times.days(account.zone).items() if first <= day <= last):
            found[place] = found.get(place, 0) + count
    wanted = [place for place in found if place not in settled and place not in known]
    misses = [NearMiss(keywords[key], said, found[key, said], now) for key, said in wanted if key in keywords]
    return sorted(misses, key=lambda one: (-one.count, one.spelling, one.keyword.pk))


def check_near(keyword: Keyword, typed: str) -> None:
    """Raise NotNearError where something typed is no near miss of a keyword."""
    if not is_near(typed, keyword.folded):
        raise NotNearError(typed)


def spelled_like(keyword: Keyword, typed: str) -> str:
    """Return what was typed in the capitals of the keyword, to be another spelling of it."""
    return typed.upper() if keyword.word.isupper() else typed


def settle(keyword: Keyword, spelling: str, now: datetime, *, is_ignored: bool = True) -> None:
    """Do not show what was typed any more, or show it again."""
    KeywordNearMiss.objects.update_or_create(
        keyword=keyword,
        spelling=spelling,
        defaults={"is_ignored": is_ignored},
        create_defaults={
            "account": keyword.account,
            "number": keyword.number,
            "is_ignored": is_ignored,
            "last_at": now,
        },
    )


def count_all(now: datetime) -> None:
    """Write down the near misses on every number with live keywords."""
    for number in Number.objects.filter(pk__in=_live().values("number")).order_by("pk"):
        count_up(number, now)


def count_up(number: Number, now: datetime) -> int:
    """Write down the near misses on a number up to LAG ago; return from which id on messages are not written down."""
    beginning = first_id_at(now - SHOWN_FOR)
    tally, _ = NearMissTally.objects.get_or_create(number=number, defaults={"counted_to": beginning})
    start, end = max(tally.counted_to, beginning), first_id_at(now - LAG)
    if end - start < first_id_at(now) - first_id_at(now - STEP):
        return start
    while start < end:
        said = _unmatched(number, start, end, AT_ONCE)
        reached = end if len(said) < AT_ONCE else said[-1][0] + 1
        found = _found(said, _keywords_on(number)) if said else {}
        with transaction.atomic():
            # Of two who count at once, only one finds the old value: the other waits for the row, then changes nothing.
            if not NearMissTally.objects.filter(pk=tally.pk, counted_to=tally.counted_to).update(counted_to=reached):
                return NearMissTally.objects.get(pk=tally.pk).counted_to
            _write_down(number, found)
        start = tally.counted_to = reached
    return end


def _found(messages: Iterable[_Said], keywords: Iterable[tuple[int, str]]) -> dict[Place, Times]:
    """Find what is near which keyword.

    What was typed goes into the index and the keywords pass by it: of those a number may have a hundred thousand, of these a piece has few.
    """
    typed: dict[str, Times] = {}
    for _pk, text, at in messages:
        for spelling in spellings(text):
            typed.setdefault(spelling, Times(0, at)).add(1, at)
    found: dict[Place, Times] = {}
    if not typed:
        return found
    index, exact = NearIndex(typed), set()
    for keyword_id, folded in keywords:
        if folded in index:
            exact.add(folded)
        found.update({(keyword_id, spelling): replace(typed[spelling]) for spelling in index.near(folded)})
    return {place: times for place, times in found.items() if place[1] not in exact}


def _fresh(keywords: Iterable[Keyword], now: datetime) -> dict[Place, Times]:
    """Find what came since it was last written down, for keywords of one account."""
    by_number: dict[int, list[Keyword]] = defaultdict(list)
    for keyword in keywords:
        by_number[keyword.number_id].append(keyword)
    found: dict[Place, Times] = {}
    for some in by_number.values():
        number = some[0].number
        said = _unmatched(number, count_up(number, now), first_id_at(now + STEP), FRESH, newest=True)
        mine = [one.pk for one in some if _may_know(number, one.account_id)]
        found |= _found(said, Spelling.objects.filter(keyword__in=mine).values_list("keyword_id", "folded"))
    return found


def _may_know(number: Number, account_id: int) -> bool:
    """Say whether what matched nothing on a number concerns an account's keywords: nobody's messages, or its own."""
    return number.capabilities.is_shared or number.account_id == account_id


def _unmatched(number: Number, start: int, end: int, limit: int, *, newest: bool = False) -> list[_Said]:
    """Return real messages on a number that matched no keyword: nobody's where it is shared, else its owner's."""
    messages = apps.get_model("inbox", "Message")._default_manager  # noqa: SLF001  # documented Django API
    account_id = None if number.capabilities.is_shared else number.account_id
    if account_id is None and not number.capabilities.is_shared:
        return []
    found = messages.filter(account=account_id, number=number, keyword_id=None, is_test=False, id__gte=start, id__lt=end)
    return list(found.order_by("-id" if newest else "id").values_list("id", "text", "received_at")[:limit])


def _keywords_on(number: Number) -> Iterator[tuple[int, str]]:
    live = Spelling.objects.filter(number=number, keyword__state=Keyword.State.LIVE)
    mine = live if number.capabilities.is_shared else live.filter(account=number.account_id)
    return mine.values_list("keyword_id", "folded").iterator()


def _write_down(number: Number, found: dict[Place, Times]) -> None:
    owners = dict(Keyword.objects.filter(pk__in={key for key, _said in found}).values_list("pk", "account_id"))
    known = {(row.keyword_id, row.spelling): row for row in KeywordNearMiss.objects.filter(keyword__in=owners)}
    fresh = []
    for (key, said), times in found.items():
        if row := known.get((key, said)):
            KeywordNearMiss.objects.filter(pk=row.pk).update(count=F("count") + times.count, last_at=max(row.last_at, times.last_at))
        elif key in owners:
            fresh.append(
                KeywordNearMiss(
                    account_id=owners[key], keyword_id=key, number=number, spelling=said, count=times.count, last_at=times.last_at
                )
            )
    KeywordNearMiss.objects.bulk_create(fresh, ignore_conflicts=True)
    zones = {account.pk: account.zone for account in Account.objects.filter(pk__in=set(owners.values()))}
    for (key, said), times in found.items():
        for day, count in times.days(zones[owners[key]]).items() if key in owners else ():
            on_day, _ = KeywordNearMissDay.objects.get_or_create(keyword_id=key, spelling=said, day=day)
            KeywordNearMissDay.objects.filter(pk=on_day.pk).update(count=F("count") + count)


def _live() -> QuerySet[Keyword]:
    return Keyword.objects.filter(state=Keyword.State.LIVE)
