"""Autoresponders in a real browser: made, ordered and paused by keyboard, on a phone's screen, without scripts, in Polish."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from panel.conversations import dialogue, number, received
from panel.test_autoresponder_pages import named, order, stopped
from panel.test_browser_accessibility import axe, judge
from recado.apps.accounts.models import Account, User
from recado.apps.autoresponders.models import AnswerDay, Autoresponder, BreakerTrip
from recado.apps.ids import next_id
from recado.apps.keywords.rules import RuleTerms
from recado.apps.keywords.services import reserve_keyword

__all__ = ["axe"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _reach(page: Page, name: str) -> None:
    """Walk with Tab until something with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"no {name!r} on the way of the Tab key")


def test_one_is_made_from_an_example_and_moved_by_keyboard_alone(visit, account: Account):
    named(account, "First", "Second")
    page = visit().open("/numbers/")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/autoresponders/")
    page.get_by_role("link", name="We are closed").press("Enter")
    text = page.get_by_label("What people get")
    expect(text).to_have_value(re.compile("^We are closed now"))
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" See you on ")
    page.get_by_role("button", name="{date}").press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value(re.compile(r"See you on \{date\}$"))
    expect(page.locator("#preview")).to_contain_text(f"See you on {timezone.now().astimezone(account.zone).date().isoformat()}")
    expect(page.locator("#preview")).to_contain_text("1 SMS, 0,09")
    page.get_by_role("button", name="Add the autoresponder").press("Enter")
    expect(page.get_by_text("We are closed is there.")).to_be_visible()
    assert order(account) == ["First", "Second", "We are closed"]
    _reach(page, "Ask We are closed earlier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We are closed is asked at place 2 of 3 now.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask We are closed earlier")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("We are closed is asked at place 1 of 3 now.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask We are closed later")).to_be_focused()
    assert order(account) == ["We are closed", "First", "Second"]


def test_deleting_is_undone_and_a_place_is_chosen_on_a_phones_screen(visit, account: Account):
    named(account, "First", "Second", "Third")
    page = visit(width=390).open("/autoresponders/")
    page.get_by_role("link", name="Third", exact=True).click()
    page.get_by_label("Asked at place").select_option("1")
    page.get_by_role("button", name="Move").click()
    page.wait_for_url("**/autoresponders/")
    assert order(account) == ["Third", "First", "Second"]
    page.get_by_role("link", name="First", exact=True).click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("link", name="First", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="First", exact=True)).to_be_visible()
    assert order(account) == ["Third", "First", "Second"]


def test_without_scripts_names_are_filled_in_and_the_preview_is_asked_for(visit, account: Account):
    page = visit(java_script_enabled=False).open("/autoresponders/new/")
    page.get_by_label("Name", exact=True).fill("Thanks")
    page.get_by_label("What people get").fill("Thank you for")
    page.get_by_role("button", name="{keyword}").click()
    expect(page.get_by_label("What people get")).to_have_value("Thank you for {keyword}")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Thanks")
    expect(page.locator("#preview")).to_contain_text("Thank you for ROSE")
    page.get_by_label("What people get").fill("Thanks!")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("#preview")).to_contain_text("Thanks!")
    assert not Autoresponder.objects.exists()
    page.get_by_role("button", name="Add the autoresponder").click()
    assert Autoresponder.objects.get().text == "Thanks!"


def test_a_phone_is_answered_again_from_its_conversation(visit, account: Account):
    (found,) = named(account, "Closed")
    conversation = dialogue(account, "48600100200")
    stopped(account, found)
    page = visit().open(f"/inbox/{conversation.pk}/")
    expect(page.get_by_text("Automatic answers to this phone are paused (Closed)")).to_be_visible()
    page.get_by_label("Your reply").fill("A draft")
    page.get_by_role("button", name="Answer again").press("Enter")
    expect(page.get_by_text("Automatic answers to this phone are paused")).to_have_count(0)
    expect(page.get_by_label("Your reply")).to_have_value("A draft")
    assert BreakerTrip.objects.get().lifted_at is not None


@pytest.mark.parametrize("language", ["en", "pl"])
def test_nothing_is_wrong_with_a_full_list(visit, account: Account, alice: User, axe, language):
    User.objects.filter(pk=alice.pk).update(language=language)
    now, day = timezone.now(), timedelta(days=1)
    own = number(account)
    word = reserve_keyword(account, own, "Bukiet")
    message = received(dialogue(account, "48600100200", "Anna Nowak"), "Autoodpowiedź: jestem na urlopie " + "do odwołania " * 12)
    first, _all, _behind, _off, over, _word = (
        *named(account, "Zamknięte", number=own, once_minutes=720),
        *named(account, "Wszystko", "W" * 80),
        *named(account, "Wyłączone", terms=RuleTerms(is_enabled=False)),
        *named(account, "Minione", terms=RuleTerms(ends_at=now - day)),
        *named(account, "Bukiet", keyword=word, terms=RuleTerms(starts_at=now + day, ends_at=now + 9 * day)),
    )
    fields = {"source_id": first.pk, "day": now.astimezone(account.zone).date().isoformat(), "answers": 12_843, "cost": 115_587}
    AnswerDay.objects.create(id=next_id(), account=account, source="autoresponder", **fields)
    stopped(account, first, "automatic", message_id=message.pk)
    stopped(account, first, "ceiling", "48600100201")
    stopped(account, over, "identical", "48600100202", lifted_at=now)
    visited = visit(reduced_motion="reduce")
    for path in ("/autoresponders/", f"/autoresponders/{first.pk}/", f"/inbox/{message.dialogue_id}/"):
        judge(visited.open(path), axe)
