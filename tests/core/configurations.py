"""Strategies for whole configurations, senders and texts: everything that decides about a message, small enough to collide often.

What belongs here: what properties are tried on. What does not: the properties (`test_decide_properties`, `test_outcomes`).
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from recado.core.action import Scope
from recado.core.answer import NO_ANSWERS, Answers
from recado.core.autoresponder import Autoresponder
from recado.core.breaker import Past
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import Condition, Days, Occasion, OfficeHours, Standing
from recado.core.decide import Decision, decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.plan import SWITCHES, Overrides, is_fixed
from recado.core.profile import Profile
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NUMBER, PHONE = "4301", "48501222333"
ACCOUNTS = st.integers(1, 3)
GROUPS = st.integers(1, 2)
PROFILES = {account: Profile(f"Account {account}", "pl" if account == 2 else "en") for account in (1, 2, 3)}
WORDS = st.lists(st.sampled_from(["red", "shoes", "łaska", "laska", "5", "!"]), min_size=1, max_size=3).map(" ".join)
MARKS = st.sampled_from(["STOP", "stop,", "start", "wypisz", "stpo", "please", "koniec?", "dziękuję"])
ABOUT_CONSENT = st.lists(st.one_of(MARKS, WORDS), min_size=1, max_size=3).map(" ".join)
TEXTS = st.one_of(WORDS, WORDS.map(str.upper), ABOUT_CONSENT, st.text(max_size=12))
MOMENTS = st.sampled_from([*[None] * 9, NOW - timedelta(days=100), NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])
ENDS = st.sampled_from([*[None] * 9, NOW - timedelta(days=100), NOW - timedelta(days=1), NOW + timedelta(days=1)])
CONDITIONS = st.builds(
    Condition,
    weekdays=st.sampled_from([frozenset(), frozenset(), frozenset({7}), frozenset({1, 2})]),
    from_time=st.sampled_from([None, None, time(8), time(20)]),
    until_time=st.sampled_from([None, None, time(17), time(6)]),
    days=st.sampled_from([Days.ANY, Days.ANY, *Days]),
    in_group_id=st.none() | GROUPS,
    not_in_group_id=st.none() | GROUPS,
    occasion=st.sampled_from([Occasion.ANY, Occasion.ANY, *Occasion]),
    sender_prefixes=st.sampled_from([(), (), ("4850",), ("49", "1")]),
    office_hours=st.sampled_from([OfficeHours.ANY, OfficeHours.ANY, *OfficeHours]),
    standing=st.sampled_from([Standing.ANY, Standing.ANY, *Standing]),
)
AUTORESPONDERS = st.lists(
    st.builds(
        Autoresponder,
        id=st.integers(1, 99),
        account_id=ACCOUNTS,
        name=st.just("Closed"),
        text=st.sampled_from(["We are closed.", "{argument}", "Hello {first_name}"]),
        number_id=st.sampled_from([None, None, 1, 2]),
        keyword_id=st.none() | st.integers(1, 4),
        condition=st.just(Condition()) | CONDITIONS,
        starts_at=MOMENTS,
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)


@dataclass(frozen=True)
class Configuration:
    """The rows of an installation with one number."""

    number: NumberRow
    keywords: list[KeywordRow]
    rules: list[RuleRow]
    actions: list[ActionRow]
    plans: dict[int, Overrides] = field(default_factory=dict)

    def compiled(self) -> Routes:
        routes = compile_routes(1, [self.number], self.keywords, self.rules, self.actions, self.plans)
        return replace(routes, profiles=MappingProxyType(PROFILES))

    def with_keyword(self, keyword: KeywordRow) -> "Configuration":
        """Add a keyword that would do a lot if it were found."""
        rule = RuleRow(10 * keyword.id, 1, keyword.account_id, keyword.id, priority=9)
        actions = [ActionRow(rule.id, "add_to_group", 0, group_id=1, group_name="G"), ActionRow(rule.id, "send_reply", 1, text="Never")]
        return replace(self, keywords=[*self.keywords, keyword], rules=[*self.rules, rule], actions=[*self.actions, *actions])


@st.composite
def configurations(draw) -> Configuration:
    number = NumberRow(
        1, NUMBER, draw(st.sampled_from(NumberKind)), draw(st.sampled_from([NumberState.ASSIGNED] * 12 + list(NumberState))), 1
    )
    keywords = [draw(keyword_rows(key)) for key in range(1, draw(st.integers(1, 5)))]
    rules = [
        RuleRow(
            10 * row.id + each,
            1,
            row.account_id,
            row.id,
            draw(st.integers(0, 1)),
            draw(st.sampled_from([True, True, True, False])),
            draw(MOMENTS),
            None,
            draw(st.just(Condition()) | CONDITIONS),
        )
        for row in keywords
        for each in range(draw(st.integers(1, 2)))
    ]
    rules += [RuleRow(key, 1, draw(ACCOUNTS), condition=draw(st.just(Condition()) | CONDITIONS)) for key in (1, 2)]
    return Configuration(number, keywords, rules, [one for rule in rules for one in draw(action_rows(rule.id))], draw(plans()))


@st.composite
def keyword_rows(draw, key: int) -> KeywordRow:
    kind, state = st.sampled_from([MatchKind.EXACT, *MatchKind]), st.sampled_from([KeywordState.LIVE] * 9 + list(KeywordState))
    spellings = draw(st.lists(WORDS, max_size=2).map(tuple))
    return KeywordRow(
        key, 1, draw(ACCOUNTS), draw(WORDS), draw(kind), draw(st.booleans()), draw(state), draw(MOMENTS), draw(ENDS), spellings
    )


@st.composite
def action_rows(draw, rule_id: int) -> list[ActionRow]:
    ends = draw(st.sampled_from([None, None, NOW - timedelta(days=1), NOW + timedelta(days=30)]))
    rows = [
        ActionRow(rule_id, "add_to_group", 0, group_id=draw(GROUPS), group_name="G", until=ends),
        ActionRow(rule_id, "remove_from_group", 1, group_id=draw(GROUPS), group_name="G"),
        ActionRow(rule_id, "send_reply", 2, text=draw(st.sampled_from(["ok", "{argument}", " "]))),
        ActionRow(rule_id, "forward_to_url", 3, destination_id=5, destination_name="D"),
        ActionRow(rule_id, "send_reply", 4, text="Another answer"),
    ]
    return draw(st.lists(st.sampled_from(rows), unique=True))


@st.composite
def plans(draw) -> dict[int, Overrides]:
    cells = st.tuples(st.sampled_from(NumberKind), st.sampled_from([*SWITCHES[:3], *SWITCHES])).filter(lambda cell: not is_fixed(*cell))
    return draw(st.dictionaries(ACCOUNTS, st.dictionaries(cells, st.booleans(), max_size=4), max_size=3))


@st.composite
def senders(draw) -> SenderState:
    places = st.sampled_from([(Scope.ACCOUNT, 0), (Scope.NUMBER, 1), (Scope.KEYWORD, 1), (Scope.GROUP, 1), (Scope.GROUP, 2)])
    return SenderState(
        PHONE,
        draw(st.none() | st.just(7)),
        draw(st.dictionaries(GROUPS, st.sampled_from([None, NOW + timedelta(days=1)]))),
        draw(st.frozensets(st.integers(1, 4), max_size=2)),
        draw(st.booleans()),
        draw(st.just(frozenset()) | st.frozensets(places, max_size=2)),
        draw(st.sampled_from([False, False, False, True])),
    )


@dataclass(frozen=True)
class Asked:
    """A text, and how each account sees whoever sends it."""

    text: str
    seen: dict[int, SenderState]
    sole_writer: int | None
    concerned: frozenset[int]


@st.composite
def questions(draw, configuration: Configuration) -> Asked:
    words = [word for row in configuration.keywords for word in (row.word, *row.synonyms)]
    own = st.sampled_from(words or ["red"])
    told = own | own.map(str.upper) | st.tuples(own, MARKS | WORDS).map(" ".join) | st.tuples(MARKS, own).map(" ".join)
    seen = draw(st.fixed_dictionaries({account: senders() for account in (1, 2, 3)}))
    return Asked(draw(told | TEXTS), seen, draw(st.none() | ACCOUNTS), draw(st.frozensets(ACCOUNTS)))


SITUATIONS = configurations().flatmap(lambda configuration: st.tuples(st.just(configuration), questions(configuration)))


def answering(autoresponders: list[Autoresponder], past: Past | None = None) -> Answers:
    """Put autoresponders in the order of their accounts."""
    return Answers({account: tuple(one for one in autoresponders if one.account_id == account) for account in (1, 2, 3)}, past)


def decided(routes: Routes, asked: Asked, answers: Answers = NO_ANSWERS) -> Decision:
    """Take both steps of a decision, with what the store would load between them."""
    message = InboundMessage(1, 1, PHONE, NUMBER, asked.text, Encoding.GSM7, NOW)
    match = find_owner(routes, PHONE, NUMBER, asked.text, NOW)
    owner = asked.sole_writer if match.account_id is None and match.awaits_sole_writer else match.account_id
    sender = asked.seen[owner] if owner is not None else SenderState(PHONE)
    concerned = {account: asked.seen[account] for account in sorted(asked.concerned)} if match.awaits_concerned else {}
    writer = asked.sole_writer if match.awaits_sole_writer else None
    return decide(message, match, sender, NOW, writer, routes.profiles, concerned, answers=answers)
