"""Boards in the panel, and their public page: made with a keyword, looked through, seen by anybody."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.conversations import dialogue, number, received
from panel.hostile import MARKUP
from recado.apps.accounts.models import Account, User
from recado.apps.boards.models import Board, Post
from recado.apps.boards.services import BoardContent, add_board
from recado.apps.contacts.blocking import block, blocked_among
from recado.apps.ids import next_id
from recado.apps.keywords.activities import Kind, keywords_of
from recado.apps.keywords.models import Keyword
from recado.core.board import Moderation
from recado.core.trail import TrailStep
from recado.panel.activity_words import activity_parts
from recado.panel.public.board import looks
from recado.panel.public.looks import Look

PHONE = "48501222333"
FIELDS = {
    "name": "Party",
    "moderation": "manual",
    "most_per_phone": 3,
    "within_minutes": 10,
    "naming": "digits",
    "theme": "day",
    "shown_count": 8,
}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def post(board: Board, text: str = "Hello", state: str = "pending", **fields: object) -> Post:
    now = timezone.now()
    given = {"is_test": False, "name": "…333", "decided_at": None if state == "pending" else now} | fields
    about = {"account": board.account, "board": board, "message_id": next_id(), "msisdn": PHONE, "text": text, "state": state}
    return Post.objects.create(id=next_id(), received_at=now, **(about | given))


def public(board: Board, name: str = "public-board", **headers: str):
    cache.clear()
    return Client().get(reverse(name, args=[Board.objects.get(pk=board.pk).public_token]), headers=headers)


def test_a_board_and_its_keyword_are_made_at_once(page: Client, account: Account) -> None:
    given = FIELDS | {"number": number(account).pk, "word": "Party", "reply": "Thanks, {first_name}!"}
    response = page.post(reverse("board-new"), given)
    board = Board.objects.get()
    assert response.headers["Location"] == reverse("board", args=[board.pk])
    (keyword,) = keywords_of(account, Kind.POST_TO_BOARD, board.pk)
    assert (keyword.word, keyword.kind, keyword.also_when_text_follows) == ("Party", "base", True)
    assert "Text <b>Party</b> and your message to <b>664 200 300</b>" in public(board).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [({"word": "Party", "number": ""}, "Choose the number"), ({"reply": "Hi {code}"}, "Nothing is filled in"), ({"name": ""}, "required")],
)
def test_nothing_is_saved_where_something_is_missing(page: Client, account: Account, given: dict[str, str], said: str) -> None:
    response = page.post(reverse("board-new"), FIELDS | {"number": number(account).pk} | given)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Board.objects.exists()


def test_a_word_that_is_taken_makes_no_board(page: Client, account: Account) -> None:
    given = FIELDS | {"number": number(account).pk, "word": "Party", "reply": "Thanks"}
    page.post(reverse("board-new"), given)
    assert "is taken on" in page.post(reverse("board-new"), given).content.decode()
    assert Board.objects.count() == 1


def test_a_message_is_let_through_and_taken_back_by_undo(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    waiting = post(board)
    response = page.post(reverse("board-decide", args=[board.pk]), {"posts": waiting.pk, "to": "shown"}, follow=True)
    assert "1 message is on the screen." in response.content.decode()
    assert "Hello" in public(board).content.decode()
    page.post(reverse("board-decide", args=[board.pk]), {"posts": waiting.pk, "to": "pending", "undoes": "1"})
    assert "Hello" not in public(board).content.decode()


def test_one_press_shows_what_nothing_speaks_against(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    plain, doubtful = post(board), post(board, "see www.x.pl", reason="link")
    html = page.get(reverse("board", args=[board.pk])).content.decode()
    assert f'name="posts" value="{plain.pk}"><input type="hidden" name="tab" value="waiting"><button class="c-button" name="to"' in html
    assert "has an address in it" in html
    page.post(reverse("board-decide", args=[board.pk]), {"posts": f"{plain.pk}", "to": "shown"}, headers={"X-Fragment": "1"})
    assert Post.objects.get(pk=doubtful.pk).state == "pending"


def test_news_are_given_only_where_something_changed(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    post(board)
    news = reverse("board-news", args=[board.pk])
    assert page.get(news, {"version": "0"}).status_code == 204
    Board.objects.update(version=4)
    html = page.get(news, {"version": "0"}).content.decode()
    assert 'data-version="4" data-waiting="1"' in html


def test_whoever_is_blocked_from_the_board_is_gone_from_it(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    shown = post(board, state="shown")
    page.post(reverse("board-post-block", args=[board.pk, shown.pk]), {"tab": "shown"})
    assert blocked_among(account, [PHONE]) == {PHONE}
    assert "Hello" not in public(board).content.decode()


def test_messages_lead_to_their_conversations(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    conversation = dialogue(account, PHONE, "Hanna Nowak")
    post(board, message_id=received(conversation, "Party Hello").pk)
    html = page.get(reverse("board", args=[board.pk])).content.decode()
    assert reverse("conversation", args=[conversation.pk]) in html
    assert "Hanna Nowak" in html


@pytest.mark.parametrize(("choice", "is_left"), [("keep", True), ("wait", False)])
def test_what_was_shown_by_itself_stays_only_where_asked(page: Client, account: Account, choice: str, is_left: bool) -> None:
    board = add_board(account, BoardContent("Party", moderation=Moderation.AUTOMATIC))
    post(board, state="shown", by_itself=True)
    page.post(reverse("board-settings", args=[board.pk]), FIELDS | {"after_switch": choice})
    assert ("Hello" in public(board).content.decode()) is is_left


def test_a_board_goes_only_once_no_keyword_leads_there(page: Client, account: Account) -> None:
    page.post(reverse("board-new"), FIELDS | {"number": number(account).pk, "word": "Party", "reply": "Thanks"})
    address = reverse("board-delete", args=[Board.objects.get().pk])
    response = page.post(address)
    assert response.status_code == 422
    assert "Party" in response.content.decode()
    Keyword.objects.all().delete()
    page.post(address)
    assert not Board.objects.exists()


def test_the_public_page_says_no_phone_is_text_only_and_is_told_to_nobody(account: Account) -> None:
    board = add_board(account, BoardContent("Party", title="<i>Party</i>"))
    post(board, MARKUP, "shown")
    post(board, "waits")
    post(board, "a test", "shown", is_test=True)
    response = public(board)
    html = response.content.decode()
    assert "&lt;script&gt;hacked=1&lt;/script&gt;" in html
    assert "<script>" not in html
    assert "&lt;i&gt;Party" in html
    assert not {PHONE, PHONE[2:], "waits", "a test"} & set(html.replace("<", " ").replace(">", " ").split())
    assert PHONE[2:] not in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_a_closed_board_says_so(account: Account, page: Client) -> None:
    board = add_board(account, BoardContent("Party"))
    post(board, state="shown")
    page.post(reverse("board-open", args=[board.pk]), {"to": "closed"})
    html = public(board).content.decode()
    assert "This board is closed." in html
    assert "Hello" not in html


def test_pages_that_ask_again_are_told_only_what_changed(account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    etag = public(board, "public-board-posts")["ETag"]
    assert public(board, "public-board-posts", **{"If-None-Match": etag}).status_code == 304
    Board.objects.update(version=1)
    assert public(board, "public-board-posts", **{"If-None-Match": etag}).status_code == 200


def test_the_preview_in_the_panel_shows_tests(page: Client, account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    post(board, "a test", "shown", is_test=True)
    assert "a test" in page.get(reverse("board", args=[board.pk])).content.decode()
    assert "a test" not in public(board).content.decode()


def test_open_pages_are_told_what_changed_and_when_to_end(account: Account) -> None:
    board = add_board(account, BoardContent("Party"))
    (look,) = looks({board.public_token: ""}).values()
    assert looks({board.public_token: look.state}) == {}
    block(account, PHONE)
    (blocked,) = looks({board.public_token: look.state}).values()
    assert blocked.state != look.state
    Account.objects.update(is_suspended=True)
    assert looks({board.public_token: blocked.state, "nowhere": ""}) == dict.fromkeys((board.public_token, "nowhere"), Look("gone", ""))


def test_the_trail_says_why_a_message_waits() -> None:
    values = {"board": "Party", "deed": "waiting", "reason": "word: pumpkin"}
    said = activity_parts(TrailStep.BOARD, values)
    assert said == ("Board {name}", "Party", "waits for somebody to look at it (has “pumpkin” in it, which is on your list)")
