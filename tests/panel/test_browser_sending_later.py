"""Sending later in a real browser: by keyboard, on a phone, back again, after a failure; the counter with its price."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from panel.conversations import dialogue, received
from panel.test_browser_accessibility import TOO_WIDE, axe
from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.outbox.models import OutboundMessage
from recado.core.receipt import OutboundState

__all__ = ["axe"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hanna(account: Account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Macie tulipany?")
    return conversation


def choose_tomorrow_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Send later").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Day and time")).to_be_visible()
    page.get_by_role("button", name="Tomorrow, 9:00").focus()
    page.keyboard.press("Enter")


def test_an_answer_is_sent_later_by_keyboard_and_taken_back(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    field = page.get_by_label("Your reply")
    field.fill("Tak, mamy")
    choose_tomorrow_by_keyboard(page)
    bubble = page.locator(".c-message--out").last
    expect(bubble).to_contain_text("Scheduled for")
    expect(page.get_by_label("Day and time")).to_be_hidden()
    expect(field).to_have_value("")
    assert OutboundMessage.objects.get().scheduled_at is not None
    bubble.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    expect(bubble).to_contain_text("taken back before its time")
    assert OutboundMessage.objects.get().state == OutboundState.UNSENT
    bubble.get_by_role("link", name="Write it again").click()
    expect(page.get_by_label("Your reply")).to_have_value("Tak, mamy")


def test_enter_in_the_field_means_the_time_in_it(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").fill("Tak, mamy")
    page.get_by_role("button", name="Send later").click()
    at = datetime.now(UTC) + timedelta(days=3)
    page.get_by_label("Day and time").fill(at.strftime("%Y-%m-%dT15:20"))
    page.get_by_label("Day and time").press("Enter")
    expect(page.locator(".c-message--out").last).to_contain_text("15:20")
    assert OutboundMessage.objects.get().scheduled_at.date() == at.date()


def test_what_waits_is_sent_at_once(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").fill("Tak, mamy")
    choose_tomorrow_by_keyboard(page)
    bubble = page.locator(".c-message--out").last
    bubble.get_by_role("button", name="Send now").click()
    expect(bubble).to_contain_text("Queued")
    expect(page.locator("[data-toast]")).to_contain_text("It is on its way.")


def test_a_failure_keeps_text_and_time(visit, hanna: Dialogue):
    visited = visit()
    page = visited.open(f"/inbox/{hanna.pk}/")
    page.route("**/send/", lambda route: route.abort())
    page.get_by_label("Your reply").fill("Tak, mamy")
    choose_tomorrow_by_keyboard(page)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.unroute("**/send/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".c-message--out").last).to_contain_text("Scheduled for")
    assert OutboundMessage.objects.get().scheduled_at is not None
    visited.complaints.clear()  # the browser tells of the connection that failed


def test_a_text_that_failed_is_edited(visit, hanna: Dialogue):
    visited = visit()
    page = visited.open(f"/inbox/{hanna.pk}/")
    page.route("**/send/", lambda route: route.abort())
    page.get_by_label("Your reply").fill("Tka")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Your reply")).to_have_value("Tka")
    expect(page.locator("[data-pending]")).to_have_count(0)
    visited.complaints.clear()


def test_the_counter_shows_price_and_offers_cheaper_letters(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    field, counter = page.get_by_label("Your reply"), page.locator("[data-send] [data-count]")
    field.fill("x" * 161)
    expect(counter).to_have_text("161/306 · 2 SMS · 0,18 zł")
    field.fill("Zażółć gęślą jaźń")
    expect(counter).to_contain_text("Unicode because of “ż”")
    page.get_by_role("button", name="Write without accents").click()
    expect(field).to_have_value("Zazolc gesla jazn")
    expect(counter).to_have_text("17/160 · 1 SMS · 0,09 zł")
    expect(page.get_by_role("button", name="Write without accents")).to_be_hidden()


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1280, "light", "pl"), (1280, "dark", "en"), (390, "light", "en"), (390, "dark", "pl"), (320, "light", "pl")],
)
def test_the_menu_and_the_quiet_notice_are_right_in_all_views(visit, account, alice: User, hanna: Dialogue, axe, width, theme, language):
    alice.language = language
    alice.save()
    now = datetime.now(ZoneInfo(account.time_zone))
    account.quiet_from, account.quiet_until = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    account.save()
    Message.objects.update(received_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = visit(width=width, color_scheme=theme, reduced_motion="reduce").open(f"/inbox/{hanna.pk}/")
    expect(page.locator("button[name=now]")).to_be_visible()
    page.locator("[popovertarget^=later]").click()
    box = page.locator(".c-menu--later").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert not page.evaluate(TOO_WIDE)
    assert violations(page, axe) == []


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]
