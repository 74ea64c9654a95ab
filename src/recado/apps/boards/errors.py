"""What can be wrong with a board; the words for people are the panel's."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a board cannot be as wanted."""

    NO_NAME = "no_name"
    RATE = "rate"
    """The most of a phone, or the time it counts for, is out of range."""
    SHOWN_COUNT = "shown_count"
    TOO_MANY_WORDS = "too_many_words"


class BoardError(ValueError):
    """A board cannot be as wanted; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
