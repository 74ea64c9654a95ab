"""The rail, the phone's bar and the help drawer."""

import pytest
from django.test import Client

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.panel.navigation import ENTRIES, entries_for, entry_of


def labels(role: Role) -> list[str]:
    return [str(entry.label) for entry in entries_for(role)]


def test_each_role_sees_the_screens_it_may_open():
    assert labels(Role.OWNER) == [str(entry.label) for entry in ENTRIES]
    assert [label for label in labels(Role.OWNER) if label not in labels(Role.VIEWER)] == ["API", "Plan and billing"]
    assert labels(Role.BILLING) == ["Start", "Plan and billing", "Settings"]
    assert labels(Role.API) == ["Start", "API", "Settings"]


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "Start"), ("/inbox/7/", "Inbox"), ("/messages/7/", "All messages"), ("/settings/team/", "Settings"), ("/elsewhere/", None)],
)
def test_a_page_belongs_to_its_screen(path: str, label: str | None):
    found = entry_of(path)
    assert (str(found.label) if found else None) == label


def test_direct_keys_are_single():
    keys = [entry.key for entry in ENTRIES]
    assert len(set(keys)) == len(keys)


def test_a_phones_bar_has_room_for_five_with_the_menu():
    assert len([entry for entry in ENTRIES if entry.is_on_phone]) == 4


def test_the_open_screen_is_marked(alice_client: Client):
    page = alice_client.get("/keywords/").content.decode()
    assert page.count('href="/keywords/" aria-current="page"') == 1
    assert 'href="/inbox/" aria-current' not in page


def test_help_says_what_the_page_is_for(alice_client: Client):
    assert "A keyword is the word people text to your number." in alice_client.get("/keywords/").content.decode()


def test_a_role_without_messages_is_led_to_nothing_it_may_not_open(account: Account):
    betty = create_user("betty@example.com", "a long password", name="Betty")
    add_member(account, betty, Role.BILLING)
    client = Client()
    client.force_login(betty)
    page = client.get("/settings/").content.decode()
    assert 'href="/settings/"' in page
    assert 'href="/inbox/"' not in page


@pytest.mark.browser
def test_g_and_a_letter_lead_to_a_screen(visit, alice: User):
    page = visit().open("/numbers/")
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/keywords/")


NOTE_WHAT_IS_TAKEN = "() => { window.taken = []; addEventListener('keydown', event => window.taken.push(event.defaultPrevented)); }"
"""A key that does something is taken from the browser at once, long before what it does can be seen."""


@pytest.mark.browser
def test_keys_do_nothing_for_somebody_who_switched_them_off(visit, alice: User):
    alice.has_shortcuts = False
    alice.save()
    page = visit().open("/numbers/")
    page.evaluate(NOTE_WHAT_IS_TAKEN)
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.keyboard.press("?")
    assert page.evaluate("() => window.taken") == [False, False, False]
    assert page.url.endswith("/numbers/")
    assert not page.get_by_role("dialog").is_visible()


@pytest.mark.browser
def test_a_phones_menu_holds_what_the_bar_has_no_room_for(visit, alice: User):
    page = visit(width=390).open("/keywords/")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Groups").click()
    page.wait_for_url("**/groups/")


@pytest.mark.browser
def test_help_opens_and_closes_by_keyboard_without_scripts(visit, alice: User):
    page = visit(java_script_enabled=False).open("/keywords/")
    page.get_by_role("button", name="Help").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("what happens when one arrives").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("what happens when one arrives").is_visible()
