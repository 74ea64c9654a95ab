"""What becomes of an entry: who may enter, how often, who wins at once, what is answered, and what an age changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.condition import UTC_CLOCK
from recado.core.contest import Contest, EntryRule, EntryState, Refusal, answers_in
from recado.core.contest_age import AskedAge
from recado.core.contest_entry import SeenContest, enter
from recado.core.contest_state import AskedAgain, NewEntry, Phone, Settled, Tally, Waiting, wins_at_once
from recado.core.contest_texts import ENGLISH, ContestText
from recado.core.instant_win import hits
from recado.core.message import Encoding, InboundMessage
from recado.core.sender import SenderState, lasting
from recado.core.taking_part import Entrant, Fit, Taken

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = "2026-11-27"
BIKE = Contest(3, 1, "Bike", NOW - timedelta(days=1), NOW + timedelta(days=1))
SEED = bytes(range(32))
NUMBER = 5
OWN = {text: f"own {text.value}" for text in ContestText}


def entrant(argument: str = "", **fields: object) -> Entrant:
    message = InboundMessage(1, 1, "48501222333", "48600100200", f"bike {argument}", Encoding.GSM7, NOW)
    return replace(Entrant(message, SenderState(message.sender), 1, NUMBER, NOW, UTC_CLOCK, 7, "BIKE", argument), **fields)


def entered(contest: Contest, phone: Phone = Phone(), tally: Tally = Tally(), who: Entrant | None = None) -> Taken:  # noqa: B008  # frozen
    return enter(who or entrant(), SeenContest(contest, phone, tally, {NUMBER}))


def result(taken: Taken) -> NewEntry:
    assert taken.action is not None
    found = taken.action.result
    assert isinstance(found, NewEntry)
    return found


def test_who_may_enter_gets_the_next_number() -> None:
    taken = entered(BIKE, tally=Tally(41))
    assert result(taken) == NewEntry(EntryState.ACCEPTED, TODAY, "", None, 1, 1, 42)
    assert (taken.reply, taken.values) == (None, {"entry": "42"})
    assert taken.steps[0].values == {"contest": "Bike", "contest_id": 3, "deed": "entered", "sequence": 42}


@pytest.mark.parametrize(
    ("changes", "phone", "who", "reason", "text"),
    [
        ({"opens_at": NOW + timedelta(seconds=1)}, {}, {}, Refusal.EARLY, ContestText.EARLY),
        ({"closes_at": NOW}, {}, {}, Refusal.LATE, ContestText.LATE),
        ({}, {"entries": 1}, {}, Refusal.TOTAL, ContestText.ALREADY),
        ({"limit_total": None, "limit_per_day": 2}, {"entries": 9, "entries_today": 2}, {}, Refusal.PER_DAY, ContestText.ALREADY),
        ({"answers": answers_in("A")}, {}, {}, Refusal.WRONG, ContestText.WRONG),
        ({"excluded_group_id": 4}, {"is_excluded": True}, {}, Refusal.EXCLUDED, ContestText.REFUSED),
        ({"excluded_group_id": 4}, {}, {"sender": SenderState("48501222333", groups=lasting({4}))}, Refusal.EXCLUDED, ContestText.REFUSED),
        ({"excludes_earlier_winners": True}, {"won_lately": True}, {}, Refusal.EARLIER_WINNER, ContestText.REFUSED),
        ({}, {}, {"is_opted_out": True}, Refusal.OPTED_OUT, ContestText.REFUSED),
        ({"min_age": 18}, {"is_too_young": True}, {}, Refusal.UNDER_AGE, ContestText.REFUSED),
        ({"min_age": 18}, {}, {"number_id": 6}, Refusal.AGE_UNKNOWN, ContestText.REFUSED),
    ],
)
def test_who_may_not_is_told_why_in_the_owners_words_or_the_standard_ones(
    changes: dict[str, object], phone: dict[str, object], who: dict[str, object], reason: Refusal, text: ContestText
) -> None:
    contest = replace(BIKE, **changes)
    taken = entered(contest, Phone(**phone), who=entrant(**who))
    assert (result(taken).state, result(taken).reason, result(taken).sequence) == (EntryState.REFUSED, reason, None)
    assert (taken.reply, taken.gives_code) == (ENGLISH[text], False)
    assert entered(replace(contest, texts=OWN), Phone(**phone), who=entrant(**who)).reply == OWN[text]


def test_only_a_wrong_answer_uses_up_the_limit_of_who_is_refused() -> None:
    wrong, late = entered(replace(BIKE, answers=answers_in("A"))), entered(replace(BIKE, closes_at=NOW))
    assert [(result(one).ordinal, result(one).day_ordinal) for one in (wrong, late)] == [(1, 1), (None, None)]


@pytest.mark.parametrize("answer", ["a", "A)", " a. ", "„A”", "Łódź", "lodz!", "new  york"])
def test_answers_are_right_however_they_are_typed(answer: str) -> None:
    assert result(entered(replace(BIKE, answers=answers_in("A\nŁódź\n\nNew York")), who=entrant(answer))).state is EntryState.ACCEPTED


def test_without_a_keyword_the_whole_text_is_the_answer() -> None:
    message = InboundMessage(1, 1, "48501222333", "48600100200", "Paris", Encoding.GSM7, NOW)
    taken = entered(replace(BIKE, answers=answers_in("paris")), who=entrant(message=message, keyword_id=None))
    assert (result(taken).state, result(taken).answer) == (EntryState.ACCEPTED, "Paris")


@pytest.mark.parametrize(
    ("rule", "every", "winners"),
    [
        (EntryRule.EVERY, 0, list(range(1, 13))),
        (EntryRule.CORRECT, 0, list(range(1, 13))),
        (EntryRule.FIRST, 3, [1, 2, 3]),
        (EntryRule.FIRST, 0, []),
        (EntryRule.KTH, 5, [5, 10]),
        (EntryRule.KTH, 0, []),
        (EntryRule.INSTANT, 3, [one for one in range(1, 13) if hits(SEED, one, 3)]),
        (EntryRule.INSTANT, 0, []),
        (EntryRule.AT_CLOSE, 1, []),
        (EntryRule.DAILY, 1, []),
        (EntryRule.JURY, 1, []),
    ],
)
def test_each_rule_lets_the_right_ones_win_at_once(rule: EntryRule, every: int, winners: list[int]) -> None:
    contest = replace(BIKE, rule=rule, every=every, seed=SEED)
    assert [one for one in range(1, 13) if wins_at_once(contest, Tally(one - 1), TODAY)] == winners
    capped = replace(contest, win_cap=2)
    assert [one for one in range(1, 13) if wins_at_once(capped, Tally(one - 1, 2), TODAY)] == []


@given(st.integers(1, 5), st.integers(0, 4), st.integers(0, 3), st.lists(st.sampled_from(["1", "2", "3"]), max_size=40).map(sorted))
def test_caps_hold_however_many_enter(odds: int, cap: int, cap_per_day: int, days: list[str]) -> None:
    contest = replace(BIKE, rule=EntryRule.INSTANT, every=odds, seed=SEED, win_cap=cap, win_cap_per_day=cap_per_day)
    tally = Tally()
    for sequence, day in enumerate(days, start=1):
        tally = tally.after(sequence, day, is_winner=wins_at_once(contest, tally, day))
    assert tally.wins <= cap
    assert all(count <= cap_per_day for count in tally.wins_on.values())
    assert tally.wins == sum(tally.wins_on.values())


@pytest.mark.parametrize(
    ("rule", "texts", "winner", "loser"),
    [
        (EntryRule.FIRST, {}, ENGLISH[ContestText.WIN], None),
        (EntryRule.FIRST, OWN, "own win", "own lose"),
        (EntryRule.FIRST, {ContestText.ENTERED: "in"}, ENGLISH[ContestText.WIN], "in"),
        (EntryRule.EVERY, {ContestText.ENTERED: "in"}, "in", "in"),
        (EntryRule.EVERY, {}, None, None),
        (EntryRule.AT_CLOSE, OWN, "own entered", "own entered"),
        (EntryRule.JURY, {}, None, None),
    ],
)
def test_winners_and_others_are_answered(rule: EntryRule, texts: dict[ContestText, str], winner: str | None, loser: str | None) -> None:
    contest = replace(BIKE, rule=rule, every=1, texts=texts)
    assert entered(contest).reply == winner
    capped = replace(contest, win_cap=1)
    assert entered(capped, tally=Tally(1, 1)).reply == loser


def test_whoever_decides_at_once_gives_codes_to_winners_alone() -> None:
    at_once = replace(BIKE, rule=EntryRule.FIRST, every=1)
    assert [one.gives_code for one in (entered(at_once), entered(at_once, tally=Tally(1)), entered(BIKE))] == [True, False, True]


ADULTS = replace(BIKE, min_age=18)
WAITING = Waiting(99, TODAY, NOW - timedelta(hours=23))


def test_an_age_is_asked_for_once_and_the_entry_waits() -> None:
    taken = entered(ADULTS)
    assert (result(taken).state, result(taken).sequence, result(taken).ordinal) == (EntryState.PENDING, None, 1)
    assert taken.reply == ENGLISH[ContestText.AGE]
    again = entered(ADULTS, Phone(1, 1, waiting=WAITING))
    assert again.action is not None
    assert (again.action.result, again.reply) == (AskedAgain(99), ENGLISH[ContestText.AGE])
    known = entered(replace(ADULTS, limit_total=None), Phone(1, 1, is_of_age=True))
    assert result(known).state is EntryState.ACCEPTED


@pytest.mark.parametrize(
    ("text", "drawn", "expected", "reply"),
    [
        ("1990", False, Settled(99, TODAY, EntryState.ACCEPTED, None, 8), ENGLISH[ContestText.ENTERED]),
        ("2012", False, Settled(99, TODAY, EntryState.REFUSED, Refusal.UNDER_AGE), ENGLISH[ContestText.REFUSED]),
        ("2008", False, AskedAgain(99), ENGLISH[ContestText.BIRTHDAY]),
        ("24.05.2008", False, Settled(99, TODAY, EntryState.ACCEPTED, None, 8), ENGLISH[ContestText.ENTERED]),
        ("1990", True, Settled(99, TODAY, EntryState.REFUSED, Refusal.LATE), ENGLISH[ContestText.LATE]),
    ],
)
def test_an_answer_lets_the_entry_count_or_not(text: str, drawn: bool, expected: object, reply: str) -> None:
    asked = AskedAge(ADULTS, Tally(7), WAITING, drawn)
    assert asked.fit(text, entrant()) is Fit.EXACT
    taken = asked.take(text, entrant())
    assert taken.action is not None
    assert (taken.action.result, taken.reply) == (expected, reply)


def test_an_answer_can_win_at_once() -> None:
    taken = AskedAge(replace(ADULTS, rule=EntryRule.FIRST, every=8), Tally(7), WAITING).take("1990", entrant())
    assert taken.action is not None
    assert (taken.action.result, taken.reply) == (Settled(99, TODAY, EntryState.ACCEPTED, None, 8, True), ENGLISH[ContestText.WIN])


@pytest.mark.parametrize(("text", "hours"), [("bike", 1), ("1990", 24)])
def test_other_texts_and_late_answers_are_no_answers(text: str, hours: int) -> None:
    waiting = replace(WAITING, asked_at=NOW - timedelta(hours=hours))
    assert AskedAge(ADULTS, Tally(), waiting).fit(text, entrant()) is Fit.NOT


def test_the_year_itself_is_kept_nowhere() -> None:
    taken = AskedAge(ADULTS, Tally(7), WAITING).take("24.05.1990", entrant("24.05.1990"))
    assert "1990" not in repr(taken)
