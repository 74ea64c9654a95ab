"""From question to question, and what each says on a phone (product.md §5).

What belongs here: which question comes first and next, the texts of questions. What does not: when one is asked (`survey_sessions`),
reading answers (`survey_reading`), texts nobody wrote (`survey_texts`).
"""

from collections.abc import Sequence

from recado.core.survey import AnswerKind, Question, Survey
from recado.core.survey_texts import reask_hint


def first_question(survey: Survey) -> Question | None:
    """Return the question everybody is asked first; None for a survey without any."""
    return survey.questions[0] if survey.questions else None


def next_question(survey: Survey, question: Question, option_id: int | None = None) -> Question | None:
    """Return what is asked after an answer; None at the end.

    An option says more than its question. A way back counts as none: each step leads to a later question, so that every survey ends.
    """
    option = question.option(option_id)
    if option is not None and (option.ends or option.goes_to is not None):
        ends, goes_to = option.ends, option.goes_to
    else:
        ends, goes_to = question.ends, question.goes_to
    if ends:
        return None
    later = _later(survey.questions, question)
    return next((one for one in later if one.id == goes_to), later[0] if later else None)


def ways_back(questions: Sequence[Question]) -> list[tuple[int, int]]:
    """Return (question, goes to) of what leads back, or nowhere: these are taken as if they led to the next question."""
    found: list[tuple[int, int]] = []
    for question in questions:
        later = {one.id for one in _later(questions, question)}
        targets = (question.goes_to, *(option.goes_to for option in question.options))
        found.extend((question.id, target) for target in targets if target is not None and target not in later)
    return found


def question_text(question: Question) -> str:
    """Write a question with its answers, `A - Pizza`, one a line."""
    if question.kind is not AnswerKind.CHOICE:
        return question.text.strip()
    lines = [f"{one.label} - {one.text}" if one.text.strip() and one.text != one.label else one.label for one in question.options]
    return "\n".join((question.text.strip(), *lines))


def first_text(survey: Survey) -> str:
    """Write what begins a survey: its introduction and the first question; empty for a survey without questions."""
    first = first_question(survey)
    return _lines(survey.intro_text, question_text(first)) if first is not None else ""


def reask_text(survey: Survey, question: Question) -> str:
    """Write what follows a text that is no answer: what would be one, and the question again."""
    return _lines(question.reask_text.strip() or reask_hint(question, survey.language), question_text(question))


def reminder_text(survey: Survey, question: Question) -> str:
    """Write the reminder of a question."""
    return _lines(survey.reminder_text, question_text(question))


def _later(questions: Sequence[Question], question: Question) -> Sequence[Question]:
    return questions[questions.index(question) + 1 :]


def _lines(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
