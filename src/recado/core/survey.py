"""Surveys: what a survey is, as values (product.md §5).

What belongs here: the words of a survey and its shape. What does not: reading an answer, going from question to question, which of several
open surveys a text is about; each has a module of its own (`survey_…`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from recado.core.reply import asks_name


class SurveyKind(StrEnum):
    """How people take part."""

    VOTE = "vote"
    """One question; each option is bound to a keyword, on any number."""
    CONVERSATION = "conversation"
    """Questions one after the other, on an own number."""


class SurveyState(StrEnum):
    """Where a survey is in its life."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    CLOSED = "closed"


class AnswerKind(StrEnum):
    """What answers a question."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    EMAIL = "email"
    PHOTO = "photo"
    """An MMS with a picture."""


class Counting(StrEnum):
    """Which answers of one person count."""

    FIRST = "first"
    LAST = "last"
    EVERY = "every"


class Late(StrEnum):
    """What becomes of an answer to a question that waits no longer, while the survey itself is open."""

    RESUME = "resume"
    """The person goes on where they stopped."""
    STORE = "store"
    """It is kept as late, and does not count."""


class SessionState(StrEnum):
    """Where one person is in one survey."""

    OPEN = "open"
    DONE = "done"
    EXPIRED = "expired"
    """Nobody answered in time, or the survey was closed."""
    STOPPED = "stopped"
    """The person opted out."""
    GIVEN_UP = "given_up"
    """Too many texts that answered nothing."""


class SurveyDeed(StrEnum):
    """What a message did in a survey, in its trail."""

    BEGAN = "began"
    VOTED = "voted"
    ANSWERED = "answered"
    ENDED = "ended"
    """It was the last answer."""
    ASKED_AGAIN = "asked_again"
    GAVE_UP = "gave_up"
    LATE = "late"
    ALREADY = "already"
    CLOSED = "closed"
    ASKED_WHICH = "asked_which"
    OPTED_OUT = "opted_out"
    """The sender wants no messages, so nothing is asked."""
    ELSEWHERE = "elsewhere"
    """It is asked on another number."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers that can be chosen."""

    id: int
    label: str
    """What people text: `A`, `1`, `TAK`."""
    text: str
    synonyms: tuple[str, ...] = ()
    goes_to: int | None = None
    """The question after it; None: the question says."""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question."""

    id: int
    kind: AnswerKind
    text: str
    options: tuple[Option, ...] = ()
    reask_text: str = ""
    low: int | None = None
    high: int | None = None
    goes_to: int | None = None
    """The question after it; None: the next."""
    ends: bool = False

    def option(self, option_id: int | None) -> Option | None:
        """Return an option by its id."""
        return next((one for one in self.options if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is asked, of whom, until when."""

    id: int
    account_id: int
    name: str
    kind: SurveyKind
    state: SurveyState
    questions: tuple[Question, ...]
    """In their order."""
    number_id: int | None = None
    """Where a conversation takes place."""
    counting: Counting = Counting.FIRST
    late: Late = Late.RESUME
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    idle: timedelta = timedelta(days=1)
    """So long a question waits for its answer."""
    lasts: timedelta = timedelta(days=7)
    """So long after the first question the last one waits."""
    reminder: timedelta | None = None
    """So long after a question its one reminder goes out."""
    reask_limit: int = 3
    intro_text: str = ""
    end_text: str = ""
    reminder_text: str = ""
    already_text: str = ""
    closed_text: str = ""
    gave_up_text: str = ""
    language: str = "en"
    """Of the account, for texts that it did not write."""

    @property
    def asks_names(self) -> bool:
        """Whether one of its texts names the person, so that the contact must be known."""
        ours = (self.intro_text, self.end_text, self.already_text, self.closed_text, self.gave_up_text)
        return any(map(asks_name, (*ours, *(text for one in self.questions for text in (one.text, one.reask_text)))))

    def question(self, question_id: int | None) -> Question | None:
        """Return a question by its id."""
        return next((one for one in self.questions if one.id == question_id), None)

    def is_open(self, now: datetime, *, is_test: bool = False) -> bool:
        """Say whether answers count now; a draft can be tried by simulated phones."""
        if self.state is SurveyState.DRAFT:
            return is_test
        return self.state is SurveyState.COLLECTING and (self.closes_at is None or now < self.closes_at)

    def ended_at(self, now: datetime) -> datetime | None:
        """Return when it was closed; None where it was not."""
        if self.state is SurveyState.CLOSED:
            return self.closed_at or self.closes_at
        return self.closes_at if self.closes_at is not None and self.closes_at <= now else None


@dataclass(frozen=True, slots=True)
class Session:
    """One person in one survey."""

    survey_id: int
    question_id: int | None
    asked_at: datetime
    started_at: datetime
    id: int = 0
    """0: not stored yet."""
    round: int = 1
    state: SessionState = SessionState.OPEN
    reasked: int = 0
    reminded_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    campaign_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is filed."""

    question_id: int
    text: str
    """As typed."""
    value: str = ""
    """As read; empty for texts."""
    option_id: int | None = None
    is_late: bool = False
    counts: bool = True
    is_once: bool = False
    """Whether one answer of each person counts, and this is it."""
    message_id: int | None = None
    """The message it came with; None: the one at hand."""
