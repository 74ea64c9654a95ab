"""Asking back after a slip: when it is asked, that nothing else follows, and what a YES or NO does (product.md §2, "Typos")."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.action import AddToGroup, AskBack, CloseQuestion, ForwardToUrl, Scope, SendReply
from recado.core.asking import answering
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import Condition
from recado.core.decide import Decision, decide, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.nearness import slips
from recado.core.number import NumberKind, NumberState
from recado.core.profile import Profile
from recado.core.question import ASKED, NO_WORDS, YES_WORDS, Question, Says, read_answer
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState
from recado.core.text import all_tokens, fold
from recado.core.trail import TrailStep

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHARED, OWN, PHONE = "48503340503", "48600100200", "48501222333"
ANNA, BOB = 1, 2
SHARED_ID, OWN_ID = 1, 2
NUMBERS = [
    NumberRow(SHARED_ID, SHARED, NumberKind.SHARED_LONG, NumberState.ASSIGNED),
    NumberRow(OWN_ID, OWN, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA),
]
KEYWORDS = [
    KeywordRow(1, 1, ANNA, "Gardener", asks_back=True),
    KeywordRow(2, 1, BOB, "cinema", synonyms=("teatr",)),
    KeywordRow(3, 2, ANNA, "PROMO", asks_back=True),
    KeywordRow(4, 2, ANNA, "leave", MatchKind.REMOVING, asks_back=True),
    KeywordRow(5, 2, ANNA, "votes", MatchKind.BASE, asks_back=True),
    KeywordRow(6, 2, ANNA, "roses", asks_back=True),
    KeywordRow(7, 2, ANNA, "rosen"),
    KeywordRow(8, 2, ANNA, "kod", asks_back=True),
    KeywordRow(9, 2, ANNA, "summer", MatchKind.PHRASE, asks_back=True),
    KeywordRow(10, 2, ANNA, "lilies", state=KeywordState.PAUSED, asks_back=True),
    KeywordRow(11, 2, ANNA, "order6", asks_back=True),
    KeywordRow(12, 2, ANNA, "nights", asks_back=True),
    KeywordRow(13, 2, ANNA, "tulip", ends_at=NOW, asks_back=True),
    KeywordRow(14, 2, ANNA, "ok"),
]
RULES = [
    RuleRow(10 + row.id, row.number_id, row.account_id, row.id, condition=Condition(weekdays=frozenset({7})))
    if row.word == "nights"
    else RuleRow(10 + row.id, row.number_id, row.account_id, row.id)
    for row in KEYWORDS
] + [RuleRow(50, 2, ANNA)]
ACTIONS = [
    ActionRow(11, "add_to_group", group_id=7, group_name="Gardeners"),
    ActionRow(11, "send_reply", 1, text="Hello"),
    *(ActionRow(rule, "send_reply", text="Hello {argument}") for rule in (12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24)),
    ActionRow(14, "remove_from_group", group_id=7, group_name="Gardeners"),
    ActionRow(50, "send_reply", text="We answer soon"),
    ActionRow(50, "forward_to_url", 1, destination_id=4, destination_name="Shop"),
]
ROUTES = compile_routes(1, NUMBERS, KEYWORDS, RULES, ACTIONS)
PROFILES = {ANNA: Profile("Róża", "pl"), BOB: Profile("Kino", "en")}
KNOWN = SenderState(PHONE)


def decided(
    text: str,
    to: str = SHARED,
    question: Question | None = None,
    seen: SenderState = KNOWN,
    writer: int | None = None,
    routes: Routes = ROUTES,
    now: datetime = NOW,
) -> Decision:
    """Decide as the gateway does, everything known about the sender being `seen`, whoever looks."""
    match = find_owner(routes, PHONE, to, text, now)
    if match.awaits_question and question is not None:
        match = answering(routes, match, question, seen, now, writer)
    message = InboundMessage(2, 1, PHONE, to, text, Encoding.GSM7, now)
    about = {match.near.account_id: seen} if match.near is not None else {}
    return decide(message, match, seen, now, writer, PROFILES, about, question=question)


def asked(decision: Decision) -> str | None:
    return next((one.word for one in decision.actions if isinstance(one, AskBack)), None)


def question(text: str, keyword_id: int = 1, **changed: object) -> Question:
    return replace(Question(ANNA, keyword_id, 1, text, NOW - timedelta(hours=1)), **changed)


@pytest.mark.parametrize(
    ("text", "to", "word"),
    [
        ("gardner", SHARED, "Gardener"),
        ("GRADENER", SHARED, "Gardener"),
        ("gardeneer", SHARED, "Gardener"),
        ("gárdenet", SHARED, "Gardener"),
        ("gardener2", SHARED, None),  # another digit is meant
        ("gardne", SHARED, None),  # two slips
        ("gardner please", SHARED, None),
        ("cinemaa", SHARED, None),  # not switched on
        ("gardener", SHARED, None),
        ("gardener now", SHARED, None),
        ("prmo", OWN, "PROMO"),
        ("PROM0", OWN, "PROMO"),
        ("leavee", OWN, None),  # takes people out
        ("vots 12 Anna", OWN, "votes"),
        ("vots", OWN, "votes"),
        ("rosem", OWN, None),  # two are that near
        ("rosess", OWN, "roses"),
        ("rose", OWN, None),  # so they are here
        ("kodd", OWN, None),  # too short
        ("sumer", OWN, "summer"),
        ("it is sumer", OWN, None),
        ("sumer it is", OWN, None),
        ("liliess", OWN, None),  # paused
        ("ordr6", OWN, "order6"),
        ("order7", OWN, None),
        ("nightss", OWN, None),  # would do nothing today
        ("tulipp", OWN, None),  # over
        ("tulip", OWN, None),
        ("", OWN, None),
        ("!", SHARED, None),
    ],
)
def test_one_slip_from_one_keyword_that_asks_is_asked_about(text, to, word):
    assert asked(decided(text, to)) == word


def test_on_a_shared_number_nothing_but_the_question_follows_and_the_message_stays_nobodys():
    decision = decided("gardner")
    reply = SendReply("Czy chodzilo o Gardener? Odpisz TAK.", is_ours=True)
    assert decision.actions == (AskBack(ANNA, 1, "Gardener"), reply)
    assert (decision.account_id, decision.keyword_id, decision.rule_id, decision.is_settled) == (None, None, None, False)
    steps = [entry.step for entry in decision.trail]
    assert steps[-3:] == [TrailStep.UNMATCHED, TrailStep.ASKED_BACK, TrailStep.REPLY]


def test_on_an_own_number_the_question_takes_the_place_of_the_default_answer_but_the_message_is_still_handed_on():
    decision = decided("prmo", OWN)
    assert decision.actions == (AskBack(ANNA, 3, "PROMO"), SendReply("Czy chodzilo o PROMO? Odpisz TAK."), ForwardToUrl(4, "Shop"))
    assert (decision.account_id, decision.keyword_id, decision.rule_id) == (ANNA, None, 50)


@pytest.mark.parametrize(
    "seen",
    [
        replace(KNOWN, opt_outs=frozenset({(Scope.ACCOUNT, 0)})),
        replace(KNOWN, opt_outs=frozenset({(Scope.NUMBER, SHARED_ID)})),
        replace(KNOWN, opt_outs=frozenset({(Scope.KEYWORD, 1)})),
        replace(KNOWN, is_blocked=True),
    ],
)
def test_who_wants_no_messages_or_is_blocked_is_neither_asked_nor_taken_at_a_yes(seen):
    assert decided("gardner", seen=seen).actions == ()
    answer = decided("yes", question=question("gardner"), seen=seen)
    assert (answer.account_id, answer.actions) == (None, ())


def test_nobody_is_asked_twice_within_a_day():
    asked_before = question("gardner", is_open=False)
    assert asked(decided("gardner", question=asked_before)) is None
    assert asked(decided("gardner", question=replace(asked_before, asked_at=NOW - timedelta(hours=24)))) == "Gardener"


def test_who_talks_with_another_account_is_not_asked_and_who_talks_with_the_same_is():
    others = decided("gardner", writer=BOB)
    assert (others.account_id, others.actions) == (BOB, ())
    own = decided("gardner", writer=ANNA)
    assert (own.account_id, asked(own)) == (ANNA, "Gardener")
    assert not any(one.is_ours for one in own.actions if isinstance(one, SendReply))


@pytest.mark.parametrize("text", ["YES", "tak!", "Ok.", "Tak, proszę", "ja", "TAK 👍"])
def test_yes_does_what_the_keyword_would_have_done_and_hands_the_mistyped_message_over(text):
    decision = decided(text, question=question("gardner"))
    assert decision.actions == (CloseQuestion(1, "Gardener", "yes", hands_over=True), AddToGroup(7, "Gardeners"), SendReply("Hello"))
    assert (decision.account_id, decision.keyword_id, decision.rule_id) == (ANNA, 1, 11)
    assert [entry.step for entry in decision.trail][3:5] == [TrailStep.ANSWERED_QUESTION, TrailStep.MATCHED]


def test_yes_takes_the_argument_from_what_was_mistyped():
    decision = decided("tak", OWN, question("vots 12 Anna", 5))
    assert (decision.argument, decision.keyword_id) == ("12 Anna", 5)
    assert decision.actions == (CloseQuestion(1, "votes", "yes"), SendReply("Hello 12 Anna"))


def test_an_answer_comes_before_a_keyword_of_the_same_word_and_only_where_something_was_asked():
    assert decided("ok", OWN, question("prmo", 3)).keyword_id == 3
    assert decided("ok", OWN).keyword_id == 14


@pytest.mark.parametrize(("text", "to", "keyword_id"), [("nie", SHARED, 1), ("No, thanks", OWN, 3)])
def test_no_closes_the_question_and_nothing_else(text, to, keyword_id):
    asked_about = question("gardner" if to == SHARED else "prmo", keyword_id)
    decision = decided(text, to, asked_about)
    assert [type(action) for action in decision.actions] == [CloseQuestion]
    assert (decision.account_id, decision.is_settled) == ((None, True) if to == SHARED else (ANNA, False))


@pytest.mark.parametrize(
    "asked_before",
    [
        question("gardner", is_open=False),
        question("gardner", asked_at=NOW - timedelta(hours=24)),
        question("gardner", keyword_id=99),
        question("something else"),
    ],
)
def test_a_yes_to_nothing_that_is_open_is_a_text_like_any_other(asked_before):
    decision = decided("yes", question=asked_before)
    assert (decision.account_id, decision.actions) == (None, ())


def test_a_yes_may_be_meant_for_another_account_that_wrote_meanwhile_and_is_not_guessed():
    decision = decided("yes", question=question("gardner"), writer=BOB)
    assert (decision.account_id, decision.actions) == (BOB, ())


@pytest.mark.parametrize("text", ["yes?", "yes I will come at five", "maybe", "gardener", "stop"])
def test_other_texts_leave_the_question_open(text):
    assert CloseQuestion not in {type(action) for action in decided(text, question=question("gardner")).actions}


def test_a_question_is_void_once_its_keyword_ends_or_another_comes_as_near():
    gardener, rival = KEYWORDS[0], KeywordRow(98, 1, BOB, "gardiner")
    for keywords in ([replace(gardener, ends_at=NOW)], [gardener, rival], [replace(gardener, asks_back=False)]):
        keywords.append(KeywordRow(99, 1, ANNA, "another", asks_back=True))
        rules = [*RULES, RuleRow(90, 1, ANNA, 99)]
        routes = compile_routes(2, NUMBERS, keywords, rules, ACTIONS)
        assert decided("yes", question=question("gardner"), routes=routes).actions == ()


def test_a_resting_word_that_is_an_answer_too_answers_where_something_was_asked():
    keywords = [*KEYWORDS, KeywordRow(98, SHARED_ID, BOB, "ok", ends_at=NOW - timedelta(days=30))]
    routes = compile_routes(2, NUMBERS, keywords, RULES, ACTIONS)
    told = (SendReply("This keyword is no longer in use.", is_ours=True),)
    assert decided("ok", question=question("gardner"), routes=routes).keyword_id == 1
    assert decided("ok", routes=routes).actions == told
    other = decided("ok", question=question("gardner"), writer=BOB, routes=routes)
    assert (other.account_id, other.actions) == (None, told)


def test_a_resting_word_of_somebody_else_that_is_as_near_keeps_from_asking():
    keywords = [KEYWORDS[0], KeywordRow(98, 1, BOB, "gardiner", ends_at=NOW - timedelta(days=30))]
    assert asked(decided("gardner", routes=compile_routes(2, NUMBERS, keywords, RULES, ACTIONS))) is None


def test_a_number_without_the_switch_has_no_index_and_looks_for_no_answers():
    routes = compile_routes(2, NUMBERS, [replace(row, asks_back=False) for row in KEYWORDS], RULES, ACTIONS)
    assert not any(number.typos for number in routes.numbers.values())
    assert not find_owner(routes, PHONE, SHARED, "yes", NOW).awaits_question


def test_every_answer_word_is_read_and_none_says_both():
    for says, lists in ((Says.YES, YES_WORDS), (Says.NO, NO_WORDS)):
        for word in (word for words in lists.values() for word in words):
            found = read_answer(fold(tuple(all_tokens(word))))
            assert found is not None, word
            assert found.says is says, word
    assert all(read_answer(fold(tuple(all_tokens(text.rsplit(maxsplit=1)[-1])))) for text in ASKED.values())


LETTERS = st.text("promgadenrtulis2 ", max_size=12)
WORDS = [row.word.lower() for row in KEYWORDS]


@st.composite
def nearly(draw: st.DrawFn) -> str:
    """Draw a keyword with a few letters changed, or something else."""
    word = draw(st.sampled_from(WORDS))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(word)))
        word = word[:at] + draw(st.sampled_from(["", *"arosn2 "])) + word[at + draw(st.integers(0, 1)) :]
    return draw(st.one_of(st.just(word), LETTERS))


@given(nearly(), st.sampled_from([SHARED, OWN]))
def test_what_is_asked_about_is_one_slip_from_it_alone_and_nothing_else_is_done(text, to):
    decision = decided(text, to)
    if asked(decision) is None:
        return
    assert {type(action) for action in decision.actions} <= {AskBack, SendReply, ForwardToUrl}
    assert sum(isinstance(action, SendReply) for action in decision.actions) == 1
    assert decision.keyword_id is None
    first = fold(tuple(all_tokens(text)))[0]
    here = [row for row in KEYWORDS if NUMBERS[row.number_id - 1].digits == to and row.ends_at is None]
    assert sum(slips(first, row.word.lower(), 1) is not None for row in here) == 1


@given(nearly(), st.sampled_from([None, ANNA, BOB]))
def test_on_a_shared_number_no_text_by_itself_becomes_that_of_an_account_whose_keyword_was_not_typed(text, writer):
    decision = decided(text, SHARED, writer=writer)
    tokens = fold(tuple(all_tokens(text)))
    typed = {row.account_id for row in KEYWORDS[:2] if tokens and tokens[0] in {row.word.lower(), *row.synonyms}}
    assert decision.account_id in (typed or {None, writer})
    assert decision.account_id == writer or typed or decision.account_id is None
