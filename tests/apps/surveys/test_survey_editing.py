"""Building a survey: questions that move take what leads to them along."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.editing import (
    answered_by,
    free_label,
    moved,
    new_question,
    with_option,
    with_question,
    without_option,
    without_question,
)
from recado.apps.surveys.problems import Problem, problems_of, reachable
from recado.core.survey import AnswerKind, SurveyKind

CHOICE = QuestionContent(AnswerKind.CHOICE, "Which?", options=(OptionContent("A", "Tulips"), OptionContent("B", "Roses")))
TEXT = QuestionContent(AnswerKind.TEXT, "Why?")


def survey(*questions: QuestionContent, kind: SurveyKind = SurveyKind.VOTE) -> SurveyContent:
    """Without a number, as a vote needs none."""
    return SurveyContent("Visits", kind, questions=questions)


def texts(content: SurveyContent) -> list[str]:
    return [question.text for question in content.questions]


def led_to(content: SurveyContent, place: int) -> str | None:
    """The text of the question that one goes to, by its words: those stay the same wherever it moves."""
    target = content.questions[place - 1].goes_to
    return None if target is None else content.questions[target - 1].text


def named(*names: str, **targets: int) -> SurveyContent:
    return survey(*(QuestionContent(AnswerKind.TEXT, name, goes_to=targets.get(name)) for name in names))


def test_a_question_put_in_before_takes_what_leads_behind_it_along():
    content = with_question(named("a", "b", "c", a=3), TEXT, 2)
    assert (texts(content), led_to(content, 1)) == (["a", "Why?", "b", "c"], "c")


def test_questions_that_change_places_are_still_led_to():
    content = moved(named("a", "b", "c", a=3), 3, -1)
    assert (texts(content), led_to(content, 1)) == (["a", "c", "b"], "c")


def test_what_led_to_a_question_that_is_taken_out_goes_on_with_the_next():
    content = without_question(named("a", "b", "c", a=3, b=3), 3)
    assert (texts(content), led_to(content, 1), led_to(content, 2)) == (["a", "b"], None, None)


@given(st.integers(-2, 9), st.integers(-2, 2))
def test_a_place_that_is_none_changes_nothing(place, by):
    content = named("a", "b", "c", a=2, b=3)
    changed = moved(content, place, by)
    assert sorted(texts(changed)) == ["a", "b", "c"]
    assert {(changed.questions[at].text, led_to(changed, at + 1)) for at in range(3)} == {("a", "b"), ("b", "c"), ("c", None)}


def test_a_new_answer_takes_the_first_letter_that_is_free():
    content = without_option(survey(replace(CHOICE, options=(*CHOICE.options, OptionContent("C", "Lilies")))), 1, 2)
    assert [option.label for option in content.questions[0].options] == ["A", "C"]
    assert free_label(content.questions[0]) == "B"
    assert [option.label for option in with_option(content, 1).questions[0].options] == ["A", "C", "B"]


def test_another_kind_of_answer_brings_what_it_needs_and_drops_what_it_has_not():
    number = answered_by(CHOICE, AnswerKind.NUMBER)
    assert (number.low, number.high, number.options) == (1, 5, ())
    assert [option.label for option in answered_by(number, AnswerKind.CHOICE).options] == ["A", "B"]
    assert len(new_question(AnswerKind.YES_NO).options) == 2


@pytest.mark.parametrize(
    ("questions", "problem"),
    [
        ((), Problem.NO_QUESTION),
        ((replace(CHOICE, text=" "),), Problem.NO_TEXT),
        ((replace(CHOICE, options=CHOICE.options[:1]),), Problem.FEW_OPTIONS),
        ((replace(CHOICE, options=(OptionContent("A", "Tulips"), OptionContent("B"))),), Problem.OPTION_WITHOUT_TEXT),
        ((replace(CHOICE, options=(OptionContent("A", "Tulips"), OptionContent("", "Roses"))),), Problem.OPTION_WITHOUT_LABEL),
        ((replace(CHOICE, options=(OptionContent("A", "Róże"), OptionContent("B", "Roze"))),), Problem.OPTION_TWICE),
        ((replace(CHOICE, options=(OptionContent("A", "Yes"), OptionContent("STOP", "No more"))),), Problem.OPT_OUT_WORD),
        ((TEXT,), Problem.NOT_ONE_CHOICE),
        ((CHOICE, TEXT), Problem.NOT_ONE_CHOICE),
        ((QuestionContent(AnswerKind.NUMBER, "How many?", low=5, high=5),), Problem.BOUNDS),
        ((QuestionContent(AnswerKind.PHOTO, "Show us"),), Problem.PHOTO),
        ((TEXT, replace(TEXT, goes_to=1)), Problem.LOOP),
        ((replace(TEXT, goes_to=3), TEXT, TEXT), Problem.UNREACHABLE),
        ((replace(TEXT, ends=True), TEXT), Problem.UNREACHABLE),
    ],
)
def test_what_keeps_a_survey_from_starting_is_named(questions, problem):
    assert problem in {found.problem for found in problems_of(survey(*questions))}


def test_nothing_keeps_a_good_vote_from_starting():
    assert problems_of(survey(CHOICE)) == ()


def test_a_conversation_wants_a_number():
    assert [one.problem for one in problems_of(survey(TEXT, kind=SurveyKind.CONVERSATION))] == [Problem.NO_NUMBER]


def test_answers_lead_to_all_questions_together():
    options = (OptionContent("A", "Tulips", goes_to=2), OptionContent("B", "Roses", goes_to=3))
    branching = survey(replace(CHOICE, options=options), replace(TEXT, ends=True), TEXT)
    assert reachable(branching) == {1, 2, 3}
