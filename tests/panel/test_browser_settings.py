"""Settings in a real browser: what is chosen is there before anything is drawn and really changes what one sees."""

import pytest
from playwright.sync_api import Page, expect

from panel.conversations import dialogue
from recado.apps.accounts.models import Account, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BACKGROUND = "() => getComputedStyle(document.body.parentElement).backgroundColor"
LIGHT, DARK = "rgb(244, 246, 244)", "rgb(14, 19, 17)"
THEME_AT_FIRST_PAINT = """
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.painted ??= document.documentElement.dataset.theme; })
  .observe({ type: "paint", buffered: true });
"""


def save(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_the_chosen_theme_is_there_before_anything_is_drawn(visit, alice: User):
    window = visit(color_scheme="light")
    page = window.open("/settings/appearance/")
    assert page.evaluate(BACKGROUND) == LIGHT
    save(page, "Dark")
    assert page.evaluate(BACKGROUND) == DARK
    page.add_init_script(THEME_AT_FIRST_PAINT)
    window.open("/keywords/")
    page.wait_for_function("() => window.painted")
    assert page.evaluate("() => window.painted") == "dark"
    other_browser = visit(color_scheme="light").open("/keywords/")
    assert other_browser.evaluate(BACKGROUND) == DARK


def test_compact_rows_are_lower(visit, account: Account):
    dialogue(account)
    window = visit()
    height = "() => document.querySelector('.c-row').offsetHeight"
    before = window.open("/inbox/").evaluate(height)
    save(window.open("/settings/appearance/"), "Compact")
    assert window.open("/inbox/").evaluate(height) < before - 10


def test_light_and_dark_change_at_a_click_and_stay_with_the_login(visit, alice: User):
    window = visit(color_scheme="light")
    page = window.open("/settings/")
    page.evaluate("() => document.querySelector('[data-theme-toggle]').closest('[popover]').showPopover()")
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(BACKGROUND) == DARK
    assert User.objects.get(pk=alice.pk).theme == "dark"
    assert visit(color_scheme="light").open("/settings/").evaluate(BACKGROUND) == DARK


def test_the_sign_in_page_looks_as_the_person_chose(visit, alice: User):
    window = visit(color_scheme="light")
    save(window.open("/settings/appearance/"), "Dark")
    window.page.context.clear_cookies()
    assert window.open("/login/").evaluate(BACKGROUND) == DARK


@pytest.mark.parametrize("width", [390, 320])
def test_settings_fit_a_phone(visit, width):
    window = visit(width=width)
    for name in ("", "appearance/", "notifications/", "company/", "team/", "hours/", "activity/"):
        path = f"/settings/{name}"
        page = window.open(path)
        assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth"), path
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="All settings").click()
    expect(page.get_by_role("link", name="Team")).to_be_visible()


def test_a_team_grows_and_changes_and_the_log_says_so(visit, account: Account, bob: User):
    page = visit().open("/settings/team/")
    page.get_by_label("E-mail address").fill("new@example.com")
    page.get_by_label("Role", exact=True).select_option("editor")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("new@example.com is invited.")).to_be_visible()
    page.get_by_role("link", name="Bob").click()
    page.get_by_role("radio", name="Viewer").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Bob")).to_contain_text("Viewer")
    page.get_by_role("link", name="Bob").click()
    page.get_by_role("link", name="Remove from the team").click()
    page.get_by_role("button", name="Remove from the team").click()
    expect(page.get_by_text("Bob does not work here any more.")).to_be_visible()
    page.get_by_role("link", name="Activity log").click()
    for sentence in ("Removed from the team: Bob", "Role changed: Bob", "Invited: new@example.com"):
        expect(page.get_by_text(sentence)).to_be_visible()


def test_hours_of_a_day_appear_when_it_is_open(visit):
    page = visit().open("/settings/hours/")
    saturday = page.get_by_role("group", name="Saturday")
    expect(saturday.get_by_text("Closed")).to_be_visible()
    saturday.get_by_role("checkbox").check()
    saturday.get_by_label("opens at").fill("10:00")
    saturday.get_by_label("closes at").fill("14:00")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("group", name="Saturday").get_by_label("closes at")).to_have_value("14:00")


def test_the_browser_is_asked_for_notices_and_a_refusal_is_said(visit):
    page = visit().open("/settings/notifications/")
    page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    page.get_by_label("Notices of the browser").check()
    expect(page.get_by_text("This browser does not let the panel show notices.")).to_be_visible()
    page.get_by_label("Notices of the browser").uncheck()
    expect(page.get_by_text("This browser does not let the panel show notices.")).to_be_hidden()
