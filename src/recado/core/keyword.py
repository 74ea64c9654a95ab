"""Finding the keywords in a text: who owns it, and which rules may fire, best first (product.md §2).

How each kind of keyword must match is a table here. Compiling rows into what is searched belongs to `compiling`; what a rule then does,
and everything that depends on the sender, belongs to `decide`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from recado.core.phrase import occurs, phrases_in
from recado.core.routes import KeywordState, MatchKind, NumberRoutes, Reservation, Rule
from recado.core.text import fold
from recado.core.trail import SkipReason

Matcher = Callable[[Reservation, bool], bool]
"""Whether a keyword found at the start of a text matches it, told whether it is the whole text."""


def _matches_exact(reservation: Reservation, is_whole: bool) -> bool:
    return is_whole or reservation.also_when_text_follows


MATCHERS: Mapping[MatchKind, Matcher] = {
    MatchKind.EXACT: _matches_exact,
    MatchKind.BASE: lambda _reservation, _is_whole: True,
    MatchKind.PHRASE: lambda _reservation, _is_whole: True,
    MatchKind.REMOVING: lambda _reservation, is_whole: is_whole,
}
"""For each kind; a phrase was looked for in the whole text."""

KIND_ORDER: Mapping[MatchKind, int] = {MatchKind.REMOVING: 0, MatchKind.EXACT: 1, MatchKind.BASE: 2, MatchKind.PHRASE: 3}

KEPT_FOR = timedelta(days=90)
"""How long a word of a shared number is kept from everybody after its end, so that old posters sign nobody up to a stranger."""

Precedence = tuple[int, int, bool, int, int, int]


def precedence(rule: Rule, is_folded: bool = False) -> Precedence:
    """Return the sort key of the order of rules: kind, then longer, then spelled as typed, then narrower, then priority, then older.

    Total: two different rules never tie, because their ids differ.
    """
    return (KIND_ORDER[rule.kind], -rule.length, is_folded, -rule.narrowness, -rule.priority, rule.id)


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Sort rules, best first."""
    return tuple(sorted(rules, key=precedence))


def reservations_at_start(number: NumberRoutes, tokens: list[str]) -> tuple[Reservation, ...]:
    """Find the keywords `tokens` begin with: longer ones first, the exact spelling before the folded one."""
    leading = tuple(tokens[: number.longest_keyword])
    folded = fold(leading)
    by_folded = number.by_folded
    found: tuple[Reservation, ...] = ()
    for length in range(len(leading), 0, -1):
        here = by_folded.get(folded[:length])
        if here is None:
            continue
        if len(here) > 1:
            exact = leading[:length]
            here = tuple(sorted(here, key=lambda one: one.tokens != exact))  # stable: within a spelling, compiled order stays
        found += here
    return found


def phrases_anywhere(number: NumberRoutes, tokens: list[str], folded: tuple[str, ...]) -> list[Reservation]:
    """Find the phrase keywords that occur in all tokens of a text, longer ones first, the exact spelling before the folded one."""
    found = phrases_in(number.phrases, folded)
    if len(found) > 1:
        found.sort(key=lambda one: (-len(one.tokens), is_folded(one, tokens), one.keyword_id, one.tokens))
    return found


def is_folded(reservation: Reservation, tokens: Sequence[str]) -> bool:
    """Say whether a keyword found in a text is spelled otherwise there, so that only the folded spellings agree."""
    if reservation.kind is MatchKind.PHRASE:
        return not occurs(reservation.tokens, tokens)
    return reservation.tokens != tuple(tokens[: len(reservation.tokens)])


def matches(reservation: Reservation, is_whole: bool) -> bool:
    """Say whether a keyword that was found in a text matches in the way of its kind, told whether it is all of the text."""
    return MATCHERS[reservation.kind](reservation, is_whole)


def matching_rules(reservations: Sequence[Reservation], tokens: list[str]) -> tuple[Rule, ...]:
    """Gather the rules of the keywords that match, best first; a rule found by two spellings counts by the better one."""
    if len(reservations) == 1:
        one = reservations[0]
        return one.rules if matches(one, len(tokens) == len(one.tokens)) else ()
    spelled = [(is_folded(one, tokens), rule) for one in reservations if matches(one, len(tokens) == len(one.tokens)) for rule in one.rules]
    best: dict[int, Rule] = {}
    for _, rule in sorted(spelled, key=lambda pair: precedence(pair[1], pair[0])):
        best.setdefault(rule.id, rule)
    return tuple(best.values())


def not_in_force(reservation: Reservation, now: datetime, kept_for: timedelta = timedelta()) -> SkipReason | None:
    """Say why a keyword does not hold at `now`; None when it does. A paused one holds: it still belongs to somebody.

    `kept_for` is how long its word rests after the end: KEPT_FOR on shared numbers, no time on individual ones.
    """
    if reservation.state is KeywordState.HELD:
        return SkipReason.HELD
    reason = out_of_period(reservation.starts_at, reservation.ends_at, now)
    if reason is SkipReason.OVER and reservation.ends_at is not None and now < reservation.ends_at + kept_for:
        return SkipReason.QUARANTINE
    return reason or (SkipReason.QUARANTINE if reservation.state is KeywordState.QUARANTINE else None)


def out_of_period(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> SkipReason | None:
    """Say on which side of a period `now` lies; None when it is inside. The start belongs to it, the end does not."""
    if starts_at is not None and now < starts_at:
        return SkipReason.NOT_YET
    if ends_at is not None and now >= ends_at:
        return SkipReason.OVER
    return None
