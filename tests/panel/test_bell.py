"""Notifications: whom they are told, what they say, how they are read."""

import re

import pytest
from django.templatetags.static import static
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import expect

from panel.conversations import dialogue
from recado.apps.accounts.models import Account, User
from recado.apps.notifications.models import Notification
from recado.apps.notifications.services import mark_read, notify
from recado.panel.fragments import render
from recado.panel.notification_words import ICONS, SENTENCES, sentence
from recado.panel.templatetags.bell import unread_notifications

ASSIGNED = ("dialogue.assigned", {"by": "Bob", "name": "48604218377"})


@pytest.fixture
def told(account: Account, alice: User) -> Notification:
    notify(account, [alice], *ASSIGNED, f"/inbox/{dialogue(account).pk}/")
    return Notification.objects.get()


def test_the_bell_counts_and_lists_what_is_new(told: Notification, alice_client: Client):
    assert "1<span" in alice_client.get("/keywords/").content.decode()
    page = alice_client.get("/notifications/").content.decode()
    assert "Bob assigned the conversation with +48 604 218 377 to you." in page


def test_nobody_else_sees_them(told: Notification, account: Account, vera_client: Client, charlie_client: Client):
    for client in (vera_client, charlie_client):
        assert "Bob assigned" not in client.get("/notifications/").content.decode()
        assert client.get(f"/notifications/{told.pk}/").status_code == 404


def test_opening_one_reads_it(told: Notification, alice: User, alice_client: Client):
    assert alice_client.get(f"/notifications/{told.pk}/")["Location"] == told.url
    assert unread_notifications(told.account, alice) == 0


def test_an_address_elsewhere_is_not_followed(told: Notification, alice_client: Client):
    Notification.objects.update(url="https://elsewhere.example/")
    assert alice_client.get(f"/notifications/{told.pk}/")["Location"] == "/notifications/"


def test_all_are_read_at_once(told: Notification, alice: User, alice_client: Client):
    notify(told.account, [alice], *ASSIGNED, "/inbox/")
    assert alice_client.post("/notifications/read/")["Location"] == "/notifications/"
    assert unread_notifications(told.account, alice) == 0


def test_long_lists_have_pages(account: Account, alice: User, alice_client: Client):
    for number in range(60):
        notify(account, [alice], "dialogue.assigned", {"by": f"Bob {number:02}", "name": "Jan"}, "/inbox/")
    first = alice_client.get("/notifications/").content.decode()
    older = re.search(r'href="\?before=(\d+)"', first)
    assert "Bob 59" in first
    assert "Bob 09" not in first
    assert "Bob 09" in alice_client.get(f"/notifications/?before={older[1]}").content.decode()


def test_the_empty_list_teaches(alice_client: Client):
    assert "Nothing new." in alice_client.get("/notifications/").content.decode()


@pytest.mark.parametrize(
    ("kind", "values", "polish"),
    [
        (*ASSIGNED, "Bob przypisuje Ci rozmowę z +48 604 218 377."),
        ("keyword.ending", {"word": "OGRODNIK", "ends_at": "2026-12-01T00:00:00+01:00"}, "Hasło SMS OGRODNIK kończy się 01.12.2026."),
        ("reply.undelivered", {"name": "Jan", "reason": "wrong_number"}, "Twoja wiadomość do Jan nie dotarła: numer nie istnieje."),
        ("made.up", {}, "made.up"),
        ("dialogue.assigned", {}, "dialogue.assigned"),
    ],
)
def test_sentences(kind: str, values: dict[str, str], polish: str):
    with translation.override("pl"), timezone.override("Europe/Warsaw"):
        assert sentence(Notification(kind=kind, values=values)) == polish


def test_every_kind_has_an_icon():
    assert SENTENCES.keys() == ICONS.keys()


def test_open_pages_hear_it_in_words(told: Notification, alice: User, vera: User):
    text = render("notification", told.account_id, None, alice, "en")
    assert f'data-news="{told.pk}"' in text
    assert "Bob assigned" in text
    assert "Bob assigned" not in render("notification", told.account_id, None, vera, "en")


def test_what_was_read_is_no_news(told: Notification, alice: User):
    mark_read(told)
    assert "data-news" not in render("notification", told.account_id, None, alice, "en")


@pytest.mark.browser
def test_the_bell_opens_its_list_and_marks_it_read(visit, told: Notification):
    page = visit().open("/keywords/")
    page.get_by_role("link", name="Notifications").click()
    expect(page.locator("#bell")).to_contain_text("Bob assigned the conversation")
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("icon-news"))
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator("#notices")).to_be_empty()
    expect(page.locator("link[rel=icon]")).not_to_have_attribute("href", re.compile("icon-news"))


SAY_NEWS = """() => {
  window.shown = [];
  window.Notification = class { static permission = "granted"; constructor(text) { window.shown.push(text); } };
  Object.defineProperty(document, "hidden", { value: true });
  document.querySelector("#live").innerHTML = '<span data-news="1" data-url="/inbox/">News for you</span>';
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
}"""
SAY_MORE_TO_EVERYBODY = """() => {
  document.querySelector("#bell").dataset.browser = "";
  document.querySelector("#live").innerHTML = '<span data-news="2" data-url="/inbox/">More news</span>';
  document.dispatchEvent(new CustomEvent("htmx:after:swap"));
}"""
"""Whatever was to be told before it has been told once this is."""


@pytest.mark.browser
@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_browser_tells_news_to_whoever_wants_that(visit, alice: User, is_wanted: bool):
    alice.has_browser_notices = is_wanted
    alice.save()
    page = visit().open("/notifications/")
    page.evaluate(SAY_NEWS)
    page.wait_for_function("() => !document.querySelector('#live [data-news]')")
    page.evaluate("address => import(address).then(() => {})", static("panel/js/aloud.js"))
    page.evaluate(SAY_MORE_TO_EVERYBODY)
    page.wait_for_function("() => window.shown.includes('More news')")
    assert page.evaluate("() => window.shown") == (["News for you", "More news"] if is_wanted else ["More news"])


@pytest.mark.browser
def test_without_scripts_the_bell_is_a_page(visit, told: Notification):
    page = visit(java_script_enabled=False).open("/keywords/")
    page.get_by_role("link", name="Notifications").click()
    page.get_by_role("link", name="Bob assigned").click()
    assert page.url.endswith(told.url)
