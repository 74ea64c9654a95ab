"""The builder's phone preview: a survey played with the real engine, in memory; nothing is stored or sent.

What belongs here: one simulated person's conversation. What does not: the engine (`core.survey_…`), drawing bubbles.

    for bubble in play(survey, ["B", "7 pkt"], timezone.now()):
        ...

`survey` is a row, a draft or not; `texts` are what the person writes after the keyword (of a vote: each is one vote). The person is
somebody new each time, so the whole conversation so far is given with every call.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from recado.apps.surveys.models import Survey as SurveyRow
from recado.apps.surveys.shapes import shape_of
from recado.core.action import AnswerSurvey
from recado.core.answer import reply_values
from recado.core.condition import Clock
from recado.core.message import Encoding, InboundMessage
from recado.core.reply import fill
from recado.core.sender import SenderState
from recado.core.survey import Counting, Survey, SurveyDeed, SurveyKind, SurveyState
from recado.core.survey_asked import Filed
from recado.core.survey_book import Phone, SurveyBook
from recado.core.survey_steps import question_text
from recado.core.taking_part import Entrant, Taken

_PHONE: Phone = (1, "48600000099", True)
_PERSON = SenderState(_PHONE[1], first_name="Anna", last_name="Nowak")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bubble on the phone."""

    is_ours: bool
    text: str
    note: str = ""
    """What the engine did with a text of the person, in words; empty for our own."""


def play(survey: SurveyRow, texts: Sequence[str], now: datetime) -> list[Bubble]:
    """Play a conversation from its beginning; `texts` are what the person answers."""
    shape = replace(shape_of(survey), state=SurveyState.COLLECTING, closes_at=None, number_id=_PHONE[0])
    return list(_bubbles(shape, texts, now, Clock(survey.account.zone)))


def _bubbles(survey: Survey, texts: Sequence[str], now: datetime, clock: Clock) -> Iterable[Bubble]:
    book = SurveyBook({survey.id: survey})
    is_vote = survey.kind is SurveyKind.VOTE
    if is_vote and survey.questions:
        yield Bubble(is_ours=True, text=question_text(survey.questions[0]))
    elif not is_vote:
        begun = _begin(book, survey, "", now, clock)
        yield from _replies(begun, now, clock)
    for text in texts:
        taken = _begin(book, survey, text, now, clock) if is_vote else _answer(book, text, now, clock)
        yield Bubble(is_ours=False, text=text, note=_note(survey, taken))
        yield from _replies(taken, now, clock)


def _begin(book: SurveyBook, survey: Survey, text: str, now: datetime, clock: Clock) -> Taken:
    seen = book.seen(survey.id, _PHONE[1], is_test=_PHONE[2])
    return _kept(book, seen.take(AnswerSurvey(survey.id, survey.name), _entrant(text, now, clock)) if seen is not None else Taken(None))


def _answer(book: SurveyBook, text: str, now: datetime, clock: Clock) -> Taken:
    asked = next(iter(book.asked(_PHONE, now)), None)
    return _kept(book, asked.take(text, _entrant(text, now, clock)) if asked is not None else Taken(None))


def _kept(book: SurveyBook, taken: Taken) -> Taken:
    if isinstance(taken.action, AnswerSurvey) and isinstance(taken.action.result, Filed):
        book.note(_PHONE, taken.action.result, 1, 1)
    return taken


def _entrant(text: str, now: datetime, clock: Clock) -> Entrant:
    message = InboundMessage(0, 0, _PHONE[1], "", text, Encoding.GSM7, now, is_test=True)
    return Entrant(message, _PERSON, 0, _PHONE[0], now, clock, argument=text)


def _replies(taken: Taken, now: datetime, clock: Clock) -> Iterable[Bubble]:
    values = reply_values("", "", "", _PERSON, "", now, clock)
    if taken.reply:
        yield Bubble(is_ours=True, text=fill(taken.reply, {**values, **taken.values}))


def _note(survey: Survey, taken: Taken) -> str:
    """Say what was done with a text."""
    values = taken.steps[0].values if taken.steps else {}
    deed = values.get("deed")
    if deed in {SurveyDeed.ANSWERED, SurveyDeed.ENDED, SurveyDeed.VOTED}:
        return _("Understood as: %(answer)s") % {"answer": values.get("answer", "")}
    if deed == SurveyDeed.ASKED_AGAIN:
        return _("This is no answer, so the question is asked again.")
    if deed == SurveyDeed.GAVE_UP:
        return _("Too many texts that are no answer: nothing more is asked.")
    if deed == SurveyDeed.ALREADY:
        return _("Took part before.") if survey.counting is Counting.FIRST else ""
    return _("The survey is over: the message is in the inbox, and nothing follows.")
