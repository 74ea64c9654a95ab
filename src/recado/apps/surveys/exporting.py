"""Everybody who took part, one after the other, with all they answered: for files and for programs.

What belongs here: gathering these rows in portions, so that any number of people fits. What does not: the file (`panel.exporting`), sums
(`results`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from recado.apps.contacts.queries import contacts_by_number
from recado.apps.surveys.models import Answer, Session, Survey
from recado.apps.surveys.results import EVERYTHING, Narrowed, answers_of, sessions_of
from recado.core.survey import Counting, SurveyKind

_AT_ONCE = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Person:
    """One person in a survey; where people may take part again and every time counts, once for each time."""

    key: int
    """Of the session, or of the vote."""
    msisdn: str
    name: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    """A word of `core.survey.SessionState`."""
    answers: Mapping[int, Answer]
    """By question."""


def persons_of(survey: Survey, narrowed: Narrowed = EVERYTHING, *, after: int = 0) -> Iterator[Person]:
    """Yield everybody, those who began first first; `after` a key alone those that come after it."""
    return _voters(survey, narrowed, after) if survey.kind == SurveyKind.VOTE else _sessions(survey, narrowed, after)


def _voters(survey: Survey, narrowed: Narrowed, after: int) -> Iterator[Person]:
    votes = answers_of(survey, narrowed).filter(counts=True, is_late=False, pk__gt=after).select_related("option").order_by("pk")
    for some in _portions(votes.iterator(chunk_size=_AT_ONCE)):
        names = _names(survey, {one.msisdn for one in some})
        for one in some:
            yield Person(one.pk, one.msisdn, names.get(one.msisdn, ""), one.given_at, one.given_at, "done", {one.question_id: one})


def _sessions(survey: Survey, narrowed: Narrowed, after: int) -> Iterator[Person]:
    rows = sessions_of(survey, narrowed).filter(pk__gt=after).order_by("pk")
    counts_every = survey.counting == Counting.EVERY
    if not counts_every:
        rows = rows.filter(round=1)
    for some in _portions(rows.iterator(chunk_size=_AT_ONCE)):
        phones = {one.msisdn for one in some}
        names, latest = _names(survey, phones), {} if counts_every else _latest(survey, narrowed, phones)
        answers = _answers(survey, narrowed, some, by_session=counts_every)
        for one in some:
            now = latest.get(one.msisdn, one)
            given = answers.get(one.pk if counts_every else one.msisdn, {})
            yield Person(one.pk, one.msisdn, names.get(one.msisdn, ""), one.started_at, now.finished_at, now.state, given)


def _answers(
    survey: Survey, narrowed: Narrowed, sessions: tuple[Session, ...], *, by_session: bool
) -> dict[int | str | None, dict[int, Answer]]:
    rows = Answer.objects.filter(survey=survey, is_test=narrowed.is_test, counts=True, is_late=False).select_related("option")
    if by_session:
        rows = rows.filter(session_id__in=[one.pk for one in sessions])
    else:
        rows = rows.filter(msisdn__in={one.msisdn for one in sessions})
    found: dict[int | str | None, dict[int, Answer]] = defaultdict(dict)
    for one in rows.order_by("pk"):
        found[one.session_id if by_session else one.msisdn][one.question_id] = one
    return found


def _latest(survey: Survey, narrowed: Narrowed, phones: set[str]) -> dict[str, Session]:
    """Return where people are who began again."""
    rows = Session.objects.filter(survey=survey, is_test=narrowed.is_test, msisdn__in=phones, round__gt=1)
    return {one.msisdn: one for one in rows.order_by("round")}


def _names(survey: Survey, phones: set[str]) -> dict[str, str]:
    return {msisdn: contact.full_name for msisdn, contact in contacts_by_number(survey.account, phones).items()}


def _portions(rows: Iterable[T]) -> Iterator[tuple[T, ...]]:
    remaining = iter(rows)
    while some := tuple(islice(remaining, _AT_ONCE)):
        yield some
