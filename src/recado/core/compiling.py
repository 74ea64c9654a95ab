"""Compiling stored rows into `Routes`: normal forms, lookup tables, order of rules, what a kind of number forbids.

The row types are the plain values `store.snapshot` fills. Nothing here runs per message.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from recado.core.action import (
    ACTION_NAMES,
    FORWARDS,
    Action,
    AddToGroup,
    AnswerSurvey,
    EnterContest,
    GiveCode,
    PostToBoard,
    RemoveFromGroup,
    SendReply,
)
from recado.core.condition import ALWAYS, Condition
from recado.core.keyword import in_order
from recado.core.number import CAPABILITIES, Capabilities, NumberKind, NumberState
from recado.core.phrase import PhraseIndex, index_phrases, phrases_of
from recado.core.plan import NO_OVERRIDES, Overrides, capabilities_of
from recado.core.routes import NO_TYPOS, KeywordState, MatchKind, NumberRoutes, Reservation, Routes, Rule, TypoIndex
from recado.core.text import fold, tokenise
from recado.core.trail import SkipReason
from recado.core.typo import index_typos


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number as stored."""

    id: int
    digits: str
    kind: NumberKind
    state: NumberState
    account_id: int | None = None
    connection_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """A keyword as stored."""

    id: int
    number_id: int
    account_id: int
    word: str
    kind: MatchKind = MatchKind.EXACT
    also_when_text_follows: bool = False
    state: KeywordState = KeywordState.LIVE
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    synonyms: tuple[str, ...] = ()
    """Other spellings that count as the keyword."""
    asks_back: bool = False
    """Whether people who mistype it are asked whether they meant it."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as stored; without a keyword it is the number's default."""

    id: int
    number_id: int
    account_id: int
    keyword_id: int | None = None
    priority: int = 0
    is_enabled: bool = True
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    condition: Condition = ALWAYS
    ceiling: int | None = None
    """What its replies may cost a day."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as stored; which fields count depends on the kind, a word of `ACTION_NAMES`."""

    rule_id: int
    kind: str
    position: int = 0
    group_id: int | None = None
    group_name: str = ""
    destination_id: int | None = None
    destination_name: str = ""
    text: str = ""
    until: datetime | None = None
    activity_id: int | None = None
    """The survey, contest, pool or board."""
    activity_name: str = ""
    option_id: int | None = None
    """Of a vote."""


ActionsOf = Mapping[int, list[ActionRow]]
"""The actions of each rule, by its id."""
Plans = Mapping[int, Overrides]
"""What the plan of an account changes, by account id."""
_NO_PLANS: Plans = MappingProxyType({})


class RoutesError(ValueError):
    """A stored row cannot be compiled; the message names the row."""


def compile_routes(
    version: int,
    numbers: Iterable[NumberRow],
    keywords: Iterable[KeywordRow],
    rules: Iterable[RuleRow],
    actions: Iterable[ActionRow],
    plans: Plans = _NO_PLANS,
) -> Routes:
    """Compile all rows into a snapshot; rows of numbers that are not given are left out."""
    actions_of: dict[int, list[ActionRow]] = defaultdict(list)
    for action in actions:
        actions_of[action.rule_id].append(action)
    rules_of: dict[int, list[RuleRow]] = defaultdict(list)
    for rule in rules:
        rules_of[rule.number_id].append(rule)
    keywords_of: dict[int, list[KeywordRow]] = defaultdict(list)
    for keyword in keywords:
        keywords_of[keyword.number_id].append(keyword)
    compiled = [_compile_number(number, keywords_of[number.id], rules_of[number.id], actions_of, plans) for number in numbers]
    return Routes(version, MappingProxyType({number.digits: number for number in compiled}))


def with_keyword(
    routes: NumberRoutes, keyword_id: int, keyword: KeywordRow | None, rules: Iterable[RuleRow], actions: Iterable[ActionRow], plans: Plans
) -> NumberRoutes:
    """Return a number's routes with one keyword as it is now, None for one that is gone; as if all were compiled anew.

    What it costs does not depend on what the other keywords do: they are copied, not compiled.
    """
    actions_of: dict[int, list[ActionRow]] = defaultdict(list)
    for action in actions:
        actions_of[action.rule_id].append(action)
    row = NumberRow(routes.number_id, routes.digits, routes.kind, routes.state, routes.account_id, routes.connection_id)
    new = [] if keyword is None or not _may_have(row, keyword) else list(_reservations(row, keyword, rules, actions_of, plans))
    by_folded = dict(routes.by_folded)
    for words in routes.spelled.get(keyword_id, ()):
        others = tuple(one for one in by_folded.pop(words, ()) if one.keyword_id != keyword_id)
        if others:
            by_folded[words] = others
    phrases = [one for one in phrases_of(routes.phrases) if one.keyword_id != keyword_id]
    gone = [one.folded for one in phrases_of(routes.phrases) if one.keyword_id == keyword_id]
    is_phrase = keyword is not None and keyword.kind is MatchKind.PHRASE
    for reservation in () if is_phrase else new:
        there = (*by_folded.get(reservation.folded, ()), reservation)
        by_folded[reservation.folded] = tuple(sorted(there, key=lambda one: one.keyword_id))
    has_phrases = is_phrase or bool(gone)
    if has_phrases:
        phrases = sorted([*phrases, *(new if is_phrase else [])], key=lambda one: one.keyword_id)
    phrase_index = index_phrases(phrases) if has_phrases else routes.phrases
    changed = {words[0] for words in (*routes.spelled.get(keyword_id, ()), *gone, *(one.folded for one in new)) if len(words) == 1}
    return _number_routes(row, by_folded, phrase_index, routes.defaults, routes.typos, changed)


def _compile_number(
    number: NumberRow, keywords: Iterable[KeywordRow], rules: Iterable[RuleRow], actions_of: ActionsOf, plans: Plans
) -> NumberRoutes:
    rules_of: dict[int | None, list[RuleRow]] = defaultdict(list)
    for rule in rules:
        rules_of[rule.keyword_id].append(rule)
    by_folded: dict[tuple[str, ...], list[Reservation]] = defaultdict(list)
    phrases: list[Reservation] = []
    for keyword in sorted(keywords, key=lambda row: row.id):
        if not _may_have(number, keyword):
            continue
        for reservation in _reservations(number, keyword, rules_of[keyword.id], actions_of, plans):
            if keyword.kind is MatchKind.PHRASE:
                phrases.append(reservation)
            else:
                by_folded[reservation.folded].append(reservation)
    defaults = in_order(_rule(number, None, rule, actions_of, plans) for rule in rules_of[None] if _may_own(number, rule.account_id))
    return _number_routes(number, {words: tuple(found) for words, found in by_folded.items()}, index_phrases(phrases), defaults)


def _number_routes(
    number: NumberRow,
    by_folded: dict[tuple[str, ...], tuple[Reservation, ...]],
    phrases: PhraseIndex[Reservation],
    defaults: tuple[Rule, ...],
    before: TypoIndex = NO_TYPOS,
    changed: Iterable[str] = (),
) -> NumberRoutes:
    """Put together what is looked up on a number; `before` and `changed` as of `index_typos`."""
    spelled: dict[int, tuple[tuple[str, ...], ...]] = {}
    accounts = {one.account_id for one in phrases_of(phrases)}
    for words, found in by_folded.items():
        for one in found:
            spelled[one.keyword_id] = (*spelled.get(one.keyword_id, ()), words)
            accounts.add(one.account_id)
    return NumberRoutes(
        number.id,
        number.digits,
        number.kind,
        number.state,
        number.account_id,
        number.connection_id,
        MappingProxyType(by_folded),
        max(map(len, by_folded), default=0),
        phrases,
        defaults,
        frozenset(accounts),
        index_typos(by_folded, phrases, before, changed),
        spelled,
    )


def _may_have(number: NumberRow, keyword: KeywordRow) -> bool:
    return _may_own(number, keyword.account_id) and CAPABILITIES[number.kind].exact_keywords


def _reservations(
    number: NumberRow, keyword: KeywordRow, rules: Iterable[RuleRow], actions_of: ActionsOf, plans: Plans
) -> Iterator[Reservation]:
    """Compile a keyword in each of its spellings; one without any token could match nothing."""
    own = [rule for rule in rules if rule.account_id == keyword.account_id]
    seen: set[tuple[str, ...]] = set()
    for spelling in (keyword.word, *keyword.synonyms):
        tokens = tokenise(spelling)
        if not tokens or tokens in seen:
            continue
        seen.add(tokens)
        yield Reservation(
            keyword.id,
            keyword.account_id,
            keyword.word,
            tokens,
            fold(tokens),
            keyword.kind,
            keyword.also_when_text_follows,
            keyword.state,
            keyword.starts_at,
            keyword.ends_at,
            in_order(_rule(number, keyword, rule, actions_of, plans, spelling) for rule in own),
            keyword.asks_back,
        )


def _may_own(number: NumberRow, account_id: int) -> bool:
    """Whether an account may have anything configured on a number: on individual ones its owner alone."""
    return CAPABILITIES[number.kind].is_shared or number.account_id == account_id


def _rule(number: NumberRow, keyword: KeywordRow | None, rule: RuleRow, actions_of: ActionsOf, plans: Plans, spelling: str = "") -> Rule:
    rows = sorted(actions_of.get(rule.id, ()), key=lambda row: row.position)
    return Rule(
        rule.id,
        rule.account_id,
        _actions(rows),
        keyword.id if keyword else None,
        keyword.word if keyword else "",
        keyword.kind if keyword else MatchKind.EXACT,
        keyword is not None and keyword.also_when_text_follows,
        rule.starts_at,
        rule.ends_at,
        rule.priority,
        rule.condition,
        len(tokenise(spelling)) if keyword else 0,
        _refusal(number.kind, keyword, rule, plans.get(rule.account_id, NO_OVERRIDES)),
        spelling if keyword and spelling != keyword.word else "",
        rule.ceiling,
    )


def _refusal(kind: NumberKind, keyword: KeywordRow | None, rule: RuleRow, overrides: Overrides) -> SkipReason | None:
    """Say why a rule can never act on this kind of number, on this plan."""
    if not _allows(capabilities_of(kind, overrides), keyword):
        return SkipReason.PLAN if _allows(CAPABILITIES[kind], keyword) else SkipReason.NUMBER_KIND
    if keyword is not None and keyword.state is KeywordState.PAUSED:
        return SkipReason.PAUSED
    return None if rule.is_enabled else SkipReason.DISABLED


def _allows(capabilities: Capabilities, keyword: KeywordRow | None) -> bool:
    if keyword is None:
        return capabilities.all_messages
    return capabilities.exact_keywords if keyword.kind is MatchKind.EXACT else capabilities.advanced_keywords


def _actions(rows: Iterable[ActionRow]) -> tuple[Action, ...]:
    """Compile the actions of a rule: each once, and at most one reply (product.md §3)."""
    actions = dict.fromkeys(_action(row) for row in rows)
    reply = next((action for action in actions if isinstance(action, SendReply)), None)
    return tuple(action for action in actions if not isinstance(action, SendReply) or action == reply)


def _action(row: ActionRow) -> Action:
    if row.kind == ACTION_NAMES[AddToGroup] and row.group_id is not None:
        return AddToGroup(row.group_id, row.group_name, row.until)
    if row.kind == ACTION_NAMES[RemoveFromGroup] and row.group_id is not None:
        return RemoveFromGroup(row.group_id, row.group_name)
    forward = next((each for each in FORWARDS if row.kind == ACTION_NAMES[each]), None)
    if forward is not None and row.destination_id is not None:
        return forward(row.destination_id, row.destination_name)
    if row.kind == ACTION_NAMES[SendReply]:
        return SendReply(row.text)
    if row.kind == ACTION_NAMES[AnswerSurvey] and row.activity_id is not None:
        return AnswerSurvey(row.activity_id, row.activity_name, row.option_id)
    activity = next((each for each in (EnterContest, GiveCode, PostToBoard) if row.kind == ACTION_NAMES[each]), None)
    if activity is not None and row.activity_id is not None:
        return activity(row.activity_id, row.activity_name)
    raise RoutesError(f"action {row.kind!r} of rule {row.rule_id} cannot be compiled: what it is about is missing, or its kind is unknown")
