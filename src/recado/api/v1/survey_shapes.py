"""Surveys as programs see them.

What belongs here: the shape, and writing it. What does not: shapes of requests (`survey_content`), routes (`surveys`), results
(`survey_results`).
"""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.surveys.content import COLUMNS, QuestionContent, content_of
from recado.apps.surveys.costs import run_cost
from recado.apps.surveys.models import Survey
from recado.apps.surveys.problems import Found, problems_of
from recado.apps.surveys.problems import Problem as Missing
from recado.apps.surveys.queries import listed
from recado.core.survey import AnswerKind, Counting, Late, SurveyKind, SurveyState


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
