"""What a live notice changes, and for whom; the browser's side is tested in `test_browser`."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.panel.fragments import render

DAY = timedelta(days=1)


def test_message_moves_its_row_up_and_appends_to_the_thread(account: Account, alice: User):
    conversation = dialogue(account, name="Hanna Kowalczyk")
    message = received(conversation, "Halo")
    text = render("message", account.pk, conversation.pk, alice, "en")
    assert f'hx-target="#conversations[data-tab] #c-{conversation.pk}" hx-swap="delete"' in text
    assert 'hx-swap="afterbegin"' in text
    assert f'hx-target="#m-{message.pk}" hx-swap="delete"' in text
    assert f'hx-target="#messages-{conversation.pk}" hx-swap="beforeend"' in text
    assert "New message from Hanna Kowalczyk" in text


def test_state_of_an_older_conversation_does_not_move_its_row(account: Account, alice: User):
    older = dialogue(account, "48604218377")
    sent(older, "Dzień dobry", state="delivered")
    received(dialogue(account, "48660917411"), "Halo", minutes=5)
    text = render("outbound", account.pk, older.pk, alice, "en")
    assert f'hx-target="#c-{older.pk}" hx-swap="outerMorph"' in text
    assert "afterbegin" not in text
    assert "Delivered" in text


def test_an_answer_that_waited_is_told_of_however_many_came_after_it(account: Account, alice: User, vera: User):
    conversation = dialogue(account)
    now = timezone.now()
    waited = sent(conversation, "Dzień dobry", state="sent", scheduled_at=now, sent_at=now)
    long_ago = sent(conversation, "Wczoraj", state="sent", scheduled_at=now - DAY, sent_at=now - DAY)
    for minute in range(8):
        received(conversation, "Halo", minutes=minute)
    text = render("outbound", account.pk, conversation.pk, alice, "en")
    assert f'hx-target="#m-{waited.pk}" hx-swap="outerHTML"' in text
    assert f"m-{long_ago.pk}" not in text
    assert "<form" not in render("outbound", account.pk, conversation.pk, vera, "en")


def test_done_conversation_leaves_the_open_tab(account: Account, alice: User):
    conversation = dialogue(account, state="done")
    text = render("dialogue", account.pk, conversation.pk, alice, "en")
    gone = re.search(rf'hx-target="#conversations:is\(([^)]*)\) #c-{conversation.pk}" hx-swap="delete"', text)
    assert gone is not None
    assert "[data-tab=open]" in gone[1]
    assert "[data-tab=all]" not in gone[1]


def test_fragment_speaks_the_viewers_language(account: Account, alice: User):
    conversation = dialogue(account)
    sent(conversation, "Halo", state="delivered")
    assert "Doręczono" in render("outbound", account.pk, conversation.pk, alice, "pl")


def test_viewer_gets_no_button(account: Account, vera: User):
    conversation = dialogue(account)
    assert "<form" not in render("dialogue", account.pk, conversation.pk, vera, "en")


@pytest.mark.parametrize("kind", ["message", "outbound", "dialogue", "contacts", "routing"])
def test_strangers_get_nothing(account: Account, charlie: User, kind: str):
    conversation = dialogue(account)
    received(conversation, "Halo")
    assert render(kind, account.pk, conversation.pk, charlie, "en") == ""
    other = charlie.memberships.get().account
    assert render(kind, other.pk, conversation.pk, charlie, "en") == ""


def test_notices_without_an_account_or_object_change_nothing(account: Account, alice: User):
    assert render("routing", None, None, alice, "en") == ""
    assert render("message", account.pk, None, alice, "en") == ""
    assert render("message", account.pk, 123, alice, "en") == ""


@pytest.mark.parametrize("kind", ["message", "outbound", "dialogue", "presence"])
@pytest.mark.parametrize("role", [Role.BILLING, Role.API])
def test_roles_that_read_no_messages_are_told_of_none(account: Account, role: Role, kind: str):
    clerk = create_user("clerk@example.com", "a long password")
    add_member(account, clerk, role)
    conversation = dialogue(account)
    received(conversation, "Tajemnica")
    assert render(kind, account.pk, conversation.pk, clerk, "en") == ""


@pytest.mark.parametrize("kind", ["message", "dialogue", "notification", "refetch"])
def test_a_page_left_open_learns_nothing_more_once_the_account_is_suspended(account: Account, alice: User, kind: str):
    conversation = dialogue(account)
    received(conversation, "Tajemnica")
    assert render(kind, account.pk, conversation.pk, alice, "en") != ""
    account.is_suspended = True
    account.save()
    assert render(kind, account.pk, conversation.pk, alice, "en") == ""


def test_times_are_those_of_who_looks(account: Account, alice: User):
    conversation = dialogue(account)
    received(conversation, "Halo")  # at noon in Warsaw
    assert ">12:00<" in render("message", account.pk, conversation.pk, alice, "en")
    alice.time_zone = "Asia/Tokyo"
    assert ">20:00<" in render("message", account.pk, conversation.pk, alice, "en")
