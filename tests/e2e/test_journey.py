"""One message's whole way in a real browser on a running installation: phone, inbox, group, reply, forward, API, trace; all of it live."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from demo_windows import CLINIC, FLOWERS, REPLY, Phone, Windows, expect_without_reload, row_of, said
from playwright.sync_api import expect
from receiving_server import ReceivingServer
from web_client import call, eventually

from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.browser]

OWN = "664 200 300"


@pytest.fixture
def receiver() -> Iterator[ReceivingServer]:
    with ReceivingServer() as running:
        yield running


def test_a_text_is_shown_answered_grouped_forwarded_fetched_and_explained(windows: Windows, demo: RunningRecado):
    inbox = windows.sign_in(FLOWERS)
    phone = Phone(windows, "48600000001")
    at = phone.text("Gardener")
    expect(row_of(inbox, phone.number)).to_contain_text("Gardener")
    said("in the inbox", at)
    expect(phone.texts).to_have_text(["Gardener", REPLY])
    said("reply on the phone", at)
    expect_without_reload(inbox, phone.page)
    eventually(lambda: forwards_of(demo, phone.number), lambda found: [one["wiadomosc"] for one in found] == ["Gardener"])
    groups = call(demo.url, "groups/check", phone=phone.number)["items"]
    assert [group["group_name"] for group in groups] == ["Newsletter ogrodniczy"]
    (fetched,) = call(demo.url, "messages/recived", type="nd", phone=phone.number)["items"]
    assert (fetched["text"], fetched["phone"]) == ("Gardener", "+48600000001")


def forwards_of(demo: RunningRecado, phone: str) -> list[dict[str, str]]:
    received = httpx2.get(f"{demo.url}/demo/receiver/").json()["received"]
    return [one["query"] for one in received if one["query"]["numer"] == phone]


def test_the_trace_says_why_and_the_group_has_the_sender(windows: Windows):
    inbox = windows.sign_in(FLOWERS)
    phone = Phone(windows, "48600000002")
    phone.text("gardener")
    row_of(inbox, phone.number).locator("a").click()
    expect(inbox.get_by_role("log")).to_contain_text(REPLY)
    inbox.get_by_role("link", name="Why?").first.click()
    for words in ("the keyword Gardener is reserved by you", "Added to group Newsletter ogrodniczy", "To be forwarded to Demo receiver"):
        expect(inbox.get_by_text(words)).to_be_visible()
    inbox.goto(inbox.url.split("/messages/")[0] + "/groups/")
    inbox.get_by_role("link", name="Newsletter ogrodniczy").click()
    expect(inbox.locator("table").last).to_contain_text(re.compile(r"600.?000.?002"))


def test_a_keyword_made_in_the_panel_forwards_to_a_receiver_of_ones_own(windows: Windows, receiver: ReceivingServer):
    page = windows.sign_in(FLOWERS)
    page.goto(page.url.replace("/inbox/", "/keywords/new/"))
    page.get_by_label("Number").select_option(label=next(x for x in page.locator("[name=number] option").all_inner_texts() if OWN in x))
    page.get_by_label("Keyword", exact=True).fill("Peonia")
    page.get_by_label("Reply automatically").fill("Peonie od maja: {keyword}")
    page.get_by_text("Forward to a new place").click()
    page.get_by_label("New place").fill(f"{receiver.url}/sms?od=#NUMER#&tekst=#WIADOMOSC#&do=#NUMERDO#")
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.get_by_role("heading", name="Peonia", exact=True)).to_be_visible()
    phone = Phone(windows, "48600000003")
    phone.text("peonia", OWN)
    expect(phone.texts).to_have_text(["peonia", "Peonie od maja: Peonia"])
    eventually(lambda: receiver.queries)
    assert receiver.queries == [{"od": ["48600000003"], "tekst": ["peonia"], "do": ["48664200300"]}]


def test_an_answer_reaches_the_phone_and_its_state_follows_live(windows: Windows):
    inbox = windows.sign_in(FLOWERS)
    phone = Phone(windows, "48600000004")
    phone.text("Czy są peonie? 🌷", OWN)
    row_of(inbox, phone.number).locator("a").click()
    inbox.get_by_label("Your reply").fill("Są, zapraszamy! ąę€")
    inbox.get_by_role("button", name="Send", exact=True).click()
    expect(phone.texts).to_have_text(["Czy są peonie? 🌷", "Są, zapraszamy! ąę€"])
    answer = inbox.locator(".c-message--out").last
    expect(answer.locator(".c-state--delivered")).to_contain_text("Delivered")
    expect(answer).to_contain_text("Są, zapraszamy! ąę€")
    expect(inbox.locator(".c-message--out")).to_have_count(1)
    expect_without_reload(inbox, phone.page)


def test_the_same_in_polish(windows: Windows):
    inbox = windows.sign_in(CLINIC)
    expect(inbox.locator("html")).to_have_attribute("lang", "pl")
    phone = Phone(windows, "48600000005")
    phone.text("Wizyta")
    row_of(inbox, phone.number).locator("a").click()
    expect(phone.texts).to_have_text(["Wizyta", "Dziękujemy, oddzwonimy w sprawie wizyty."])
    inbox.get_by_label("Twoja odpowiedź").fill("Jutro o 9?")
    inbox.get_by_role("button", name="Wyślij", exact=True).click()
    expect(inbox.locator(".c-message--out", has_text="Jutro").locator(".c-state--delivered")).to_contain_text("Doręczono")
    expect(phone.texts.last).to_have_text("Jutro o 9?")
    expect_without_reload(inbox, phone.page)
    inbox.get_by_role("link", name="Dlaczego?").first.click()
    expect(inbox.locator(".c-steps")).to_contain_text("WIZYTA")
    expect(inbox.get_by_role("heading", name="Przekierowania")).to_be_visible()
