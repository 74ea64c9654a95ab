"""Why a campaign cannot be changed or sent as asked; words for people are in the panel."""

from enum import StrEnum


class CampaignRefusal(StrEnum):
    """The reasons."""

    NOT_A_DRAFT = "not_a_draft"
    """It is on its way already."""
    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    """It needs more segments than can be joined, for one of its recipients."""
    NO_RECIPIENTS = "no_recipients"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    COUNT_CHANGED = "count_changed"
    """Other people would get it, or it would cost something else, than whoever sends it was shown."""
    IN_THE_PAST = "in_the_past"
    TOO_FAR_AHEAD = "too_far_ahead"
    SURVEY_CLOSED = "survey_closed"
    """The survey whose first question it asks is gone, or collects no answers."""


class CampaignError(ValueError):
    """A campaign cannot be changed or sent as asked; `reason` says why."""

    def __init__(self, reason: CampaignRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NoSuchCampaignError(LookupError):
    """The account has no such campaign; whether another account has, is not said."""
