"""Boards: every way a text can come to the public page, and away from it."""

from dataclasses import replace

import pytest
from django.utils import timezone

from recado.apps.accounts.models import Account
from recado.apps.boards.errors import BoardError, Refusal
from recado.apps.boards.models import Board, Post
from recado.apps.boards.moderating import block_sender, decide
from recado.apps.boards.queries import board_at, boards_of, counts_of, get_board_for, get_post_for, public_posts
from recado.apps.boards.services import BoardContent, add_board, content_of, delete_board, edit_board, renew_address, set_open
from recado.apps.contacts.blocking import block
from recado.apps.ids import next_id
from recado.core.board import Moderation, PostState

CONTENT = BoardContent("Party", moderation=Moderation.AUTOMATIC)
MANUAL = replace(CONTENT, moderation=Moderation.MANUAL)


@pytest.fixture
def alice(db):
    return Account.objects.create(name="Alice Flowers")


def post(board: Board, text: str = "hello", state: str = "pending", *, msisdn: str = "48501222333", **fields: object) -> Post:
    """Write a message as the gateway does."""
    now = timezone.now()
    given = {"by_itself": state == "shown", "is_test": False, "decided_at": None if state == "pending" else now} | fields
    about = {"account": board.account, "board": board, "msisdn": msisdn, "text": text, "state": state, "received_at": now}
    return Post.objects.create(id=next_id(), message_id=next_id(), **about, **given)


def shown(board: Board, **given: bool) -> list[str]:
    return [one.text for one in public_posts(Board.objects.get(pk=board.pk), **given)]


def test_while_a_person_decides_only_what_they_let_through_is_on_the_page(alice) -> None:
    board = add_board(alice, MANUAL)
    waiting = post(board, "waits")
    post(board, "by itself, against the rule", "shown")
    post(board, "rejected", "rejected")
    post(board, "taken down", "hidden")
    assert shown(board) == []
    assert decide(board, [waiting.pk], PostState.SHOWN) == [waiting.pk]
    assert shown(board) == ["waits"]
    decide(board, [waiting.pk], PostState.HIDDEN)
    assert shown(board) == []


@pytest.mark.parametrize(("keeps_shown", "left"), [(True, ["by itself"]), (False, [])])
def test_what_was_shown_by_itself_stays_only_where_a_person_says_so(alice, keeps_shown: bool, left: list[str]) -> None:
    board = add_board(alice, CONTENT)
    post(board, "by itself", "shown")
    post(board, "waits")
    assert shown(board) == ["by itself"]
    edit_board(board, MANUAL, keeps_shown=keeps_shown)
    assert shown(board) == left
    assert counts_of(board).pending == 2 - len(left)


def test_back_to_automatic_what_waits_goes_on_waiting(alice) -> None:
    board = add_board(alice, MANUAL)
    post(board, "waits")
    edit_board(board, CONTENT)
    assert shown(board) == []


def test_blocked_senders_tests_and_texts_erased_are_never_on_the_page(alice) -> None:
    board = add_board(alice, CONTENT)
    post(board, "real", "shown")
    post(board, "test", "shown", is_test=True)
    post(board, "", "shown")
    post(board, "bad", "shown", msisdn="48600100200")
    assert shown(board) == ["bad", "real"]
    block(alice, "48600100200")
    waiting = post(board, "bad again", msisdn="48600100200")
    assert decide(board, [waiting.pk], PostState.SHOWN) == []
    assert shown(board) == ["real"]
    assert shown(board, with_tests=True) == ["test", "real"]


def test_a_closed_board_shows_nothing(alice) -> None:
    board = add_board(alice, CONTENT)
    post(board, "hello", "shown")
    set_open(board, is_open=False)
    assert shown(board) == []
    set_open(board, is_open=True)
    assert shown(board) == ["hello"]


def test_blocking_who_wrote_clears_all_their_messages_on_every_board(alice) -> None:
    board, other = add_board(alice, CONTENT), add_board(alice, CONTENT)
    found, _ = post(board), post(other, "elsewhere", "shown")
    assert block_sender(board, found)
    assert list(Post.objects.order_by("id").values_list("state", flat=True)) == ["rejected", "hidden"]
    assert not block_sender(board, found)


def test_a_decision_is_taken_back_and_pages_notice_each(alice) -> None:
    board = add_board(alice, MANUAL)
    found = post(board)
    for state in (PostState.SHOWN, PostState.PENDING, PostState.REJECTED, PostState.SHOWN, PostState.HIDDEN):
        assert decide(board, [found.pk], state) == [found.pk]
    assert decide(board, [found.pk], PostState.HIDDEN) == []
    assert Board.objects.get(pk=board.pk).version == 5


def test_messages_and_boards_of_others_are_not_there(alice) -> None:
    bob = Account.objects.create(name="Bob")
    board, theirs = add_board(alice, CONTENT), add_board(bob, CONTENT)
    found = post(theirs)
    assert decide(board, [found.pk], PostState.SHOWN) == []
    with pytest.raises(Post.DoesNotExist):
        get_post_for(board, found.pk)
    with pytest.raises(Board.DoesNotExist):
        get_board_for(alice, theirs.pk)
    assert [one.pk for one in boards_of(alice)] == [board.pk]


def test_a_new_address_ends_the_one_before(alice) -> None:
    board = add_board(alice, CONTENT)
    before = board.public_token
    renew_address(board)
    assert board_at(board.public_token) == board
    with pytest.raises(Board.DoesNotExist):
        board_at(before)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(CONTENT, name=" "), Refusal.NO_NAME),
        (replace(CONTENT, most_per_phone=0), Refusal.RATE),
        (replace(CONTENT, within_minutes=0), Refusal.RATE),
        (replace(CONTENT, shown_count=21), Refusal.SHOWN_COUNT),
        (replace(CONTENT, word_list="\n".join(f"w{n}" for n in range(1001))), Refusal.TOO_MANY_WORDS),
    ],
)
def test_what_makes_no_sense_is_refused(alice, content: BoardContent, refusal: Refusal) -> None:
    with pytest.raises(BoardError) as refused:
        add_board(alice, content)
    assert refused.value.reason is refusal


def test_a_board_goes_with_what_is_on_it_and_says_what_it_was(alice) -> None:
    board = add_board(alice, replace(CONTENT, word_list=" one\n\none,two "))
    post(board)
    assert content_of(Board.objects.get(pk=board.pk)).word_list == "one\ntwo"
    delete_board(board)
    assert not Post.objects.exists()
