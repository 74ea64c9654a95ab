"""What happens in surveys by itself: the one reminder, sessions that nobody finishes in time, surveys that close.

What belongs here: finding what is due and doing it once, in bounded portions. What does not: when something is due
(`core.survey_sessions`), who calls this once a minute (`server.upkeep`).

Each session is changed only in the version that was read, in one transaction with the reminder it gets: after a crash, or beside an answer
that comes at this moment, nothing happens twice.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from recado.apps.changes import Change, announce
from recado.apps.contacts.blocking import blocked_among
from recado.apps.contacts.models import Contact
from recado.apps.contacts.opt_outs import is_opted_out
from recado.apps.outbox.credit import NoCreditError
from recado.apps.outbox.models import Origin, OutboundMessage
from recado.apps.outbox.quiet import quiet_until
from recado.apps.outbox.senders import NoSenderError
from recado.apps.outbox.services import queue_text
from recado.apps.sql import lent_connection
from recado.apps.surveys.models import Session as SessionRow
from recado.apps.surveys.models import Survey as SurveyRow
from recado.apps.surveys.shapes import session_of, shape_of
from recado.core.answer import reply_values
from recado.core.condition import Clock
from recado.core.number import NumberState
from recado.core.receipt import OutboundState
from recado.core.reply import fill
from recado.core.sender import SenderState
from recado.core.survey import Session, SessionState, Survey, SurveyState
from recado.core.survey_sessions import LATE_FOR, Due, expired, reminded, scheduled, stopped, waits_until, what_is_due
from recado.core.survey_steps import reminder_text
from recado.store.preparing import load_dialogues

log = structlog.get_logger(__name__)

PORTION = 200
PORTIONS = 10
"""Portions a minute; what is left waits for the next one."""
AFTER_FAILURE = timedelta(hours=1)
SWEPT_FOR = LATE_FOR + timedelta(days=1)


def run_due(now: datetime) -> None:
    """Close surveys, end sessions, send reminders, as far as a minute reaches."""
    close_due(now)
    shapes: dict[int, Survey] = {}
    for _ in range(PORTIONS):
        due = SessionRow.objects.filter(due_at__lte=now).order_by("due_at", "pk")
        some = list(due.select_related("survey__account", "survey__number")[:PORTION])
        for row in some:
            if row.survey_id not in shapes:
                shapes[row.survey_id] = shape_of(row.survey)
            _guarded(row, shapes[row.survey_id], now)
        if len(some) < PORTION:
            return


def close_due(now: datetime) -> None:
    """Close surveys whose time is over, and end the sessions of closed ones."""
    for survey in SurveyRow.objects.filter(state=SurveyState.COLLECTING.value, closes_at__lte=now):
        SurveyRow.objects.filter(pk=survey.pk, state=SurveyState.COLLECTING.value).update(
            state=SurveyState.CLOSED.value, closed_at=survey.closes_at
        )
    closed = SurveyRow.objects.filter(state=SurveyState.CLOSED.value, closed_at__gt=now - SWEPT_FOR)
    for survey_id in closed.values_list("pk", flat=True):
        for _ in range(PORTIONS):
            if not _end_some(survey_id, now):
                break


def _end_some(survey_id: int, now: datetime) -> int:
    waiting = SessionRow.objects.filter(survey=survey_id, state=SessionState.OPEN.value)
    keys = list(waiting.values_list("pk", flat=True)[:PORTION])
    if not keys:
        return 0
    still = SessionRow.objects.filter(pk__in=keys, state=SessionState.OPEN.value)
    return still.update(state=SessionState.EXPIRED.value, finished_at=now, due_at=None, version=F("version") + 1)


def _guarded(row: SessionRow, survey: Survey, now: datetime) -> None:
    """Do what is due; a session that something is wrong with waits, so that it holds up no other."""
    try:
        _do(row, survey, now)
    except Exception:  # whatever it was, the next session comes
        log.exception("survey_session_failed", session_id=row.pk)
        SessionRow.objects.filter(pk=row.pk, version=row.version).update(due_at=now + AFTER_FAILURE, version=F("version") + 1)


def _do(row: SessionRow, survey: Survey, now: datetime) -> None:
    session = session_of(row)
    if session.campaign_id is not None and session.asked_at == session.started_at and _asked_later(row, survey, session, now):
        return
    match what_is_due(survey, session, now):
        case Due.EXPIRE:
            _change(session, expired(session, now))
        case Due.REMIND:
            _remind(row, survey, session, now)
        case Due.NOTHING:
            _change(session, scheduled(survey, session))


def _asked_later(row: SessionRow, survey: Survey, session: Session, now: datetime) -> bool:
    """Let the time of somebody who is asked by a group send begin when their message leaves; who never gets it is not in the survey.

    Quiet hours and throttles keep messages back, for longer perhaps than a question waits.
    """
    sent = OutboundMessage.objects.filter(recipient=row.msisdn, survey_id=row.survey_id).order_by("-pk")
    found = next((one for one in sent.values_list("campaign_id", "state", "sent_at") if one[0] == session.campaign_id), None)
    if found is None:
        return False
    _, state, sent_at = found
    if state == OutboundState.UNSENT:
        return bool(SessionRow.objects.filter(pk=session.id, version=session.version).delete()[0])
    asked_at = now if state == OutboundState.QUEUED else sent_at
    if asked_at is None or asked_at <= session.asked_at:
        return False
    return _change(session, scheduled(survey, replace(session, asked_at=asked_at, started_at=asked_at)))


def _remind(row: SessionRow, survey: Survey, session: Session, now: datetime) -> None:
    """Send the reminder, or put it off; who wants no messages gets none, and is not asked any more."""
    number, account = row.survey.number, row.survey.account
    if is_opted_out(account, row.msisdn, number=row.number_id) or blocked_among(account, [row.msisdn]):
        _change(session, stopped(session, now))
        return
    end = waits_until(survey, session)
    is_able = number is not None and number.state == NumberState.ASSIGNED and number.can_send and not account.is_suspended
    later = end if not is_able else quiet_until(account, row.msisdn, now)
    if later is not None:
        SessionRow.objects.filter(pk=session.id, version=session.version).update(due_at=min(later, end), version=F("version") + 1)
        return
    with transaction.atomic():
        if _change(session, reminded(survey, session, now)):
            _send(row, survey, session, now)


def _send(row: SessionRow, survey: Survey, session: Session, now: datetime) -> None:
    question = survey.question(session.question_id)
    number, account = row.survey.number, row.survey.account
    if question is None or number is None:
        return
    contact = Contact.objects.filter(account=account, msisdn=row.msisdn).first()
    names = SenderState(row.msisdn, first_name=contact.first_name, last_name=contact.last_name) if contact else SenderState(row.msisdn)
    text = fill(reminder_text(survey, question), reply_values("", "", "", names, number.digits, now, Clock(account.zone)))
    dialogues = load_dialogues(lent_connection(), account.pk, [(number.pk, row.msisdn)])
    dialogue_id = dialogues.get((number.pk, row.msisdn))
    try:
        with transaction.atomic():
            message = queue_text(
                account,
                number,
                row.msisdn,
                text,
                now=now,
                origin=Origin.RULE,
                dialogue_id=dialogue_id,
                is_test=row.is_test,
            )
            OutboundMessage.objects.filter(pk=message.pk).update(survey_id=survey.id)
    except (NoCreditError, NoSenderError):
        return  # there is one attempt; the question goes on waiting
    if dialogue_id is not None:
        announce(Change("outbound", account.pk, dialogue_id))


def _change(before: Session, after: Session) -> bool:
    """Write what a session has become, unless somebody was quicker."""
    found = SessionRow.objects.filter(pk=before.id, version=before.version)
    return bool(
        found.update(
            state=after.state.value,
            asked_at=after.asked_at,
            started_at=after.started_at,
            reminded_at=after.reminded_at,
            due_at=after.due_at,
            finished_at=after.finished_at,
            version=F("version") + 1,
        )
    )
