"""Boards: what may be shown, and whether it is shown by itself (product.md §5).

What belongs here: the words of a board, what becomes of a message for one. What does not: rows (`store.boards`), the public page
(`panel.public`), reading texts (`board_text`, `word_list`).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from recado.core.action import Activity, PostToBoard
from recado.core.board_text import cleaned, has_link, has_phone
from recado.core.taking_part import Entrant, Taken
from recado.core.trail import TrailEntry, TrailStep
from recado.core.word_list import word_list

_SHOWN_DIGITS = 3
LONGEST_NAME = 60
LONGEST_REASON = 120


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
    EMPTY = "empty"
    """Nothing followed the keyword, so that there is nothing to show."""


class Reason(StrEnum):
    """Why a message was not shown by itself."""

    CLOSED = "closed"
    RATE = "rate"
    """The phone sent more than it may within the board's time."""
    WORD = "word"
    """A word of the list is in it; stored with the word: `word: …`."""
    LINK = "link"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Board:
    """A board, as it is when a message comes."""

    id: int
    name: str
    moderation: Moderation
    word_list: str
    most_per_phone: int
    within: timedelta
    naming: Naming
    is_open: bool
    closed_text: str = ""
    refused_text: str = ""


@dataclass(frozen=True, slots=True)
class NewPost:
    """What is to be stored of a message for a board."""

    board_id: int
    text: str
    name: str
    state: PostState
    reason: str
    by_itself: bool
    """Whether it is shown without anybody having looked at it."""


@dataclass(frozen=True, slots=True)
class SeenBoard:
    """A board and what it knows of who writes."""

    board: Board
    lately: int = 0
    """How many messages of the phone it took within its time."""
    first_name: str = ""

    def take(self, action: Activity, entrant: Entrant) -> Taken:
        """Say what becomes of a message whose rule posts to the board."""
        assert isinstance(action, PostToBoard)  # noqa: S101  # tells the type checker, not the user
        board, text = self.board, cleaned(entrant.argument)
        if not text:
            return Taken(None, (self._step(BoardDeed.EMPTY),))
        if not board.is_open:
            taken = self._posted(action, entrant, text, PostState.REJECTED, Reason.CLOSED)
            return Taken(taken, (self._step(BoardDeed.CLOSED),), reply=board.closed_text)
        if self.lately >= board.most_per_phone:
            taken = self._posted(action, entrant, text, PostState.PENDING, Reason.RATE)
            return Taken(taken, (self._step(BoardDeed.TOO_MANY),), reply=board.refused_text or None)
        reason = objection(board, text)
        is_shown = board.moderation is Moderation.AUTOMATIC and not reason
        taken = self._posted(action, entrant, text, PostState.SHOWN if is_shown else PostState.PENDING, reason)
        return Taken(taken, (self._step(BoardDeed.SHOWN if is_shown else BoardDeed.WAITING, reason),))

    def _posted(self, action: PostToBoard, entrant: Entrant, text: str, state: PostState, reason: str) -> PostToBoard:
        name = name_of(self.board.naming, entrant.message.sender, self.first_name)
        post = NewPost(self.board.id, text, name, state, reason[:LONGEST_REASON], by_itself=state is PostState.SHOWN)
        return PostToBoard(action.target_id, action.name, post)

    def _step(self, deed: BoardDeed, reason: str = "") -> TrailEntry:
        about: dict[str, str | int] = {"board": self.board.name, "board_id": self.board.id, "deed": deed.value}
        return TrailEntry(TrailStep.BOARD, about | ({"reason": reason} if reason else {}))


def objection(board: Board, text: str) -> str:
    """Say why somebody should look at a text before it is shown; empty where nothing speaks against it."""
    word = word_list(board.word_list).find(text)
    if word is not None:
        return f"{Reason.WORD}: {word}"
    if has_link(text):
        return Reason.LINK
    return Reason.PHONE if has_phone(text) else ""


def name_of(naming: Naming, msisdn: str, first_name: str) -> str:
    """Return what is shown of who wrote: never more of a phone than its last three digits."""
    if naming is Naming.DIGITS:
        return f"…{msisdn[-_SHOWN_DIGITS:]}" if msisdn.isdecimal() and len(msisdn) > 2 * _SHOWN_DIGITS else ""
    return cleaned(first_name)[:LONGEST_NAME] if naming is Naming.FIRST_NAME else ""
