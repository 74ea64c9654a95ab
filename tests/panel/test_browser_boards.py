"""Looking through messages for a board by keyboard, in a browser: a decision takes one key, and the next message is under the keys."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panel.browser import Visit
from panel.hostile import MARKUP
from recado.apps.accounts.models import Account
from recado.apps.boards.models import Post
from recado.apps.boards.services import BoardContent, add_board
from recado.apps.ids import next_id

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_key_lets_a_message_through_and_what_comes_stands_below(account: Account, visit: Callable[..., Visit]) -> None:
    board = add_board(account, BoardContent("Party"))
    about = {"account": account, "board": board, "msisdn": "48501222333", "is_test": False, "received_at": timezone.now()}
    for text in (MARKUP, "Second"):
        Post.objects.create(id=next_id(), message_id=next_id(), text=text, **about)
    page = visit().open(f"/boards/{board.pk}/")
    rows = page.locator("[data-queue] [data-post]")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(rows).to_have_count(1)
    expect(page.locator("[data-done]")).to_contain_text("1 message is on the screen.")
    expect(page.locator(":focus")).to_contain_text("Second")
    Post.objects.create(id=next_id(), message_id=next_id(), text="Third", **about)
    board.version = 99
    board.save()
    expect(rows.last).to_contain_text("Third")
    expect(page.locator(":focus")).to_contain_text("Second")
    public = page.context.new_page()
    public.goto(f"{page.url.partition('/boards/')[0]}/board/{board.public_token}/")
    expect(public.locator("[data-post]")).to_contain_text("<script>hacked=1</script>")
    assert public.evaluate("() => window.hacked") is None
