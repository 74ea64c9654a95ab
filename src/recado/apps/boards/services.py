"""Writes about boards: making one, changing it, opening and closing it, giving it another address.

What belongs here: changes with their checks. What does not: decisions on messages (`moderating`), reads (`queries`), keywords that lead to
a board (`apps.keywords`, which knows boards).
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import F

from recado.apps.accounts.models import Account, User
from recado.apps.boards.errors import BoardError, Refusal
from recado.apps.boards.models import Board, Post
from recado.core.board import Moderation, Naming, PostState
from recado.core.word_list import MOST_WORDS, lines_of

MOST_PER_PHONE, MOST_MINUTES, MOST_SHOWN = 100, 24 * 60, 20


class Theme(StrEnum):
    """How the public page looks."""

    NIGHT = "night"
    DAY = "day"
    GREEN = "green"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class BoardContent:
    """What can be said of a board."""

    name: str
    title: str = ""
    call: str = ""
    moderation: Moderation = Moderation.MANUAL
    word_list: str = ""
    most_per_phone: int = 3
    within_minutes: int = 10
    naming: Naming = Naming.DIGITS
    theme: Theme = Theme.NIGHT
    shown_count: int = 8
    closed_text: str = ""
    refused_text: str = ""


def content_of(board: Board) -> BoardContent:
    """Return what is said of a board now."""
    return BoardContent(
        board.name,
        board.title,
        board.call,
        Moderation(board.moderation),
        board.word_list,
        board.most_per_phone,
        board.within_minutes,
        Naming(board.naming),
        Theme(board.theme),
        board.shown_count,
        board.closed_text,
        board.refused_text,
    )


def add_board(account: Account, content: BoardContent, user: User | None = None) -> Board:
    """Make a board; it is open, and nobody can write to it before a keyword leads there."""
    board = Board(account=account, created_by=user, public_token=_token())
    _write(board, content)
    board.save()
    return board


@transaction.atomic
def edit_board(board: Board, content: BoardContent, *, keeps_shown: bool = False, user: User | None = None) -> None:
    """Say what a board is.

    Where a person decides from now on, what was shown by itself waits for them, unless they keep it: then they decided it is shown.
    """
    locked = _locked(board)
    was_automatic = locked.moderation == Moderation.AUTOMATIC.value
    _write(board, content)
    board.version = locked.version + 1
    board.save()
    if was_automatic and content.moderation is Moderation.MANUAL:
        by_itself = Post.objects.filter(board=board, by_itself=True, state=PostState.SHOWN.value)
        if keeps_shown:
            by_itself.update(by_itself=False, decided_by=user)
        else:
            by_itself.update(by_itself=False, state=PostState.PENDING.value, decided_at=None)


@transaction.atomic
def set_open(board: Board, *, is_open: bool) -> None:
    """Open a board, or close it: its page says so then, and messages are kept without being shown."""
    board.is_open, board.version = is_open, _locked(board).version + 1
    board.save(update_fields=["is_open", "version"])


@transaction.atomic
def renew_address(board: Board) -> None:
    """Give the public page another address; the one before leads nowhere from now on."""
    _locked(board)
    board.public_token = _token()
    board.save(update_fields=["public_token"])


@transaction.atomic
def delete_board(board: Board) -> None:
    """Delete a board with what is on it; the messages themselves stay. Whoever calls asked first whether a keyword leads here."""
    Post.objects.filter(board=board).delete()
    board.delete()


def touch(board_id: int) -> None:
    """Let open pages notice that something changed."""
    Board.objects.filter(pk=board_id).update(version=F("version") + 1)


def _locked(board: Board) -> Board:
    """Return the row as it is, locked: a message that is being written for the board goes first, or waits."""
    return Board.objects.select_for_update().get(pk=board.pk)


def _token() -> str:
    return secrets.token_urlsafe(16)


def _write(board: Board, content: BoardContent) -> None:
    refusals = {
        Refusal.NO_NAME: not content.name.strip(),
        Refusal.RATE: not (1 <= content.most_per_phone <= MOST_PER_PHONE and 1 <= content.within_minutes <= MOST_MINUTES),
        Refusal.SHOWN_COUNT: not 1 <= content.shown_count <= MOST_SHOWN,
        Refusal.TOO_MANY_WORDS: len(lines_of(content.word_list)) > MOST_WORDS,
    }
    for refusal, applies in refusals.items():
        if applies:
            raise BoardError(refusal)
    board.name, board.title, board.call = content.name.strip(), content.title.strip(), content.call.strip()
    board.moderation, board.word_list = content.moderation.value, "\n".join(lines_of(content.word_list))
    board.most_per_phone, board.within_minutes = content.most_per_phone, content.within_minutes
    board.naming, board.theme, board.shown_count = content.naming.value, content.theme.value, content.shown_count
    board.closed_text, board.refused_text = content.closed_text.strip(), content.refused_text.strip()
