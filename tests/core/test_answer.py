"""At most one automatic reply: who gives it, who does not and why, and what is left when the breaker refuses it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from core.configurations import AUTORESPONDERS, PHONE, SITUATIONS, answering, decided
from recado.core.action import AddToGroup, AskBack, Charge, LiftOptOut, OptOut, Scope, SendReply, TripBreaker, TripReason
from recado.core.answer import Answers
from recado.core.autoresponder import Autoresponder
from recado.core.breaker import Past, Sent
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import Condition, Occasion, OfficeHours, Standing
from recado.core.decide import Decision, decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.profile import Profile
from recado.core.routes import KeywordState, MatchKind
from recado.core.sender import SenderState
from recado.core.trail import SkipReason, TrailStep

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday: closed
ANNA, SHARED, OWN, KEYWORD, RULE = 1, "4301", "48799000111", 5, 50
ANNAS = Profile("Róża")
SENDER = SenderState(PHONE, is_new=True)
OPTED_OUT = replace(SENDER, opt_outs=frozenset({(Scope.ACCOUNT, 0)}))

CLOSED = Autoresponder(1, ANNA, "Closed", "We are closed.", condition=Condition(office_hours=OfficeHours.CLOSED))
OPEN = Autoresponder(2, ANNA, "Open", "We are open.", condition=Condition(office_hours=OfficeHours.OPEN))
ALWAYS = Autoresponder(3, ANNA, "Always", "Thank you, we got “{argument}”.")
OF_KEYWORD = Autoresponder(4, ANNA, "First", "Welcome to {group}.", keyword_id=KEYWORD, condition=Condition(occasion=Occasion.FIRST))
OF_OWN = Autoresponder(5, ANNA, "Own", "This is {number}.", number_id=2)
FOR_LEAVERS = Autoresponder(6, ANNA, "Left", "You left us.", condition=Condition(standing=Standing.OPTED_OUT))


def routes(*responders: Autoresponder, state=NumberState.ASSIGNED, keyword_state=KeywordState.LIVE, asks_back=False, reply=True):
    numbers = [
        NumberRow(1, SHARED, NumberKind.SHARED_SHORT, state),
        NumberRow(2, OWN, NumberKind.INDIVIDUAL_LONG, state, ANNA),
    ]
    keywords = [
        KeywordRow(KEYWORD, 1, ANNA, "gardener", state=keyword_state, asks_back=asks_back),
        KeywordRow(6, 2, ANNA, "roses", MatchKind.BASE),
        KeywordRow(7, 1, 2, "kino"),
    ]
    rules = [RuleRow(RULE, 1, ANNA, KEYWORD), RuleRow(60, 2, ANNA, 6), RuleRow(70, 1, 2, 7)]
    actions = [ActionRow(RULE, "add_to_group", 0, group_id=9, group_name="Gardeners"), ActionRow(70, "send_reply", text="Kino")]
    actions += [ActionRow(RULE, "send_reply", 1, text="Hello from the rule")] if reply else []
    compiled = compile_routes(1, numbers, keywords, rules, actions)
    return replace(compiled, profiles={ANNA: ANNAS}, autoresponders={ANNA: responders} if responders else {})


def asked(compiled, text: str, recipient: str = SHARED, sender: SenderState = SENDER, writer: int | None = None, past=None) -> Decision:
    message = InboundMessage(1, 1, sender.msisdn, recipient, text, Encoding.GSM7, NOW)
    match = find_owner(compiled, message.sender, recipient, text, NOW)
    about = {match.near.account_id: sender} if match.near is not None else {ANNA: sender} if match.awaits_concerned else {}
    return decide(message, match, sender, NOW, writer, compiled.profiles, about, answers=Answers(compiled.autoresponders, past))


def replies(decision: Decision) -> list[tuple[int | None, str]]:
    return [(one.autoresponder_id, one.text) for one in decision.actions if isinstance(one, SendReply)]


def reasons(decision: Decision) -> list[tuple[object, object]]:
    skipped = [entry for entry in decision.trail if entry.step is TrailStep.AUTORESPONDER_SKIPPED]
    return [(entry.values["autoresponder_id"], entry.values["reason"]) for entry in skipped]


FROM_RULE = (None, "Hello from the rule")


@pytest.mark.parametrize(
    ("responders", "text", "recipient", "given"),
    [
        # the keyword's autoresponder, then the rule, then those of the number or of all
        ((ALWAYS, OF_KEYWORD), "Gardener", SHARED, [(4, "Welcome to Gardeners.")]),
        ((ALWAYS, CLOSED), "gardener", SHARED, [FROM_RULE]),
        ((OPEN, CLOSED, ALWAYS), "gardener please", SHARED, [(1, "We are closed.")]),
        ((OPEN, ALWAYS), "anything", OWN, [(3, "Thank you, we got “”.")]),
        ((ALWAYS,), "roses for two", OWN, [(3, "Thank you, we got “for two”.")]),
        ((OF_OWN, ALWAYS), "anything", OWN, [(5, f"This is +{OWN}.")]),
        ((OF_OWN,), "gardener please", SHARED, []),
        # a keyword's autoresponder only where its action would fire
        ((OF_KEYWORD,), "gardener please", SHARED, []),
        # nobody's, and other people's
        ((ALWAYS,), "anything", SHARED, []),
        ((ALWAYS,), "kino", SHARED, [(None, "Kino")]),
        # opting out, opting in
        ((ALWAYS,), "stop", OWN, [(None, "You will get no more messages from Róża. Reply START to get them again.")]),
        ((ALWAYS,), "start", OWN, [(3, "Thank you, we got “”.")]),
    ],
)
def test_one_answers_and_nobody_else(responders, text, recipient, given):
    assert replies(asked(routes(*responders), text, recipient)) == given


def test_what_answers_in_its_stead_is_said():
    decision = asked(routes(OF_KEYWORD), "gardener")
    steps = [(entry.step, entry.values.get("reason")) for entry in decision.trail[3:]]
    assert steps == [
        (TrailStep.MATCHED, None),
        (TrailStep.ADDED_TO_GROUP, None),
        (TrailStep.ACTION_NOT_TAKEN, "other_answer"),
        (TrailStep.AUTORESPONDER, None),
        (TrailStep.REPLY, None),
    ]
    assert any(isinstance(one, AddToGroup) for one in decision.actions)


def test_why_each_did_not_answer_is_said():
    over = replace(ALWAYS, id=7, ends_at=NOW)
    empty = replace(ALWAYS, id=8, text="{argument}")
    once = replace(ALWAYS, id=9, once=timedelta(hours=1))
    past = Past(given={9: NOW - timedelta(minutes=59)})
    decision = asked(routes(OPEN, over, FOR_LEAVERS, empty, once), "anything", OWN, past=past)
    assert reasons(decision) == [(2, "closed"), (7, "over"), (6, "not_opted_out"), (8, "no_text"), (9, "once")]
    assert replies(decision) == []
    assert TrailStep.INBOX_ONLY in {entry.step for entry in decision.trail}


def test_once_in_a_while_is_once_in_a_while():
    past = Past(given={3: NOW - timedelta(hours=1)})
    assert replies(asked(routes(replace(ALWAYS, once=timedelta(hours=1))), "x", OWN, past=past))
    assert not replies(asked(routes(replace(ALWAYS, once=timedelta(hours=2))), "x", OWN, past=past))


def test_what_answers_is_not_kept_for_nothing_else_to_do():
    assert TrailStep.INBOX_ONLY not in {entry.step for entry in asked(routes(ALWAYS), "x", OWN).trail}


@pytest.mark.parametrize(("responders", "given"), [((ALWAYS,), []), ((ALWAYS, FOR_LEAVERS), [(6, "You left us.")]), ((OF_KEYWORD,), [])])
def test_who_opted_out_gets_only_what_is_meant_for_them(responders, given):
    assert replies(asked(routes(*responders), "anything", OWN, OPTED_OUT)) == given


def test_who_signs_up_again_is_answered_by_the_keyword():
    decision = asked(routes(OF_KEYWORD, ALWAYS), "gardener", SHARED, OPTED_OUT)
    assert replies(decision) == [(4, "Welcome to Gardeners.")]
    assert any(isinstance(one, LiftOptOut) for one in decision.actions)


@pytest.mark.parametrize(
    ("compiled", "sender"),
    [
        (routes(ALWAYS, OF_KEYWORD), replace(SENDER, is_blocked=True)),
        (routes(ALWAYS, OF_KEYWORD, state=NumberState.SUSPENDED), SENDER),
        (routes(OF_KEYWORD, keyword_state=KeywordState.PAUSED), SENDER),
    ],
)
def test_blocked_senders_suspended_numbers_and_paused_keywords_have_no_answers(compiled, sender):
    for text, recipient in (("gardener", SHARED), ("anything", OWN)):
        assert replies(asked(compiled, text, recipient, sender)) == []


def test_an_answer_to_the_one_account_that_wrote_is_answered_for_it():
    assert replies(asked(routes(ALWAYS), "see you", SHARED, writer=ANNA)) == [(3, "Thank you, we got “”.")]
    assert replies(asked(routes(ALWAYS), "see you", SHARED, replace(SENDER, is_blocked=True), writer=ANNA)) == []


def test_a_question_is_the_only_answer():
    decision = asked(routes(ALWAYS, asks_back=True), "gardner")
    assert replies(decision) == [(None, "Did you mean gardener? Reply YES.")]
    assert any(isinstance(one, AskBack) for one in decision.actions)


def test_names_are_filled_in():
    anna = replace(SENDER, first_name="Anna", last_name="Nowak")
    compiled = routes(replace(ALWAYS, text="Thanks, {first_name} {last_name}!"))
    assert replies(asked(compiled, "x", OWN, anna)) == [(3, "Thanks, Anna Nowak!")]
    assert replies(asked(compiled, "x", OWN)) == [(3, "Thanks,!")]


# --- with the breaker ---

BUSY = Past(sent=[Sent(ANNA, f"{count}", NOW, is_automatic=True) for count in range(5)])


def test_what_the_breaker_refuses_is_left_out_and_all_else_is_done():
    decision = asked(routes(ALWAYS), "gardener", past=BUSY)
    assert [type(one) for one in decision.actions] == [AddToGroup, TripBreaker]
    assert decision.actions[-1] == TripBreaker(ANNA, RULE, None, TripReason.TOO_MANY, NOW + timedelta(hours=24))
    assert [(entry.step, entry.values.get("reason")) for entry in decision.trail[-2:]] == [
        (TrailStep.ACTION_NOT_TAKEN, SkipReason.BREAKER.value),
        (TrailStep.BREAKER_TRIPPED, "too_many"),
    ]


def test_no_other_answers_in_its_stead():
    decision = asked(routes(ALWAYS, CLOSED), "x", OWN, past=BUSY)
    assert replies(decision) == []
    assert [one.autoresponder_id for one in decision.actions if isinstance(one, TripBreaker)] == [3]


def test_a_question_that_may_not_be_sent_is_not_asked():
    busy = replace(BUSY, sent=[replace(one, account_id=None) for one in BUSY.sent])
    decision = asked(routes(asks_back=True), "gardner", past=busy)
    assert [type(one) for one in decision.actions] == [TripBreaker]
    assert TrailStep.ASKED_BACK not in {entry.step for entry in decision.trail}


def test_an_opt_out_is_noted_and_confirmed_whatever_was_answered_before():
    decision = asked(routes(), "stop", OWN, past=BUSY)
    assert [type(one) for one in decision.actions] == [OptOut, SendReply]


def test_who_leaves_by_a_removing_keyword_is_told_so_whatever_was_answered_before():
    numbers, keywords = (
        [NumberRow(2, OWN, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA)],
        [KeywordRow(5, 2, ANNA, "bye", MatchKind.REMOVING)],
    )
    actions = [ActionRow(RULE, "remove_from_group", group_id=9, group_name="G"), ActionRow(RULE, "send_reply", 1, text="You left.")]
    compiled = compile_routes(1, numbers, keywords, [RuleRow(RULE, 2, ANNA, 5, ceiling=0)], actions)
    member = replace(SENDER, groups={9: None})
    assert replies(asked(compiled, "bye", OWN, member, past=BUSY)) == [(None, "You left.")]
    assert replies(asked(compiled, "bye", OWN, replace(SENDER, opt_outs=frozenset({(Scope.GROUP, 9)})), past=BUSY)) == []


def test_a_reply_knows_what_it_costs_and_whom():
    prices = replace(routes(OF_KEYWORD), profiles={ANNA: replace(ANNAS, prices={"full": 5})})
    (reply,) = [one for one in asked(prices, "gardener", past=Past(count_segments=lambda _text: 2)).actions if isinstance(one, SendReply)]
    assert reply.charge == Charge(2, 10, ("autoresponder", 4), "2026-11-22")
    (reply,) = [one for one in asked(routes(), "gardener", past=Past()).actions if isinstance(one, SendReply)]
    assert reply.charge == Charge(1, 9, ("rule", RULE), "2026-11-22")


# --- whatever is configured ---


@given(SITUATIONS, AUTORESPONDERS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_configured_there_is_at_most_one_reply(situation, responders):
    configuration, question = situation
    compiled = configuration.compiled()
    before, after = decided(compiled, question), decided(compiled, question, answering(responders))
    (given_by,) = {one.autoresponder_id for one in after.actions if isinstance(one, SendReply)} or {None}
    assert sum(isinstance(one, SendReply) for one in after.actions) <= 1
    assert without_replies(after) == without_replies(before)
    assert (after.account_id, after.rule_id, after.keyword_id) == (before.account_id, before.rule_id, before.keyword_id)
    if given_by is not None:
        chosen = next(one for one in responders if one.id == given_by and one.account_id == after.account_id)
        assert chosen.number_id in {None, 1}
        assert not question.seen[after.account_id].is_blocked
        assert chosen.keyword_id is not None or not any(isinstance(one, SendReply) for one in before.actions)


@given(SITUATIONS, AUTORESPONDERS)
@settings(max_examples=80, deadline=None)
def test_our_own_numbers_are_never_answered(situation, responders):
    configuration, question = situation
    decision = decided(configuration.compiled(), question, answering(responders, Past(own_numbers={PHONE})))
    assert not any(isinstance(one, (SendReply, AskBack)) for one in decision.actions)


def without_replies(decision: Decision) -> tuple:
    return tuple(one for one in decision.actions if not isinstance(one, SendReply))
