"""Decisions on messages for a board: showing, rejecting, taking down, and taking a decision back.

What belongs here: changing the state of messages, blocking who wrote them. What does not: what is shown by itself (`core.board`), what the
page may show (`queries`).
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from recado.apps.accounts.models import User
from recado.apps.boards.models import Board, Post
from recado.apps.boards.services import touch
from recado.apps.contacts.blocking import block, blocked_among
from recado.core.board import PostState

MOST_AT_ONCE = 500
_FROM = {
    PostState.SHOWN: (PostState.PENDING, PostState.REJECTED, PostState.HIDDEN),
    PostState.REJECTED: (PostState.PENDING,),
    PostState.HIDDEN: (PostState.SHOWN,),
    PostState.PENDING: (PostState.SHOWN, PostState.REJECTED, PostState.HIDDEN),
}
"""From which states a message comes to which; pending again is how a decision is taken back."""


@transaction.atomic
def decide(board: Board, post_ids: Collection[int], state: PostState, user: User | None = None) -> list[int]:
    """Bring messages of a board into a state, and return which of them changed; those of blocked senders are never shown."""
    from_states = [one.value for one in _FROM[state]]
    Board.objects.select_for_update().get(pk=board.pk)
    wanted = Post.objects.filter(board=board, pk__in=list(post_ids)[:MOST_AT_ONCE], state__in=from_states)
    found = dict(wanted.values_list("pk", "msisdn"))
    if state is PostState.SHOWN and found:
        blocked = blocked_among(board.account, set(found.values()))
        found = {pk: msisdn for pk, msisdn in found.items() if msisdn not in blocked}
    if found:
        at = None if state is PostState.PENDING else timezone.now()
        Post.objects.filter(pk__in=found).update(state=state.value, decided_at=at, decided_by=user, by_itself=False)
        touch(board.pk)
    return sorted(found)


@transaction.atomic
def block_sender(board: Board, post: Post, user: User | None = None, reason: str = "") -> bool:
    """Block who wrote a message: what of them waits is rejected, what is shown is taken down; say whether they were not blocked before."""
    _, is_new = block(board.account, post.msisdn, reason, user=user)
    theirs = Post.objects.filter(account=board.account_id, msisdn=post.msisdn)
    about = {"decided_at": timezone.now(), "decided_by": user, "by_itself": False}
    touched = set(theirs.filter(state__in=(PostState.PENDING.value, PostState.SHOWN.value)).values_list("board_id", flat=True))
    theirs.filter(state=PostState.PENDING.value).update(state=PostState.REJECTED.value, **about)
    theirs.filter(state=PostState.SHOWN.value).update(state=PostState.HIDDEN.value, **about)
    for board_id in sorted(touched):
        touch(board_id)
    return is_new
