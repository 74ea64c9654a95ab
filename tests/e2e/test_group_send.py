"""A group send in a running installation: written, confirmed, prepared, handed to the simulator, and watched without pressing a key."""

import pytest
from demo_windows import FLOWERS, Windows
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_test_send_runs_through_while_two_pages_watch(windows: Windows):
    page = windows.sign_in(FLOWERS)
    page.goto(page.url.replace("/inbox/", "/sends/new/"))
    page.get_by_label("Stali klienci").first.check()
    page.get_by_role("textbox", name="Text").fill("Dzień dobry {first_name}, w sobotę tulipany.")
    page.get_by_text("More options").click()
    page.get_by_label("Test", exact=True).check()
    page.get_by_role("button", name="Continue to the summary").click()
    overview = windows.open("/sends/")
    page.get_by_role("button", name="Send a test to").click()
    page.wait_for_url("**/sends/*/")
    expect(page.locator("main")).to_contain_text("All are handed over", timeout=30_000)
    expect(page.locator(".c-title")).to_contain_text("Sent")
    expect(page.locator(".c-send-tally")).to_contain_text("100%", timeout=30_000)
    expect(page.locator("#people")).to_contain_text("Hanna Kowalczyk")
    expect(page.locator("[id^=send-facts]")).to_contain_text("Ended")
    overview.goto(page.url)
    expect(overview.locator("main")).to_contain_text("Hanna Kowalczyk")
