"""Surveys as programs write them: what makes one, what changes one.

What belongs here: shapes of requests and their way into `SurveyContent`. What does not: how one is shown (`survey_shapes`), routes
(`surveys`), checks (`apps.surveys`).
"""

from dataclasses import replace
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, Moment, NotBlank, Text
from recado.api.v1.survey_problems import REFUSED
from recado.apps.accounts.models import Account
from recado.apps.surveys.content import (
    LABELS,
    LONGEST_LABEL,
    LONGEST_MINUTES,
    LONGEST_NAME,
    LONGEST_OPTION,
    LONGEST_TEXT,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_REASKS,
    OptionContent,
    QuestionContent,
    SurveyContent,
    content_of,
)
from recado.apps.surveys.editing import answered_by
from recado.apps.surveys.errors import SurveyRefusal
from recado.apps.surveys.models import Survey
from recado.apps.surveys.services import own_numbers
from recado.core.survey import AnswerKind, Counting, Late, SurveyKind

Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=LONGEST_NAME, pattern=r"\S")]
Said = Annotated[Text, Field(max_length=LONGEST_TEXT)]
Minutes = Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
Place = Annotated[int, Field(ge=1, le=MOST_QUESTIONS)]
Bound = Annotated[int, Field(gt=-(2**31), lt=2**31)]
FOLLOWS = "The place of the question that follows, from 1; null: the one after it."


class OptionIn(Schema):
    """One of the answers that can be chosen."""

    model_config = ConfigDict(extra="forbid")
    id: Id | None = Field(None, description="Of the option it takes the place of, so that keywords and answers stay with it.")
    label: Annotated[Text, Field(max_length=LONGEST_LABEL)] = Field("", description="What people text; empty: the next letter.")
    text: Annotated[Text, Field(max_length=LONGEST_OPTION)] = ""
    synonyms: Annotated[list[Annotated[Text, Field(min_length=1, max_length=80)]], Field(max_length=20)] = Field(default_factory=list)
    goes_to: Place | None = Field(None, description=f"{FOLLOWS} Of yes/no questions the first option is yes.")
    ends: bool = Field(default=False, description="The survey ends after it.")


class QuestionIn(Schema):
    """One question."""

    model_config = ConfigDict(extra="forbid")
    id: Id | None = Field(None, description="Of the question it takes the place of.")
    kind: AnswerKind
    text: Said = ""
    reask_text: Said = Field("", description="Before it is asked again; empty: a text made of its kind.")
    low: Bound | None = Field(None, description="The lowest number, included.")
    high: Bound | None = None
    options: Annotated[list[OptionIn], Field(max_length=MOST_OPTIONS)] = Field(default_factory=list)
    goes_to: Place | None = Field(None, description=FOLLOWS)
    ends: bool = False


class SurveyFields(Schema):
    """What of a survey can be changed besides its questions."""

    model_config = ConfigDict(extra="forbid")
    number_id: Id | None = Field(None, description="An own number, where a conversation takes place; votes have none.")
    counting: Counting = Field(Counting.FIRST, description="Which answers of one person count.")
    late: Late = Field(Late.RESUME, description="What becomes of an answer to a question that waits no longer.")
    closes_at: Moment | None = None
    idle_minutes: Minutes = Field(1440, description="So long a question waits for its answer.")
    session_minutes: Minutes = Field(10080, description="So long after the first question the last one waits.")
    reminder_minutes: Minutes | None = Field(None, description="So long after a question its one reminder goes out.")
    reask_limit: Annotated[int, Field(ge=0, le=MOST_REASKS)] = 3
    intro_text: Said = Field("", description="Before the first question, in the same message.")
    end_text: Said = Field("", description="After the last answer, or a vote; empty: nothing is sent.")
    reminder_text: Said = ""
    already_text: Said = ""
    closed_text: Said = ""
    gave_up_text: Said = ""
    questions: Annotated[list[QuestionIn], Field(max_length=MOST_QUESTIONS)] = Field(default_factory=list)


class SurveyIn(SurveyFields):
    """What makes a survey."""

    name: Name
    kind: SurveyKind = Field(SurveyKind.CONVERSATION, description="`vote`: one question, each option bound to a keyword, on any number.")


class SurveyPatch(SurveyFields):
    """What to change; what is left out stays, and `questions` takes the place of all questions. Once it has started, wording alone."""

    name: Name = ""


def content_from(account: Account, body: SurveyIn) -> SurveyContent:
    """Read a new survey."""
    return _changed(account, SurveyContent(body.name.strip(), body.kind), body, set(type(body).model_fields) - {"name", "kind"})


def changed_by(survey: Survey, patch: SurveyPatch) -> SurveyContent:
    """Return what a survey is after a change."""
    content = content_of(survey)
    if "name" in patch.model_fields_set:
        content = replace(content, name=patch.name.strip())
    return _changed(survey.account, content, patch, patch.model_fields_set - {"name"})


def _changed(account: Account, content: SurveyContent, body: SurveyFields, names: set[str]) -> SurveyContent:
    given: dict[str, Any] = {name: getattr(body, name) for name in names}
    if "number_id" in given:
        number_id = given.pop("number_id")
        given["number"] = next((one for one in own_numbers(account) if one.pk == number_id), None)
        if number_id is not None and given["number"] is None and (content.number is None or content.number.pk != number_id):
            raise invalid(*REFUSED[SurveyRefusal.NUMBER])
        given["number"] = given["number"] or (content.number if number_id is not None else None)
    if "questions" in given:
        given["questions"] = tuple(map(_question, body.questions))
    return replace(content, **given)


def _question(given: QuestionIn) -> QuestionContent:
    options: list[OptionContent] = []
    for one in given.options:
        free = next((letter for letter in LABELS if letter not in {known.label.upper() for known in options}), "")
        options.append(
            OptionContent(one.label.strip() or free, one.text.strip(), tuple(one.synonyms), one.goes_to, ends=one.ends, key=one.id)
        )
    question = QuestionContent(
        given.kind, given.text.strip(), given.reask_text.strip(), given.low, given.high, tuple(options), given.goes_to, ends=given.ends,
        key=given.id,
    )  # fmt: skip
    keeps_bounds = given.kind is AnswerKind.NUMBER or (given.low is None and given.high is None)
    return question if keeps_bounds and given.kind is not AnswerKind.YES_NO else answered_by(question, given.kind)


def structure(content: SurveyContent) -> tuple[object, ...]:
    """Return what of a survey cannot be changed once it has started."""
    questions = tuple(
        (
            one.key,
            one.kind,
            one.low,
            one.high,
            one.goes_to,
            one.ends,
            *((each.key, each.label, each.goes_to, each.ends) for each in one.options),
        )
        for one in content.questions
    )
    return content.number, content.counting, content.late, questions
