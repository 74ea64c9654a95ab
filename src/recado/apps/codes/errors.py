"""What can be wrong with a code pool; the words for people are the panel's."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a pool cannot be as wanted, or codes cannot be added or taken out."""

    NO_NAME = "no_name"
    LOW_AT = "low_at"
    NO_CODES = "no_codes"
    TOO_MANY = "too_many"
    TOO_SHORT = "too_short"
    """So many random codes of this length could be guessed."""
    LENGTH = "length"
    HANDED_OUT = "handed_out"
    """The code is somebody's, or was taken out before."""


class CodeError(ValueError):
    """Something about a pool cannot be as wanted; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
