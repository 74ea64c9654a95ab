"""What is answered to a word that rests: by whom, in which language, and when nothing is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from recado.core.action import SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.decide import Decision, decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.profile import Profile
from recado.core.resting import REST_TEXTS, rest_text
from recado.core.routes import KeywordState, MatchKind
from recado.core.sender import SenderState
from recado.core.trail import TrailEntry, TrailStep
from recado.protocols.gsm.segment import segments

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHARED, OWN, PHONE = "48503340503", "48600100200", "48501222333"
ANNA, BOB = 1, 2
DAY = timedelta(days=1)
NUMBERS = [
    NumberRow(1, SHARED, NumberKind.SHARED_LONG, NumberState.ASSIGNED),
    NumberRow(2, OWN, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA),
]
ENDED = KeywordRow(1, 1, ANNA, "róże", ends_at=NOW - DAY, synonyms=("roza", "red roses"))
RELEASED = KeywordRow(2, 1, BOB, "kino", state=KeywordState.QUARANTINE, ends_at=NOW - DAY)
SLIP = KeywordRow(3, 1, BOB, "sstop", ends_at=NOW - DAY)
OTHERS = [KeywordRow(4, 1, BOB, "red"), KeywordRow(5, 2, ANNA, "tulip", ends_at=NOW - DAY)]
PROFILES = {ANNA: Profile("Róża"), BOB: Profile("Kino", "pl")}


def decided(text, *more, to=SHARED, keywords=(ENDED, RELEASED, SLIP, *OTHERS), at=NOW, **given) -> Decision:
    rows = [*keywords, *more]
    rules = [RuleRow(10 + row.id, row.number_id, row.account_id, row.id) for row in rows]
    routes = compile_routes(1, NUMBERS, rows, rules, [ActionRow(rule.id, "send_reply", text="Hello") for rule in rules])
    match = find_owner(routes, PHONE, to, text, at)
    message = InboundMessage(1, 1, PHONE, to, text, Encoding.GSM7, at)
    return decide(message, match, SenderState(PHONE), at, given.pop("sole", None), PROFILES, given.pop("concerned", {}), **given)


ENGLISH = (SendReply("This keyword is no longer in use.", is_ours=True),)
POLISH = (SendReply("To haslo SMS juz nie dziala.", is_ours=True),)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("RÓŻE", ENGLISH),
        (" roze ", ENGLISH),
        ("Roza", ENGLISH),
        ("red roses", ENGLISH),
        ("Kino", POLISH),
        ("sstop", POLISH),  # a slip of STOP, with nobody to ask
        ("róże please", ()),
        ("my kino", ()),
        ("something else", ()),
    ],
)
def test_only_a_text_that_is_a_resting_word_as_a_whole_is_answered_by_the_installation(text, actions):
    decision = decided(text)
    assert (decision.account_id, decision.keyword_id, decision.rule_id, decision.is_settled) == (None, None, None, False)
    assert decision.actions == actions
    assert [entry.values["word"] for entry in decision.trail if entry.step is TrailStep.WORD_RESTS] == (
        [] if not actions else [next(row.word for row in (SLIP, ENDED, RELEASED) if text.strip().casefold() in _spellings(row))]
    )


def _spellings(row: KeywordRow) -> set[str]:
    return {row.word, *row.synonyms, "roze"} if row is ENDED else {row.word}


def test_a_phone_that_was_told_lately_is_not_told_again():
    decision = decided("kino", is_answered=True)
    assert decision.actions == ()
    assert decision.trail[-2:] == (
        TrailEntry(TrailStep.WORD_RESTS, {"word": "kino"}),
        TrailEntry(TrailStep.ACTION_NOT_TAKEN, {"action": "send_reply", "reason": "answered_lately"}),
    )


@pytest.mark.parametrize(("ended_for", "is_answered"), [(timedelta(), True), (90 * DAY - timedelta(seconds=1), True), (90 * DAY, False)])
def test_it_is_answered_for_90_days_and_then_not(ended_for, is_answered):
    for row in (ENDED, RELEASED):
        decision = decided(row.word, keywords=[replace(row, ends_at=NOW - ended_for)])
        assert bool(decision.actions) is is_answered
        assert decision.account_id is None


def test_a_word_its_former_owner_took_again_is_theirs():
    assert decided("róże", KeywordRow(6, 1, ANNA, "róże")).account_id == ANNA


def test_a_word_that_another_took_after_its_rest_is_theirs():
    long_ago = replace(RELEASED, ends_at=NOW - 90 * DAY)
    assert decided("kino", keywords=[long_ago, KeywordRow(7, 1, ANNA, "kino")]).account_id == ANNA


def test_another_keyword_spelled_as_typed_goes_first():
    decision = decided("laska", keywords=[KeywordRow(8, 1, BOB, "laska"), KeywordRow(9, 1, ANNA, "łaska", ends_at=NOW - DAY)])
    assert (decision.account_id, decision.actions) == (BOB, (SendReply("Hello"),))


def test_a_resting_word_is_no_answer_to_the_only_account_that_wrote_lately():
    decision = decided("róże", sole=BOB)
    assert (decision.account_id, decision.actions) == (None, ENGLISH)
    assert decided("róże please", sole=BOB).account_id == BOB


def test_who_may_have_meant_stop_is_asked_instead_where_there_is_one_to_ask_for():
    decision = decided("sstop", concerned={ANNA: SenderState(PHONE)})
    assert decision.account_id == ANNA
    assert not any(one.is_ours for one in decision.actions)


def test_words_of_individual_numbers_never_rest():
    assert decided("tulip", to=OWN).actions == ()


def test_the_answer_is_one_short_message_in_every_language_and_names_nobody():
    assert {rest_text("pl"), rest_text("en"), rest_text("xx")} == REST_TEXTS
    for text in REST_TEXTS:
        assert segments(text).count == 1
        assert text.isascii()
        assert "{" not in text


def test_a_phrase_that_rests_is_no_whole_text_where_more_words_stand():
    row = KeywordRow(1, 1, 1, "red shoes", MatchKind.PHRASE, state=KeywordState.QUARANTINE, synonyms=("red",))
    routes = compile_routes(1, [NumberRow(1, "4301", NumberKind.SHARED_SHORT, NumberState.ASSIGNED)], [row], [], [])
    assert find_owner(routes, "48501222333", "4301", "red hat now", NOW).resting is None
    assert find_owner(routes, "48501222333", "4301", "red", NOW).resting is not None
