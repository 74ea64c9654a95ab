"""An operator opens an account as its customer in a browser, sees the banner, cannot answer, and leaves."""

import pytest
from playwright.sync_api import expect

from panel.conversations import dialogue, received
from recado.apps.accounts.models import OperatorRole, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_an_operator_looks_and_leaves(width, visit, account, settings):
    settings.OPERATORS_NEED_SECOND_FACTOR = False
    olga = User.objects.create_user("olga@example.com", "a long password", operator_role=OperatorRole.SUPPORT, language="en")
    conversation = dialogue(account)
    received(conversation, "Dzień dobry")
    window = visit(olga, width=width)
    page = window.open(f"/operator/accounts/{account.pk}/")
    page.get_by_role("link", name="Open as customer").click()
    page.get_by_label("Reason").fill("They asked about a reply")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("You are looking at Kwiaciarnia Róża as operator until")).to_be_visible()
    window.open(f"/inbox/{conversation.pk}/")
    expect(page.get_by_role("log").get_by_text("Dzień dobry")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", level=1, name="Kwiaciarnia Róża")).to_be_visible()
    expect(page.get_by_text("You have left Kwiaciarnia Róża.")).to_be_visible()
