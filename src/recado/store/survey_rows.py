"""Surveys and sessions as rows, read for the hot path and for group sends.

What belongs here: from rows to the values of `core.survey`. What does not: which are asked for (`surveys`, `survey_sends`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

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
from recado.store.dialect import Connection
from recado.store.insert import BIGINT

SESSION_COLUMNS = """x.survey_id, x.question_id, x.asked_at, x.started_at, x.id, x.round, x.state, x.reasked, x.reminded_at, x.due_at,
    x.finished_at, x.campaign_id, x.version"""
_SURVEYS = """SELECT s.id, s.account_id, s.name, s.kind, s.state, s.number_id, s.counting, s.late, s.closes_at, s.closed_at,
    s.idle_minutes, s.session_minutes, s.reminder_minutes, s.reask_limit, s.intro_text, s.end_text, s.reminder_text, s.already_text,
    s.closed_text, s.gave_up_text, a.language
    FROM {keys} CROSS JOIN surveys_survey s JOIN accounts_account a ON a.id = s.account_id WHERE s.id = k.a"""
_QUESTIONS = """SELECT q.survey_id, q.id, q.kind, q.text, q.reask_text, q.low, q.high, q.goes_to_id, q.ends
    FROM {keys} CROSS JOIN surveys_question q WHERE q.survey_id = k.a ORDER BY q.position, q.id"""
_OPTIONS = """SELECT o.question_id, o.id, o.label, o.text, o.synonyms, o.goes_to_id, o.ends
    FROM {keys} CROSS JOIN surveys_question q JOIN surveys_option o ON o.question_id = q.id WHERE q.survey_id = k.a
    ORDER BY o.position, o.id"""


def load_surveys(con: Connection, survey_ids: Collection[int]) -> dict[int, Survey]:
    """Return surveys with their questions, of those that exist."""
    keys = [(survey_id,) for survey_id in sorted(survey_ids)]
    options: dict[int, list[Option]] = {}
    for question_id, key, label, text, synonyms, goes_to, ends in con.rows_for(_OPTIONS, (BIGINT,), keys):
        words = tuple(line.strip() for line in synonyms.splitlines() if line.strip())
        options.setdefault(question_id, []).append(Option(key, label, text, words, goes_to, bool(ends)))
    questions: dict[int, list[Question]] = {}
    for survey_id, key, kind, text, reask_text, low, high, goes_to, ends in con.rows_for(_QUESTIONS, (BIGINT,), keys):
        one = Question(key, AnswerKind(kind), text, tuple(options.get(key, ())), reask_text, low, high, goes_to, bool(ends))
        questions.setdefault(survey_id, []).append(one)
    return {row[0]: _survey(con, row, tuple(questions.get(row[0], ()))) for row in con.rows_for(_SURVEYS, (BIGINT,), keys)}


def _survey(con: Connection, row: Sequence[Any], questions: tuple[Question, ...]) -> Survey:
    key, account_id, name, kind, state, number_id, counting, late, closes_at, closed_at, idle, lasts, reminder, limit, *texts = row
    return Survey(
        key,
        account_id,
        name,
        SurveyKind(kind),
        SurveyState(state),
        questions,
        number_id,
        Counting(counting),
        Late(late),
        _moment(con, closes_at),
        _moment(con, closed_at),
        timedelta(minutes=idle),
        timedelta(minutes=lasts),
        None if reminder is None else timedelta(minutes=reminder),
        limit,
        *texts,
    )


def session_from(con: Connection, columns: Sequence[Any]) -> Session:
    """Make a session of `SESSION_COLUMNS`."""
    survey_id, question_id, asked_at, started_at, key, number, state, reasked, reminded_at, due_at, finished_at, campaign_id, version = (
        columns
    )
    moment = con.dialect.moment
    return Session(
        survey_id,
        question_id,
        moment(asked_at),
        moment(started_at),
        key,
        number,
        SessionState(state),
        reasked,
        _moment(con, reminded_at),
        _moment(con, due_at),
        _moment(con, finished_at),
        campaign_id,
        version,
    )


def _moment(con: Connection, stored: Any) -> datetime | None:
    return None if stored is None else con.dialect.moment(stored)
