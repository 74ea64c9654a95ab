"""What a program orders for each phone, and what becomes of it.

What belongs here: these values. What does not: coming to them (`sending`, `portions`), the words programs read (`api`).
"""

from dataclasses import dataclass
from enum import StrEnum


class NotSent(StrEnum):
    """Why a phone gets nothing."""

    INVALID_NUMBER = "invalid_number"
    """No phone has this number, or it is one of the installation's own."""
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    NO_POOL_NUMBER = "no_pool_number"
    """Kept as a message that was never handed over."""
    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    BAD_UNIQUE_ID = "bad_unique_id"
    UNIQUE_ID_TAKEN = "unique_id_taken"
    NO_CREDIT = "no_credit"
    """The account cannot pay for it; `Sent.missing` says how much is missing."""
    LIMIT_USED = "limit_used"
    """The program's login may not send so many."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one phone is to get."""

    phone: str
    """In any usual form."""
    text: str
    unique_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it."""

    phone: str
    """In international digits, or as given where it is no number."""
    text: str
    segment_count: int
    reason: NotSent | None = None
    """None: it is queued."""
    message_id: int | None = None
    """None where nothing was written: refused, or a dry run."""
    cost: int = 0
    missing: int = 0
    """By how much the credit does not reach, in minor units."""

    @property
    def is_queued(self) -> bool:
        """Whether it will be sent."""
        return self.reason is None
