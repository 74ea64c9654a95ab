"""Why something cannot be done with a survey.

What belongs here: errors that carry codes and values. What does not: their sentences (`panel.survey_words`, `api.v1`).
"""

from enum import StrEnum

from recado.apps.surveys.problems import Found


class SurveyRefusal(StrEnum):
    """Reasons a change of a survey is refused."""

    NAME = "name"
    """It has none, or one that is too long."""
    TEXT_TOO_LONG = "text_too_long"
    MINUTES = "minutes"
    """A time is shorter than a minute or longer than sixty days, or a reminder would come after its question expired."""
    REASKS = "reasks"
    NUMBER = "number"
    """The account has no such number of its own."""
    TOO_MANY = "too_many"
    """Questions, or answers of one."""
    TARGET = "target"
    """A question is to be followed by one that is not there."""
    STARTED = "started"
    """It has started: only its wording can be corrected."""
    NOT_A_DRAFT = "not_a_draft"
    NOT_COLLECTING = "not_collecting"
    NOT_CLOSED = "not_closed"
    CLOSES_IN_THE_PAST = "closes_in_the_past"
    NOT_READY = "not_ready"
    """Something keeps it from starting."""


class SurveyRefusedError(ValueError):
    """A survey cannot be changed as asked; `reason` says why, `found` what keeps it from starting."""

    permanent = True

    def __init__(self, reason: SurveyRefusal, found: tuple[Found, ...] = ()) -> None:
        super().__init__(f"the survey is refused: {reason.value}")
        self.reason = reason
        self.found = found
