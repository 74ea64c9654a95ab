"""Surveys on the hot path: what is loaded for a group of messages, and what they add.

What belongs here: the holder of `activities`, its rows, and stopping sessions of who opts out. What does not: the queries of surveys
themselves (`survey_rows`), what a text does (`core.survey_asked`), time running out (`apps.surveys.due`).

Whoever is quicker wins: a session is changed only in the version that was loaded, and unique indexes keep one session of each round and one
answer that counts; the slower writer loads and decides anew.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from recado.core.action import AnswerSurvey, Scope
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.survey import Counting, Session
from recado.core.survey_asked import Filed, OpenWhich, places_from_json
from recado.core.survey_book import Phone, SurveyBook, latest
from recado.core.survey_sessions import LATE_FOR
from recado.core.taking_part import Asked, Seen
from recado.store.activity_tables import SURVEY_ANSWER, SURVEY_CHOICE, SURVEY_SESSION
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT, TIMESTAMP
from recado.store.survey_rows import SESSION_COLUMNS, load_surveys, session_from

if TYPE_CHECKING:
    from recado.store.activities import Wanted
    from recado.store.write import Rows

_ON_NUMBERS = """SELECT s.id FROM {keys} CROSS JOIN surveys_survey s
    WHERE s.number_id = k.a AND (s.state = 'collecting' OR (s.state = 'closed' AND s.closed_at > k.b))"""
_ON_NUMBERS_OR_DRAFTS = """SELECT s.id FROM {keys} CROSS JOIN surveys_survey s
    WHERE s.number_id = k.a AND (s.state <> 'closed' OR s.closed_at > k.b)"""
_SESSIONS = f"""SELECT x.number_id, x.msisdn, x.is_test, x.account_id, {SESSION_COLUMNS} FROM {{keys}} CROSS JOIN surveys_session x
    WHERE x.number_id = k.a AND x.msisdn = k.b"""  # noqa: S608  # columns are ours
_COUNTED = """SELECT a.survey_id, a.msisdn, a.is_test, a.question_id, a.id FROM {keys} CROSS JOIN surveys_answer a
    WHERE a.survey_id = k.a AND a.msisdn = k.b AND a.once IS NOT NULL"""
# A keyword that came since then says that something else was meant.
_WHICH = """SELECT c.number_id, c.msisdn, c.is_test, c.text, c.message_id, c.choices, c.asked_at, c.id
    FROM {keys} CROSS JOIN surveys_openchoice c
    WHERE c.number_id = k.a AND c.msisdn = k.b AND c.answered_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM dialogues_dialogue d JOIN inbox_message m ON m.dialogue_id = d.id
        WHERE d.account_id = c.account_id AND d.number_id = c.number_id AND d.msisdn = c.msisdn
            AND m.id > c.message_id AND m.keyword_id IS NOT NULL)"""
_CHANGE = """UPDATE surveys_session SET state = ?, question_id = ?, asked_at = ?, reasked = ?, reminded_at = ?, due_at = ?, started_at = ?,
    finished_at = ?, version = version + 1 WHERE id = ? AND version = ?"""
_COUNT_NO_LONGER = "UPDATE surveys_answer SET counts = FALSE, once = NULL WHERE id = ? AND once IS NOT NULL"
_SETTLE = "UPDATE surveys_openchoice SET answered_at = ? WHERE id = ? AND answered_at IS NULL"
_STOP = """UPDATE surveys_session SET state = 'stopped', finished_at = ?, due_at = NULL, version = version + 1
    WHERE state = 'open' AND account_id = ? AND msisdn = ?
        AND number_id IN (SELECT s.number_id FROM surveys_survey s WHERE s.account_id = ? AND (? = 0 OR s.number_id = ?))"""
_STATE, _QUESTION, _ASKED, _REASKED, _DUE, _STARTED, _FINISHED = range(7, 14)
"""Where a session's row of `SURVEY_SESSION` has what changes."""
_COUNTS, _ONCE = 12, 13
_ANSWERED: Final = 9


class SurveyHolder:
    """The surveys of a group of messages."""

    def __init__(self, book: SurveyBook, now: datetime) -> None:
        self.book = book
        self._now = now
        self._new_sessions: dict[int, list[Any]] = {}
        self._new_answers: dict[int, list[Any]] = {}
        self._new_which: dict[Phone, list[Any]] = {}

    def seen(self, target_id: int, message: InboundMessage) -> Seen | None:
        """Return a survey that a rule names."""
        return self.book.seen(target_id, message.sender, is_test=message.is_test)

    def asked(self, phone: Phone) -> Collection[Asked]:
        """Return what a phone was asked."""
        return self.book.asked(phone, self._now)

    def collect(self, rows: "Rows", message: InboundMessage, decision: Decision, _dialogue_id: int | None, action: AnswerSurvey) -> None:
        """Add what a message does in a survey."""
        filed = action.result
        if not isinstance(filed, Filed):
            return
        phone = (filed.survey.number_id or decision.number_id or 0, message.sender, message.is_test)
        session_id = self._session(rows, phone, filed.session) if filed.session is not None else self._session_at(phone, filed)
        answer_id = self._answer(rows, message, phone, filed, session_id) if filed.given is not None else 0
        self._note_which(rows, phone, filed)
        self.book.note(phone, filed, session_id or 0, answer_id)

    def _session_at(self, phone: Phone, filed: Filed) -> int | None:
        last = self.book.sessions.get(phone, {}).get(filed.survey.id)
        return last.id if last is not None else None

    def _session(self, rows: "Rows", phone: Phone, session: Session) -> int:
        stamp = rows.stamp
        moments = tuple(None if one is None else stamp(one) for one in (session.due_at, session.started_at, session.finished_at))
        changing = [session.state.value, session.question_id, stamp(session.asked_at), session.reasked, *moments]
        if session.id == 0:
            key = next(rows.ids)
            survey = self.book.surveys[session.survey_id]
            row = [key, survey.account_id, survey.id, *phone, session.round, *changing, session.campaign_id]
            self._new_sessions[key] = row
            rows.take_part(SURVEY_SESSION, row)
            return key
        if session.id in self._new_sessions:
            self._new_sessions[session.id][_STATE : _FINISHED + 1] = changing
            return session.id
        reminded_at = None if session.reminded_at is None else stamp(session.reminded_at)
        rows.changed.append((_CHANGE, (*changing[:4], reminded_at, *moments, session.id, session.version)))
        return session.id

    def _answer(self, rows: "Rows", message: InboundMessage, phone: Phone, filed: Filed, session_id: int | None) -> int:
        given, survey = filed.given, filed.survey
        assert given is not None  # noqa: S101  # tells the type checker
        before = self.book.replaced(phone, filed)
        counts, once = given.counts, phone[1] if given.is_once else None
        if before is not None and survey.counting is Counting.FIRST:
            counts, once = False, None
        elif before is not None:
            self._no_longer(rows, before)
        key = next(rows.ids)
        about = (key, survey.account_id, survey.id, given.question_id, given.option_id, session_id, given.message_id or message.id)
        row = [*about, *phone[1:], given.value, given.text, given.is_late, counts, once, rows.now]
        self._new_answers[key] = row
        rows.take_part(SURVEY_ANSWER, row)
        return key if once is not None else before or 0

    def _no_longer(self, rows: "Rows", answer_id: int) -> None:
        """Let an answer count no longer, because a later one does."""
        if answer_id in self._new_answers:
            self._new_answers[answer_id][_COUNTS : _ONCE + 1] = [False, None]
        else:
            rows.changed.append((_COUNT_NO_LONGER, (answer_id,)))

    def _note_which(self, rows: "Rows", phone: Phone, filed: Filed) -> None:
        """Write that the sender is asked which was meant, or that this is settled."""
        row = self._new_which.get(phone)
        if filed.which is not None:
            which = filed.which
            new = [filed.survey.account_id, *phone, which.message_id, which.text, which.to_json(), rows.now, None]
            if row is None:
                self._new_which[phone] = row = [next(rows.ids), *new]
                rows.take_part(SURVEY_CHOICE, row)
            else:
                row[1:] = new
        elif filed.settles and (open_which := self.book.open_which.get(phone)) is not None:
            if row is None:
                rows.changed.append((_SETTLE, (rows.now, open_which.id)))
            else:
                row[_ANSWERED] = rows.now


def load(con: Connection, wanted: "Wanted", now: datetime) -> SurveyHolder | None:
    """Load the surveys that rules name, and those whose questions the phones of a group may answer; nothing for nearly every group."""
    targets = wanted.targets.get(AnswerSurvey, set())
    on_numbers = _on_numbers(con, wanted.phones, now) if wanted.phones else set()
    if not targets and not on_numbers:
        return None
    book = SurveyBook()
    if on_numbers:
        _load_sessions(con, book, wanted.phones, on_numbers)
    people = {(survey_id, *phone[1:]) for phone, sessions in book.sessions.items() for survey_id in sessions}
    people |= {(survey_id, *person[1:]) for survey_id in targets for person in wanted.people}
    wanted_surveys = targets | {survey_id for survey_id, _, _ in people}
    if not wanted_surveys:
        return None
    book.surveys = load_surveys(con, wanted_surveys)
    keys = list(dict.fromkeys((survey_id, msisdn) for survey_id, msisdn, _ in people))
    for survey_id, msisdn, is_test, question_id, answer_id in con.rows_for(_COUNTED, (BIGINT, TEXT), keys):
        book.counted.setdefault((survey_id, msisdn, bool(is_test)), {})[question_id] = answer_id
    several = [phone[:2] for phone, sessions in book.sessions.items() if len(sessions) > 1]
    for number_id, msisdn, is_test, text, message_id, choices, asked_at, key in con.rows_for(_WHICH, (BIGINT, TEXT), several):
        which = OpenWhich(text, message_id, places_from_json(choices), con.dialect.moment(asked_at), key)
        book.open_which[number_id, msisdn, bool(is_test)] = which
    return SurveyHolder(book, now)


def _on_numbers(con: Connection, phones: Iterable[Phone], now: datetime) -> set[int]:
    """Return the surveys that anybody who writes to these numbers may be in."""
    since = con.dialect.timestamp(now - LATE_FOR)
    sql = _ON_NUMBERS_OR_DRAFTS if any(is_test for _, _, is_test in phones) else _ON_NUMBERS
    keys = [(number_id, since) for number_id in dict.fromkeys(phone[0] for phone in phones)]
    return {row[0] for row in con.rows_for(sql, (BIGINT, TIMESTAMP), keys)}


def _load_sessions(con: Connection, book: SurveyBook, phones: dict[Phone, int], survey_ids: set[int]) -> None:
    found: dict[Phone, list[Session]] = {}
    for number_id, msisdn, is_test, account_id, *columns in con.rows_for(
        _SESSIONS, (BIGINT, TEXT), list(dict.fromkeys(phone[:2] for phone in phones))
    ):
        phone, session = (number_id, msisdn, bool(is_test)), session_from(con, columns)
        if phones.get(phone) == account_id and session.survey_id in survey_ids:  # a number may have been another account's
            found.setdefault(phone, []).append(session)
    book.sessions = {phone: latest(some) for phone, some in found.items()}


def stop(con: Connection, opt_outs: Iterable[tuple[int, str, str, int]], now: Any) -> None:
    """End the sessions of who opts out of an account or a number: (account, MSISDN, scope, target); `now` as stored."""
    for account_id, msisdn, scope, target_id in opt_outs:
        if scope in {Scope.ACCOUNT, Scope.NUMBER}:
            number_id = target_id if scope == Scope.NUMBER else 0
            con.execute(_STOP, (now, account_id, msisdn, account_id, number_id, number_id))
