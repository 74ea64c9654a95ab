"""What a contest says, as somebody fills it in, and what speaks against it.

What belongs here: the content and its checks. What does not: writing it down (`services`), words for faults (`panel.contests.words`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from recado.apps.accounts.models import Account
from recado.apps.contacts.models import Group
from recado.apps.contests.errors import Fault, Problem
from recado.apps.contests.models import Contest
from recado.core.contest import EntryRule
from recado.core.reply import PLACEHOLDERS

DRAWN = frozenset({EntryRule.AT_CLOSE, EntryRule.DAILY})
"""Rules whose winners are drawn."""
CHOSEN_LATER = DRAWN | {EntryRule.JURY}
"""Rules that do not decide when an entry comes."""
NUMBERED = frozenset({EntryRule.FIRST, EntryRule.KTH, EntryRule.INSTANT})
"""Rules with a number of their own."""
CAPPED = frozenset({EntryRule.KTH, EntryRule.INSTANT})
MOST_WINNERS, MOST_EVERY, MOST_ENTRIES = 10_000, 1_000_000, 10_000
OLDEST = 99
REPLY_PLACES = (*PLACEHOLDERS, "entry", "code")
NOTIFY_PLACES = ("contest", "place", "entry", "first_name", "last_name")
TEXTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entered_text": REPLY_PLACES,
        "win_text": REPLY_PLACES,
        "lose_text": REPLY_PLACES,
        "wrong_text": REPLY_PLACES,
        "already_text": REPLY_PLACES,
        "early_text": REPLY_PLACES,
        "late_text": REPLY_PLACES,
        "age_text": REPLY_PLACES,
        "refused_text": REPLY_PLACES,
        "notify_text": NOTIFY_PLACES,
    }
)
"""Every text with the places that are filled in it."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class ContestContent:
    """Everything people decide about a contest."""

    name: str
    opens_at: datetime
    closes_at: datetime
    entry_rule: str = EntryRule.AT_CLOSE.value
    prizes: str = ""
    rules_text: str = ""
    organiser: str = ""
    correct_answers: str = ""
    every: int | None = None
    win_cap: int | None = None
    win_cap_per_day: int | None = None
    limit_per_day: int | None = None
    limit_total: int | None = 1
    min_age: int | None = None
    excludes_earlier_winners: bool = False
    excluded_group: Group | None = None
    winner_count: int = 1
    reserve_count: int = 0
    entered_text: str = ""
    win_text: str = ""
    lose_text: str = ""
    wrong_text: str = ""
    already_text: str = ""
    early_text: str = ""
    late_text: str = ""
    age_text: str = ""
    refused_text: str = ""
    notify_text: str = ""
    is_public: bool = False
    shows_winners: bool = False


FIELDS = tuple(one.name for one in fields(ContestContent))
FIXED_BY_ENTRIES = ("entry_rule", "every", "win_cap", "win_cap_per_day", "correct_answers", "opens_at")
FIXED_BY_LIST = ("closes_at", "winner_count", "reserve_count", "excludes_earlier_winners", "excluded_group", "min_age")


def content_of(contest: Contest) -> ContestContent:
    """Return what a contest says now."""
    return ContestContent(**{name: getattr(contest, name) for name in FIELDS})


def facts(content: ContestContent) -> dict[str, Any]:
    """Return the same for the activity log."""
    plain = {name: getattr(content, name) for name in FIELDS}
    plain |= {"opens_at": content.opens_at.isoformat(), "closes_at": content.closes_at.isoformat()}
    return plain | {"excluded_group": content.excluded_group.name if content.excluded_group else ""}


def fitting(content: ContestContent) -> ContestContent:
    """Take away what the entry rule has no use for, so that nothing forgotten in a field decides anything."""
    rule = EntryRule(content.entry_rule)
    kept = {name: getattr(content, name) for name in FIELDS}
    kept["every"] = content.every if rule in NUMBERED else None
    kept["win_cap"], kept["win_cap_per_day"] = (content.win_cap, content.win_cap_per_day) if rule in CAPPED else (None, None)
    if rule not in CHOSEN_LATER:
        kept["winner_count"], kept["reserve_count"] = 1, 0
    kept["correct_answers"] = "\n".join(line.strip() for line in content.correct_answers.splitlines() if line.strip())
    return ContestContent(**kept)


def problems(account: Account, content: ContestContent, now: datetime, before: Contest | None = None) -> list[Problem]:
    """List what speaks against a contest; nothing does, where the list is empty."""
    return [*_of_period(content, now, before), *_of_rule(content), *_of_limits(content), *_of_texts(content), *_of_group(account, content)]


def _of_period(content: ContestContent, now: datetime, before: Contest | None) -> Iterator[Problem]:
    if content.closes_at <= content.opens_at:
        yield Problem("closes_at", Fault.ENDS_BEFORE)
    elif content.closes_at <= now and (before is None or before.closes_at != content.closes_at):
        yield Problem("closes_at", Fault.OVER_ALREADY)


def _of_rule(content: ContestContent) -> Iterator[Problem]:
    rule = EntryRule(content.entry_rule)
    if rule in NUMBERED and (content.every is None or not 1 <= content.every <= MOST_EVERY):
        yield Problem("every", Fault.NO_NUMBER)
    if rule is EntryRule.CORRECT and not content.correct_answers.strip():
        yield Problem("correct_answers", Fault.NO_ANSWER)
    if rule in CHOSEN_LATER:
        if content.winner_count < 1:
            yield Problem("winner_count", Fault.NO_WINNERS)
        if content.winner_count + content.reserve_count > MOST_WINNERS:
            yield Problem("winner_count", Fault.TOO_MANY)
        if content.reserve_count < 0:
            yield Problem("reserve_count", Fault.NOT_POSITIVE)


def _of_limits(content: ContestContent) -> Iterator[Problem]:
    for name in ("limit_per_day", "limit_total", "win_cap", "win_cap_per_day"):
        value = getattr(content, name)
        if value is not None and not 1 <= value <= MOST_EVERY:
            yield Problem(name, Fault.NOT_POSITIVE)
    if content.limit_per_day and content.limit_total and content.limit_per_day > content.limit_total:
        yield Problem("limit_per_day", Fault.DAY_OVER_TOTAL)
    if content.min_age is not None and not 1 <= content.min_age <= OLDEST:
        yield Problem("min_age", Fault.AGE)


def _of_texts(content: ContestContent) -> Iterator[Problem]:
    for name, places in TEXTS.items():
        missing = [place for place in _PLACE.findall(getattr(content, name)) if place not in places]
        if missing:
            yield Problem(name, Fault.NOBODY_FILLS, missing[0])


def _of_group(account: Account, content: ContestContent) -> Iterator[Problem]:
    if content.excluded_group is not None and content.excluded_group.account_id != account.pk:
        yield Problem("excluded_group", Fault.GROUP)
