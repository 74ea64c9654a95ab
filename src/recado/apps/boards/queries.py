"""Reads about boards: an account's, what waits and what is shown, and the one a public address leads to.

What belongs here: questions panel, API and public page ask. What does not: changes (`services`, `moderating`).

What the public page may show is said here alone (`public_posts`): while a person decides each time, nothing that none has looked at; never
a test, never a blocked sender.
"""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from recado.apps.accounts.models import Account
from recado.apps.boards.models import Board, Post
from recado.apps.contacts.models import BlockedSender
from recado.core.board import Moderation, PostState


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages of a board are where."""

    pending: int = 0
    shown: int = 0
    rejected: int = 0


def boards_of(account: Account) -> QuerySet[Board]:
    """Return the account's boards, newest first, each with `waiting_count` and `shown_total`."""
    return (
        Board.objects.filter(account=account)
        .annotate(waiting_count=_count_of(PostState.PENDING), shown_total=_count_of(PostState.SHOWN))
        .order_by("-id")
    )


def get_board_for(account: Account, board_id: int) -> Board:
    """Return a board of the account; raise Board.DoesNotExist for all others."""
    return boards_of(account).get(pk=board_id)


def board_at(token: str) -> Board:
    """Return the board a public address leads to; raise Board.DoesNotExist where it leads nowhere, or the account is suspended."""
    return Board.objects.select_related("account").get(public_token=token, account__is_suspended=False)


def counts_of(board: Board) -> Counts:
    """Count a board's messages."""
    rejected = Q(state__in=(PostState.REJECTED.value, PostState.HIDDEN.value))
    pending, shown = Q(state=PostState.PENDING.value), Q(state=PostState.SHOWN.value)
    counted = board.posts.aggregate(
        pending=Count("id", filter=pending), shown=Count("id", filter=shown), rejected=Count("id", filter=rejected)
    )
    return Counts(**counted)


def waiting_posts(board: Board) -> QuerySet[Post]:
    """Return what waits for a person, the longest wait first."""
    return board.posts.filter(state=PostState.PENDING.value).order_by("id")


def shown_posts(board: Board) -> QuerySet[Post]:
    """Return what is shown, the latest on the page first."""
    return board.posts.filter(state=PostState.SHOWN.value).order_by("-decided_at", "-id")


def rejected_posts(board: Board) -> QuerySet[Post]:
    """Return what is not shown by somebody's decision, or came while the board was closed; the latest first."""
    return board.posts.filter(state__in=(PostState.REJECTED.value, PostState.HIDDEN.value)).order_by("-id")


def public_posts(board: Board, *, with_tests: bool = False) -> list[Post]:
    """Return what the public page shows, newest first; in the panel's preview tests are seen, too."""
    if not board.is_open:
        return []
    found = shown_posts(board).exclude(text="")
    if board.moderation == Moderation.MANUAL.value:
        found = found.filter(by_itself=False)
    if not with_tests:
        found = found.filter(is_test=False)
    blocked = BlockedSender.objects.filter(account=board.account_id).values("msisdn")
    return list(found.exclude(msisdn__in=blocked)[: board.shown_count])


def get_post_for(board: Board, post_id: int) -> Post:
    """Return a message of a board; raise Post.DoesNotExist for those of others."""
    return board.posts.get(pk=post_id)


def _count_of(state: PostState) -> Coalesce:
    """Count the messages in a state by themselves, so that the index is enough."""
    of_state = Post.objects.filter(board=OuterRef("pk"), state=state.value).order_by().values("board").annotate(count=Count("*"))
    return Coalesce(Subquery(of_state.values("count")), 0)
