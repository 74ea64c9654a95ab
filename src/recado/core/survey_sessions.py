"""One person in one survey: beginning, answering, being asked again, giving up, coming late, time running out (product.md §5).

What belongs here: the state machine, told the time. What does not: reading answers (`survey_reading`), which survey a text is about
(`survey_asked`), rows (`store.surveys`), when somebody looks at the clock (`apps.surveys.due`).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from recado.core.survey import Counting, Given, Late, Option, Question, Session, SessionState, Survey, SurveyDeed
from recado.core.survey_reading import Read
from recado.core.survey_steps import first_question, first_text, next_question, question_text, reask_text
from recado.core.survey_texts import already_text, closed_text
from recado.core.taking_part import Fit

LATE_FOR: Final = timedelta(days=7)
"""So long after a question stopped waiting a text can still be its late answer."""
LATE_TEXT_FOR: Final = timedelta(days=1)
"""The same where any text is an answer: what somebody writes days later is about something else."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a message does in a survey."""

    deed: SurveyDeed
    session: Session | None = None
    """As it is now; None: as before."""
    given: Given | None = None
    reply: str = ""
    """Empty: nothing is said."""
    is_asking: bool = False
    """Whether the reply is a part of the conversation, which is bounded by itself, and no answer to somebody who came in vain."""


# --- time ---


def waits_until(survey: Survey, session: Session) -> datetime:
    """Return until when the question asked last can be answered in time.

    One that was asked after the survey's time for a person was over, because they came late, waits as long as any other.
    """
    until = session.asked_at + survey.idle
    over = session.started_at + survey.lasts
    if session.asked_at < over:
        until = min(until, over)
    return until if survey.closes_at is None else min(until, survey.closes_at)


def is_waiting(survey: Survey, session: Session, now: datetime) -> bool:
    """Say whether the question asked last waits for an answer."""
    return session.state is SessionState.OPEN and session.question_id is not None and now < waits_until(survey, session)


def scheduled(survey: Survey, session: Session) -> Session:
    """Return a session with the moment at which something happens by itself: the one reminder, or the end."""
    if session.state is not SessionState.OPEN:
        return replace(session, due_at=None)
    end = waits_until(survey, session)
    remind_at = None if survey.reminder is None or session.reminded_at is not None else session.asked_at + survey.reminder
    return replace(session, due_at=remind_at if remind_at is not None and remind_at < end else end)


class Due(StrEnum):
    """What is to happen by itself."""

    NOTHING = "nothing"
    REMIND = "remind"
    EXPIRE = "expire"


def what_is_due(survey: Survey, session: Session, now: datetime) -> Due:
    """Say what is to happen to a session by itself."""
    if session.state is not SessionState.OPEN:
        return Due.NOTHING
    if not is_waiting(survey, session, now) or survey.ended_at(now) is not None:
        return Due.EXPIRE
    is_owed = survey.reminder is not None and session.reminded_at is None and now >= session.asked_at + survey.reminder
    return Due.REMIND if is_owed else Due.NOTHING


def reminded(survey: Survey, session: Session, now: datetime) -> Session:
    """Return a session whose reminder goes out now; the question waits no longer for that."""
    return scheduled(survey, replace(session, reminded_at=now))


def expired(session: Session, now: datetime) -> Session:
    """Return a session that is over because nobody answered in time."""
    return replace(session, state=SessionState.EXPIRED, finished_at=now, due_at=None)


def stopped(session: Session, now: datetime) -> Session:
    """Return a session that is over because the person opted out."""
    return replace(session, state=SessionState.STOPPED, finished_at=now, due_at=None)


# --- beginning ---


def started(survey: Survey, last: Session | None, now: datetime, campaign_id: int | None = None) -> Session | None:
    """Return a session that begins now; None for a survey without questions."""
    first = first_question(survey)
    if first is None:
        return None
    new = Session(survey.id, first.id, now, now, round=1 if last is None else last.round + 1, campaign_id=campaign_id)
    return scheduled(survey, new)


def begin(survey: Survey, last: Session | None, now: datetime, *, is_test: bool = False) -> Move:
    """Say what becomes of somebody who asks to take part; `last` is their session of this survey, the latest.

    Who did not finish goes on where they stopped, if only the first time counts; else they begin anew.
    """
    if not survey.is_open(now, is_test=is_test) or not survey.questions:
        return Move(SurveyDeed.CLOSED, reply=survey.closed_text.strip() or closed_text(survey.language))
    if last is not None and is_waiting(survey, last, now):
        return _repeated(survey, last, now)
    if last is not None and survey.counting is Counting.FIRST:
        if last.state is SessionState.DONE:
            return Move(SurveyDeed.ALREADY, reply=survey.already_text.strip() or already_text(survey.language))
        question = survey.question(last.question_id) or survey.questions[0]
        resumed = replace(
            last,
            state=SessionState.OPEN,
            question_id=question.id,
            asked_at=now,
            started_at=now,
            reasked=0,
            reminded_at=None,
            finished_at=None,
        )
        return Move(SurveyDeed.BEGAN, scheduled(survey, resumed), reply=question_text(question), is_asking=True)
    return Move(SurveyDeed.BEGAN, started(survey, last, now), reply=first_text(survey), is_asking=True)


# --- answering ---


def answer(survey: Survey, session: Session, found: Read | None, text: str, now: datetime, message_id: int | None = None) -> Move | None:
    """Say what becomes of a text that a question of an open survey is answered with; None where nothing does, as it waits no longer.

    `found` is what the text was read as, None where it is no answer.
    """
    question = survey.question(session.question_id)
    if question is None:
        return None
    if found is None:
        return again(survey, session, now) if is_waiting(survey, session, now) else None
    if is_waiting(survey, session, now):
        return _answered(
            survey, session, question, found, Given(question.id, text, found.value, found.option_id, message_id=message_id), now
        )
    if not is_late(survey, session, found.fit, now):
        return None
    given = Given(question.id, text, found.value, found.option_id, message_id=message_id)
    if survey.late is Late.STORE:
        closed = session if session.state is not SessionState.OPEN else expired(session, now)
        late = replace(given, is_late=True, counts=False)
        return Move(SurveyDeed.LATE, replace(closed, question_id=None), late)  # one late answer is kept, not all that follows
    return _answered(survey, session, question, found, given, now)


def is_late(survey: Survey, session: Session, fit: Fit, now: datetime) -> bool:
    """Say whether a text can still be the late answer to a question that waits no longer."""
    if session.question_id is None or fit is Fit.NOT or session.state in {SessionState.DONE, SessionState.STOPPED}:
        return False
    since = session.finished_at or waits_until(survey, session)
    return now < since + (LATE_TEXT_FOR if fit is Fit.LOOSE else LATE_FOR)


def closed(survey: Survey, session: Session, now: datetime) -> Move:
    """Tell somebody who answers a closed survey, once."""
    over = session if session.state is not SessionState.OPEN else expired(session, now)
    reply = survey.closed_text.strip() or closed_text(survey.language)
    return Move(SurveyDeed.CLOSED, replace(over, question_id=None), reply=reply)


def again(survey: Survey, session: Session, now: datetime) -> Move:
    """Ask a question again, or give up."""
    question = survey.question(session.question_id)
    if question is None or session.reasked >= survey.reask_limit:
        given_up = replace(session, state=SessionState.GIVEN_UP, finished_at=now, due_at=None)
        return Move(SurveyDeed.GAVE_UP, given_up, reply=survey.gave_up_text.strip(), is_asking=True)
    asked = replace(session, asked_at=now, reasked=session.reasked + 1)
    return Move(SurveyDeed.ASKED_AGAIN, scheduled(survey, asked), reply=reask_text(survey, question), is_asking=True)


def _repeated(survey: Survey, session: Session, now: datetime) -> Move:
    """Ask once more whoever asks to take part again in the middle of it; that counts as asking again, so that it has an end."""
    moved, question = again(survey, session, now), survey.question(session.question_id)
    if moved.deed is SurveyDeed.GAVE_UP or question is None:
        return moved
    return replace(moved, reply=question_text(question))


def _answered(survey: Survey, session: Session, question: Question, found: Read, given: Given, now: datetime) -> Move:
    given = replace(given, is_once=survey.counting is not Counting.EVERY)
    following = next_question(survey, question, found.option_id)
    if following is None:
        done = replace(session, state=SessionState.DONE, question_id=None, finished_at=now, due_at=None)
        return Move(SurveyDeed.ENDED, done, given, survey.end_text.strip(), is_asking=True)
    asked = replace(session, state=SessionState.OPEN, question_id=following.id, asked_at=now, reasked=0, finished_at=None)
    return Move(SurveyDeed.ANSWERED, scheduled(survey, asked), given, question_text(following), is_asking=True)


# --- votes ---


def vote(survey: Survey, option: Option | None, text: str, now: datetime, *, has_voted: bool, is_test: bool = False) -> Move:
    """Say what becomes of a vote; `option` is None where the text names none."""
    question = first_question(survey)
    if question is None or not survey.is_open(now, is_test=is_test):
        return Move(SurveyDeed.CLOSED, reply=survey.closed_text.strip() or closed_text(survey.language))
    if option is None:
        return Move(SurveyDeed.ASKED_AGAIN, reply=reask_text(survey, question))
    if has_voted and survey.counting is Counting.FIRST:
        return Move(SurveyDeed.ALREADY, reply=survey.already_text.strip() or already_text(survey.language))
    is_once = survey.counting is not Counting.EVERY
    given = Given(question.id, text, option.text or option.label, option.id, is_once=is_once)
    return Move(SurveyDeed.VOTED, None, given, survey.end_text.strip())
