"""Open pages live on by themselves: over a killed server, a first connection that fails, and what happens while a page is on its way."""

from collections.abc import Iterator

import pytest
from demo_windows import FLOWERS, REPLY, Phone, Windows, expect_without_reload, row_of, said
from playwright.sync_api import Page, Route, expect
from web_client import eventually

from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LOST = "Connection lost. Reconnecting."


@pytest.fixture
def inbox(windows: Windows, demo: RunningRecado) -> Iterator[Page]:
    """An inbox whose live stream is there; the server is left running."""
    page = windows.sign_in(FLOWERS)
    eventually(lambda: page.evaluate("Boolean(document.querySelector('#events')._htmx?.sse)"))
    yield page
    if demo.process is None:
        demo.start()


def test_an_open_page_goes_on_after_the_server_was_killed(windows: Windows, demo: RunningRecado, inbox: Page):
    demo.kill()
    expect(inbox.get_by_text(LOST)).to_be_visible()
    demo.start()
    expect(inbox.get_by_text(LOST)).to_be_hidden(timeout=20_000)
    windows.forgive("/events/|net::ERR_|htmx:(sse:)?error")  # what the outage itself caused: refused, or cut off half-way
    phone = Phone(windows, "48600000001")
    at = phone.text("Gardener")
    expect(row_of(inbox, phone.number)).to_contain_text("Gardener")
    said("in the inbox after the restart", at)
    expect(phone.texts).to_have_text(["Gardener", REPLY])
    expect_without_reload(inbox, phone.page)


def test_a_draft_outlives_a_killed_server_and_a_reload(windows: Windows, demo: RunningRecado, inbox: Page):
    inbox.locator("#conversations .c-row").first.click()
    inbox.get_by_label("Your reply").press_sequentially("Dzień dobry, już")
    demo.kill()
    inbox.get_by_label("Your reply").press_sequentially(" sprawdzam")
    expect(inbox.get_by_text(LOST)).to_be_visible()
    demo.start()
    expect(inbox.get_by_text(LOST)).to_be_hidden(timeout=20_000)
    expect(inbox.get_by_label("Your reply")).to_have_value("Dzień dobry, już sprawdzam")
    inbox.reload()
    expect(inbox.get_by_label("Your reply")).to_have_value("Dzień dobry, już sprawdzam")
    inbox.get_by_role("button", name="Send", exact=True).click()
    expect(inbox.get_by_role("log")).to_contain_text("Dzień dobry, już sprawdzam")
    inbox.reload()
    expect(inbox.get_by_label("Your reply")).to_have_value("")
    windows.forgive("/events/|net::ERR_|htmx:(sse:)?error|Failed to fetch")


def test_a_message_between_the_page_and_its_stream_is_shown(windows: Windows, demo: RunningRecado, inbox: Page):
    held: list[Route] = []
    inbox.route("**/events/**", lambda route: held.append(route))  # noqa: PLW0108  # Playwright cannot call a built-in method
    inbox.reload()
    inbox.evaluate("window.stayed = true")
    phone = Phone(windows, "48600000003")
    phone.text("Gardener")
    expect(phone.texts).to_have_text(["Gardener", REPLY])
    assert row_of(inbox, phone.number).count() == 0
    held.pop().continue_()
    expect(row_of(inbox, phone.number)).to_contain_text("Gardener")
    expect_without_reload(inbox)


def test_a_first_connection_that_fails_is_tried_again(windows: Windows, demo: RunningRecado, inbox: Page):
    inbox.route("**/events/**", lambda route: route.abort())
    inbox.reload()
    expect(inbox.get_by_text(LOST)).to_be_visible()
    inbox.unroute("**/events/**")
    expect(inbox.get_by_text(LOST)).to_be_hidden(timeout=10_000)
    windows.forgive("/events/|htmx:error")
    phone = Phone(windows, "48600000004")
    phone.text("Gardener")
    expect(row_of(inbox, phone.number)).to_contain_text("Gardener")


def test_a_slow_script_costs_no_page_its_stream(inbox: Page):
    held: list[Route] = []
    inbox.route("**/hx-sse*", lambda route: held.append(route))  # noqa: PLW0108  # Playwright cannot call a built-in method
    with inbox.expect_request("**/hx-sse*"):
        inbox.reload(wait_until="commit")
    inbox.wait_for_function("() => window.htmx", polling=50)
    held.pop().continue_()
    eventually(lambda: inbox.evaluate("Boolean(document.querySelector('#events')?._htmx?.sse)"))
