"""Contests: what a contest is, and what becomes of an entry, as values (product.md §5).

What belongs here: the words of a contest and its shape. What does not: what becomes of a text (`contest_entry`), draws (`draw`,
`draw_protocol`), winning at once by chance (`instant_win`), rows (`store.contests`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from recado.core.contest_texts import ContestText
from recado.core.text import fold, tokenise


class EntryRule(StrEnum):
    """Who wins."""

    EVERY = "every"
    """Everybody who enters."""
    CORRECT = "correct"
    """Everybody who answers right."""
    FIRST = "first"
    """The first N who enter."""
    KTH = "kth"
    """Every k-th entry."""
    AT_CLOSE = "at_close"
    """Drawn when the contest is over."""
    DAILY = "daily"
    """Drawn each day among that day's entries."""
    INSTANT = "instant"
    """One in N, at once, up to a cap."""
    JURY = "jury"
    """People choose."""


AT_ONCE = frozenset({EntryRule.EVERY, EntryRule.CORRECT, EntryRule.FIRST, EntryRule.KTH, EntryRule.INSTANT})
"""Rules that decide as soon as somebody enters."""


class EntryState(StrEnum):
    """What became of an entry."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    PENDING = "pending"
    """The person was asked for their age and has not answered yet."""
    DISQUALIFIED = "disqualified"


class Refusal(StrEnum):
    """Why an entry does not count."""

    EARLY = "early"
    LATE = "late"
    PER_DAY = "per_day"
    TOTAL = "total"
    WRONG = "wrong"
    UNDER_AGE = "under_age"
    AGE_UNKNOWN = "age_unknown"
    EXCLUDED = "excluded"
    """In the group that may not take part."""
    EARLIER_WINNER = "earlier_winner"
    OPTED_OUT = "opted_out"


class ContestDeed(StrEnum):
    """What a message did in a contest, in its trail."""

    ENTERED = "entered"
    WON = "won"
    """Entered, and won at once."""
    REFUSED = "refused"
    ASKED_AGE = "asked_age"


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest as entries see it; its columns are those of `apps.contests.models.Contest`."""

    id: int
    account_id: int
    name: str
    opens_at: datetime
    closes_at: datetime
    """When it ends or was ended."""
    rule: EntryRule = EntryRule.AT_CLOSE
    language: str = "en"
    answers: frozenset[tuple[str, ...]] = frozenset()
    """Right answers, as `answers_in` reads them; none: every answer is right."""
    every: int = 0
    """N of the first N, k of every k-th, N of one in N; 0: none is given, and nobody wins."""
    win_cap: int | None = None
    win_cap_per_day: int | None = None
    limit_per_day: int | None = None
    limit_total: int | None = 1
    min_age: int = 0
    """0: nobody is asked."""
    excludes_earlier_winners: bool = False
    excluded_group_id: int | None = None
    seed: bytes = field(default=b"", repr=False)
    """Decides about instant wins."""
    texts: Mapping[ContestText, str] = field(default_factory=dict)
    """What its owner wrote; empty ones may be left out."""

    @property
    def decides_at_once(self) -> bool:
        """Whether who enters learns at once whether they won."""
        return self.rule in AT_ONCE

    @property
    def counts_wins(self) -> bool:
        """Whether it must be known how many have won before."""
        return self.win_cap is not None or self.win_cap_per_day is not None or self.rule is EntryRule.INSTANT

    def place_of(self, sequence: int, wins: int) -> int:
        """Return the place of a winner at once: 1 for the first. `wins` are known where they are counted."""
        if self.counts_wins:
            return wins
        return sequence // self.every if self.rule is EntryRule.KTH else sequence

    def is_right(self, answer: str) -> bool:
        """Say whether an answer is right; marks, letters' case and punctuation at its ends do not matter."""
        return not self.answers or _plain(answer) in self.answers


def answers_in(lines: str) -> frozenset[tuple[str, ...]]:
    """Read right answers, one a line."""
    return frozenset(filter(None, map(_plain, lines.splitlines())))


def _plain(answer: str) -> tuple[str, ...]:
    """Fold an answer and leave out its punctuation: `a)`, `„A"` and `A.` are `a`."""
    tokens = fold(tokenise(answer))
    words = tuple(token.strip("'_") for token in tokens if any(sign.isalnum() for sign in token))
    return words or tokens
