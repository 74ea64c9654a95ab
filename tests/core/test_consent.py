"""What opting out, opting in and slips of them lead to: whom they concern, how wide they are, what is answered (product.md §4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.action import AddToGroup, ForwardToUrl, LiftOptOut, OptOut, RemoveFromGroup, Scope, SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import Decision, Flag, decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.profile import Profile
from recado.core.routes import KeywordState, MatchKind
from recado.core.sender import SenderState, lasting
from recado.core.trail import TrailStep

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHARED, OWN, PHONE = "48503340503", "48600100200", "48501222333"
ANNA, BOB = 1, 2
ALL = (Scope.ACCOUNT, 0)
NUMBERS = [
    NumberRow(1, SHARED, NumberKind.SHARED_LONG, NumberState.ASSIGNED),
    NumberRow(2, OWN, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA),
]
KEYWORDS = [
    KeywordRow(1, 1, ANNA, "gardener"),
    KeywordRow(2, 1, BOB, "cinema"),
    KeywordRow(3, 2, ANNA, "roses"),
    KeywordRow(4, 2, ANNA, "leave", MatchKind.REMOVING),
    KeywordRow(5, 2, ANNA, "hours"),
]
RULES = [RuleRow(10 + row.id, row.number_id, row.account_id, row.id) for row in KEYWORDS] + [RuleRow(20, 2, ANNA)]
ACTIONS = [
    ActionRow(11, "add_to_group", group_id=7, group_name="Gardeners"),
    ActionRow(11, "send_reply", 1, text="Hello"),
    ActionRow(13, "add_to_group", group_id=8, group_name="Roses"),
    ActionRow(13, "send_reply", 1, text="Welcome"),
    ActionRow(14, "remove_from_group", group_id=8, group_name="Roses"),
    ActionRow(14, "send_reply", 1, text="Bye"),
    ActionRow(15, "send_reply", 0, text="9 to 5"),
    ActionRow(15, "forward_to_url", 1, destination_id=4, destination_name="Shop"),
    ActionRow(20, "send_reply", 0, text="We answer soon"),
]
ROUTES = compile_routes(1, NUMBERS, KEYWORDS, RULES, ACTIONS)
PROFILES = {ANNA: Profile("Róża"), BOB: Profile("Kino", "pl")}


def sender(*opt_outs, groups=(), blocked=False) -> SenderState:
    return SenderState(PHONE, 5, lasting(groups), opt_outs=frozenset(opt_outs), is_blocked=blocked)


def decided(text: str, to: str = OWN, state: SenderState | None = None, concerned=None) -> Decision:
    message = InboundMessage(1, 1, PHONE, to, text, Encoding.GSM7, NOW)
    match = find_owner(ROUTES, PHONE, to, text, NOW)
    return decide(message, match, state or sender(), NOW, None, PROFILES, concerned or {})


def without_replies(decision: Decision) -> tuple:
    return tuple(action for action in decision.actions if not isinstance(action, SendReply))


@pytest.mark.parametrize("text", ["STOP", "stop.", "Stop, dziękuję!", "WYPISZ"])
def test_a_word_alone_on_an_own_number_leaves_everything_and_is_confirmed_once(text):
    decision = decided(text, state=sender(groups=[8]))
    assert decision.account_id == ANNA
    assert decision.actions == (
        OptOut(ANNA, Scope.ACCOUNT),
        SendReply("You will get no more messages from Róża. Reply START to get them again."),
    )
    again = decided(text, state=sender(ALL))
    assert again.actions == ()
    assert again.trail[-1].step is TrailStep.OPTED_OUT_BEFORE


@pytest.mark.parametrize(
    ("text", "to", "account", "expected"),
    [
        ("STOP ROSES", OWN, ANNA, (OptOut(ANNA, Scope.GROUP, 8, "Roses"), RemoveFromGroup(8, "Roses"))),
        ("stop hours", OWN, ANNA, (OptOut(ANNA, Scope.KEYWORD, 5, "hours"),)),
        ("STOP GARDENER", SHARED, ANNA, (OptOut(ANNA, Scope.GROUP, 7, "Gardeners"),)),
        ("stop cinema", SHARED, BOB, (OptOut(BOB, Scope.KEYWORD, 2, "cinema"),)),
    ],
)
def test_a_keyword_beside_it_narrows_it_to_the_keywords_groups_or_the_keyword(text, to, account, expected):
    decision = decided(text, to, sender(groups=[8]))
    assert decision.account_id == account
    assert without_replies(decision) == expected
    assert len(decision.actions) == len(expected) + 1


def test_a_plain_stop_on_a_shared_number_is_the_one_accounts_that_writes_there():
    decision = decided("STOP", SHARED, concerned={BOB: sender()})
    assert (decision.account_id, decision.is_settled) == (BOB, False)
    assert decision.actions == (
        OptOut(BOB, Scope.ACCOUNT),
        SendReply("Nie dostaniesz wiecej wiadomosci od: Kino. Odpisz START, aby znow je dostawac."),
    )


def test_a_plain_stop_on_a_shared_number_serves_all_accounts_and_names_none():
    decision = decided("STOP", SHARED, concerned={BOB: sender(), ANNA: sender(groups=[7])})
    assert (decision.account_id, decision.is_settled) == (None, True)
    assert without_replies(decision) == (OptOut(ANNA, Scope.ACCOUNT), OptOut(BOB, Scope.ACCOUNT))
    (reply,) = (action for action in decision.actions if isinstance(action, SendReply))
    assert reply == SendReply("You will get no more messages from this number. Reply START to get them again.", is_ours=True)


def test_a_plain_stop_nobody_on_the_number_is_concerned_by_is_kept_for_the_operator():
    decision = decided("STOP", SHARED)
    assert (decision.account_id, decision.actions, decision.is_settled) == (None, (), False)
    assert decision.trail[-1].step is TrailStep.OPT_OUT_OF_NOTHING


@pytest.mark.parametrize("text", ["leave", "STOP leave", "leave stop"])
def test_a_removing_keyword_acts_alone_and_beside_stop_and_its_own_answer_is_the_only_one(text):
    decision = decided(text, state=sender(groups=[8]))
    assert decision.actions == (RemoveFromGroup(8, "Roses"), SendReply("Bye"), OptOut(ANNA, Scope.GROUP, 8, "Roses"))


@pytest.mark.parametrize("text", ["START", "Wznów", "start please"])
def test_start_lifts_every_opt_out_and_is_confirmed(text):
    decision = decided(text, state=sender(ALL, (Scope.GROUP, 8)))
    lifted = (LiftOptOut(ANNA, Scope.ACCOUNT), LiftOptOut(ANNA, Scope.GROUP, 8))
    assert decision.actions == (*lifted, SendReply("You get messages from Róża again. Reply STOP to get none."))


def test_start_with_nothing_to_lift_is_a_text_like_any_other():
    assert decided("START").rule_id == 20


@pytest.mark.parametrize("text", ["hours", "Good morning, are you open?", "thanks", "ok"])
def test_an_ordinary_message_never_lifts_an_opt_out_and_is_not_answered(text):
    decision = decided(text, state=sender(ALL))
    assert not [action for action in decision.actions if not isinstance(action, ForwardToUrl)]


def test_a_fresh_sign_up_lifts_it_for_what_was_signed_up_for_and_for_nothing_else():
    decision = decided("roses", state=sender(ALL, (Scope.GROUP, 8), (Scope.GROUP, 9), groups=[6]))
    assert decision.actions == (
        AddToGroup(8, "Roses"),
        SendReply("Welcome"),
        LiftOptOut(ANNA, Scope.ACCOUNT),
        LiftOptOut(ANNA, Scope.GROUP, 8),
        OptOut(ANNA, Scope.GROUP, 6),
    )


@pytest.mark.parametrize("text", ["stpo", "Sotp"])
def test_a_slip_of_an_opt_out_is_asked_about_and_does_nothing_else(text):
    decision = decided(text)
    assert decision.actions == (SendReply("To get no more messages from Róża, reply STOP."),)
    assert decision.rule_id is None


def test_an_opt_out_word_in_a_sentence_is_flagged_and_the_rules_go_on():
    decision = decided("Please stop sending me the red ones, I like white")
    assert (decision.flag, decision.rule_id, without_replies(decision)) == (Flag.OPT_OUT, 20, ())
    assert TrailStep.OPT_OUT_FLAGGED in {entry.step for entry in decision.trail}


def test_a_blocked_sender_gets_nothing_but_their_opt_out_is_noted():
    assert (decided("hours", state=sender(blocked=True)).actions, decided("hours", state=sender(blocked=True)).flag) == ((), Flag.BLOCKED)
    assert decided("STOP", state=sender(blocked=True)).actions == (OptOut(ANNA, Scope.ACCOUNT),)


def test_a_stop_on_a_suspended_number_is_noted_without_an_answer():
    suspended = compile_routes(1, [replace(NUMBERS[1], state=NumberState.SUSPENDED)], KEYWORDS, RULES, ACTIONS)
    for text, expected in (("STOP", (OptOut(ANNA, Scope.ACCOUNT),)), ("hours", ()), ("START", ())):
        message = InboundMessage(1, 1, PHONE, OWN, text, Encoding.GSM7, NOW)
        decision = decide(message, find_owner(suspended, PHONE, OWN, text, NOW), sender(), NOW, None, PROFILES, {})
        assert (decision.account_id, decision.actions) == (ANNA, expected)


def test_a_keyword_that_is_over_can_still_be_named_and_then_everything_is_left():
    over = replace(KEYWORDS[0], ends_at=NOW - timedelta(days=100))
    again = KeywordRow(9, 1, BOB, "gardener")
    released = replace(KEYWORDS[0], state=KeywordState.QUARANTINE)
    for keywords, whose, scope in (
        ([released], ANNA, (Scope.ACCOUNT, 0)),
        ([over], ANNA, (Scope.ACCOUNT, 0)),
        ([over, again], BOB, (Scope.KEYWORD, 9)),
    ):
        routes = compile_routes(1, NUMBERS, keywords, [RuleRow(99, 1, BOB, 9)], [])
        message = InboundMessage(1, 1, PHONE, SHARED, "STOP GARDENER", Encoding.GSM7, NOW)
        decision = decide(message, find_owner(routes, PHONE, SHARED, message.text, NOW), sender(), NOW, None, PROFILES, {})
        assert [(one.account_id, one.scope, one.target_id) for one in without_replies(decision)] == [(whose, *scope)]


@given(
    st.sampled_from(["STOP", "stop roses", "START", "stpo", "roses", "leave", "hours", "x", "STOP GARDENER"]),
    st.sampled_from([SHARED, OWN]),
)
def test_whatever_follows_leaves_at_most_one_answer_and_repeating_it_changes_no_opt_out(text, to):
    state = sender(groups=[6, 8])
    concerned = {ANNA: state} if to == SHARED else {}
    first = decided(text, to, state, concerned)
    assert sum(isinstance(action, SendReply) for action in first.actions) <= 1
    after = state.after(first.actions)
    second = decided(text, to, after, {ANNA: after} if to == SHARED else {})
    assert not [action for action in second.actions if isinstance(action, (OptOut, LiftOptOut))]


SPELLINGS = [
    KeywordRow(1, 1, ANNA, "laska", ends_at=NOW - timedelta(days=200)),
    KeywordRow(2, 1, BOB, "laska"),
    KeywordRow(3, 1, ANNA, "łaska"),
]


@pytest.mark.parametrize(("text", "account", "keyword"), [("STOP ŁASKA", ANNA, 3), ("stop laska", BOB, 2), ("łaska stop", ANNA, 3)])
def test_who_names_a_keyword_beside_stop_means_the_one_they_spelled_and_no_former_owners(text, account, keyword):
    routes = compile_routes(1, NUMBERS, SPELLINGS, [], [])
    match = find_owner(routes, PHONE, SHARED, text, NOW)
    assert (match.account_id, [one.keyword_id for one in match.named]) == (account, [keyword])
