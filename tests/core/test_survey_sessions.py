"""From question to question, and the life of a session: every survey ends, time runs out as set, late answers go where they are told to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.core.survey import (
    AnswerKind,
    Counting,
    Late,
    Option,
    Question,
    Session,
    SessionState,
    Survey,
    SurveyDeed,
    SurveyKind,
    SurveyState,
)
from recado.core.survey_reading import read
from recado.core.survey_sessions import (
    LATE_FOR,
    LATE_TEXT_FOR,
    Due,
    Move,
    answer,
    begin,
    is_waiting,
    reminded,
    stopped,
    waits_until,
    what_is_due,
)
from recado.core.survey_steps import first_text, next_question, reask_text, reminder_text, ways_back

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CHOICES = (Option(1, "A", "Roses"), Option(2, "B", "Tulips", goes_to=3), Option(3, "C", "None", ends=True))
FIRST = Question(1, AnswerKind.CHOICE, "Which?", CHOICES)
SECOND, THIRD = Question(2, AnswerKind.NUMBER, "How many?", low=1, high=9), Question(3, AnswerKind.TEXT, "Why?")
SURVEY = Survey(
    7,
    1,
    "Flowers",
    SurveyKind.CONVERSATION,
    SurveyState.COLLECTING,
    (FIRST, SECOND, THIRD),
    1,
    intro_text="Hello.",
    end_text="Thanks.",
    reask_limit=2,
)


def said(survey: Survey, session: Session, text: str, now: datetime = NOW) -> Move:
    question = survey.question(session.question_id)
    assert question is not None
    moved = answer(survey, session, read(text, question, date(2026, 11, 24)), text, now)
    assert moved is not None
    return moved


def begun(survey: Survey = SURVEY, now: datetime = NOW) -> Session:
    session = begin(survey, None, now).session
    assert session is not None
    return session


def after(session: Session | None) -> Session:
    assert session is not None
    return session


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[Question, ...]:
    ids = range(1, draw(st.integers(1, 7)) + 1)
    goes_to, ends = st.none() | st.sampled_from([*ids, 99]), st.booleans()
    options = st.lists(st.builds(Option, st.integers(1, 3), st.just("A"), st.just("a"), st.just(()), goes_to, ends), max_size=3)
    return tuple(Question(key, AnswerKind.CHOICE, "?", tuple(draw(options)), goes_to=draw(goes_to), ends=draw(ends)) for key in ids)


@given(questionnaires(), st.lists(st.sampled_from([None, 1, 2, 3]), min_size=8, max_size=8))
def test_every_way_through_a_survey_goes_forward_and_ends(questions: tuple[Question, ...], chosen: list[int | None]) -> None:
    survey, place, seen = replace(SURVEY, questions=questions), questions[0], [questions[0].id]
    for option_id in chosen:
        following = next_question(survey, place, option_id)
        if following is None:
            break
        place = following
        seen.append(place.id)
    else:
        pytest.fail("it goes on and on")
    assert seen == sorted(set(seen))


def test_ways_back_are_told() -> None:
    assert ways_back((FIRST, replace(SECOND, goes_to=1), replace(THIRD, goes_to=3))) == [(2, 1), (3, 3)]


def test_what_is_written_on_a_phone() -> None:
    assert first_text(SURVEY) == "Hello.\nWhich?\nA - Roses\nB - Tulips\nC - None"
    assert reask_text(SURVEY, FIRST).startswith("Sorry, we did not understand. Please reply A, B or C.\nWhich?\nA - Roses")
    assert reask_text(replace(SURVEY, language="pl"), SECOND) == "Odpisz liczba od 1 do 9.\nHow many?"
    assert reask_text(SURVEY, replace(SECOND, reask_text="A figure, please.")) == "A figure, please.\nHow many?"
    assert reminder_text(SURVEY, SECOND) == "How many?"
    assert first_text(replace(SURVEY, questions=())) == ""


@pytest.mark.parametrize("kind", AnswerKind)
@pytest.mark.parametrize("language", ["en", "pl", "xx"])
def test_every_kind_can_be_asked_again_in_letters_of_one_sms(kind: AnswerKind, language: str) -> None:
    assert reask_text(replace(SURVEY, language=language), Question(1, kind, "?")).isascii()


def test_from_the_first_question_to_the_end() -> None:
    one = said(SURVEY, begun(), "roses")
    two = said(SURVEY, after(one.session), "5")
    three = said(SURVEY, after(two.session), "They are red.")
    assert [move.deed for move in (one, two, three)] == [SurveyDeed.ANSWERED, SurveyDeed.ANSWERED, SurveyDeed.ENDED]
    assert [move.reply for move in (one, two, three)] == ["How many?", "Why?", "Thanks."]
    assert (after(three.session).state, after(three.session).due_at) == (SessionState.DONE, None)
    assert said(SURVEY, begun(), "C").deed is SurveyDeed.ENDED
    assert said(SURVEY, begun(), "B").reply == "Why?"


def test_it_asks_again_up_to_the_limit_and_each_question_anew() -> None:
    moves = [Move(SurveyDeed.BEGAN, begun())]
    for text in ("x", "y", "z"):
        moves.append(said(SURVEY, after(moves[-1].session), text))
    assert [move.deed for move in moves[1:]] == [SurveyDeed.ASKED_AGAIN, SurveyDeed.ASKED_AGAIN, SurveyDeed.GAVE_UP]
    assert after(moves[-1].session).state is SessionState.GIVEN_UP
    assert after(said(SURVEY, after(moves[2].session), "A").session).reasked == 0


@pytest.mark.parametrize(
    ("counting", "state", "deed", "round_"),
    [
        (Counting.FIRST, SessionState.DONE, SurveyDeed.ALREADY, None),
        (Counting.FIRST, SessionState.EXPIRED, SurveyDeed.BEGAN, 1),
        (Counting.FIRST, SessionState.STOPPED, SurveyDeed.BEGAN, 1),
        (Counting.LAST, SessionState.DONE, SurveyDeed.BEGAN, 2),
        (Counting.EVERY, SessionState.GIVEN_UP, SurveyDeed.BEGAN, 2),
        (Counting.EVERY, SessionState.OPEN, SurveyDeed.ASKED_AGAIN, 1),
    ],
)
def test_beginning_again(counting: Counting, state: SessionState, deed: SurveyDeed, round_: int | None) -> None:
    survey = replace(SURVEY, counting=counting)
    last = replace(begun(), id=5, state=state, question_id=None if state is SessionState.DONE else 2)
    moved = begin(survey, last, NOW + timedelta(hours=1))
    assert (moved.deed, moved.session.round if moved.session else None) == (deed, round_)
    if state in {SessionState.EXPIRED, SessionState.STOPPED}:
        assert moved.reply == "How many?"  # they go on where they stopped


def test_a_draft_can_be_tried_by_simulated_phones_alone() -> None:
    draft = replace(SURVEY, state=SurveyState.DRAFT)
    assert begin(draft, None, NOW).deed is SurveyDeed.CLOSED
    assert begin(draft, None, NOW, is_test=True).deed is SurveyDeed.BEGAN


def test_time_runs_out_for_a_question_for_a_person_and_for_all() -> None:
    survey = replace(SURVEY, idle=timedelta(days=2), lasts=timedelta(days=3), closes_at=NOW + timedelta(days=9))
    session = begun(survey)
    assert waits_until(survey, session) == NOW + timedelta(days=2)
    second = after(said(survey, session, "A", NOW + timedelta(days=1, hours=12)).session)
    assert waits_until(survey, second) == NOW + timedelta(days=3)
    assert waits_until(replace(survey, closes_at=NOW + timedelta(days=1)), session) == NOW + timedelta(days=1)
    resumed = after(said(survey, second, "4", NOW + timedelta(days=5)).session)
    assert waits_until(survey, resumed) == NOW + timedelta(days=7)  # who comes late is not cut off at once


@pytest.mark.parametrize("late", Late)
@pytest.mark.parametrize(("days", "is_heard"), [(1, True), (1 + LATE_FOR.days - 0.1, True), (1 + LATE_FOR.days, False)])
def test_a_late_answer_resumes_or_is_kept_as_late(late: Late, days: float, is_heard: bool) -> None:
    survey = replace(SURVEY, late=late)
    found = read("A", FIRST, date(2026, 11, 24))
    moved = answer(survey, begun(survey), found, "A", NOW + timedelta(days=days))
    if not is_heard:
        assert moved is None
        return
    assert moved is not None
    assert moved.given is not None
    assert (moved.given.is_late, moved.given.counts) == ((True, False) if late is Late.STORE else (False, True))
    assert (moved.reply == "How many?") is (late is Late.RESUME)


def test_what_any_text_answers_is_heard_late_for_a_day() -> None:
    session = replace(begun(), question_id=THIRD.id)
    found = read("Hello, are you open?", THIRD, date(2026, 11, 24))
    over = waits_until(SURVEY, session)
    assert answer(SURVEY, session, found, "…", over + LATE_TEXT_FOR) is None
    assert answer(SURVEY, session, found, "…", over + LATE_TEXT_FOR - timedelta(minutes=1)) is not None
    assert answer(SURVEY, stopped(session, NOW), found, "…", NOW) is None


@given(st.lists(st.integers(1, 3000), max_size=12), st.none() | st.integers(1, 3000))
def test_whatever_the_times_there_is_one_reminder_and_an_end(waits: list[int], reminder: int | None) -> None:
    survey = replace(SURVEY, reminder=None if reminder is None else timedelta(minutes=reminder))
    session, now, reminders = begun(survey), NOW, 0
    for minutes in waits:
        now += timedelta(minutes=minutes)
        due = what_is_due(survey, session, now)
        assert (due is Due.EXPIRE) == (not is_waiting(survey, session, now))
        if due is Due.REMIND:
            reminders += 1
            session = reminded(survey, session, now)
            assert what_is_due(survey, session, now) is Due.NOTHING
        if due is Due.EXPIRE:
            break
        assert session.due_at is not None
        assert session.due_at <= waits_until(survey, session)
    assert reminders <= 1
