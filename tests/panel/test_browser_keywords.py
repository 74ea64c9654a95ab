"""Keyword pages in a real browser: suggestions while typing, the tester, the phone in the page, the printed poster."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from panel.browser import Visit
from recado.apps.accounts.models import Account, User
from recado.apps.contacts.services import add_group
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind
from recado.testing.receiving import receiving_directly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
POINTS = 72 / 25.4


@pytest.fixture
def gateway():
    with receiving_directly():
        yield


@pytest.fixture
def shared(db) -> Number:
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def keyword(account: Account, shared: Number) -> Keyword:
    return reserve_keyword(account, shared, "OGRODNIK", RuleContent((add_group(account, "News"),), "Thank you"))


def test_a_suggested_word_is_taken_with_one_press(visit, shared: Number, charlie: User):
    reserve_keyword(charlie.memberships.get().account, shared, "OGRODNIK")
    page = visit().open("/keywords/new/")
    page.get_by_label("Keyword", exact=True).press_sequentially("OGRODNIK")
    page.get_by_role("button", name="Take OGRODNIK2").click()
    expect(page.get_by_label("Keyword", exact=True)).to_have_value("OGRODNIK2")
    expect(page.locator("#availability")).to_contain_text("OGRODNIK2 is free on 503 340 503.")


def test_the_tester_answers_while_one_types(visit, keyword: Keyword):
    page = visit().open(f"/keywords/{keyword.pk}/")
    answer = page.locator("#dry-run")
    expect(answer).to_contain_text("Keyword OGRODNIK matched")
    page.get_by_label("If this text arrives").fill("ogrodnik dziękuję")
    expect(answer).to_contain_text("more text follows the keyword")
    page.get_by_label("If this text arrives").fill("ogrodnik")
    page.get_by_label("The sender is").select_option("member")
    expect(answer).to_contain_text("Already in group News")
    expect(page.get_by_label("Another moment")).to_be_hidden()
    page.get_by_label("Time", exact=True).select_option("moment")
    page.get_by_label("Another moment").fill("2030-01-05T10:30")
    expect(answer).to_contain_text("5.01.2030, 10:30")
    assert not Message.objects.exists()


def test_the_phone_in_the_page_answers_in_place(visit, keyword: Keyword, gateway):
    page = visit().open(f"/keywords/{keyword.pk}/")
    expect(page.get_by_label("Message text")).not_to_be_focused()
    page.get_by_role("button", name="Send from the simulated phone").click()
    expect(page.locator(".c-phone__bubble")).to_have_text(["OGRODNIK"])
    expect(page).to_have_url(re.compile(rf"/keywords/{keyword.pk}/$"))
    page.get_by_text("What happened to the last message").click()
    expect(page.get_by_text("Added to group")).to_have_count(2)  # in the tester and in the trace
    page.get_by_label("Message text").fill("Zażółć")
    expect(page.locator("#try-phone .c-counter")).to_contain_text("6/70 · 1 SMS")


def test_the_phone_needs_no_scripts(visit, keyword: Keyword, gateway):
    page = visit(java_script_enabled=False).open(f"/keywords/{keyword.pk}/")
    page.get_by_role("button", name="Send from the simulated phone").click()
    expect(page.locator(".c-phone__bubble")).to_have_text(["OGRODNIK"])


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 210, 297), ("a5", 148, 210), ("story", 108, 192)])
def test_a_poster_fills_one_page_of_its_size(visit, keyword: Keyword, size: str, width: int, height: int):
    page = visit().open(f"/keywords/{keyword.pk}/poster/?size={size}&language=pl")
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)]
    assert len(boxes) == 1
    assert boxes[0][2:] == pytest.approx((width * POINTS, height * POINTS), abs=1.5)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_hidden()


def test_a_long_word_stays_on_its_poster(visit, account: Account, shared: Number):
    long = reserve_keyword(account, shared, "W" * 80)
    page = visit(width=390, height=844).open(f"/keywords/{long.pk}/poster/")
    outside = "sheet => [sheet.scrollWidth - sheet.clientWidth, sheet.scrollHeight - sheet.clientHeight]"
    assert max(page.locator(".c-sheet").evaluate(outside)) <= 1


def test_a_keyword_of_the_simulator_is_typed_with_one_press(visit, keyword: Keyword):
    page = visit().open("/simulator/")
    page.get_by_role("link", name="OGRODNIK").click()
    expect(page.get_by_label("Message text")).to_have_value("OGRODNIK")
    expect(page.locator(".c-phone .c-counter")).to_contain_text("8/160 · 1 SMS")


def test_choosing_another_number_keeps_what_is_being_typed(visit, account: Account):
    first = add_number("48664200301", NumberKind.INDIVIDUAL_LONG, account=account)
    other = add_number("48664200302", NumberKind.INDIVIDUAL_LONG, account=account)
    reserve_keyword(account, first, "Ogrodnik")
    reserve_keyword(account, other, "Róże")
    page = visit().open("/simulator/")
    page.locator("select[name=number]").select_option(str(first.pk))
    expect(page.locator("#phone-words")).to_have_text("Ogrodnik")
    page.locator("input[name=text]").fill("Dzień dob")
    page.locator("select[name=number]").select_option(str(other.pk))
    expect(page.locator("#phone-words")).to_have_text("Róże")
    expect(page.locator("input[name=text]")).to_have_value("Dzień dob")


def forgive_refusals(window: Visit):
    """Forget that the browser notes each form that came back."""
    window.complaints = [text for text in window.complaints if "422" not in text]


def test_a_change_that_breaks_an_example_is_warned_of_and_left(visit, keyword: Keyword):
    window = visit()
    page = window.open(f"/keywords/{keyword.pk}/")
    page.get_by_label("The sender is").select_option("new")
    expect(page.locator("#dry-run input[name=who]")).to_have_value("new")
    page.get_by_label("Why this matters").fill("printed on the poster")
    page.get_by_role("button", name="Save as example").click()
    expect(page.get_by_text("Kept as an example.")).to_be_visible()
    page.get_by_label("Reply automatically").fill("Something else")
    page.get_by_role("button", name="Save changes").click()
    warning = page.locator(".c-objections")
    expect(warning).to_be_focused()
    expect(warning).to_contain_text("Your example “OGRODNIK” would come out otherwise")
    expect(warning).to_contain_text("gets the reply “Thank you”")
    expect(warning).to_contain_text("gets the reply “Something else”")
    expect(page.get_by_label("Reply automatically")).to_have_value("Something else")
    page.get_by_role("link", name="Keywords", exact=True).first.click()
    assert [action.text for action in keyword.rules.get().actions.all() if action.text] == ["Thank you"]
    forgive_refusals(window)


def test_enter_in_a_field_does_not_save_anyway(visit, account: Account):
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    reserve_keyword(account, own, "ROSE", also_when_text_follows=True)
    window = visit()
    page = window.open(f"/keywords/new/?number={own.pk}")
    page.get_by_label("Keyword", exact=True).fill("ROSE RED")
    for _press in range(2):
        page.get_by_label("Keyword", exact=True).press("Enter")
        expect(page.locator(".c-objections")).to_contain_text("ROSE RED wins")
    page.get_by_role("button", name="Save anyway").click()
    expect(page).to_have_url(re.compile(r"/keywords/\d+/$"))
    forgive_refusals(window)


def test_the_tester_alone_answers_for_the_number_and_the_group_that_are_chosen(visit, account: Account, keyword: Keyword):
    own = add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)
    reserve_keyword(account, own, "TULIP", RuleContent((keyword.rules.get().actions.all()[0].group,)))
    page = visit().open("/tester/")
    page.get_by_label("To the number").select_option(str(own.pk))
    page.get_by_label("If this text arrives").fill("tulip")
    expect(page.locator("#dry-run")).to_contain_text("Added to group")
    page.get_by_label("The sender is").select_option("member")
    page.get_by_label("The groups of a member").select_option(label="News")
    expect(page.locator("#dry-run")).to_contain_text("Already in group")


def test_a_suggested_spelling_is_taken_with_one_press_and_added(visit, keyword: Keyword, shared: Number, charlie: User):
    reserve_keyword(charlie.memberships.get().account, shared, "TULIPAN")
    page = visit().open(f"/keywords/{keyword.pk}/")
    page.get_by_label("Another spelling").press_sequentially("TULIPAN")
    expect(page.locator("#synonym-availability")).to_contain_text("TULIPAN is taken on 503 340 503.")
    page.get_by_role("button", name="Take TULIPAN2").click()
    expect(page.locator("#synonym-availability")).to_contain_text("TULIPAN2 is free on 503 340 503.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("TULIPAN2 now does the same as OGRODNIK.")).to_be_visible()
    page.get_by_role("button", name="Remove TULIPAN2").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Remove TULIPAN2")).to_be_visible()


def test_the_days_chosen_are_heeded_while_typing(visit, shared: Number, charlie: User):
    reserve_keyword(charlie.memberships.get().account, shared, "TULIPAN", ends_at=datetime(2090, 1, 1, tzinfo=UTC))
    page = visit().open("/keywords/new/")
    page.get_by_label("Keyword", exact=True).press_sequentially("TULIPAN")
    expect(page.locator("#availability")).to_contain_text("TULIPAN is taken on 503 340 503, and free from")
    page.get_by_text("Reserve only for some time").click()
    page.get_by_label("From", exact=True).fill("2091-12-01")
    expect(page.locator("#availability")).to_contain_text("TULIPAN is free on 503 340 503.")
