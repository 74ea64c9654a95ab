"""How a contest and a phone in it stand when a text comes, and what a text changes about that, as values.

What belongs here: shapes, and whether the next entry wins at once. What does not: what becomes of a text (`contest_entry`, `contest_age`),
counting what is stored already (`store.contests`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from recado.core.contest import Contest, EntryRule, EntryState, Refusal
from recado.core.instant_win import hits

AGE_OPEN_FOR = timedelta(hours=24)
"""So long the question for the age can be answered."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry whose sender was asked for their age."""

    entry_id: int
    day: str
    asked_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Say whether the question can still be answered."""
        return self.asked_at > now - AGE_OPEN_FOR


@dataclass(frozen=True, slots=True)
class Phone:
    """What is known about one phone in one contest."""

    entries: int = 0
    """Those that use up its limit; also those that were disqualified, or answered wrong."""
    entries_today: int = 0
    is_excluded: bool = False
    """In the group that may not take part."""
    won_lately: bool = False
    """Within a year, in any contest of the account."""
    is_of_age: bool = False
    """Whether they answered the question before, in this contest."""
    is_too_young: bool = False
    """The same, with the other answer."""
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a contest has come."""

    sequence: int = 0
    """The number of the last entry that counts."""
    wins: int = 0
    wins_on: Mapping[str, int] = field(default_factory=dict)
    """By day, of the days in play."""

    def after(self, sequence: int, day: str, *, is_winner: bool) -> "Tally":
        """Return the tally with one more entry."""
        wins_on = {**self.wins_on, day: self.wins_on.get(day, 0) + 1} if is_winner else self.wins_on
        return Tally(sequence, self.wins + is_winner, wins_on)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written."""

    state: EntryState
    day: str
    answer: str = ""
    reason: Refusal | None = None
    ordinal: int | None = None
    """The how many-th of the phone, where it uses up its limit."""
    day_ordinal: int | None = None
    sequence: int | None = None
    is_winner: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What an entry that waited for the sender's age has become."""

    entry_id: int
    day: str
    state: EntryState
    reason: Refusal | None = None
    sequence: int | None = None
    is_winner: bool = False


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """That the sender of an entry was asked for their age once more."""

    entry_id: int


Result: TypeAlias = NewEntry | Settled | AskedAgain


def wins_at_once(contest: Contest, tally: Tally, day: str) -> bool:
    """Say whether the next entry that counts wins at once; never under rules that decide later."""
    is_over = contest.win_cap is not None and tally.wins >= contest.win_cap
    if is_over or (contest.win_cap_per_day is not None and tally.wins_on.get(day, 0) >= contest.win_cap_per_day):
        return False
    sequence, every = tally.sequence + 1, contest.every
    if contest.rule in {EntryRule.EVERY, EntryRule.CORRECT}:
        return True
    if contest.rule is EntryRule.FIRST:
        return sequence <= every
    if contest.rule is EntryRule.KTH:
        return every > 0 and sequence % every == 0
    return contest.rule is EntryRule.INSTANT and every > 0 and hits(contest.seed, sequence, every)
