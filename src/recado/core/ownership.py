"""Whose a message is, by the configuration alone: the first of the two steps of a decision (product.md §2).

Needs no knowledge of the sender, so that their state can be loaded for the right account afterwards. Which rule fires belongs to `decide`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from recado.core.keyword import matches, matching_rules, not_in_force, phrases_anywhere, reservations_at_start
from recado.core.number import NumberState
from recado.core.routes import NumberRoutes, Reservation, Routes, Rule
from recado.core.text import all_tokens, leading_tokens
from recado.core.trail import SkipReason, TrailEntry, TrailStep

SHOWN_TOKENS = 20
"""So many tokens of a text are told in the trail."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the configuration alone says about a message: whose it is, and which rules may fire."""

    routes_version: int
    number: NumberRoutes | None = None
    """None when the number is not ours."""
    account_id: int | None = None
    keyword: Reservation | None = None
    """The keyword that made the message its owner's; only on shared numbers."""
    rules: tuple[Rule, ...] = ()
    """Best first, the number's defaults last; the first that fits the moment and the sender fires."""
    ends: list[int] | tuple[int, ...] = ()
    """Where each leading token ends in the text."""
    trail: tuple[TrailEntry, ...] = ()

    @property
    def is_active(self) -> bool:
        """Whether the number is ours and works."""
        return self.number is not None and self.number.state is NumberState.ASSIGNED

    @property
    def awaits_sole_writer(self) -> bool:
        """Whether the message is nobody's unless exactly one account wrote to this sender from this number lately."""
        return self.account_id is None and self.number is not None and self.number.is_shared and self.is_active


def find_owner(routes: Routes, sender: str, recipient: str, text: str, now: datetime) -> Match:  # noqa: ARG001  # answers to open questions will need the sender
    """Say whose message it is and which rules may fire; `recipient` in digits without `+`."""
    number = routes.numbers.get(recipient)
    if number is None:
        return Match(routes.version, trail=(TrailEntry(TrailStep.NUMBER_UNKNOWN, {"recipient": recipient}),))
    if number.state is not NumberState.ASSIGNED:
        owner = number.account_id if number.state is NumberState.SUSPENDED else None
        reason = TrailEntry(TrailStep.NUMBER_NOT_ACTIVE, {"number": number.digits, "state": number.state.value})
        return Match(routes.version, number, owner, trail=(reason,))
    tokens, ends = leading_tokens(text, number.longest_keyword + 1)
    found = reservations_at_start(number, tokens)
    holding = _in_force(found, now)
    if number.phrases:
        tokens = all_tokens(text)
        anywhere = phrases_anywhere(number, tokens)
        found = (*found, *anywhere)
        holding = (*holding, *(one for one in anywhere if not_in_force(one, now) is None))
    heard = TrailEntry(TrailStep.TOKENS, {"tokens": " ".join(tokens[:SHOWN_TOKENS])})
    if not number.is_shared:
        rules = (*matching_rules(holding, tokens), *number.defaults) if holding else number.defaults
        steps = (heard, number.owned_step, *_passed_over(found, number.account_id, tokens, now))
        return Match(routes.version, number, number.account_id, None, rules, ends, steps)
    if not holding:
        return Match(routes.version, number, ends=ends, trail=(heard, *_passed_over(found, None, tokens, now)))
    keyword = holding[0]
    # The keywords of other accounts are no concern of this one.
    own = holding if len(holding) == 1 else tuple([one for one in holding if one.account_id == keyword.account_id])
    passed = _passed_over(found, keyword.account_id, tokens, now)
    return Match(
        routes.version, number, keyword.account_id, keyword, matching_rules(own, tokens), ends, (heard, keyword.owned_step, *passed)
    )


def _in_force(found: tuple[Reservation, ...], now: datetime) -> tuple[Reservation, ...]:
    """Keep the keywords that hold at `now`; one in quarantine hides all shorter ones."""
    holding: list[Reservation] = []
    for one in found:
        reason = not_in_force(one, now)
        if reason is SkipReason.QUARANTINE:
            break
        if reason is None:
            holding.append(one)
    return tuple(holding)


def _passed_over(found: Iterable[Reservation], account_id: int | None, tokens: list[str], now: datetime) -> list[TrailEntry]:
    """Say why keywords of the account (of all, for None) were passed over."""
    entries: list[TrailEntry] = []
    for one in found:
        if account_id is not None and one.account_id != account_id:
            continue
        reason = not_in_force(one, now)
        if reason is None and not matches(one, len(tokens) == len(one.tokens)):
            reason = SkipReason.TEXT_FOLLOWS
        if reason is not None:
            entries.append(TrailEntry(TrailStep.RULE_SKIPPED, {"keyword": one.word, "rule_id": 0, "reason": reason.value}))
    return entries
