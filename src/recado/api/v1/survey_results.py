"""What was answered to surveys: figures, single answers, everybody who took part.

What belongs here: these routes and their shapes. What does not: counting (`apps.surveys.results`).
"""

from datetime import datetime
from itertools import islice
from typing import Annotated

from ninja import Path, Query, Router, Schema
from pydantic import Field

from recado.api.v1.auth import ProgramRequest
from recado.api.v1.paging import Page, PagingQuery, cursor, page_of, position
from recado.api.v1.problems import invalid
from recado.api.v1.shapes import Id, Moment, phone_out
from recado.api.v1.surveys import READ
from recado.apps.contacts.queries import NotFoundError, get_group_for
from recado.apps.surveys.exporting import Person, persons_of
from recado.apps.surveys.models import Answer
from recado.apps.surveys.queries import get_survey_for
from recado.apps.surveys.results import Narrowed, QuestionResult, answers_of, results_of
from recado.core.survey import SessionState

router = Router(tags=["Surveys"])


class SurveyNarrowed(Schema):
    """Whose answers."""

    group_id: Id | None = Field(None, description="Members of the group today.")
    since: Moment | None = None
    until: Moment | None = Field(None, description="Not included.")
    is_test: bool = Field(default=False, description="Those of simulated phones instead of the real ones.")


class AnswerFilter(SurveyNarrowed):
    """Which answers."""

    question_id: Id | None = None


class SurveyBar(Schema):
    """How many answered one thing."""

    option_id: int | None
    label: str
    value: str = Field(description="What the option says, a number, or `yes` and `no`.")
    count: int


class QuestionFigures(Schema):
    """What became of one question."""

    question_id: int
    place: int
    text: str
    asked: int
    answered: int
    bars: list[SurveyBar] = Field(description="Empty where people answer in their own words.")
    average: float | None
    median_minutes: float | None = Field(description="Half of the people answered quicker.")
    late: int


class SurveyFigures(Schema):
    """What became of a survey."""

    people: int
    finished: int
    answers: int
    late: int
    states: dict[SessionState, int] = Field(description="Of a conversation: where people are.")
    questions: list[QuestionFigures]


class SurveyAnswerOut(Schema):
    """One answer."""

    id: int
    question_id: int
    option_id: int | None
    phone: str
    value: str = Field(description="As read; empty for texts.")
    text: str = Field(description="As typed.")
    message_id: int
    is_late: bool
    counts: bool
    is_test: bool
    given_at: datetime


class PersonsAnswer(Schema):
    """What one person answered to one question."""

    question_id: int
    option_id: int | None
    value: str
    text: str


class SurveyPersonOut(Schema):
    """One person in a survey."""

    phone: str
    name: str
    state: SessionState
    started_at: datetime
    finished_at: datetime | None
    answers: list[PersonsAnswer]


NarrowedQuery = Query[SurveyNarrowed]
SurveyId = Path[Annotated[int, Field(ge=1, lt=2**53)]]


@router.get("/{survey_id}/results", auth=READ, response=SurveyFigures, operation_id="get_survey_results", summary="Show results")
def show_results(request: ProgramRequest, survey_id: SurveyId, narrowed: NarrowedQuery) -> SurveyFigures:
    """Count what was answered, of a group, a period or of simulated phones where asked."""
    found = results_of(get_survey_for(request.account, survey_id), _narrowed(request, narrowed))
    return SurveyFigures(
        people=found.people,
        finished=found.finished,
        answers=found.answers,
        late=found.late,
        states=dict(found.states),
        questions=[_figures(one) for one in found.questions],
    )


@router.get("/{survey_id}/answers", auth=READ, response=Page[SurveyAnswerOut], operation_id="list_survey_answers", summary="List answers")
def list_answers(request: ProgramRequest, survey_id: SurveyId, paging: PagingQuery, narrowed: Query[AnswerFilter]) -> Page[SurveyAnswerOut]:
    """Newest first, with those that do not count: `counts` and `is_late` tell."""
    rows = answers_of(get_survey_for(request.account, survey_id), _narrowed(request, narrowed)).order_by("-pk")
    if narrowed.question_id is not None:
        rows = rows.filter(question=narrowed.question_id)
    before = position(paging)
    some = list((rows.filter(pk__lt=before) if before else rows)[: paging.limit + 1])
    return page_of(some, paging, _answer)


@router.get(
    "/{survey_id}/persons", auth=READ, response=Page[SurveyPersonOut], operation_id="list_survey_persons", summary="List who took part"
)
def list_persons(request: ProgramRequest, survey_id: SurveyId, paging: PagingQuery, narrowed: NarrowedQuery) -> Page[SurveyPersonOut]:
    """Who began first comes first, each with all their answers that count."""
    survey = get_survey_for(request.account, survey_id)
    some = list(islice(persons_of(survey, _narrowed(request, narrowed), after=position(paging) or 0), paging.limit + 1))
    more = len(some) > paging.limit
    return Page(items=[_person(one) for one in some[: paging.limit]], next=cursor(some[paging.limit - 1].key) if more else None)


def _narrowed(request: ProgramRequest, asked: SurveyNarrowed) -> Narrowed:
    if asked.group_id is not None:
        try:
            get_group_for(request.account, asked.group_id)
        except NotFoundError as error:
            raise invalid("query.group_id", "the account has no such group") from error
    return Narrowed(asked.group_id, asked.since, asked.until, asked.is_test)


def _figures(one: QuestionResult) -> QuestionFigures:
    return QuestionFigures(
        question_id=one.question.pk,
        place=one.place,
        text=one.question.text,
        asked=one.asked,
        answered=one.answered,
        bars=[SurveyBar(option_id=bar.option_id, label=bar.label, value=bar.text, count=bar.count) for bar in one.bars],
        average=one.average,
        median_minutes=one.median_minutes,
        late=one.late,
    )


def _answer(one: Answer) -> SurveyAnswerOut:
    return SurveyAnswerOut(
        id=one.pk,
        question_id=one.question_id,
        option_id=one.option_id,
        phone=phone_out(one.msisdn),
        value=one.value,
        text=one.text,
        message_id=one.message_id,
        is_late=one.is_late,
        counts=one.counts,
        is_test=one.is_test,
        given_at=one.given_at,
    )


def _person(one: Person) -> SurveyPersonOut:
    return SurveyPersonOut(
        phone=phone_out(one.msisdn),
        name=one.name,
        state=SessionState(one.state),
        started_at=one.started_at,
        finished_at=one.finished_at,
        answers=[
            PersonsAnswer(question_id=question, option_id=answer.option_id, value=answer.value, text=answer.text)
            for question, answer in one.answers.items()
        ],
    )
