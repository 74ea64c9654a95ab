"""Surveys: what a survey is, as values (product.md §5).

What belongs here: the words of a survey and its shape. What does not: reading an answer, going from question to question, which of several
open surveys a text is about; each has a module of its own (`survey_…`).
"""

from enum import StrEnum


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
