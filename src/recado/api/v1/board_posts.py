"""`/boards/{board_id}/posts`: messages for a board, and deciding what is shown.

What belongs here: routes and shapes of messages for boards. What does not: boards (`boards`), what a decision does
(`apps.boards.moderating`).
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from django.db import transaction
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from recado.api.v1.auth import ProgramRequest, key
from recado.api.v1.paging import Page, PagingQuery, newest_first
from recado.api.v1.recording import note
from recado.api.v1.shapes import Id, phone_out
from recado.apps.accounts.scopes import Scope
from recado.apps.boards.models import Post
from recado.apps.boards.moderating import block_sender, decide
from recado.apps.boards.queries import get_board_for, get_post_for
from recado.core.board import PostState

router = Router(tags=["Boards"])
MOST = 200


class Decision(StrEnum):
    """What becomes of messages."""

    SHOW = "show"
    REJECT = "reject"
    TAKE_DOWN = "take_down"
    WAIT = "wait"
    """As if nobody had decided."""


_STATES = {
    Decision.SHOW: PostState.SHOWN,
    Decision.REJECT: PostState.REJECTED,
    Decision.TAKE_DOWN: PostState.HIDDEN,
    Decision.WAIT: PostState.PENDING,
}


class PostOut(Schema):
    """A message for a board."""

    id: int
    message_id: int
    phone: str
    text: str = Field(description="As it is shown.")
    name: str = Field(description="What the page says of who wrote.")
    state: PostState
    reason: str = Field(description="Why it was not shown by itself: `word: …`, `rate`, `link`, `phone`, `closed`; empty: nothing.")
    by_itself: bool = Field(description="Whether it is shown without anybody having looked at it.")
    is_test: bool = Field(description="From the simulator; never on the public page.")
    received_at: datetime
    decided_at: datetime | None


class PostsWanted(Schema):
    """Which messages."""

    state: PostState | None = None
    is_test: bool | None = None


class DecisionIn(Schema):
    """A decision on messages of the board."""

    model_config = ConfigDict(extra="forbid")
    posts: Annotated[list[Id], Field(min_length=1, max_length=MOST)]
    decision: Decision


class Decided(Schema):
    """What a decision changed."""

    changed: list[int] = Field(description="The others were decided meanwhile, are none of the board's, or of a blocked sender.")


@router.get(
    "/{board_id}/posts",
    auth=key(Scope.ACTIVITIES_READ),
    response=Page[PostOut],
    operation_id="list_board_posts",
    summary="List messages for a board",
)
def list_posts(request: ProgramRequest, board_id: Path[Id], paging: PagingQuery, wanted: Query[PostsWanted]) -> Page[PostOut]:
    """Newest first."""
    rows = Post.objects.filter(board=get_board_for(request.account, board_id))
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state.value)
    if wanted.is_test is not None:
        rows = rows.filter(is_test=wanted.is_test)
    return newest_first(rows, paging, _shown)


@router.post(
    "/{board_id}/decisions",
    auth=key(Scope.ACTIVITIES_WRITE),
    response=Decided,
    operation_id="decide_board_posts",
    summary="Show, reject or take down messages",
)
def decide_posts(request: ProgramRequest, board_id: Path[Id], body: DecisionIn) -> Decided:
    """Decide several at once; open pages follow within a second."""
    return Decided(changed=decide(get_board_for(request.account, board_id), body.posts, _STATES[body.decision]))


@router.get(
    "/{board_id}/posts/{post_id}",
    auth=key(Scope.ACTIVITIES_READ),
    response=PostOut,
    operation_id="get_board_post",
    summary="Show one",
)
def show(request: ProgramRequest, board_id: Path[Id], post_id: Path[Id]) -> PostOut:
    """Show one message for a board."""
    return _shown(get_post_for(get_board_for(request.account, board_id), post_id))


@router.post(
    "/{board_id}/posts/{post_id}/block-sender",
    auth=key(Scope.ACTIVITIES_WRITE),
    response=PostOut,
    operation_id="block_board_sender",
    summary="Block who wrote a message",
)
@transaction.atomic
def block(request: ProgramRequest, board_id: Path[Id], post_id: Path[Id]) -> PostOut:
    """Block the phone: what of it waits on any board is rejected, what is shown is taken down."""
    board = get_board_for(request.account, board_id)
    post = get_post_for(board, post_id)
    if block_sender(board, post):
        note(request, "sender.blocked", phone_out(post.msisdn))
    return _shown(get_post_for(board, post_id))


def _shown(post: Post) -> PostOut:
    return PostOut(
        id=post.pk,
        message_id=post.message_id,
        phone=phone_out(post.msisdn),
        text=post.text,
        name=post.name,
        state=PostState(post.state),
        reason=post.reason,
        by_itself=post.by_itself,
        is_test=post.is_test,
        received_at=post.received_at,
        decided_at=post.decided_at,
    )
