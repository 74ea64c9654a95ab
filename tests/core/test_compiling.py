"""Rows become routes: order of rules, who may configure what, what cannot be compiled."""

from itertools import permutations

import pytest

from recado.core.action import ACTION_NAMES, Action, SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RoutesError, RuleRow, compile_routes
from recado.core.condition import Condition
from recado.core.keyword import KIND_ORDER, precedence
from recado.core.number import NumberKind, NumberState
from recado.core.routes import MatchKind, NumberRoutes, Rule
from recado.core.trail import SkipReason

OWN = NumberRow(1, "48600100200", NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, 1, 8)


def number(*, keywords=(), rules=(), actions=()) -> NumberRoutes:
    return compile_routes(5, [OWN], keywords, rules, actions).numbers[OWN.digits]


def test_rules_stand_in_the_order_of_precedence():
    kinds = sorted(MatchKind, key=KIND_ORDER.__getitem__)
    assert kinds == [MatchKind.REMOVING, MatchKind.EXACT, MatchKind.BASE, MatchKind.PHRASE]
    best_first = [
        Rule(9, 1, (), kind=MatchKind.REMOVING, length=1),
        Rule(8, 1, (), length=3),
        Rule(7, 1, (), length=2, condition=Condition(weekdays=frozenset({1}))),
        Rule(5, 1, (), length=2, priority=4),
        Rule(4, 1, (), length=2),
        Rule(6, 1, (), length=2),
        Rule(3, 1, (), kind=MatchKind.BASE, length=5),
        Rule(2, 1, (), kind=MatchKind.PHRASE, length=9),
    ]
    for shuffled in list(permutations(best_first))[::997]:
        assert sorted(shuffled, key=precedence) == best_first


def test_the_spelling_typed_goes_before_the_folded_one():
    older, newer = Rule(1, 1, (), priority=9), Rule(2, 1, ())
    assert precedence(newer, is_folded=False) < precedence(older, is_folded=True)


def test_defaults_go_by_priority_then_age():
    rules = [RuleRow(3, 1, 1), RuleRow(2, 1, 1), RuleRow(4, 1, 1, priority=1)]
    assert [rule.id for rule in number(rules=rules).defaults] == [4, 2, 3]


def test_rows_of_strangers_and_of_other_numbers_are_left_out():
    keywords = [KeywordRow(1, 1, 1, "red"), KeywordRow(2, 1, 2, "blue"), KeywordRow(3, 77, 1, "green")]
    rules = [RuleRow(1, 1, 1, 1), RuleRow(2, 1, 2, 1), RuleRow(3, 1, 2), RuleRow(4, 77, 1)]
    found = number(keywords=keywords, rules=rules)
    assert list(found.by_folded) == [("red",)]
    assert [rule.id for rule in found.by_folded["red",][0].rules] == [1]
    assert found.defaults == ()


def test_a_word_without_tokens_matches_nothing():
    found = number(keywords=[KeywordRow(1, 1, 1, "\u200b")])
    assert (dict(found.by_folded), found.longest_keyword) == ({}, 0)


def test_a_rule_has_one_reply_and_no_action_twice():
    rows = [ActionRow(1, "send_reply", 2, text="b"), ActionRow(1, "send_reply", 1, text="a")]
    rows += [ActionRow(1, "add_to_group", position, group_id=7) for position in (3, 4)]
    (rule,) = number(rules=[RuleRow(1, 1, 1)], actions=rows).defaults
    assert [type(action).__name__ for action in rule.actions] == ["SendReply", "AddToGroup"]
    assert rule.actions[0] == SendReply("a")


@pytest.mark.parametrize("row", [ActionRow(1, "dance"), ActionRow(1, "add_to_group"), ActionRow(1, "forward_to_url")])
def test_an_action_that_cannot_be_is_named(row):
    with pytest.raises(RoutesError, match=rf"'{row.kind}' of rule 1"):
        number(rules=[RuleRow(1, 1, 1)], actions=[row])


def test_every_action_has_a_name():
    assert set(ACTION_NAMES) == set(Action.__args__)


def test_routes_are_looked_up_by_digits_and_cannot_be_changed():
    routes = compile_routes(5, [OWN], [], [], [])
    assert (routes.version, routes.numbers[OWN.digits].connection_id, routes.numbers[OWN.digits].capabilities.abbreviation) == (5, 8, "NDI")
    with pytest.raises(TypeError):
        routes.numbers["1"] = routes.numbers[OWN.digits]


@pytest.mark.parametrize(
    ("kind", "allowed", "on_this_plan", "on_the_table"),
    [
        (NumberKind.INDIVIDUAL_LONG, False, SkipReason.PLAN, None),
        (NumberKind.SHARED_LONG, True, None, SkipReason.NUMBER_KIND),
    ],
)
def test_a_plan_says_for_its_account_alone_which_kinds_of_keyword_act(kind, allowed, on_this_plan, on_the_table):
    row, keyword = NumberRow(1, "48600", kind, NumberState.ASSIGNED, 1), KeywordRow(1, 1, 1, "base", MatchKind.BASE)
    plan = {(kind, "advanced_keywords"): allowed}

    def refusal(plans):
        routes = compile_routes(1, [row], [keyword], [RuleRow(1, 1, 1, 1)], [], plans)
        return routes.numbers["48600"].by_folded["base",][0].rules[0].refusal

    assert (refusal({1: plan}), refusal({2: plan})) == (on_this_plan, on_the_table)
