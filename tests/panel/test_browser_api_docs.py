"""The pages about the API in a real browser: they work under our content security policy and ask no other host for anything."""

import pytest
from playwright.sync_api import Browser, expect

from panel.browser import PATIENCE_MS
from recado.apps.accounts.services import create_api_user, issue_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_operation_is_tried_with_a_key_and_nothing_is_fetched_from_elsewhere(browser: Browser, live_server, account):
    key = issue_token(create_api_user(account, "shop", "secret"))
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_default_timeout(PATIENCE_MS)
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/api/v1/docs")
    page.get_by_role("button", name="Authorize").first.click()
    page.locator(".auth-container input").fill(key)
    page.locator(".auth-btn-wrapper .authorize").click()
    page.locator(".auth-btn-wrapper .btn-done").click()
    page.locator("#operations-tag-Groups").click()
    page.locator("#operations-Groups-list_groups button").first.click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table td.response-col_status:not(.col_header)").first).to_contain_text("200")
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:", "blob:"))] == []
    page.close()
