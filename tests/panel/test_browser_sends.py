"""A group send from the first key to the last report, in a real browser; preparing and sending are done in between, as the server would."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from panel.browser import Visit
from panel.campaigns import FIRST, people, written
from panel.conversations import number
from recado.apps.accounts.models import Account, User
from recado.apps.campaigns.models import Campaign
from recado.apps.campaigns.preparing import prepare
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def go_to(page: Page, label: str) -> None:
    """Walk with Tab until the focus is on what is called so."""
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const one = document.activeElement; return (one.labels?.[0] ?? one).textContent.trim().replace(/\\s+/g, ' '); }"
        )
        if label in name:
            return
    pytest.fail(f"no key leads to {label}")


def deliver(campaign: Campaign) -> None:
    """Let everything be handed over and arrive."""
    now = timezone.now()
    OutboundMessage.objects.filter(campaign_id=campaign.pk).update(state=OutboundState.DELIVERED, sent_at=now, finished_at=now)
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.SENT, finished_at=now)


def test_the_whole_way_by_keyboard(visit: Callable[..., Visit], account: Account, alice: User):
    number(account)
    people(account)
    page = visit().open("/sends/")
    go_to(page, "Write the first one")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    go_to(page, "Ogród")
    page.keyboard.press("Space")
    expect(page.locator(".c-send-sum dd").first).to_have_text("3")
    go_to(page, "Text")
    page.keyboard.type("Tulipany dla Ciebie, ")
    go_to(page, "First name")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_have_value("Tulipany dla Ciebie, {first_name}")
    expect(page.locator("#preview")).to_contain_text("Tulipany dla Ciebie, Osoba0")
    go_to(page, "664 200 300")
    page.keyboard.press("Space")
    expect(page.locator("#send-check")).to_contain_text("0,27")
    go_to(page, "Continue to the summary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/summary/")
    go_to(page, "Send to 3 people, 0,27")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sends/*/")
    expect(page.locator("main")).to_contain_text("It begins in a moment.")
    campaign = Campaign.objects.get()
    assert prepare(campaign.pk, timezone.now())
    expect(page.locator("main")).to_contain_text("0 of 3 are handed over.")
    deliver(campaign)
    expect(page.locator("main")).to_contain_text("the carriers have said what became of each")
    expect(page.get_by_role("link", name="Stop")).to_have_count(0)


def test_a_double_click_sends_once_and_nothing_moves_sideways_on_a_phone(visit: Callable[..., Visit], account: Account, alice: User):
    number(account)
    people(account)
    page = visit(width=390, height=844).open("/sends/new/")
    page.get_by_label("Ogród").first.check()
    page.get_by_role("textbox", name="Text").fill("Krótko")
    page.get_by_label("664 200 300").check()
    assert page.evaluate("() => document.querySelector('main').scrollWidth") <= 390
    page.get_by_role("button", name="Continue to the summary").click()
    page.get_by_role("button", name="Send to 3 people").dblclick()
    page.wait_for_url("**/sends/*/")
    expect(page.locator("h1")).to_have_text("Krótko")
    assert Campaign.objects.get().state == Campaign.State.SCHEDULED


def test_without_scripts_every_button_does_its_part(visit: Callable[..., Visit], account: Account, alice: User):
    number(account)
    people(account)
    page = visit(java_script_enabled=False).open("/sends/new/")
    page.get_by_label("Ogród").first.check()
    page.get_by_role("textbox", name="Text").fill("Dzień dobry")
    page.get_by_role("button", name="First name").click()
    expect(page.get_by_role("textbox", name="Text")).to_have_value("Dzień dobry {first_name}")
    page.get_by_label("Phone numbers").fill("604 218 377")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".c-send-sum dd").first).to_have_text("4")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#preview")).to_contain_text("2 of 4")
    page.get_by_label("664 200 300").check()
    page.get_by_role("button", name="Continue to the summary").click()
    expect(page.get_by_role("button", name="Send to 4 people")).to_be_visible()


def test_a_time_is_asked_for_only_where_it_goes_later(visit: Callable[..., Visit], account: Account, alice: User):
    page = visit().open("/sends/new/")
    expect(page.get_by_label("Day")).to_be_hidden()
    page.get_by_label("Later").check()
    expect(page.get_by_label("Day")).to_be_visible()


def test_what_is_written_is_there_again_without_any_button(visit: Callable[..., Visit], account: Account, alice: User):
    people(account)
    page = visit().open("/sends/new/")
    page.get_by_label("Ogród").first.check()
    page.get_by_role("textbox", name="Text").fill("Nie zgub tego")
    expect(page.locator("#preview")).to_contain_text("Nie zgub tego")
    page.reload()
    expect(page.get_by_role("textbox", name="Text")).to_have_value("Nie zgub tego")
    expect(page.get_by_label("Ogród").first).to_be_checked()


def test_typing_goes_on_while_the_figures_change(visit: Callable[..., Visit], account: Account, alice: User):
    people(account)
    page = visit().open("/sends/new/")
    page.get_by_role("textbox", name="Text").press_sequentially("Raz dwa", delay=5)
    page.get_by_label("Ogród").first.check()
    expect(page.locator("#preview")).to_contain_text("Raz dwa")
    page.get_by_role("textbox", name="Text").press_sequentially(" trzy", delay=5)
    expect(page.locator("#preview")).to_contain_text("Raz dwa trzy")
    expect(page.get_by_role("textbox", name="Text")).to_be_focused()


def test_stopping_is_two_presses_and_says_what_it_means(visit: Callable[..., Visit], account: Account, alice: User):
    campaign = written(account, alice)
    page = visit().open(f"/sends/{campaign.pk}/")
    page.get_by_role("link", name="Stop").click()
    page.get_by_role("button", name="Stop: 1 person will not get it").click()
    expect(page.locator(".c-title")).to_contain_text("Stopped")
    assert page.get_by_text(str(FIRST)[-3:]).count() >= 1


def test_writing_without_accents_is_kept_like_typing(visit: Callable[..., Visit], account: Account, alice: User):
    people(account)
    page = visit().open("/sends/new/")
    page.get_by_label("Ogród").first.check()
    page.get_by_role("textbox", name="Text").fill("Zażółć gęślą jaźń")
    page.get_by_role("button", name="Write without accents").click()
    expect(page.locator("#preview")).to_contain_text("Zazolc gesla jazn")


def test_a_chosen_file_travels_once_not_with_every_letter(visit: Callable[..., Visit], account: Account, alice: User):
    people(account)
    page = visit().open("/sends/new/")
    kinds: list[str] = []
    page.on("request", lambda request: kinds.append(request.headers.get("content-type", "")) if request.url.endswith("/check/") else None)
    page.locator("summary", has_text="Upload a list").click()
    page.locator("#file").set_input_files({"name": "lista.csv", "mimeType": "text/csv", "buffer": b"telefon;kod\n604218377;A1\n"})
    page.get_by_label("Ogród").first.check()
    page.get_by_role("textbox", name="Text").fill("Twój kod")
    expect(page.locator("#preview")).to_contain_text("Twój kod")
    page.locator("#preview").get_by_role("button", name="Next").click()
    expect(page.locator("#preview")).to_contain_text("2 of 3")
    assert len(kinds) >= 2
    assert {kind.partition(";")[0] for kind in kinds} == {"application/x-www-form-urlencoded"}
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("button", name="kod", exact=True).click()
    expect(page.locator("#preview")).to_contain_text("of 4")
