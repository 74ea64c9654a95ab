"""What holds for every decision, whatever the configuration, the sender and the text."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.configurations import ACCOUNTS, PROFILES, SITUATIONS, configurations, decided
from recado.core.action import AddToGroup, LiftOptOut, OptOut, RemoveFromGroup, SendReply
from recado.core.compiling import KeywordRow
from recado.core.keyword import precedence
from recado.core.number import CAPABILITIES, NumberState
from recado.core.plan import NO_OVERRIDES, capabilities_of
from recado.core.routes import MatchKind, NumberRoutes, Rule
from recado.core.trail import TrailStep, from_json, to_json

CONSENT = (OptOut, LiftOptOut)


@given(SITUATIONS, st.randoms(use_true_random=False))
@settings(max_examples=70, deadline=None)
def test_the_same_inputs_give_the_same_decision_in_whatever_order_rows_come(situation, chance):
    configuration, asked = situation
    rows = [configuration.keywords, configuration.rules, configuration.actions]
    shuffled = replace(
        configuration, **dict(zip(("keywords", "rules", "actions"), [chance.sample(one, len(one)) for one in rows], strict=True))
    )
    assert decided(configuration.compiled(), asked) == decided(shuffled.compiled(), asked)


@given(SITUATIONS, st.sampled_from(["blue", "blue hat now", "czerwień"]), ACCOUNTS, st.sampled_from(MatchKind))
@settings(max_examples=80, deadline=None)
def test_an_unrelated_keyword_changes_nothing(situation, word, account, kind):
    configuration, asked = situation
    extra = KeywordRow(99, 1, account, word, kind, also_when_text_follows=True, synonyms=("zielony",))
    before, after = decided(configuration.compiled(), asked), decided(configuration.with_keyword(extra).compiled(), asked)
    assert without_tokens(after) == without_tokens(before)


def without_tokens(decision):
    """Leave out how many tokens were looked at, which grows with the longest keyword and decides nothing."""
    return replace(decision, trail=tuple(entry for entry in decision.trail if entry.step is not TrailStep.TOKENS))


@given(SITUATIONS)
@settings(max_examples=130, deadline=None)
def test_no_action_is_taken_that_kind_and_plan_forbid(situation):
    configuration, asked = situation
    decision = decided(configuration.compiled(), asked)
    if configuration.number.state is not NumberState.ASSIGNED:
        assert all(isinstance(action, OptOut) for action in decision.actions)
        return
    if decision.account_id is None and decision.rule_id is None:
        assert all(isinstance(action, CONSENT) or (isinstance(action, SendReply) and action.is_ours) for action in decision.actions)
    if decision.rule_id is None:  # what the sender wants about being written to at all is nobody's feature
        assert all(isinstance(action, (*CONSENT, RemoveFromGroup, SendReply)) for action in decision.actions)
        return
    can = capabilities_of(configuration.number.kind, configuration.plans.get(decision.account_id, NO_OVERRIDES))
    rule = next(row for row in configuration.rules if row.id == decision.rule_id)
    assert (rule.account_id, rule.keyword_id) == (decision.account_id, decision.keyword_id)
    if rule.keyword_id is None:
        assert can.all_messages
        assert not CAPABILITIES[configuration.number.kind].is_shared
        return
    keyword = next(row for row in configuration.keywords if row.id == rule.keyword_id)
    assert can.exact_keywords if keyword.kind is MatchKind.EXACT else can.advanced_keywords
    assert keyword.account_id == decision.account_id


@given(SITUATIONS)
@settings(max_examples=80, deadline=None)
def test_nothing_reaches_an_account_the_message_is_not_about(situation):
    configuration, asked = situation
    decision = decided(configuration.compiled(), asked)
    touched = {action.account_id for action in decision.actions if isinstance(action, CONSENT)}
    if decision.account_id is not None:
        assert touched <= {decision.account_id}
        assert decision.account_id in PROFILES
    elif asked.concerned:
        named = {row.account_id for row in configuration.keywords}
        assert touched <= asked.concerned | named
    assert not any(isinstance(action, (AddToGroup, RemoveFromGroup)) for action in decision.actions) or decision.account_id is not None


def rules_of(number: NumberRoutes) -> set[Rule]:
    paired = [found for rest in number.phrases.paired.values() for found in rest.values()]
    found = [*number.by_folded.values(), *number.phrases.single.values(), *paired]
    return {rule for here in found for reservation in here for rule in reservation.rules} | set(number.defaults)


@given(configurations())
@settings(max_examples=50, deadline=None)
def test_no_two_rules_of_a_number_tie(configuration):
    (number,) = configuration.compiled().numbers.values()
    for one, other in combinations(rules_of(number), 2):
        if one.id != other.id:  # two spellings find the same rule
            assert precedence(one) != precedence(other)
            assert precedence(one, is_folded=True) != precedence(other)


@given(SITUATIONS)
@settings(max_examples=70, deadline=None)
def test_a_second_identical_message_adds_and_opts_out_nobody_again(situation):
    configuration, asked = situation
    routes = configuration.compiled()
    first = decided(routes, asked)
    later = {account: seen.after(of_account(first, account), first.keyword_id) for account, seen in asked.seen.items()}
    again = decided(routes, replace(asked, seen=later))
    if again.rule_id == first.rule_id:  # else the first one changed which rule fits: first or again, in the group or not
        moves = [one for one in again.actions if isinstance(one, (AddToGroup, *CONSENT))]
        leaves = {one.group_id for one in first.actions if isinstance(one, RemoveFromGroup)}
        assert [one for one in moves if not isinstance(one, AddToGroup) or one.group_id not in leaves] == []


def of_account(decision, account):
    """Return the actions that change how an account sees the sender."""
    return tuple(one for one in decision.actions if getattr(one, "account_id", decision.account_id) == account)


@given(SITUATIONS)
@settings(max_examples=30, deadline=None)
def test_a_trail_survives_being_stored(situation):
    configuration, asked = situation
    trail = decided(configuration.compiled(), asked).trail
    assert from_json(to_json(trail)) == trail
