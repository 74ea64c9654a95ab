"""`/boards`: public pages of messages.

What belongs here: routes and shapes of boards. What does not: messages on them (`board_posts`), the keyword that leads to one (`keywords`,
whose rule names the board among its `activities`), what a board is (`apps.boards`).
"""

from datetime import datetime
from typing import Annotated

from django.db import transaction
from django.urls import reverse
from ninja import Path, Router, Schema, Status
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.problems import conflict, invalid
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, NotBlank, Text
from recado.apps.accounts.scopes import Scope
from recado.apps.boards.audited import board_facts
from recado.apps.boards.errors import BoardError, Refusal
from recado.apps.boards.models import Board
from recado.apps.boards.queries import boards_of, get_board_for
from recado.apps.boards.services import (
    MOST_MINUTES,
    MOST_PER_PHONE,
    MOST_SHOWN,
    BoardContent,
    Theme,
    add_board,
    content_of,
    delete_board,
    edit_board,
    renew_address,
    set_open,
)
from recado.apps.keywords.activities import Kind, keywords_of, numbers_of
from recado.core.board import Moderation, Naming

router = Router(tags=["Boards"])
Name = Annotated[Text, NotBlank, Field(min_length=1, max_length=120, pattern=r"\S")]
Line = Annotated[Text, Field(max_length=200)]
Words = Annotated[Text, Field(max_length=1530)]


class BoardFields(Schema):
    """What can be said of a board."""

    name: Name
    title: Annotated[Text, Field(max_length=120)] = Field("", description="The heading on the page; empty: the name.")
    call: Line = Field("", description="How to take part, on the page; empty: it says keyword and number itself.")
    moderation: Moderation = Field(Moderation.MANUAL, description="`manual`: nothing is shown before somebody let it through.")
    word_list: Annotated[Text, Field(max_length=70_000)] = Field("", description="Words that are not shown by themselves, one a line.")
    most_per_phone: Annotated[int, Field(ge=1, le=MOST_PER_PHONE)] = 3
    within_minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)] = 10
    naming: Naming = Field(Naming.DIGITS, description="What is shown of who wrote.")
    theme: Theme = Theme.NIGHT
    shown_count: Annotated[int, Field(ge=1, le=MOST_SHOWN)] = Field(8, description="Messages on the page at once.")
    closed_text: Words = Field("", description="The answer while the board is closed; empty: none.")
    refused_text: Words = Field("", description="The answer to who sends too much; empty: the rule's reply.")


class BoardIn(BoardFields):
    """A new board."""

    model_config = ConfigDict(extra="forbid")


class BoardPatch(BoardFields):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")
    name: Name = ""
    is_open: bool = True
    keeps_shown: bool = Field(False, description="Where `moderation` becomes `manual`: whether what was shown by itself stays on the page.")


class BoardOut(BoardFields):
    """A board."""

    id: int
    is_open: bool
    public_path: str = Field(description="Where anybody sees the page, on this installation.", examples=["/board/Zk3v9Q/"])
    waiting_count: int
    shown_total: int
    created_at: datetime


@router.get("", auth=key(Scope.ACTIVITIES_READ), response=Page[BoardOut], operation_id="list_boards", summary="List boards")
def list_boards(request: ProgramRequest, paging: PagingQuery) -> Page[BoardOut]:
    """Newest first."""
    return newest_first(boards_of(request.account), paging, shown_board)


@router.post("", auth=key(Scope.ACTIVITIES_WRITE), response={201: BoardOut}, operation_id="add_board", summary="Make a board")
@transaction.atomic
def add(request: ProgramRequest, body: BoardIn) -> Status[BoardOut]:
    """Make a board; then let a keyword lead to it: a rule with the activity `post_to_board`."""
    try:
        board = add_board(request.account, BoardContent(**body.model_dump()))
    except BoardError as error:
        raise _refused(error) from error
    note(request, "board.added", board.name, board.pk, after=board_facts(board))
    return Status(201, shown_board(get_board_for(request.account, board.pk)))


@router.get("/{board_id}", auth=key(Scope.ACTIVITIES_READ), response=BoardOut, operation_id="get_board", summary="Show a board")
def show(request: ProgramRequest, board_id: Path[Id]) -> BoardOut:
    """Show one with how many messages wait."""
    return shown_board(get_board_for(request.account, board_id))


@router.patch("/{board_id}", auth=key(Scope.ACTIVITIES_WRITE), response=BoardOut, operation_id="edit_board", summary="Change a board")
@transaction.atomic
def edit(request: ProgramRequest, board_id: Path[Id], body: BoardPatch) -> BoardOut:
    """Change, open or close it; open pages show it within a second."""
    board = get_board_for(request.account, board_id)
    before, given = board_facts(board), body.model_dump(exclude_unset=True)
    is_open, keeps_shown = given.pop("is_open", board.is_open), given.pop("keeps_shown", False)
    try:
        if given:
            now = content_of(board)
            edit_board(board, BoardContent(**{**{name: getattr(now, name) for name in now.__slots__}, **given}), keeps_shown=keeps_shown)
    except BoardError as error:
        raise _refused(error) from error
    if given:
        note(request, "board.changed", board.name, board.pk, before=before, after=board_facts(board))
    if is_open != board.is_open:
        set_open(board, is_open=is_open)
        note(request, "board.opened" if is_open else "board.closed", board.name, board.pk)
    return shown_board(get_board_for(request.account, board_id))


@router.post(
    "/{board_id}/address", auth=key(Scope.ACTIVITIES_WRITE), response=BoardOut, operation_id="renew_board_address", summary="New address"
)
@transaction.atomic
def address(request: ProgramRequest, board_id: Path[Id]) -> BoardOut:
    """Move the page to another address; the one before leads nowhere."""
    board = get_board_for(request.account, board_id)
    renew_address(board)
    note(request, "board.address_renewed", board.name, board.pk)
    return shown_board(get_board_for(request.account, board_id))


@router.delete("/{board_id}", auth=key(Scope.ACTIVITIES_WRITE), response={204: None}, operation_id="delete_board", summary="Delete a board")
@transaction.atomic
def delete(request: ProgramRequest, board_id: Path[Id]) -> Status[None]:
    """Delete the page with what is on it; the messages stay. Refused (409 `in-use`) while a rule leads there."""
    board = get_board_for(request.account, board_id)
    if keywords_of(request.account, Kind.POST_TO_BOARD, board.pk) or numbers_of(request.account, Kind.POST_TO_BOARD, board.pk):
        raise conflict("in-use", "A rule posts to the board. Take the activity out of the rule, or end the keyword, first.")
    note(request, "board.deleted", board.name, board.pk, before=board_facts(board))
    delete_board(board)
    return Status(204, None)


def shown_board(board: Board) -> BoardOut:
    """Write a board."""
    now = content_of(board)
    return BoardOut(
        **{name: getattr(now, name) for name in now.__slots__},
        id=board.pk,
        is_open=board.is_open,
        public_path=reverse("public-board", args=[board.public_token]),
        waiting_count=getattr(board, "waiting_count", 0),
        shown_total=getattr(board, "shown_total", 0),
        created_at=board.created_at,
    )


def _refused(error: BoardError) -> Exception:
    fields = {
        Refusal.NO_NAME: ("body.name", "must not be blank"),
        Refusal.RATE: ("body.most_per_phone", "is out of range, or `within_minutes` is"),
        Refusal.SHOWN_COUNT: ("body.shown_count", "is out of range"),
        Refusal.TOO_MANY_WORDS: ("body.word_list", "has too many words"),
    }
    return invalid(*fields[error.reason])
