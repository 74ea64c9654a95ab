"""Building a survey: adding, moving and taking out questions and answers, so that every "go to" still means the same question.

What belongs here: pure changes of a survey's content. What does not: writing it (`services`), what keeps it from starting (`problems`).
Places are counted from 1; a place that is none changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace

from recado.apps.surveys.content import LABELS, MOST_OPTIONS, MOST_QUESTIONS, OptionContent, QuestionContent, SurveyContent
from recado.core.survey import AnswerKind

Mapped = Callable[[int], int | None]
STANDARD_OPTIONS = {
    AnswerKind.CHOICE: (OptionContent("A"), OptionContent("B")),
    AnswerKind.YES_NO: (OptionContent("TAK", "TAK", ("YES",)), OptionContent("NIE", "NIE", ("NO",))),
}
"""What answers stand for yes and no is known in every language; these rows only say where each leads."""


def with_question(content: SurveyContent, question: QuestionContent, place: int | None = None) -> SurveyContent:
    """Put a question at a place, or at the end."""
    if len(content.questions) >= MOST_QUESTIONS:
        return content
    at = len(content.questions) + 1 if place is None else max(1, min(place, len(content.questions) + 1))
    moved = _remapped(content, lambda target: target + 1 if target >= at else target)
    return replace(moved, questions=(*moved.questions[: at - 1], question, *moved.questions[at - 1 :]))


def moved(content: SurveyContent, place: int, by: int) -> SurveyContent:
    """Let a question change places with the one before (-1) or after it (+1)."""
    other = place + by
    if not (1 <= place <= len(content.questions) and 1 <= other <= len(content.questions)):
        return content
    questions = list(content.questions)
    questions[place - 1], questions[other - 1] = questions[other - 1], questions[place - 1]
    return _remapped(replace(content, questions=tuple(questions)), lambda target: {place: other, other: place}.get(target, target))


def without_question(content: SurveyContent, place: int) -> SurveyContent:
    """Take a question out; what led to it goes on with the next one instead."""
    if not 1 <= place <= len(content.questions):
        return content
    left = replace(content, questions=(*content.questions[: place - 1], *content.questions[place:]))
    return _remapped(left, lambda target: None if target == place else target - 1 if target > place else target)


def with_option(content: SurveyContent, place: int, option: OptionContent | None = None, at: int | None = None) -> SurveyContent:
    """Give a question one more answer, with the next letter that is free."""
    if not 1 <= place <= len(content.questions) or len(content.questions[place - 1].options) >= MOST_OPTIONS:
        return content
    question = content.questions[place - 1]
    options = list(question.options)
    options.insert(len(options) if at is None else at - 1, option or OptionContent(free_label(question)))
    return with_changed(content, place, replace(question, options=tuple(options)))


def without_option(content: SurveyContent, place: int, option: int) -> SurveyContent:
    """Take an answer out of a question; the others keep their letters, which may be printed somewhere."""
    if not 1 <= place <= len(content.questions) or not 1 <= option <= len(content.questions[place - 1].options):
        return content
    question = content.questions[place - 1]
    return with_changed(content, place, replace(question, options=(*question.options[: option - 1], *question.options[option:])))


def with_changed(content: SurveyContent, place: int, question: QuestionContent) -> SurveyContent:
    """Put a question in place of the one there."""
    questions = list(content.questions)
    questions[place - 1] = question
    return replace(content, questions=tuple(questions))


def new_question(kind: AnswerKind, text: str = "") -> QuestionContent:
    """Return a question that is answered in a way, with what it needs for that."""
    return answered_by(QuestionContent(kind, text), kind)


def answered_by(question: QuestionContent, kind: AnswerKind) -> QuestionContent:
    """Let a question be answered in another way; what only the former way had goes."""
    options = question.options if kind is question.kind else ()
    if not options and kind in STANDARD_OPTIONS:
        options = STANDARD_OPTIONS[kind]
    low, high = question.low, question.high
    if kind is not AnswerKind.NUMBER:
        low, high = None, None
    elif kind is not question.kind or (low is None and high is None and question.key is None):
        low, high = 1, 5
    return replace(question, kind=kind, options=options, low=low, high=high)


def free_label(question: QuestionContent) -> str:
    """Return the first letter that no answer of the question has."""
    taken = {option.label.strip().upper() for option in question.options}
    return next((letter for letter in LABELS if letter not in taken), "")


def as_new(content: SurveyContent) -> SurveyContent:
    """Return the same survey as one that has no rows yet."""
    questions = (
        replace(question, key=None, options=tuple(replace(option, key=None) for option in question.options))
        for question in content.questions
    )
    return replace(content, questions=tuple(questions))


def _remapped(content: SurveyContent, where: Mapped) -> SurveyContent:
    def there(target: int | None) -> int | None:
        return None if target is None else where(target)

    questions = (
        replace(
            question,
            goes_to=there(question.goes_to),
            options=tuple(replace(option, goes_to=there(option.goes_to)) for option in question.options),
        )
        for question in content.questions
    )
    return replace(content, questions=tuple(questions))
