"""Surveys as people take part in them: what a keyword leads to, what a text answers, which of several was meant (product.md §5).

What belongs here: putting reading and the state machine behind the shapes of `taking_part`. What does not: either of them; where sessions
come from (`survey_book`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from recado.core.action import Activity, AnswerSurvey
from recado.core.survey import AnswerKind, Given, Option, Session, Survey, SurveyDeed, SurveyKind
from recado.core.survey_reading import Read, read, read_choice, read_picture
from recado.core.survey_sessions import Move, answer, begin, closed, is_late, is_waiting, vote
from recado.core.survey_texts import which_text
from recado.core.taking_part import Asked, Entrant, Fit, Taken
from recado.core.text import folded_form
from recado.core.trail import TrailEntry, TrailStep

CHOICE_FOR: Final = timedelta(hours=24)
"""So long the question which survey was meant can be answered."""
_SHOWN: Final = 60
"""Signs of an answer that the trail shows."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What `store.surveys` is to write because of one message."""

    survey: Survey
    session: Session | None = None
    """As it is now; with id 0 a new one. None: unchanged."""
    given: Given | None = None
    which: "OpenWhich | None" = None
    """The sender is asked which of these they meant."""
    settles: bool = True
    """Whether an earlier question which was meant is over."""


@dataclass(frozen=True, slots=True)
class OpenWhich:
    """A text that answers several open questions: the sender was asked which."""

    text: str
    message_id: int
    places: tuple[tuple[int, int], ...]
    """Survey and question, in the order in which they were named."""
    asked_at: datetime
    id: int = 0

    def to_json(self) -> str:
        """Write what each number that can be replied stands for."""
        return json.dumps(self.places)


def places_from_json(stored: str) -> tuple[tuple[int, int], ...]:
    """Read it back."""
    return tuple((survey, question) for survey, question in json.loads(stored))


@dataclass(frozen=True, slots=True)
class SeenSurvey:
    """A survey that a rule names, and where the sender is in it."""

    survey: Survey
    last: Session | None = None
    has_voted: bool = False

    def take(self, action: Activity, entrant: Entrant) -> Taken:
        """Begin it, or count a vote."""
        survey, is_test = self.survey, entrant.message.is_test
        if survey.kind is SurveyKind.VOTE:
            option_id = action.option_id if isinstance(action, AnswerSurvey) else None
            return _taken(survey, vote(survey, *self._choice(option_id, entrant), entrant.now, has_voted=self.has_voted, is_test=is_test))
        if survey.number_id != entrant.number_id:
            return Taken(None, (_step(survey, SurveyDeed.ELSEWHERE),))
        if entrant.is_opted_out:
            return Taken(None, (_step(survey, SurveyDeed.OPTED_OUT),), "")
        return _taken(survey, begin(survey, self.last, entrant.now, is_test=is_test))

    def _choice(self, option_id: int | None, entrant: Entrant) -> tuple[Option | None, str]:
        """Return what is voted for: what the keyword stands for, else what follows it."""
        question = self.survey.questions[0] if self.survey.questions else None
        if question is None:
            return None, entrant.message.text
        if option_id is None and (found := read_choice(entrant.argument, question.options)) is not None:
            option_id = found.option_id
        return question.option(option_id), entrant.message.text


@dataclass(frozen=True, slots=True)
class AskedSurvey:
    """A survey whose question the sender has not answered, or not in time."""

    survey: Survey
    session: Session

    @property
    def asked_at(self) -> datetime:
        """When the question was asked."""
        return self.session.asked_at

    @property
    def name(self) -> str:
        """The survey's name."""
        return self.survey.name

    def fit(self, text: str, entrant: Entrant) -> Fit:
        """Say how well a text answers the question; nobody answers who wants no messages."""
        found = None if entrant.is_opted_out else self._read(text, entrant)
        if found is None:
            return Fit.NOT
        if self._is_open(entrant) and self.is_waiting(entrant.now):
            return found.fit
        return found.fit if self._is_heard_late(found, entrant) else Fit.NOT

    def is_waiting(self, now: datetime) -> bool:
        """Say whether the answer would be in time."""
        return is_waiting(self.survey, self.session, now)

    def take(self, text: str, entrant: Entrant) -> Taken:
        """Take a text as the answer, or ask again."""
        return self.file(text, entrant)

    def file(self, text: str, entrant: Entrant, message_id: int | None = None) -> Taken:
        """Take a text as the answer that came with an earlier message, or with this one."""
        if entrant.is_opted_out:
            return Taken(None)
        found = self._read(text, entrant, was_asked_about=message_id is not None)
        if not self._is_open(entrant):
            is_one = found is not None and self._is_heard_late(found, entrant)
            return _taken(self.survey, closed(self.survey, self.session, entrant.now)) if is_one else Taken(None)
        moved = answer(self.survey, self.session, found, text, entrant.now, message_id)
        return _taken(self.survey, moved) if moved is not None else Taken(None)

    def _read(self, text: str, entrant: Entrant, *, was_asked_about: bool = False) -> Read | None:
        question = self.survey.question(self.session.question_id)
        if question is None:
            return None
        if question.kind is AnswerKind.PHOTO:
            # An earlier message that people were asked about was read when it came.
            return Read(Fit.EXACT) if was_asked_about else read_picture(entrant.message.mms)
        return read(text, question, entrant.clock.local(entrant.now).date())

    def _is_open(self, entrant: Entrant) -> bool:
        return self.survey.is_open(entrant.now, is_test=entrant.message.is_test)

    def _is_heard_late(self, found: Read, entrant: Entrant) -> bool:
        """Say whether a late answer is heard: in a closed survey only an exact one."""
        return is_late(self.survey, self.session, found.fit, entrant.now) and (found.fit is Fit.EXACT or self._is_open(entrant))


@dataclass(frozen=True, slots=True)
class AskedWhich:
    """The question which of several surveys a text was the answer to."""

    which: OpenWhich
    asked: tuple[AskedSurvey | None, ...]
    """What each number stands for; None where that was answered otherwise meanwhile."""

    @property
    def asked_at(self) -> datetime:
        """When it was asked."""
        return self.which.asked_at

    @property
    def name(self) -> str:
        """The names of the surveys."""
        return ", ".join(one.name for one in self.asked if one is not None)

    def fit(self, text: str, entrant: Entrant) -> Fit:
        """Say whether a text chooses one."""
        return Fit.NOT if entrant.is_opted_out or self._chosen(text) is None else Fit.CHOSEN

    def take(self, text: str, entrant: Entrant) -> Taken:
        """File the text that was asked about."""
        chosen = self._chosen(text)
        return chosen.file(self.which.text, entrant, self.which.message_id) if chosen is not None else Taken(None)

    def _chosen(self, text: str) -> AskedSurvey | None:
        spoken = folded_form(text.strip(" .:)!"))
        return next(
            (one for place, one in enumerate(self.asked, 1) if one is not None and spoken in {str(place), folded_form(one.name)}), None
        )


def ask_which(equals: Sequence[Asked], text: str, entrant: Entrant) -> Taken | None:
    """Ask which of several questions a text answers that fits them equally well; None where they are not all of surveys."""
    surveys = [one for one in equals if isinstance(one, AskedSurvey)]
    if len(surveys) < len(equals) or len(surveys) < 2:  # noqa: PLR2004  # one is no choice
        return None
    places = tuple((one.survey.id, one.session.question_id or 0) for one in surveys)
    which = OpenWhich(text, entrant.message.id, places, entrant.now)
    first = surveys[0].survey
    filed = Filed(first, which=which, settles=False)
    reply = which_text([one.name for one in surveys], first.language)
    steps = (_step(first, SurveyDeed.ASKED_WHICH),)
    return Taken(AnswerSurvey(first.id, first.name, result=filed), steps, reply)


def _taken(survey: Survey, move: Move) -> Taken:
    """Say what a move comes to: what is written, told and replied."""
    steps = (_step(survey, move.deed, move.given),)
    is_written = move.session is not None or move.given is not None
    action = AnswerSurvey(survey.id, survey.name, result=Filed(survey, move.session, move.given)) if is_written else None
    is_left_to_rule = move.deed is SurveyDeed.VOTED and not move.reply
    return Taken(action, steps, None if is_left_to_rule else move.reply, survey_id=survey.id if move.is_asking else None)


def _step(survey: Survey, deed: SurveyDeed, given: Given | None = None) -> TrailEntry:
    values: dict[str, str | int] = {"survey": survey.name, "survey_id": survey.id, "deed": deed.value}
    if given is not None:
        places = {question.id: place for place, question in enumerate(survey.questions, 1)}
        values |= {"question": places.get(given.question_id, 0), "answer": (given.value or given.text)[:_SHOWN]}
    return TrailEntry(TrailStep.SURVEY, values)
