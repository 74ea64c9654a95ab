"""What is known about surveys and the people in them while messages are decided on; it is told what each message adds.

What belongs here: sessions in memory, by phone. What does not: where they were loaded from and are written to (`store.surveys`), what a
text does to them (`survey_asked`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from recado.core.survey import Given, Session, SessionState, Survey
from recado.core.survey_asked import CHOICE_FOR, AskedSurvey, AskedWhich, Filed, OpenWhich, SeenSurvey
from recado.core.taking_part import Asked

Phone: TypeAlias = tuple[int, str, bool]
"""Number, MSISDN, and whether it is a simulated one."""
Person: TypeAlias = tuple[int, str, bool]
"""Survey, MSISDN, and whether it is a simulated one."""

_HEARD = frozenset({SessionState.OPEN, SessionState.EXPIRED, SessionState.GIVEN_UP})


@dataclass(slots=True)
class SurveyBook:
    """Surveys, the last session of each person in each, what counts of them already, and who was asked which was meant."""

    surveys: dict[int, Survey] = field(default_factory=dict)
    sessions: dict[Phone, dict[int, Session]] = field(default_factory=dict)
    """By survey."""
    counted: dict[Person, dict[int, int]] = field(default_factory=dict)
    """Question to the answer that counts, where one of each person does; asked for where it matters."""
    open_which: dict[Phone, OpenWhich] = field(default_factory=dict)

    def seen(self, survey_id: int, msisdn: str, *, is_test: bool) -> SeenSurvey | None:
        """Return a survey as a rule leads to it; None where it is gone."""
        survey = self.surveys.get(survey_id)
        if survey is None:
            return None
        last = self.sessions.get((survey.number_id or 0, msisdn, is_test), {}).get(survey_id)
        return SeenSurvey(survey, last, bool(self.counted.get((survey_id, msisdn, is_test))))

    def asked(self, phone: Phone, now: datetime) -> Sequence[Asked]:
        """Return what a phone was asked and has not answered."""
        here = self.sessions.get(phone)
        if not here:
            return ()
        found = {
            session.survey_id: AskedSurvey(self.surveys[session.survey_id], session)
            for session in here.values()
            if session.state in _HEARD and session.question_id is not None and session.survey_id in self.surveys
        }
        which = self.open_which.get(phone)
        if which is None or which.asked_at <= now - CHOICE_FOR:
            return tuple(found.values())
        return (*found.values(), AskedWhich(which, tuple(_still(found.get(survey), question) for survey, question in which.places)))

    def note(self, phone: Phone, filed: Filed, session_id: int, answer_id: int) -> None:
        """Remember what a message did; ids are those of the rows that it adds."""
        msisdn, is_test = phone[1:]
        if filed.which is not None:
            self.open_which[phone] = filed.which
        elif filed.settles:
            self.open_which.pop(phone, None)
        if filed.session is not None:
            here = self.sessions.setdefault(phone, {})
            here[filed.survey.id] = replace(filed.session, id=session_id, version=filed.session.version + (filed.session.id != 0))
        if filed.given is not None and filed.given.is_once:
            self.counted.setdefault((filed.survey.id, msisdn, is_test), {})[filed.given.question_id] = answer_id

    def replaced(self, phone: Phone, filed: Filed) -> int | None:
        """Return the answer that counts no longer because of the one that is filed."""
        given: Given | None = filed.given
        if given is None or not given.is_once:
            return None
        return self.counted.get((filed.survey.id, *phone[1:]), {}).get(given.question_id)


def _still(asked: AskedSurvey | None, question_id: int) -> AskedSurvey | None:
    """Return what was asked if that question is still the one that waits."""
    return asked if asked is not None and asked.session.question_id == question_id else None


def latest(sessions: Iterable[Session]) -> dict[int, Session]:
    """Return the last session of each survey."""
    found: dict[int, Session] = {}
    for one in sessions:
        if one.survey_id not in found or found[one.survey_id].round < one.round:
            found[one.survey_id] = one
    return found
