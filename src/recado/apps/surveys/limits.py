"""What a survey cannot be however it is written: texts too long, times that contradict each other, places that are not there.

What belongs here: these bounds. What does not: what a draft may still lack (`problems`).
"""

from recado.apps.surveys.content import (
    LONGEST_LABEL,
    LONGEST_MINUTES,
    LONGEST_NAME,
    LONGEST_OPTION,
    LONGEST_TEXT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_REASKS,
    TEXTS,
    QuestionContent,
    SurveyContent,
)
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError

_MOST_WORDS = 500
_FURTHEST = 2**31 - 1


def check_content(content: SurveyContent) -> None:
    """Raise SurveyRefusedError for what cannot be."""
    name = content.name.strip()
    minutes = [content.idle_minutes, content.session_minutes, *([] if content.reminder_minutes is None else [content.reminder_minutes])]
    is_late_reminder = content.reminder_minutes is not None and content.reminder_minutes >= content.idle_minutes
    refusals = {
        SurveyRefusal.NAME: not name or len(name) > LONGEST_NAME,
        SurveyRefusal.TEXT_TOO_LONG: any(len(getattr(content, text)) > LONGEST_TEXT for text in TEXTS)
        or any(map(_is_too_long, content.questions)),
        SurveyRefusal.MINUTES: any(not 1 <= one <= LONGEST_MINUTES for one in minutes) or is_late_reminder,
        SurveyRefusal.REASKS: not 0 <= content.reask_limit <= MOST_REASKS,
        SurveyRefusal.TOO_MANY: len(content.questions) > MOST_QUESTIONS
        or any(len(question.options) > MOST_OPTIONS for question in content.questions),
        SurveyRefusal.TARGET: any(not 1 <= target <= len(content.questions) for target in _targets(content)),
    }
    for refusal, applies in refusals.items():
        if applies:
            raise SurveyRefusedError(refusal)


def _is_too_long(question: QuestionContent) -> bool:
    if any(bound is not None and abs(bound) > _FURTHEST for bound in (question.low, question.high)):
        return True
    if max(len(question.text), len(question.reask_text)) > LONGEST_TEXT:
        return True
    return any(
        len(one.label) > LONGEST_LABEL or len(one.text) > LONGEST_OPTION or sum(map(len, one.synonyms)) > _MOST_WORDS
        for one in question.options
    )


def _targets(content: SurveyContent) -> list[int]:
    found = [question.goes_to for question in content.questions]
    found += [option.goes_to for question in content.questions for option in question.options]
    return [target for target in found if target is not None]
