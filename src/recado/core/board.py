"""Boards: what may be shown, and whether it is shown by itself (product.md §5).

What belongs here: the words of a board, reading a text. What does not: rows (`store.boards`), the public page (`panel.public`).
"""

from enum import StrEnum


class Moderation(StrEnum):
    """Who decides what is shown."""

    MANUAL = "manual"
    """A person, each time."""
    AUTOMATIC = "automatic"
    """The word list; what it objects to waits for a person."""


class PostState(StrEnum):
    """Where a message is on its way to the board."""

    PENDING = "pending"
    SHOWN = "shown"
    HIDDEN = "hidden"
    """Was shown, and was taken down."""
    REJECTED = "rejected"


class Naming(StrEnum):
    """What is shown of who wrote."""

    NOTHING = "nothing"
    DIGITS = "digits"
    """The last three digits of the phone."""
    FIRST_NAME = "first_name"
    """The contact's first name, where there is one."""


class BoardDeed(StrEnum):
    """What became of a message for a board, in its trail."""

    SHOWN = "shown"
    WAITING = "waiting"
    TOO_MANY = "too_many"
    CLOSED = "closed"
