"""Which keywords of an account fight over the same text on a number, with an example for each and who wins.

What belongs here: reading the account's keywords and putting them to the checker. What does not: finding texts and asking the matcher
(`core.meeting`, `core.conflicts`), the sentence (`panel`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from recado.apps.accounts.models import Account
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rows import keyword_row, keywords_on, number_row, rows_of
from recado.apps.numbers.models import Number
from recado.core.compiling import KeywordRow
from recado.core.conflicts import Neighbours, Verdict, moment_of_both, shadowed, verdicts
from recado.core.draft import NOTHING, Draft, Rows
from recado.core.meeting import meeting_of
from recado.core.phrase import phrases_of
from recado.core.routes import KeywordState

SHOWN = 5
_FIGHTING = frozenset({KeywordState.LIVE, KeywordState.PAUSED})


@dataclass(frozen=True, slots=True)
class Example:
    """A text that two keywords match, and who acts on it."""

    text: str
    winner: str
    otherwise: str = ""
    """The keyword that acts where the conditions of the winner's rules are not met."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another keyword that can match the same text."""

    other_id: int
    other: str
    examples: tuple[Example, ...]

    @property
    def are_twins(self) -> bool:
        """Whether it is one word with marks and without, and each wins where it is written."""
        return len(self.examples) > 1 and all(example.text == example.winner for example in self.examples)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What fights with one keyword."""

    near: tuple[Conflict, ...] = ()
    """The text of one alone is matched by the other."""
    apart: tuple[Conflict, ...] = ()
    """Only a text that says both words is matched by both; a few of them."""
    more_near: int = 0
    more_apart: int = 0
    """How many there are beside those shown."""

    @property
    def apart_count(self) -> int:
        """How many fight only in a text that says both words."""
        return len(self.apart) + self.more_apart


@dataclass(frozen=True, slots=True)
class NeverActs:
    """A rule of a keyword that can never act, because one before it always does."""

    rule_id: int
    place: int
    """In the order of the keyword's rules, from 1."""
    before_id: int
    before_place: int


def conflicts_of(keyword: Keyword, now: datetime) -> Conflicts:
    """Return what fights with a keyword as it is saved."""
    return conflicts_with(keyword.account, keyword.number, keyword_row(keyword), now)


def conflicts_with(account: Account, number: Number, row: KeywordRow, now: datetime, draft: Draft = NOTHING) -> Conflicts:
    """Return what fights with one keyword of an account on a number, stored or drafted."""
    if row.state not in _FIGHTING:
        return Conflicts()
    keywords = Rows(number_row(number), tuple(keywords_on(account, number))).changed_by(draft).keywords
    fighting = (other for other in keywords if other.state in _FIGHTING)
    neighbours = Neighbours(other for other in fighting if moment_of_both(row, other, now) is not None)
    near, apart = neighbours.near(row), neighbours.meeting(row)
    shown = near[:SHOWN]
    met = [(other, meeting) for other in apart[:SHOWN] if (meeting := meeting_of(row, other)) is not None]
    rows = rows_of(account, number, {row.id, *(other.id for other, _ in (*shown, *met))}).changed_by(draft)
    shown_near, shown_apart = (
        tuple(found for other, meeting in some if (found := _conflict(rows, row, other, meeting.texts, now))) for some in (shown, met)
    )
    return Conflicts(shown_near, shown_apart, max(0, len(near) - SHOWN), max(0, len(apart) - SHOWN))


def never_acting(account: Account, number: Number, keyword: KeywordRow | None, draft: Draft = NOTHING) -> list[NeverActs]:
    """Name the rules of a keyword (None: of the number's default) that can never act, with those that act in their stead."""
    rows = rows_of(account, number, {keyword.id} if keyword else (), with_defaults=keyword is None).changed_by(draft)
    alone = replace(rows, keywords=(replace(keyword, state=KeywordState.LIVE, starts_at=None, ends_at=None),) if keyword else ())
    routes = alone.compiled().numbers[rows.number.digits]
    spelled = chain(*routes.by_folded.values(), phrases_of(routes.phrases))
    mine = routes.defaults if keyword is None else next((one.rules for one in spelled), ())
    places = {rule.id: place for place, rule in enumerate(mine, 1)}
    return [NeverActs(late.id, places[late.id], early.id, places[early.id]) for late, early in shadowed(mine)]


def _conflict(rows: Rows, row: KeywordRow, other: KeywordRow, texts: tuple[str, ...], now: datetime) -> Conflict | None:
    moment = moment_of_both(row, other, now)
    if moment is None:
        return None
    words = {row.id: row.word, other.id: other.word}
    found = verdicts(rows, (row, other), texts, moment)
    return Conflict(other.id, other.word, tuple(_example(verdict, words) for verdict in found)) if found else None


def _example(verdict: Verdict, words: dict[int, str]) -> Example:
    return Example(verdict.text, words[verdict.winner_id], words.get(verdict.otherwise_id or 0, ""))
