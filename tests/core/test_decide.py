"""The rules of decisions as a table: text, kind of number and sender in; owner, rule and actions out (product.md §2)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from recado.core.action import AddToGroup, ForwardToUrl, SendReply
from recado.core.compiling import ActionRow, KeywordRow, NumberRow, RuleRow, compile_routes
from recado.core.condition import Clock
from recado.core.decide import Decision, decide, explain, find_owner
from recado.core.message import Encoding, InboundMessage
from recado.core.number import NumberKind, NumberState
from recado.core.profile import Profile
from recado.core.routes import KeywordState, MatchKind, Routes
from recado.core.sender import SenderState, lasting

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
SHARED, INDIVIDUAL, SUSPENDED, RETURNED, ECO, UNHANDLED = "48503340503", "48600100200", "48600100201", "48600100202", "48600100203", "4301"
ANNA, BOB = 1, 2
JOIN, FORWARD = AddToGroup(7, "Gardeners"), ForwardToUrl(12, "Shop")

NUMBERS = [
    NumberRow(1, SHARED, NumberKind.SHARED_LONG, NumberState.ASSIGNED),
    NumberRow(2, INDIVIDUAL, NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED, ANNA),
    NumberRow(3, SUSPENDED, NumberKind.INDIVIDUAL_LONG, NumberState.SUSPENDED, ANNA),
    NumberRow(4, RETURNED, NumberKind.INDIVIDUAL_LONG, NumberState.QUARANTINED, ANNA),
    NumberRow(5, ECO, NumberKind.ECO, NumberState.ASSIGNED),
    NumberRow(6, UNHANDLED, NumberKind.SHARED_SHORT, NumberState.ASSIGNED),
]
KEYWORDS = [
    KeywordRow(1, 1, ANNA, "Gardener"),
    KeywordRow(2, 1, BOB, "Gardener Club"),
    KeywordRow(3, 1, ANNA, "łaska", also_when_text_follows=True),
    KeywordRow(4, 1, BOB, "laska"),
    KeywordRow(5, 1, BOB, "summer", starts_at=NOW - timedelta(days=9), ends_at=NOW),
    KeywordRow(6, 1, ANNA, "winter", starts_at=NOW, ends_at=NOW + timedelta(days=9)),
    KeywordRow(7, 1, BOB, "yesterday", state=KeywordState.QUARANTINE),
    KeywordRow(8, 1, BOB, "Gardener tomorrow", state=KeywordState.HELD),
    KeywordRow(9, 1, BOB, "rest", state=KeywordState.PAUSED),
    KeywordRow(10, 1, BOB, "quiet"),
    KeywordRow(11, 1, BOB, "❤️ 5"),
    KeywordRow(12, 1, ANNA, "łaska boska"),
    KeywordRow(13, 1, BOB, "basis", MatchKind.BASE),
    KeywordRow(20, 2, ANNA, "order", also_when_text_follows=True),
    KeywordRow(21, 2, ANNA, "vote"),
    KeywordRow(22, 2, BOB, "stranger"),
    KeywordRow(23, 2, ANNA, "dated", starts_at=NOW + timedelta(seconds=1)),
    KeywordRow(24, 2, ANNA, "później zamawiam", MatchKind.PHRASE),
    KeywordRow(25, 2, ANNA, "kod", MatchKind.BASE, synonyms=("code", "kod rabatowy", "kod")),
    KeywordRow(26, 2, ANNA, "out", MatchKind.REMOVING),
    KeywordRow(27, 2, ANNA, "zamawiam", MatchKind.PHRASE),
    KeywordRow(28, 2, ANNA, "kod 7"),
    KeywordRow(29, 2, ANNA, "łyk", MatchKind.PHRASE, synonyms=("haust",)),
    KeywordRow(40, 2, ANNA, "lyk", MatchKind.PHRASE),
    KeywordRow(30, 5, BOB, "eco"),
    KeywordRow(31, 1, ANNA, "yesterday x"),
]
RULES = [RuleRow(100 + row.id, row.number_id, row.account_id, row.id) for row in KEYWORDS if row.id != 10] + [
    RuleRow(201, 2, ANNA, ends_at=NOW, priority=9),
    RuleRow(202, 2, ANNA),
    RuleRow(203, 6, BOB),
    RuleRow(204, 2, ANNA, 21, priority=5, is_enabled=False),
    RuleRow(205, 2, ANNA, 21, priority=3),
]
ACTIONS = [
    ActionRow(101, "add_to_group", 0, group_id=7, group_name="Gardeners"),
    ActionRow(101, "send_reply", 1, text="Welcome"),
    ActionRow(101, "forward_to_url", 2, destination_id=12, destination_name="Shop"),
    ActionRow(103, "send_reply", text="{keyword}/{argument}/{group}/{date}/{nobody}"),
    ActionRow(113, "send_reply", text="never"),
    ActionRow(120, "send_reply", text="{argument}"),
    ActionRow(126, "remove_from_group", group_id=7, group_name="Gardeners"),
    ActionRow(202, "forward_to_url", destination_id=12, destination_name="Shop"),
    ActionRow(203, "send_reply", text="never"),
]
NOBODY = (None, None, None, "", ())
RESTING = (*NOBODY[:4], (SendReply("This keyword is no longer in use.", is_ours=True),))
DEFAULT = (ANNA, None, 202, "", (FORWARD,))


def routes() -> Routes:
    return compile_routes(3, NUMBERS, KEYWORDS, RULES, ACTIONS)


def message(text: str, recipient: str = SHARED, **changes: object) -> InboundMessage:
    return replace(InboundMessage(1, 1, "48501222333", recipient, text, Encoding.GSM7, NOW), **changes)


def decided(text: str, recipient: str = SHARED, groups: set[int] = frozenset(), sole: int | None = None, **changes: object) -> Decision:
    return explain(message(text, recipient, **changes), routes(), SenderState("48501222333", 5, lasting(groups)), NOW, sole)


def steps(decision: Decision) -> list[str]:
    return [" ".join(map(str, (entry.step.value, *entry.values.values()))) for entry in decision.trail]


@pytest.mark.parametrize(
    ("text", "recipient", "account", "keyword", "rule", "argument", "actions"),
    [
        # Shared numbers: the word says whose it is; the whole text says whether its rule fires.
        ("gardener", SHARED, ANNA, 1, 101, "", (JOIN, SendReply("Welcome"), FORWARD)),
        ("  GARDENER \u200b", SHARED, ANNA, 1, 101, "", (JOIN, SendReply("Welcome"), FORWARD)),
        ("Ｇardener", SHARED, ANNA, 1, 101, "", (JOIN, SendReply("Welcome"), FORWARD)),
        ("Gardener 2 Pcs ", SHARED, ANNA, 1, 101, "2 Pcs", (FORWARD,)),
        ("gardener club", SHARED, BOB, 2, 102, "", ()),
        ("gardener club now", SHARED, BOB, 2, None, "now", ()),
        ("gardener tomorrow", SHARED, ANNA, 1, 101, "tomorrow", (FORWARD,)),
        ("gardeners", SHARED, *NOBODY),
        ("my gardener", SHARED, *NOBODY),
        ("", SHARED, *NOBODY),
        ("łaska", SHARED, ANNA, 3, 103, "", (SendReply("łaska///2026-11-22/{nobody}"),)),
        ("ŁASKA {date} Ża", SHARED, ANNA, 3, 103, "{date} Ża", (SendReply("łaska/{date} Ża//2026-11-22/{nobody}"),)),
        ("laska", SHARED, BOB, 4, 104, "", ()),
        ("LASKA boska", SHARED, ANNA, 12, 112, "", ()),
        ("łaska boska x", SHARED, ANNA, 3, 103, "boska x", (SendReply("łaska/boska x//2026-11-22/{nobody}"),)),
        ("summer", SHARED, *RESTING),
        ("winter", SHARED, ANNA, 6, 106, "", ()),
        ("yesterday", SHARED, *RESTING),
        ("yesterday again", SHARED, *NOBODY),
        ("rest", SHARED, BOB, 9, None, "", ()),
        ("quiet please", SHARED, BOB, 10, None, "please", ()),
        ("❤ 5", SHARED, BOB, 11, 111, "", ()),
        ("❤️5", SHARED, BOB, 11, 111, "", ()),
        ("basis 1", SHARED, BOB, 13, None, "1", ()),
        ("gardener", UNHANDLED, *NOBODY),
        # Individual numbers: always the owner's; keyword, then default, then inbox.
        ("Order 2 Pcs", INDIVIDUAL, ANNA, 20, 120, "2 Pcs", (SendReply("2 Pcs"),)),
        ("order", INDIVIDUAL, ANNA, 20, 120, "", ()),
        # Base keywords: the rest is the argument; a longer keyword goes first, an exact one before a base one.
        ("Kod 12 AB ", INDIVIDUAL, ANNA, 25, 125, "12 AB", ()),
        ("KOD", INDIVIDUAL, ANNA, 25, 125, "", ()),
        ("kody 12", INDIVIDUAL, *DEFAULT),
        ("kod 7", INDIVIDUAL, ANNA, 28, 128, "", ()),
        ("kod 7 8", INDIVIDUAL, ANNA, 25, 125, "7 8", ()),
        ("code 5", INDIVIDUAL, ANNA, 25, 125, "5", ()),
        ("kod rabatowy 5", INDIVIDUAL, ANNA, 25, 125, "5", ()),
        # Phrases: anywhere, in their order, whole words, others may stand between; the longer one, then the exact spelling.
        ("dziś zamawiam róże", INDIVIDUAL, ANNA, 27, 127, "", ()),
        ("PÓŹNIEJ może zamawiam", INDIVIDUAL, ANNA, 24, 124, "", ()),
        ("zamawiam później", INDIVIDUAL, ANNA, 27, 127, "", ()),
        ("zamawiamy później", INDIVIDUAL, *DEFAULT),
        ("jeszcze łyk", INDIVIDUAL, ANNA, 29, 129, "", ()),
        ("jeszcze lyk", INDIVIDUAL, ANNA, 40, 140, "", ()),
        ("jeszcze haust", INDIVIDUAL, ANNA, 29, 129, "", ()),
        ("kod zamawiam", INDIVIDUAL, ANNA, 25, 125, "zamawiam", ()),
        # Removing keywords: the whole text.
        ("out please", INDIVIDUAL, *DEFAULT),
        ("vote", INDIVIDUAL, ANNA, 21, 205, "", ()),
        ("vote yes", INDIVIDUAL, *DEFAULT),
        ("dated", INDIVIDUAL, *DEFAULT),
        ("later", INDIVIDUAL, *DEFAULT),
        ("stranger", INDIVIDUAL, *DEFAULT),
        ("anything", INDIVIDUAL, *DEFAULT),
        # Numbers that do nothing.
        ("anything", SUSPENDED, ANNA, None, None, "", ()),
        ("anything", RETURNED, *NOBODY),
        ("eco", ECO, *NOBODY),
        ("anything", "48999", *NOBODY),
    ],
)
def test_a_text_gets_its_owner_rule_and_actions(text, recipient, account, keyword, rule, argument, actions):
    decision = decided(text, recipient)
    found = (decision.account_id, decision.keyword_id, decision.rule_id, decision.argument, decision.actions)
    assert found == (account, keyword, rule, argument, actions)
    assert decision.routes_version == 3


def test_a_member_is_not_added_again_but_gets_the_rest():
    decision = decided("gardener", groups={7, 8})
    assert decision.actions == (SendReply("Welcome"), FORWARD)
    assert steps(decision) == [
        "received gsm7 1",
        "tokens gardener",
        "owned keyword Gardener",
        "matched Gardener 1 101",
        "already_in_group Gardeners 7",
        "reply 7",
        "forward_url Shop 12",
    ]


@pytest.mark.parametrize(
    ("text", "recipient", "told"),
    [
        ("gardener", SHARED, ["matched Gardener 1 101", "added_to_group Gardeners 7", "reply 7", "forward_url Shop 12"]),
        ("gardener 2", SHARED, ["rule_skipped Gardener 0 text_follows", "action_not_taken add_to_group text_follows"]),
        ("rest", SHARED, ["rule_skipped rest 109 paused", "inbox_only"]),
        ("summer", SHARED, ["rule_skipped summer 0 quarantine", "unmatched 48503340503"]),
        ("yesterday", SHARED, ["rule_skipped yesterday 0 quarantine", "word_rests yesterday", "reply 33"]),
        ("quiet", SHARED, ["owned keyword quiet", "inbox_only"]),
        ("basis", SHARED, ["rule_skipped basis 113 number_kind", "action_not_taken send_reply number_kind", "inbox_only"]),
        ("x", UNHANDLED, ["unmatched 4301", "action_not_taken send_reply number_kind"]),
        ("order", INDIVIDUAL, ["owned number 48600100200", "action_not_taken send_reply no_text"]),
        ("vote", INDIVIDUAL, ["rule_skipped vote 204 disabled", "matched vote 21 205"]),
        ("dated", INDIVIDUAL, ["rule_skipped dated 0 not_yet", "rule_skipped  201 over", "default_rule 202"]),
        ("code", INDIVIDUAL, ["matched kod 25 125 code"]),
        ("out", INDIVIDUAL, ["matched out 26 126", "not_in_group Gardeners 7"]),
        ("x", SUSPENDED, ["number_not_active 48600100201 suspended"]),
        ("x", "48999", ["number_unknown 48999"]),
    ],
)
def test_the_trail_says_why(text, recipient, told):
    assert [step for step in steps(decided(text, recipient)) if step in told] == told


def test_the_trail_of_one_account_does_not_name_keywords_of_another():
    assert not [step for step in steps(decided("gardener tomorrow")) if "tomorrow" in step and "rule_skipped" in step]


def test_a_word_in_quarantine_hides_the_shorter_ones():
    shorter = KeywordRow(1, 1, ANNA, "red"), KeywordRow(2, 1, BOB, "red shoes", state=KeywordState.QUARANTINE)
    compiled = compile_routes(1, NUMBERS, shorter, [], [])
    assert find_owner(compiled, "1", SHARED, "red shoes", NOW).account_id is None
    assert find_owner(compiled, "1", SHARED, "red hat", NOW).account_id == ANNA


@pytest.mark.parametrize(("ended_for", "owner"), [(timedelta(), None), (timedelta(days=89, hours=23), None), (timedelta(days=90), ANNA)])
def test_an_ended_word_of_a_shared_number_rests_by_itself_and_hides_the_shorter_ones(ended_for, owner):
    shorter = KeywordRow(1, 1, ANNA, "red", also_when_text_follows=True)
    rows = shorter, KeywordRow(2, 1, BOB, "red shoes", ends_at=NOW - ended_for)
    assert find_owner(compile_routes(1, NUMBERS, rows, [], []), "1", SHARED, "red shoes", NOW).account_id == owner


@pytest.mark.parametrize("state", [KeywordState.LIVE, KeywordState.QUARANTINE])
def test_a_resting_word_does_not_hide_its_owners_new_reservation(state):
    old = KeywordRow(1, 1, BOB, "red shoes", state=state, ends_at=NOW - timedelta(days=1))
    new = KeywordRow(2, 1, BOB, "red shoes", starts_at=NOW - timedelta(hours=1))
    compiled = compile_routes(1, NUMBERS, [old, new, KeywordRow(3, 1, ANNA, "red")], [], [])
    assert find_owner(compiled, "1", SHARED, "red shoes", NOW).keyword.keyword_id == new.id


def test_a_word_given_up_long_ago_hides_nothing():
    old = KeywordRow(1, 1, BOB, "red shoes", state=KeywordState.QUARANTINE, ends_at=NOW - timedelta(days=90))
    new = KeywordRow(2, 1, ANNA, "red shoes")
    assert find_owner(compile_routes(1, NUMBERS, [old, new], [], []), "1", SHARED, "red shoes", NOW).account_id == ANNA


def test_an_ended_word_of_an_individual_number_hides_nothing():
    rows = KeywordRow(1, 2, ANNA, "red"), KeywordRow(2, 2, ANNA, "red shoes", ends_at=NOW)
    compiled = compile_routes(1, NUMBERS, rows, [RuleRow(1, 2, ANNA), RuleRow(2, 2, ANNA, 2)], [])
    assert [rule.id for rule in find_owner(compiled, "1", INDIVIDUAL, "red shoes", NOW).rules] == [1]


@pytest.mark.parametrize("recipient", [SHARED, UNHANDLED, ECO])
def test_an_unmatched_message_goes_to_the_only_account_that_wrote_lately(recipient):
    decision = decided("thank you", recipient, sole=BOB)
    assert (decision.account_id, decision.rule_id, decision.actions) == (BOB, None, ())
    assert f"reply_to_sole_writer {recipient}" in steps(decision)


def test_a_sole_writer_gets_neither_owned_messages_nor_those_of_dead_numbers():
    assert decided("gardener", sole=BOB).account_id == ANNA
    assert decided("x", INDIVIDUAL, sole=BOB).account_id == ANNA
    assert decided("x", RETURNED, sole=BOB).account_id is None
    assert decided("x", "48999", sole=BOB).account_id is None


@pytest.mark.parametrize(
    ("recipient", "awaits"), [(SHARED, True), (ECO, True), (INDIVIDUAL, False), (SUSPENDED, False), (RETURNED, False), ("48999", False)]
)
def test_only_unmatched_messages_on_working_shared_numbers_await_a_sole_writer(recipient, awaits):
    assert find_owner(routes(), "48501222333", recipient, "hello", NOW).awaits_sole_writer is awaits


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"parts_total": 3, "parts_received": 3}, ["received gsm7 3", "joined 3"]),
        ({"parts_total": 3, "parts_received": 2}, ["received gsm7 2", "incomplete 2 3"]),
        ({"encoding": Encoding.UCS2, "flags": ("udh_overrun",)}, ["received ucs2 1", "flagged udh_overrun"]),
    ],
)
def test_the_trail_begins_with_how_the_message_came(changes, told):
    assert steps(decided("gardener", **changes))[: len(told)] == told


def test_the_date_of_a_reply_is_that_of_the_zone_given():
    match = find_owner(routes(), "1", SHARED, "łaska", NOW)
    decision = decide(message("łaska"), match, SenderState("1"), NOW, profiles={ANNA: Profile(clock=Clock(timezone(timedelta(hours=1))))})
    assert decision.actions == (SendReply("łaska///2026-11-23/{nobody}"),)


def test_a_shorter_keyword_of_another_account_never_acts_on_an_owned_message():
    keywords = [KeywordRow(1, 1, ANNA, "red", also_when_text_follows=True), KeywordRow(2, 1, BOB, "red shoes")]
    compiled = compile_routes(1, NUMBERS, keywords, [RuleRow(1, 1, ANNA, 1)], [ActionRow(1, "send_reply", text="Anna's")])
    decision = explain(message("red shoes 42"), compiled, SenderState("1"), NOW)
    assert (decision.account_id, decision.rule_id, decision.actions) == (BOB, None, ())


def test_an_individual_number_without_an_owner_is_kept_for_the_operator():
    compiled = compile_routes(1, [NumberRow(1, "48600", NumberKind.INDIVIDUAL_LONG, NumberState.ASSIGNED)], [], [], [])
    decision = explain(message("hello", "48600"), compiled, SenderState("1"), NOW, BOB)
    assert (decision.account_id, steps(decision)[-1]) == (None, "unmatched 48600")
