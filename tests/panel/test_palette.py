"""The palette and the page that finds the same."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from panel.conversations import dialogue, number, received
from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_user
from recado.apps.contacts.services import add_contact
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.panel.everywhere.finding import Hit, found


def hits(account: Account, words: str, role: Role = Role.OWNER) -> list[Hit]:
    return [hit for finding in found(account, User(), role, words, timezone.now()) for hit in finding.hits]


def paths(account: Account, words: str, role: Role = Role.OWNER) -> list[str]:
    return [hit.path for hit in hits(account, words, role)]


@pytest.mark.parametrize("words", ["keyw", "Keywords", "prefiks", "hasło", "HASLO", "słowo kluczowe", "haslo dostepowe"])
def test_keywords_are_found_by_every_name_they_have(account: Account, words: str):
    assert paths(account, words)[0] == "/keywords/"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("wiadom", "/messages/"),
        ("kontakty", "/contacts/"),
        ("excel", "/contacts/import/"),
        ("test sms", "/simulator/"),
        ("dark", "/settings/appearance/"),
        ("activity", "/settings/activity/"),
        ("klucz api", "/developers/keys/new/"),
    ],
)
def test_screens_and_actions_are_found(account: Account, words: str, path: str):
    assert path in paths(account, words)


def test_the_direct_key_is_shown(account: Account):
    assert hits(account, "inbox")[0].keys == "G I"


def test_without_words_it_offers_screens_and_actions(account: Account):
    assert {"/inbox/", "/keywords/new/"} <= set(paths(account, ""))


def test_people_conversations_and_keywords_are_found(account: Account):
    contact = add_contact(account, "48604218377", {"first_name": "Łucja", "last_name": "Ogrodnik"})
    conversation = dialogue(account, "48660917411", "Jan Ogrodnik")
    received(conversation, "Halo")
    keyword = reserve_keyword(account, number(account), "OGRODNIK", RuleContent((), "", ()))
    everything = paths(account, "ogrodnik")
    assert {f"/contacts/{contact.pk}/", f"/inbox/{conversation.pk}/", f"/keywords/{keyword.pk}/"} <= set(everything)
    assert f"/contacts/{contact.pk}/" in paths(account, "łucja ogr")
    assert f"/contacts/{contact.pk}/" in paths(account, "604 218")


def test_nothing_of_others_is_found(account: Account, charlie: User):
    dialogue(account, name="Hanna Kowalczyk")
    assert paths(charlie.memberships.get().account, "Hanna") == []


def test_a_role_finds_only_where_it_may_go(account: Account):
    dialogue(account, name="Hanna Kowalczyk")
    assert paths(account, "Hanna", Role.BILLING) == []
    assert "/keywords/new/" not in paths(account, "reserve", Role.AGENT)


@pytest.mark.parametrize("words", ["", "%00", "x" * 5000, "%27%22%3Cb%3E", "_%25"])
def test_strange_words_find_nothing_and_break_nothing(account: Account, alice_client: Client, words: str):
    assert alice_client.get(f"/search/?q={words}").status_code == 200


def test_nothing_found_teaches(alice_client: Client):
    assert "Nothing is called “qqq”." in alice_client.get("/search/?part=found&q=qqq").content.decode()


def test_a_role_without_messages_may_search(account: Account):
    betty = create_user("betty@example.com", "a long password", name="Betty")
    add_member(account, betty, Role.BILLING)
    client = Client()
    client.force_login(betty)
    assert client.get("/search/?q=settings").status_code == 200


@pytest.mark.browser
def test_by_keyboard_alone_from_any_page_to_a_conversation(visit, account: Account):
    conversation = dialogue(account, name="Hanna Kowalczyk")
    page = visit().open("/numbers/")
    page.keyboard.press("Control+k")
    page.keyboard.type("hanna")
    expect(page.locator("#palette")).to_contain_text("Hanna Kowalczyk")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/contacts/{conversation.contact_id}/")


@pytest.mark.browser
def test_an_answer_that_comes_late_takes_nobody_off_the_line_they_are_on(visit, account: Account):
    dialogue(account, name="Hanna Kowalczyk")
    page = visit().open("/numbers/")
    page.keyboard.press("Control+k")
    page.keyboard.type("hanna")
    expect(page.locator("#palette")).to_contain_text("Hanna Kowalczyk")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/search/?part=found&q=hanna"):
        page.evaluate("htmx.trigger('#palette-words', 'palette:open')")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(".c-hit").first).to_be_focused()


@pytest.mark.browser
def test_escape_closes_it_and_gives_the_focus_back(visit):
    page = visit().open("/numbers/")
    page.get_by_role("link", name="Find").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("key")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.get_by_role("link", name="Find")).to_be_focused()


@pytest.mark.browser
def test_it_switches_to_dark(visit):
    page = visit().open("/numbers/")
    page.keyboard.press("Control+k")
    page.keyboard.type("ciemny")
    expect(page.locator(".c-hit")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.browser
def test_without_scripts_it_is_a_page(visit):
    page = visit(java_script_enabled=False).open("/numbers/")
    page.get_by_role("link", name="Find").click()
    page.get_by_label("What are you looking for?").first.fill("prefiks")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("main").get_by_role("link", name="Keywords").click()
    page.wait_for_url("**/keywords/")
