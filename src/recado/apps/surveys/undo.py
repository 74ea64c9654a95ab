"""A question or an answer that was taken out of a draft as a sealed text, and back to its place.

What belongs here: what is needed to undo that. What does not: taking out (`editing`).
"""

from typing import Any

from django.core import signing

from recado.apps.surveys.content import OptionContent, QuestionContent, SurveyContent
from recado.apps.surveys.editing import with_option, with_question
from recado.apps.surveys.models import Survey
from recado.core.survey import AnswerKind

SALT = "surveys.taken-out"
UNDO_SECONDS = 3600


class TooLateError(ValueError):
    """It is nothing that was taken out of this survey within the last hour."""


def seal_question(survey: Survey, content: SurveyContent, place: int) -> str:
    """Write a question of a survey so that it can be handed out and taken back."""
    found = content.questions[place - 1]
    kept: dict[str, Any] = {"survey": survey.pk, "place": place, "question": _question(found)}
    return signing.dumps(kept, salt=SALT, compress=True)


def seal_option(survey: Survey, content: SurveyContent, place: int, at: int) -> str:
    """Write an answer of a question so that it can be handed out and taken back."""
    kept: dict[str, Any] = {"survey": survey.pk, "place": place, "at": at, "option": _option(content.questions[place - 1].options[at - 1])}
    return signing.dumps(kept, salt=SALT, compress=True)


def put_back(survey: Survey, content: SurveyContent, sealed: str) -> SurveyContent:
    """Return the survey with what was taken out of it within the last hour; raise TooLateError."""
    try:
        kept: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=UNDO_SECONDS)
    except (signing.BadSignature, ValueError) as error:  # a damaged one may not even be text
        raise TooLateError from error
    if kept["survey"] != survey.pk:
        raise TooLateError
    if "option" in kept:
        return with_option(content, kept["place"], OptionContent(**_back(kept["option"])), kept["at"])
    question = dict(kept["question"])
    options = tuple(OptionContent(**_back(option)) for option in question.pop("options"))
    return with_question(content, QuestionContent(AnswerKind(question.pop("kind")), options=options, **question), kept["place"])


def _question(found: QuestionContent) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "text": found.text,
        "reask_text": found.reask_text,
        "low": found.low,
        "high": found.high,
        "ends": found.ends,
        "options": [_option(option) for option in found.options],
    }


def _option(found: OptionContent) -> dict[str, Any]:
    return {"label": found.label, "text": found.text, "synonyms": list(found.synonyms), "ends": found.ends}


def _back(option: dict[str, Any]) -> dict[str, Any]:
    return {**option, "synonyms": tuple(option["synonyms"])}
