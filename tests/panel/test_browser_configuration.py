"""Configuration pages and the simulator in a real browser: forms, live availability, narrow screens, no complaints of the policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from recado.apps.accounts.models import Account, User
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.services import receive
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.apps.outbox.destinations import create_destination
from recado.apps.outbox.models import OutboundMessage
from recado.core.number import NumberKind
from recado.panel.fragments import render
from recado.testing.receiving import receiving_directly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gateway():
    with receiving_directly():
        yield


@pytest.fixture
def shared(db) -> Number:
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def keyword(account: Account, shared: Number) -> Keyword:
    add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account, label="Sklep przy rynku")
    group = add_group(account, "Newsletter ogrodniczy")
    add_contact(account, "48604218377", {"first_name": "Hanna", "last_name": "Kowalczyk", "company": "Ogrody Hanny"}, [group.pk])
    destination = create_destination(account, "https://sklep.roza.example/sms?od=#NUMER#")
    return reserve_keyword(account, shared, "OGRODNIK", RuleContent((group,), "Dziękujemy! Rezygnacja: STOP.", (destination,)))


def test_a_keyword_is_reserved_with_its_group_in_one_go(visit, shared: Number):
    page = visit().open("/keywords/")
    page.get_by_role("link", name="Reserve a keyword").click()
    page.get_by_label("Keyword", exact=True).press_sequentially("Tulipan")
    expect(page.get_by_role("status")).to_contain_text("Tulipan is free on 503 340 503.")
    page.get_by_text("Create a new group").click()
    page.get_by_label("Name of the new group").fill("Tulipany")
    page.get_by_label("Reply automatically").fill("Zażółć")
    expect(page.locator("[data-count]")).to_contain_text("6/70 · 1 SMS")
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.get_by_role("heading", name="Tulipan", exact=True)).to_be_visible()
    assert Keyword.objects.get().rules.get().actions.count() == 2


def test_a_refused_word_is_said_at_once_and_on_saving(visit, shared: Number, charlie: User):
    reserve_keyword(charlie.memberships.get().account, shared, "OGRODNIK")
    started = visit()
    page = started.open("/keywords/new/")
    page.get_by_label("Keyword", exact=True).press_sequentially("ogrodnik")
    expect(page.get_by_role("status")).to_contain_text("ogrodnik is taken on 503 340 503. Free: ogrodnik2")
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.get_by_role("alert")).to_be_focused()
    started.complaints = [text for text in started.complaints if "422" not in text]


def test_a_text_of_the_simulator_is_traced_and_its_reply_comes_onto_the_screen(visit, keyword: Keyword, alice: User, gateway):
    page = visit().open(f"/keywords/{keyword.pk}/")
    page.get_by_role("link", name="Open the simulator").click()
    expect(page.get_by_label("Message text")).to_have_value("OGRODNIK")
    page.keyboard.press("Enter")
    expect(page.locator(".c-phone__bubble")).to_have_text(["OGRODNIK"])
    expect(page.get_by_text("Added to group")).to_be_visible()
    expect(page.get_by_label("Message text")).to_have_value("")
    expect(page.get_by_label("Message text")).to_be_focused()
    OutboundMessage.objects.update(state="delivered")
    for _ in range(2):  # notices may repeat
        tell(page, render("outbound", keyword.account_id, Dialogue.objects.get().pk, alice, "en"))
    expect(page.locator(".c-phone__bubble")).to_have_text(["OGRODNIK", "Dziękujemy! Rezygnacja: STOP."])
    expect(page.locator(".c-state--delivered")).to_be_visible()


def tell(page: Page, fragment: str) -> None:
    """Swap a live fragment in the way the stream does."""
    page.evaluate(
        "text => htmx.swap({sourceElement: document.querySelector('#events'), target: document.querySelector('#events'),"
        " swap: 'none swapEmpty:false', text})",
        fragment,
    )


PAGES = ["/numbers/", "/keywords/", "/keywords/new/", "/keywords/{keyword}/", "/groups/", "/contacts/", "/contacts/new/", "/simulator/"]


@pytest.mark.parametrize("width", [320, 390, 800])
def test_no_page_scrolls_sideways(visit, keyword: Keyword, width: int):
    started = visit(width=width, height=844)
    for path in PAGES:
        page = started.open(path.format(keyword=keyword.pk))
        assert sideways(page) <= 0, path


def test_long_words_do_not_break_narrow_pages(visit, account: Account, shared: Number, gateway):
    group = add_group(account, "G" * 100)
    contact = add_contact(account, "48604218377", {"first_name": "I" * 80, "company": "C" * 120}, [group.pk])
    destination = create_destination(account, f"https://{'h' * 60}.example/{'p' * 300}")
    long = reserve_keyword(account, shared, "W" * 80, RuleContent((group,), "R" * 600, (destination,)))
    receive("48600000001", shared.digits, "W" * 80)
    started = visit(width=320, height=844)
    for path in [*PAGES, f"/groups/{group.pk}/", f"/contacts/{contact.pk}/", f"/keywords/{long.pk}/end/", f"/numbers/{shared.pk}/"]:
        page = started.open(path.format(keyword=long.pk))
        assert sideways(page) <= 0, path


def sideways(page: Page) -> int:
    widths = page.evaluate("[document.documentElement, document.querySelector('main')].map(e => e.scrollWidth - e.clientWidth)")
    return max(widths)


def test_pages_are_polish_for_who_wants_it(visit, keyword: Keyword, account: Account):
    Account.objects.update(language="pl")
    page = visit().open(f"/keywords/{keyword.pk}/")
    expect(page.get_by_role("button", name="Zapisz zmiany")).to_be_visible()
    expect(page.get_by_text("Jak ma pasować")).to_be_visible()
    page.goto(re.sub(r"/keywords/.*", "/simulator/", page.url))
    expect(page.get_by_label("Treść wiadomości")).to_be_visible()


def test_without_scripts_everything_works(visit, keyword: Keyword, gateway):
    page = visit(java_script_enabled=False).open("/simulator/")
    page.get_by_label("Message text").fill("Ogrodnik")
    page.get_by_role("button", name="Send from the simulated phone").click()
    expect(page.locator(".c-phone__bubble")).to_have_text(["Ogrodnik"])
    page.goto(re.sub(r"/simulator/.*", f"/keywords/{keyword.pk}/", page.url))
    page.get_by_label("Reply automatically").fill("Inaczej")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Saved. The next message is handled this way.")).to_be_visible()
