"""What holds for every decision, whatever the configuration and the text."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from recado.core.action import AddToGroup, SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import Decision, explain
from recado.core.message import Encoding, InboundMessage
from recado.core.number import CAPABILITIES, NumberKind, NumberState
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState, lasting
from recado.core.trail import from_json, to_json

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = st.lists(st.sampled_from(["red", "shoes", "łaska", "laska", "5", "!"]), min_size=1, max_size=3).map(" ".join)
TEXTS = st.one_of(WORDS, WORDS.map(str.upper), st.text(max_size=12))
MOMENTS = st.sampled_from([None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])
ACCOUNTS = st.integers(1, 3)


@st.composite
def configurations(draw) -> tuple[NumberRow, list[KeywordRow], list[RuleRow], list[ActionRow]]:
    number = NumberRow(1, "4301", draw(st.sampled_from(NumberKind)), draw(st.sampled_from([NumberState.ASSIGNED, *NumberState])), 1)
    words = draw(st.lists(WORDS, max_size=4))
    keywords = [
        KeywordRow(
            key,
            1,
            draw(ACCOUNTS),
            word,
            draw(st.sampled_from([MatchKind.EXACT, *MatchKind])),
            draw(st.booleans()),
            draw(st.sampled_from([KeywordState.LIVE, *KeywordState])),
            draw(MOMENTS),
            draw(MOMENTS),
        )
        for key, word in enumerate(words, 1)
    ]
    rules = [RuleRow(10 + row.id, 1, row.account_id, row.id, 0, draw(st.booleans()), draw(MOMENTS)) for row in keywords]
    rules.append(RuleRow(1, 1, draw(ACCOUNTS)))
    actions = [
        action
        for rule in rules
        for action in (
            ActionRow(rule.id, "add_to_group", 0, group_id=draw(st.integers(1, 2)), group_name="G"),
            ActionRow(rule.id, "send_reply", 1, text=draw(st.sampled_from(["ok", "{argument}"]))),
            ActionRow(rule.id, "forward_to_url", 2, destination_id=5, destination_name="D"),
        )
    ]
    return number, keywords, rules, actions


def compiled(configuration: tuple, extra: tuple[KeywordRow, ...] = ()) -> Routes:
    number, keywords, rules, actions = configuration
    return compile_routes(1, [number], [*keywords, *extra], rules, actions)


def decided(routes: Routes, text: str, groups: frozenset[int] = frozenset(), sole: int | None = None) -> Decision:
    message = InboundMessage(1, 1, "48501222333", "4301", text, Encoding.GSM7, NOW)
    return explain(message, routes, SenderState("48501222333", None, lasting(groups)), NOW, sole)


@given(configurations(), TEXTS, st.frozensets(st.integers(1, 2)), st.none() | ACCOUNTS)
@settings(max_examples=150, deadline=None)
def test_the_same_inputs_give_the_same_decision(configuration, text, groups, sole):
    number, keywords, rules, actions = configuration
    shuffled = number, keywords[::-1], rules[::-1], actions[::-1]
    assert decided(compiled(configuration), text, groups, sole) == decided(compiled(shuffled), text, groups, sole)


@given(configurations(), TEXTS, st.sampled_from(["blue", "blue hat now", "czerwień"]), ACCOUNTS)
@settings(max_examples=150, deadline=None)
def test_an_unrelated_keyword_changes_nothing(configuration, text, word, account):
    extra = KeywordRow(99, 1, account, word, also_when_text_follows=True)
    before, after = decided(compiled(configuration), text), decided(compiled(configuration, (extra,)), text)
    assert [entry for entry in after.trail if entry.step != "tokens"] == [entry for entry in before.trail if entry.step != "tokens"]
    for field in ("account_id", "keyword_id", "rule_id", "argument", "actions"):
        assert getattr(after, field) == getattr(before, field)


@given(configurations(), TEXTS, st.none() | ACCOUNTS)
@settings(max_examples=300, deadline=None)
def test_no_action_is_taken_that_the_capability_row_forbids(configuration, text, sole):
    number, keywords, _, _ = configuration
    decision = decided(compiled(configuration), text, sole=sole)
    if not decision.actions:
        return
    capabilities = CAPABILITIES[number.kind]
    assert number.state is NumberState.ASSIGNED
    if decision.account_id is None:  # what the installation itself says of a resting word
        assert capabilities.is_shared
        assert all(isinstance(action, SendReply) and action.is_ours for action in decision.actions)
        return
    if decision.keyword_id is None:
        assert capabilities.all_messages
    else:
        keyword = next(row for row in keywords if row.id == decision.keyword_id)
        assert capabilities.exact_keywords if keyword.kind is MatchKind.EXACT else capabilities.advanced_keywords
        assert keyword.account_id == decision.account_id


@given(configurations(), TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_second_identical_message_adds_nobody_again(configuration, text):
    routes = compiled(configuration)
    first = decided(routes, text)
    state = SenderState("48501222333").after(first.actions)
    again = decided(routes, text, state.group_ids)
    assert not [action for action in again.actions if isinstance(action, AddToGroup)]
    assert (again.account_id, again.rule_id) == (first.account_id, first.rule_id)


@given(configurations(), TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_trail_survives_being_stored(configuration, text):
    trail = decided(compiled(configuration), text).trail
    assert from_json(to_json(trail)) == trail
