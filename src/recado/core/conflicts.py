"""Which keywords of a number fight over a text, who wins there, and which rules can never act (product.md §2, "Conflict checker").

Narrowing 10,000 keywords to the few that are near, and asking the matcher who wins. What texts two keywords share belongs to `meeting`;
the order of rules is `keyword.precedence` and is not known here.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from recado.core.compiling import KeywordRow
from recado.core.draft import Rows
from recado.core.keyword import in_order, out_of_period
from recado.core.meeting import Meeting, Shape, Spelled, meeting_of, spelled
from recado.core.number import NumberState
from recado.core.ownership import find_owner
from recado.core.phrase import index_phrases, occurs, phrases_in
from recado.core.routes import KeywordState, Rule

_SOMEBODY = "48600000099"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who acts on a text that several keywords match."""

    text: str
    winner_id: int
    """The keyword whose rule goes first."""
    otherwise_id: int | None = None
    """The other keyword, where it acts when the conditions of the winner's rules are not met."""


class Neighbours:
    """The keywords of a number, so that those near one of them are found without looking at all."""

    def __init__(self, rows: Iterable[KeywordRow]) -> None:
        """Index keywords by how they begin and by their words."""
        self._rows = {row.id: row for row in rows}
        every = [spelling for row in self._rows.values() for spelling in spelled(row)]
        self._phrases = [one for one in every if one.shape is Shape.ANYWHERE]
        self._starts = [one for one in every if one.shape is Shape.START]
        self._phrase_index = index_phrases(self._phrases)
        self._ordered = sorted(every, key=lambda one: one.folded)
        self._begins = [one.folded for one in self._ordered]
        self._containing: dict[str, list[Spelled]] = defaultdict(list)
        for one in every:
            for token in set(one.folded):
                self._containing[token].append(one)

    def near(self, row: KeywordRow) -> list[tuple[KeywordRow, Meeting]]:
        """Find the keywords of which the text of one alone is matched by the other, those with the shortest text first."""
        ids = {one.keyword_id for mine in spelled(row) for one in self._candidates(mine)} - {row.id}
        met = ((self._rows[key], meeting_of(row, self._rows[key])) for key in sorted(ids))
        found = [(other, meeting) for other, meeting in met if meeting is not None and meeting.is_contained]
        return sorted(found, key=lambda pair: (len(pair[1].texts[0]), pair[0].id))

    def meeting(self, row: KeywordRow) -> list[KeywordRow]:
        """Find the keywords that fight with this one only in a text that says both."""
        shapes = {mine.shape for mine in spelled(row)}
        others: dict[int, None] = {}
        if shapes & {Shape.START, Shape.ANYWHERE}:
            others |= dict.fromkeys(one.keyword_id for one in self._phrases)
        if Shape.ANYWHERE in shapes:
            others |= dict.fromkeys(one.keyword_id for one in self._starts)
        if not others:
            return []
        nearer = {other.id for other, _ in self.near(row)} | {row.id}
        return [self._rows[key] for key in others if key not in nearer]

    def _candidates(self, mine: Spelled) -> Iterator[Spelled]:
        """Yield what the text of `mine` contains or begins with, and what contains or begins with it."""
        for length in range(1, len(mine.folded) + 1):
            yield from self._spelled_as(mine.folded[:length])
        yield from self._beginning_with(mine.folded)
        yield from phrases_in(self._phrase_index, mine.folded)
        if mine.shape is Shape.ANYWHERE:
            rarest: list[Spelled] = min((self._containing.get(token, []) for token in mine.folded), key=len)
            yield from (one for one in rarest if occurs(mine.folded, one.folded))

    def _spelled_as(self, folded: tuple[str, ...]) -> Iterator[Spelled]:
        at = bisect_left(self._begins, folded)
        while at < len(self._begins) and self._begins[at] == folded:
            yield self._ordered[at]
            at += 1

    def _beginning_with(self, folded: tuple[str, ...]) -> Iterator[Spelled]:
        at = bisect_left(self._begins, folded)
        while at < len(self._begins) and self._begins[at][: len(folded)] == folded:
            yield self._ordered[at]
            at += 1


def moment_of_both(first: KeywordRow, second: KeywordRow, now: datetime) -> datetime | None:
    """Return the first moment from now on at which both keywords hold; None where there is none."""
    start = max([now, *(row.starts_at for row in (first, second) if row.starts_at is not None)])
    ends = [row.ends_at for row in (first, second) if row.ends_at is not None]
    return start if all(start < end for end in ends) else None


def verdicts(rows: Rows, pair: tuple[KeywordRow, KeywordRow], texts: Sequence[str], now: datetime) -> list[Verdict]:
    """Ask the matcher who acts on each text that two keywords share, one text for each different answer."""
    ids = {row.id for row in pair}
    rules = [rule for rule in rows.rules if rule.keyword_id in ids]
    rule_ids = {rule.id for rule in rules}
    number = replace(rows.number, state=NumberState.ASSIGNED)
    live = tuple(replace(row, state=KeywordState.LIVE) for row in pair)
    actions = tuple(one for one in rows.actions if one.rule_id in rule_ids)
    routes = Rows(number, live, tuple(rules), actions, rows.plans).compiled()
    found: dict[tuple[int, int | None], Verdict] = {}
    for text in texts:
        matched = find_owner(routes, _SOMEBODY, number.digits, text, now).rules
        able = [rule for rule in matched if rule.refusal is None and out_of_period(rule.starts_at, rule.ends_at, now) is None]
        acting = list(_until_certain(able))
        if acting:
            winner = acting[0].keyword_id or 0
            other = next((rule.keyword_id for rule in acting if rule.keyword_id != winner), None)
            found.setdefault((winner, other), Verdict(text, winner, other))
    return list(found.values())


def shadowed(rules: Iterable[Rule]) -> list[tuple[Rule, Rule]]:
    """Pair each rule of one keyword that can never act with the earlier one that always acts in its stead."""
    able = [rule for rule in in_order(rules) if rule.refusal is None]
    pairs: list[tuple[Rule, Rule]] = []
    for position, late in enumerate(able):
        early = next((rule for rule in able[:position] if _covers(rule, late)), None)
        if early is not None:
            pairs.append((late, early))
    return pairs


def _until_certain(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield the rules that can act: those behind one without conditions cannot."""
    for rule in rules:
        yield rule
        if not rule.narrowness:
            return


def _covers(early: Rule, late: Rule) -> bool:
    """Say whether whenever `late` could act, `early` does: it has no conditions or the same ones, and holds at least as long."""
    starts = early.starts_at is None or (late.starts_at is not None and early.starts_at <= late.starts_at)
    ends = early.ends_at is None or (late.ends_at is not None and early.ends_at >= late.ends_at)
    return starts and ends and (not early.narrowness or early.condition == late.condition)
