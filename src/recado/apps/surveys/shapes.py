"""Surveys as the engine knows them, made of rows.

What belongs here: from models to the values of `core.survey`, for what runs outside the hot path. What does not: the hot path's own way
(`store.surveys`), which reads the same columns.
"""

from datetime import timedelta

from recado.apps.surveys.models import Session as SessionRow
from recado.apps.surveys.models import Survey as SurveyRow
from recado.core.survey import (
    AnswerKind,
    Counting,
    Late,
    Option,
    Question,
    Session,
    SessionState,
    Survey,
    SurveyKind,
    SurveyState,
)


def shape_of(survey: SurveyRow) -> Survey:
    """Return a survey with its questions and options."""
    questions = [
        Question(
            one.pk,
            AnswerKind(one.kind),
            one.text,
            tuple(
                Option(each.pk, each.label, each.text, synonyms_of(each.synonyms), each.goes_to_id, each.ends) for each in one.options.all()
            ),
            one.reask_text,
            one.low,
            one.high,
            one.goes_to_id,
            one.ends,
        )
        for one in survey.questions.prefetch_related("options")
    ]
    return Survey(
        survey.pk,
        survey.account_id,
        survey.name,
        SurveyKind(survey.kind),
        SurveyState(survey.state),
        tuple(questions),
        survey.number_id,
        Counting(survey.counting),
        Late(survey.late),
        survey.closes_at,
        survey.closed_at,
        timedelta(minutes=survey.idle_minutes),
        timedelta(minutes=survey.session_minutes),
        None if survey.reminder_minutes is None else timedelta(minutes=survey.reminder_minutes),
        survey.reask_limit,
        survey.intro_text,
        survey.end_text,
        survey.reminder_text,
        survey.already_text,
        survey.closed_text,
        survey.gave_up_text,
        survey.account.language,
    )


def session_of(row: SessionRow) -> Session:
    """Return a session."""
    return Session(
        row.survey_id,
        row.question_id,
        row.asked_at,
        row.started_at,
        row.pk,
        row.round,
        SessionState(row.state),
        row.reasked,
        row.reminded_at,
        row.due_at,
        row.finished_at,
        row.campaign_id,
        row.version,
    )


def synonyms_of(written: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(line.strip() for line in written.splitlines() if line.strip())
