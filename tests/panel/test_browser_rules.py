"""Kinds of keywords and conditions of rules in a real browser: cards that follow the number, a base keyword from form to trace."""

import re

import pytest
from playwright.sync_api import expect

from panel.browser import Visit
from recado.apps.accounts.models import Account
from recado.apps.contacts.services import add_group
from recado.apps.inbox.models import Message
from recado.apps.keywords.models import Keyword, Rule
from recado.apps.keywords.rules import RuleContent
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number
from recado.apps.numbers.services import add_number
from recado.core.number import NumberKind
from recado.testing.receiving import receiving_directly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Shared numbers allow exact keywords only. Phrase and base keywords work on your own number."


@pytest.fixture
def gateway():
    with receiving_directly():
        yield


@pytest.fixture
def shared(db) -> Number:
    return add_number("48503340503", NumberKind.SHARED_LONG)


@pytest.fixture
def own(account: Account) -> Number:
    return add_number("48664200300", NumberKind.INDIVIDUAL_LONG, account=account)


def _refused(started: Visit) -> None:
    """Forget the browser's own note that a form was refused, which is what the test is about."""
    started.complaints = [text for text in started.complaints if "422" not in text]


def test_a_kind_a_number_does_not_know_stays_visible_with_the_reason(visit, shared: Number, own: Number):
    page = visit().open("/keywords/new/")
    page.get_by_label("Number", exact=True).select_option(str(own.pk))
    base = page.locator("input[name=kind][value=base]")
    expect(base).to_be_enabled()
    base.check()
    expect(page.get_by_text(REASON)).to_have_count(0)
    page.get_by_label("Keyword", exact=True).fill("GLOSUJ")
    expect(page.locator("#availability")).to_contain_text("GLOSUJ is free on 664 200 300.")
    page.get_by_label("Number", exact=True).select_option(str(shared.pk))
    expect(page.get_by_text(REASON)).to_be_visible()
    expect(base).to_be_disabled()
    expect(page.locator("input[name=kind][value=exact]")).to_be_checked()
    expect(page.locator("#availability")).to_contain_text("GLOSUJ is free on 503 340 503.")


def test_without_scripts_the_answer_gives_the_reason(visit, shared: Number, own: Number):
    started = visit(java_script_enabled=False)
    page = started.open(f"/keywords/new/?number={own.pk}&kind=phrase")
    page.get_by_label("Number", exact=True).select_option(str(shared.pk))
    page.get_by_label("Keyword", exact=True).fill("CENNIK")
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.locator("#id_kind_error")).to_have_text(REASON)
    expect(page.locator("input[name=kind][value=phrase]")).to_be_disabled()
    assert not Keyword.objects.exists()
    _refused(started)


def test_a_removing_keyword_asks_which_group_people_leave(visit, account: Account, own: Number):
    group = add_group(account, "Gardeners")
    started = visit()
    page = started.open("/keywords/new/")
    leave = page.get_by_label("Take the sender out of a group")
    expect(leave).to_be_hidden()
    page.locator("input[name=kind][value=removing]").check()
    expect(leave).to_be_visible()
    expect(page.get_by_label("Also when more text follows the keyword")).to_be_hidden()
    page.get_by_label("Keyword", exact=True).fill("DOSC")
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.locator("#id_leave_group_error")).to_have_text("Choose the group people leave.")
    leave.select_option(str(group.pk))
    page.get_by_role("button", name="Reserve the keyword").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DOSC")
    assert Rule.objects.get().actions.get().kind == "remove_from_group"
    _refused(started)


def test_a_base_keyword_with_a_condition_from_form_to_trace(visit, account: Account, own: Number, gateway):
    add_group(account, "VIP")
    page = visit().open("/keywords/new/")
    page.locator("input[name=kind][value=base]").check()
    page.get_by_label("Keyword", exact=True).fill("GLOSUJ")
    page.get_by_label("Reply automatically").fill("Thank you for {argument}")
    page.get_by_role("button", name="Reserve the keyword").click()
    page.get_by_role("link", name="Another rule").click()
    page.get_by_text("Only for certain people").click()
    page.get_by_label("Only members of").select_option(label="VIP")
    page.get_by_label("Reply automatically").fill("For you, twice")
    page.get_by_role("button", name="Add the rule").click()
    rules = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Delete rule"))
    expect(rules).to_have_count(2)
    expect(rules.first).to_contain_text("only members of VIP")
    expect(rules.first).to_contain_text("replies “For you, twice”")
    word = Keyword.objects.get()

    page.goto(page.url.split("/keywords/")[0] + "/simulator/")
    page.get_by_label("Message text").fill("GLOSUJ 12")
    page.get_by_role("button", name=re.compile("^Send")).first.click()
    expect(page.locator(".c-phone__bubble").first).to_contain_text("GLOSUJ 12")
    expect(page.get_by_text("the sender is not in the group")).to_be_visible()
    Message.objects.update(is_test=False)  # what a simulated phone sends is never counted

    page.goto(page.url.split("/simulator/")[0] + f"/keywords/{word.pk}/")
    expect(page.get_by_role("region", name="What follows the keyword").get_by_role("cell", name="12")).to_be_visible()
    page.get_by_role("link", name=re.compile("600 000")).click()
    expect(page.get_by_text("After the keyword")).to_be_visible()


def test_deleting_a_rule_can_be_undone_and_rules_move_by_keyboard(visit, account: Account, own: Number):
    keyword = reserve_keyword(account, own, "ROSE", RuleContent(reply="First"))
    second = keyword.rules.create(account=account, number=own)
    page = visit().open(f"/keywords/{keyword.pk}/")
    page.get_by_role("button", name="Ask rule 2 earlier").press("Enter")
    expect(page.locator(".c-list a[href^='/rules/']").first).to_have_attribute("href", f"/rules/{second.pk}/")
    page.get_by_role("button", name="Delete rule 1").click()
    expect(page.get_by_label("Reply automatically")).to_have_value("First")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".c-list a[href^='/rules/']")).to_have_count(2)
