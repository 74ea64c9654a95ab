"""Surveys as JSON: what makes one, changes one, and how one is shown.

What belongs here: shapes, their way into `SurveyContent` and back. What does not: routes (`surveys`), results (`survey_results`), checks
(`apps.surveys`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from recado.api.v1.problems import Problem, conflict, invalid
from recado.api.v1.shapes import Id, Moment, NotBlank, Text
from recado.apps.accounts.models import Account
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.surveys.content import (
    COLUMNS,
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
from recado.apps.surveys.costs import run_cost
from recado.apps.surveys.editing import answered_by
from recado.apps.surveys.errors import SurveyRefusal, SurveyRefusedError
from recado.apps.surveys.models import Survey
from recado.apps.surveys.problems import Found, problems_of
from recado.apps.surveys.problems import Problem as Missing
from recado.apps.surveys.queries import listed
from recado.apps.surveys.services import own_numbers
from recado.core.survey import AnswerKind, Counting, Late, SurveyKind, SurveyState

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


class OptionOut(Schema):
    """One of the answers that can be chosen."""

    id: int
    label: str
    text: str
    synonyms: list[str]
    goes_to: int | None
    ends: bool


class QuestionOut(Schema):
    """One question."""

    id: int
    kind: AnswerKind
    text: str
    reask_text: str
    low: int | None
    high: int | None
    options: list[OptionOut]
    goes_to: int | None
    ends: bool


class MissingOut(Schema):
    """What keeps a survey from starting."""

    code: Missing
    place: int = Field(description="Of the question, from 1; 0: the survey as a whole.")
    word: str


class LeadingKeyword(Schema):
    """A keyword that leads to it."""

    keyword_id: int
    word: str
    number_id: int
    option_id: int | None = Field(description="The answer it stands for, of a vote.")


class SurveyOut(Schema):
    """A survey."""

    id: int
    name: str
    kind: SurveyKind
    state: SurveyState
    number_id: int | None
    counting: Counting
    late: Late
    closes_at: datetime | None
    idle_minutes: int
    session_minutes: int
    reminder_minutes: int | None
    reask_limit: int
    intro_text: str
    end_text: str
    reminder_text: str
    already_text: str
    closed_text: str
    gave_up_text: str
    questions: list[QuestionOut]
    created_at: datetime
    started_at: datetime | None
    closed_at: datetime | None
    people: int = Field(description="Who takes or took part, tests left out.")
    finished: int = Field(description="Who came to the end; 0 for votes.")
    answers: int = Field(description="Answers that count.")
    is_public: bool
    shows_texts: bool
    public_path: str | None = Field(description="Where everybody sees the results; null: nowhere.")
    missing: list[MissingOut] = Field(description="What keeps a draft from starting.")
    keywords: list[LeadingKeyword]
    segments_per_person: int = Field(description="SMS sent to somebody who answers everything, at most.")
    cost_per_person: int = Field(description="Minor units net of VAT.")


_REFUSED: Mapping[SurveyRefusal, tuple[str, str]] = {
    SurveyRefusal.NAME: ("body.name", f"must be 1 to {LONGEST_NAME} characters"),
    SurveyRefusal.TEXT_TOO_LONG: ("body.questions", "hold a text that is too long"),
    SurveyRefusal.MINUTES: ("body.reminder_minutes", "must be shorter than `idle_minutes`; times are from a minute to sixty days"),
    SurveyRefusal.REASKS: ("body.reask_limit", f"must be 0 to {MOST_REASKS}"),
    SurveyRefusal.NUMBER: ("body.number_id", "must be one of your own numbers"),
    SurveyRefusal.TOO_MANY: ("body.questions", f"are more than {MOST_QUESTIONS}, or one has more than {MOST_OPTIONS} options"),
    SurveyRefusal.TARGET: ("body.questions", "go to a place where there is no question"),
    SurveyRefusal.CLOSES_IN_THE_PAST: ("body.closes_at", "must be later"),
}
_CONFLICTS: Mapping[SurveyRefusal, tuple[str, str]] = {
    SurveyRefusal.STARTED: ("survey-started", "It has started, so only its wording can be corrected. Copy it to ask something else."),
    SurveyRefusal.NOT_A_DRAFT: ("survey-started", "It has started already."),
    SurveyRefusal.NOT_COLLECTING: ("not-collecting", "It does not collect answers now."),
    SurveyRefusal.NOT_CLOSED: ("not-closed", "It is not closed."),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the services refuse into problems."""
    try:
        yield
    except SurveyRefusedError as error:
        raise refused(error) from error


def refused(error: SurveyRefusedError) -> Problem:
    """Say why a survey cannot be changed as asked."""
    if error.reason is SurveyRefusal.NOT_READY:
        said = ", ".join(f"{one.problem.value} (question {one.place})" if one.place else one.problem.value for one in error.found)
        return conflict("not-ready", f"Something is missing before it can start: {said}. `missing` of the survey lists it.")
    if error.reason in _CONFLICTS:
        return conflict(*_CONFLICTS[error.reason])
    return invalid(*_REFUSED[error.reason])


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
            raise invalid(*_REFUSED[SurveyRefusal.NUMBER])
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


def shown(survey: Survey) -> SurveyOut:
    """Write a survey."""
    row, content, cost = listed([survey])[0], content_of(survey), run_cost(survey)
    columns = {name: getattr(content, name) for name in COLUMNS if name != "number"}
    leading = keywords_of(survey.account, Kind.ANSWER_SURVEY, survey.pk)
    return SurveyOut(
        id=survey.pk,
        kind=content.kind,
        state=SurveyState(survey.state),
        number_id=survey.number_id,
        counting=content.counting,
        late=content.late,
        questions=[_question_out(question) for question in content.questions],
        created_at=survey.created_at,
        started_at=survey.started_at,
        closed_at=survey.closed_at,
        people=row.people,
        finished=row.finished,
        answers=row.answers,
        is_public=survey.is_public,
        shows_texts=survey.shows_texts,
        public_path=f"/results/{survey.public_token}/" if survey.is_public else None,
        missing=[_missing(one) for one in problems_of(content)] if survey.state == SurveyState.DRAFT else [],
        keywords=[
            LeadingKeyword(
                keyword_id=one.pk,
                word=one.word,
                number_id=one.number_id,
                option_id=getattr(one, "option_id", None),
            )
            for one in leading
        ],
        segments_per_person=cost.most,
        cost_per_person=cost.cost,
        **columns,
    )


def _missing(found: Found) -> MissingOut:
    return MissingOut(code=found.problem, place=found.place, word=found.word)


def _question_out(question: QuestionContent) -> QuestionOut:
    return QuestionOut(
        id=question.key or 0,
        kind=question.kind,
        text=question.text,
        reask_text=question.reask_text,
        low=question.low,
        high=question.high,
        options=[
            OptionOut(id=one.key or 0, label=one.label, text=one.text, synonyms=list(one.synonyms), goes_to=one.goes_to, ends=one.ends)
            for one in question.options
        ],
        goes_to=question.goes_to,
        ends=question.ends,
    )
