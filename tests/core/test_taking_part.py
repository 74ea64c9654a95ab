"""How rules and what people take part in come together: whose reply goes, what is filled in, what a text is the answer to."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import Action, AddToGroup, EnterContest, ForwardToUrl, GiveCode, SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import Decision, decide, explain, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.sender import SenderState
from recado.core.taking_part import NO_PLAY, Entrant, Fit, Play, Taken
from recado.core.trail import SkipReason, TrailEntry, TrailStep

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
OWN, ANNA = "48600100200", 1
CONTEST, CODES = EnterContest(3, "Bike"), GiveCode(4, "Ten percent")
ROUTES = compile_routes(
    1,
    [NumberRow(1, OWN, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA)],
    [KeywordRow(1, 1, ANNA, "BIKE"), KeywordRow(2, 1, ANNA, "CODE"), KeywordRow(3, 1, ANNA, "PLAIN")],
    [RuleRow(11, 1, ANNA, 1), RuleRow(12, 1, ANNA, 2), RuleRow(13, 1, ANNA, 3), RuleRow(19, 1, ANNA)],
    [
        ActionRow(11, "add_to_group", 0, 7, "Riders"),
        ActionRow(11, "enter_contest", 1, activity_id=3, activity_name="Bike"),
        ActionRow(11, "send_reply", 2, text="You are in, {keyword}."),
        ActionRow(12, "give_code", 0, activity_id=4, activity_name="Ten percent"),
        ActionRow(12, "send_reply", 1, text="Your code: {code}"),
        ActionRow(13, "send_reply", 0, text="Hello"),
        ActionRow(19, "forward_to_url", 0, destination_id=12, destination_name="Shop"),
        ActionRow(19, "send_reply", 1, text="We will read it."),
    ],
)


@dataclass
class Fixed:
    """Says the same to everybody."""

    taken: Taken
    asked_at: datetime = NOW
    name: str = ""
    fits: dict[str, Fit] = field(default_factory=dict)

    def take(self, _what: object, _entrant: Entrant) -> Taken:
        return self.taken

    def fit(self, text: str, _entrant: Entrant) -> Fit:
        return self.fits.get(text, Fit.NOT)


def decided(text: str, play: Play = NO_PLAY, sender: SenderState | None = None) -> Decision:
    message = InboundMessage(1, 1, "48501222333", OWN, text, Encoding.GSM7, NOW)
    match = find_owner(ROUTES, message.sender, message.recipient, text, NOW)
    return decide(message, match, sender or SenderState(message.sender), NOW, play=play)


def seen(action: Action, taken: Taken) -> Play:
    return Play({(type(action), action.target_id): Fixed(taken)})


def replies(decision: Decision) -> list[str]:
    return [action.text for action in decision.actions if isinstance(action, SendReply)]


def test_what_is_done_stands_in_the_place_of_what_the_rule_names() -> None:
    entered = replace(CONTEST, result="entry 1")
    step = TrailEntry(TrailStep.CONTEST, {"contest": "Bike", "contest_id": 3, "deed": "entered"})
    decision = decided("bike", seen(CONTEST, Taken(entered, (step,))))
    assert [type(action) for action in decision.actions] == [AddToGroup, EnterContest, SendReply]
    assert decision.actions[1].result == "entry 1"
    assert step in decision.trail
    assert replies(decision) == ["You are in, BIKE."]


@pytest.mark.parametrize(("reply", "expected"), [(None, ["You are in, BIKE."]), ("You won, {keyword}!", ["You won, BIKE!"]), ("", [])])
def test_its_reply_goes_in_the_place_of_the_rules(reply: str | None, expected: list[str]) -> None:
    assert replies(decided("bike", seen(CONTEST, Taken(CONTEST, reply=reply)))) == expected


def test_what_it_hands_out_is_filled_in() -> None:
    assert replies(decided("code", seen(CODES, Taken(CODES, values={"code": "A7"})))) == ["Your code: A7"]


def test_nothing_is_written_where_it_says_so() -> None:
    assert not any(isinstance(action, GiveCode) for action in decided("code", seen(CODES, Taken(None, reply="All gone"))).actions)


def test_in_a_trial_without_a_database_the_rule_is_shown_as_it_is() -> None:
    message = InboundMessage(1, 1, "48501222333", OWN, "bike", Encoding.GSM7, NOW)
    decision = explain(message, ROUTES, SenderState(message.sender), NOW)
    assert CONTEST in decision.actions
    assert TrailEntry(TrailStep.CONTEST, {"contest": "Bike", "contest_id": 3}) in decision.trail


def asked(kind: str, minutes: int, **fits: Fit) -> Fixed:
    answered = EnterContest(3, kind, result=kind)
    return Fixed(Taken(answered, reply=f"Thanks for {kind}"), NOW - timedelta(minutes=minutes), kind, fits)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("seven", "new"),  # both take any text: the one asked last
        ("7", "old"),  # what fits exactly goes before what takes any text
        ("plain", None),  # a whole keyword is not swallowed
        ("code", "old"),  # unless it is what was asked for
        ("what?", None),
    ],
)
def test_a_text_answers_the_latest_question_that_it_fits_best(text: str, answers: str | None) -> None:
    new = asked("new", 1, seven=Fit.LOOSE, plain=Fit.LOOSE, **{"7": Fit.LOOSE})
    old = asked("old", 9, seven=Fit.LOOSE, code=Fit.EXACT, **{"7": Fit.EXACT})
    decision = decided(text, Play({}, (new, old)))
    assert next((action.result for action in decision.actions if isinstance(action, EnterContest)), None) == answers


def test_an_answer_is_handed_on_to_who_gets_every_message_and_answered_once() -> None:
    decision = decided("seven", Play({}, (asked("new", 1, seven=Fit.EXACT),)))
    assert [type(action) for action in decision.actions] == [EnterContest, SendReply, ForwardToUrl]
    assert replies(decision) == ["Thanks for new"]
    left_out = TrailEntry(TrailStep.ACTION_NOT_TAKEN, {"action": "send_reply", "reason": SkipReason.ANSWERED.value})
    assert left_out in decision.trail


@pytest.mark.parametrize("text", ["STOP", "Stop. Thank you"])
def test_an_opt_out_answers_nothing(text: str) -> None:
    decision = decided(text, Play({}, (asked("new", 1, **{text: Fit.EXACT}),)))
    assert not any(isinstance(action, EnterContest) for action in decision.actions)


def test_a_blocked_sender_answers_nothing() -> None:
    blocked = SenderState("48501222333", is_blocked=True)
    assert decided("seven", Play({}, (asked("new", 1, seven=Fit.EXACT),)), blocked).actions == ()
