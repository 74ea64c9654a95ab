"""The inbox in a real browser: reading, answering, keyboard, narrow screens, without scripts, live fragments."""

import re

import pytest
from playwright.sync_api import expect

from panel.conversations import dialogue, received, sent
from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.models import Dialogue
from recado.apps.outbox.models import OutboundMessage
from recado.panel.fragments import render

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 390, "height": 844}


@pytest.fixture
def hanna(account: Account) -> Dialogue:
    conversation = dialogue(account, name="Hanna Kowalczyk")
    received(conversation, "Ogrodnik")
    sent(conversation, "Dziękujemy!", minutes=1, state="delivered")
    received(conversation, "Macie tulipany?", minutes=2)
    return conversation


@pytest.fixture
def jan(account: Account) -> Dialogue:
    conversation = dialogue(account, "48660917411", "Jan Nowak")
    received(conversation, "Róże", minutes=5)
    return conversation


def test_sign_in_and_read(browser, live_server, alice: User, hanna: Dialogue):
    page = browser.new_page()
    page.goto(f"{live_server.url}/inbox/")
    page.get_by_label("E-mail address").fill("alice@example.com")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name=re.compile("Hanna Kowalczyk")).click()
    expect(page.get_by_role("log")).to_contain_text("Macie tulipany?")
    expect(page).to_have_url(re.compile(rf"/inbox/{hanna.pk}/$"))
    page.close()


def test_opening_a_conversation_keeps_the_page_and_reads_it(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open("/inbox/")
    page.evaluate("window.stayed = true")
    expect(page.locator("#unread")).to_have_text(re.compile("^2"))
    page.locator(f"#c-{hanna.pk} a").click()
    expect(page.locator("h1", has_text="Hanna Kowalczyk")).to_be_visible()
    expect(page.locator(f"#c-{hanna.pk} a")).to_have_attribute("aria-current", "true")
    expect(page.locator("#unread")).to_have_text(re.compile("^1"))
    expect(page).to_have_title("(1) Hanna Kowalczyk · Inbox")
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(page.get_by_text("Pick a conversation")).to_be_visible()


def test_answer_appears_at_once_and_is_stored_once(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").fill("Tak, 12 odmian.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".c-message--out").last).to_contain_text("Tak, 12 odmian.")
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(page.locator(".c-message--out").last).to_contain_text("Queued")
    expect(page.get_by_label("Your reply")).to_have_value("")
    expect(page.locator(f"#c-{hanna.pk}")).to_contain_text("You: Tak, 12 odmian.")
    assert OutboundMessage.objects.filter(text="Tak, 12 odmian.").count() == 1


def test_two_quick_answers_are_two_messages_in_their_order(visit, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.evaluate(
        """async () => {
            const form = document.querySelector("[data-send]");
            for (const text of ["One", "Two"]) {
                form.elements.text.value = text;
                form.requestSubmit();
                await new Promise(done => setTimeout(done, 5));
            }
        }"""
    )
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(page.locator(".c-message--out")).to_have_count(3)
    assert list(OutboundMessage.objects.order_by("id").values_list("text", flat=True))[1:] == ["One", "Two"]


def test_answer_that_failed_keeps_its_text_and_is_sent_once_on_retry(visit, hanna: Dialogue):
    started = visit()
    page = started.open(f"/inbox/{hanna.pk}/")
    page.route("**/send/", lambda route: route.abort())
    page.get_by_label("Your reply").fill("Halo")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Not sent")).to_be_visible()
    page.unroute("**/send/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-pending]")).to_have_count(0)
    expect(page.locator(".c-message--out").last).to_contain_text("Queued")
    assert OutboundMessage.objects.filter(text="Halo").count() == 1
    started.complaints = [text for text in started.complaints if "ERR_FAILED" not in text and "Failed to fetch" not in text]


def test_keyboard_alone_reads_answers_and_finishes(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open("/inbox/")
    page.keyboard.press("j")
    expect(page.locator("h1", has_text="Jan Nowak")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("h1", has_text="Hanna Kowalczyk")).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("h1", has_text="Jan Nowak")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("jeje")  # letters of shortcuts are letters while typing
    page.keyboard.press("Control+Enter")
    expect(page.locator(".c-message--out").last).to_contain_text("jeje")
    expect(page.locator("[data-pending]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(f"#c-{jan.pk}")).to_have_count(0)
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_label("Search conversations")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()


def test_reading_an_unread_conversation_by_keyboard_keeps_the_focus_on_its_row(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open("/inbox/")
    row = page.locator(f"#c-{hanna.pk} a")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#c-{hanna.pk} .c-badge")).to_have_count(0)
    expect(row).to_be_focused()
    expect(row).to_have_attribute("aria-current", "true")


def test_search_narrows_while_typing(visit, hanna: Dialogue, jan: Dialogue):
    page = visit().open("/inbox/")
    page.get_by_label("Search conversations").press_sequentially("nowak")
    expect(page.locator("#conversations .c-row")).to_have_count(1)
    expect(page.locator("#conversations")).to_contain_text("Jan Nowak")


def apply(page, fragment: str):
    """Swap a live fragment in the way the stream does."""
    page.evaluate(
        "text => htmx.swap({sourceElement: document.querySelector('#events'), target: document.querySelector('#events'),"
        " swap: 'none swapEmpty:false', text})",
        fragment,
    )


def test_live_message_moves_its_row_up_and_repeats_do_no_harm(visit, alice: User, account: Account, hanna: Dialogue, jan: Dialogue):
    page = visit().open(f"/inbox/{jan.pk}/")
    page.get_by_label("Your reply").fill("A draft")
    hanna.refresh_from_db()
    message = received(hanna, "Jeszcze jedno", minutes=9)
    for _ in range(3):
        apply(page, render("message", account.pk, hanna.pk, alice, "en"))
    expect(page.locator("#conversations .c-row").first).to_contain_text("Jeszcze jedno")
    expect(page.locator("#conversations .c-row")).to_have_count(2)
    expect(page.locator("#live")).to_have_text("New message from Hanna Kowalczyk")
    expect(page.get_by_label("Your reply")).to_have_value("A draft")
    expect(page.locator(f"#m-{message.pk}")).to_have_count(0)


def test_live_message_in_the_open_thread_is_appended_once_and_read(visit, alice: User, account: Account, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    hanna.refresh_from_db()
    message = received(hanna, "Jeszcze jedno", minutes=9)
    for _ in range(2):
        apply(page, render("message", account.pk, hanna.pk, alice, "en"))
    expect(page.locator(f"#m-{message.pk}")).to_have_count(1)
    expect(page.get_by_role("log").locator(".c-item").last).to_contain_text("Jeszcze jedno")
    page.wait_for_function("async id => !(await (await fetch('/inbox/?tab=unread')).text()).includes(`c-${id}`)", arg=str(hanna.pk))


def test_live_state_replaces_the_old_one(visit, alice: User, account: Account, hanna: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    message = OutboundMessage.objects.get()
    expect(page.locator(f"#st-{message.pk}")).to_contain_text("Delivered")
    OutboundMessage.objects.update(state="undelivered", reason="wrong_number")
    apply(page, render("outbound", account.pk, hanna.pk, alice, "en"))
    expect(page.locator(f"#st-{message.pk}")).to_have_text("Not delivered — the number does not exist")
    expect(page.locator(".c-item")).to_have_count(3)


def test_page_that_lost_notices_fetches_anew_and_keeps_the_draft(visit, alice: User, account: Account, hanna: Dialogue, jan: Dialogue):
    page = visit().open(f"/inbox/{hanna.pk}/")
    page.get_by_label("Your reply").fill("A draft")
    hanna.refresh_from_db()
    received(hanna, "Missed", minutes=9)
    apply(page, render("refetch", account.pk, None, alice, "en"))
    expect(page.locator("#conversations .c-row").first).to_contain_text("Missed")
    expect(page.get_by_role("log").locator(".c-item").last).to_contain_text("Missed")
    expect(page.get_by_label("Your reply")).to_have_value("A draft")


def test_a_narrow_screen_shows_list_or_thread_and_never_scrolls_sideways(visit, hanna: Dialogue):
    page = visit(**NARROW).open("/inbox/")
    expect(page.get_by_text("Pick a conversation")).to_be_hidden()
    page.locator(f"#c-{hanna.pk} a").click()
    expect(page.get_by_role("log")).to_be_visible()
    expect(page.locator("#conversations")).to_be_hidden()
    assert page.locator("h1", has_text="Hanna").evaluate("heading => heading.scrollWidth <= heading.clientWidth")
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    page.get_by_label("Back to the list").click()
    expect(page.locator("#conversations")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/inbox/", f"/inbox/{hanna.pk}/"):
        page.goto(page.url.split("/inbox/")[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_reading_and_answering_work_without_scripts(visit, hanna: Dialogue):
    page = visit(java_script_enabled=False).open("/inbox/")
    page.get_by_role("link", name=re.compile("Hanna Kowalczyk")).click()
    expect(page.get_by_role("log")).to_contain_text("Macie tulipany?")
    page.get_by_label("Your reply").fill("Tak")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text("Queued")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()


def test_theme_and_language_are_switched_from_the_menu(visit, hanna: Dialogue):
    page = visit().open("/inbox/")
    page.get_by_role("button", name="Alice").click()
    page.locator("#menu [data-theme-toggle]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
