"""Surveys sent to many: everybody who is sent the first question is in the survey from then on.

What belongs here: who is in it already, and the sessions of a portion, in the transaction that writes its messages. What does not: those
messages (`preparing`), what follows from answers (`surveys`).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from recado.core.survey import Counting, Session, SessionState, Survey
from recado.core.survey_book import latest
from recado.core.survey_sessions import started
from recado.store.activity_tables import SURVEY_SESSION
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT
from recado.store.survey_rows import SESSION_COLUMNS, load_surveys, session_from

_SESSIONS = f"""SELECT x.msisdn, {SESSION_COLUMNS} FROM {{keys}} CROSS JOIN surveys_session x
    WHERE x.number_id = k.a AND x.msisdn = k.b AND x.survey_id = ? AND x.is_test = ?"""  # noqa: S608  # columns are ours


def survey_sent(con: Connection, survey_id: int) -> Survey | None:
    """Return a survey that is to be sent; None where it is gone."""
    return load_surveys(con, [survey_id]).get(survey_id)


def sessions_of(con: Connection, survey: Survey, phones: Collection[str], *, is_test: bool) -> dict[str, Session]:
    """Return the last session of each of the phones that have one."""
    found: dict[str, list[Session]] = {}
    keys = [(survey.number_id or 0, phone) for phone in phones]
    for msisdn, *columns in con.rows_for(_SESSIONS, (BIGINT, TEXT), keys, after=(survey.id, is_test)):
        found.setdefault(msisdn, []).append(session_from(con, columns))
    return {msisdn: latest(some)[survey.id] for msisdn, some in found.items()}


def is_left_out(survey: Survey, last: Session | None) -> bool:
    """Say whether somebody is not asked: they are being asked already, or took part where only the first time counts."""
    return last is not None and (survey.counting is Counting.FIRST or last.state is SessionState.OPEN)


def begin_sessions(
    con: Connection,
    survey: Survey,
    phones: Sequence[str],
    before: dict[str, Session],
    campaign_id: int,
    ids: Iterator[int],
    now: datetime,
    *,
    is_test: bool,
) -> None:
    """Write a session for each phone; who began in this very moment keeps theirs."""
    moment = con.dialect.timestamp
    rows = []
    for phone in phones:
        new = started(survey, before.get(phone), now, campaign_id)
        if new is None:
            return
        due_at = None if new.due_at is None else moment(new.due_at)
        about = (next(ids), survey.account_id, survey.id, survey.number_id, phone, is_test, new.round, new.state.value)
        rows.append((*about, new.question_id, moment(now), 0, due_at, moment(now), None, campaign_id))
    SURVEY_SESSION.run(con, rows)
