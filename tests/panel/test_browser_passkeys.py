"""Passkeys and what else of signing in only a browser can show, with an authenticator that Chromium pretends to have."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from panel.browser import Visit
from panel.conversations import dialogue
from panel.signing_in import PASSWORD
from recado.apps.accounts.models import Account, User
from recado.apps.dialogues.models import Dialogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests(live_server: LiveServer) -> None:
    cache.clear()


def give_authenticator(page: Page) -> None:
    """Let the page's device have a fingerprint reader that always knows the finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})


def enrol(page: Page, name: str, *, passwordless: bool = True) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Sign in with it alone").set_checked(passwordless)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def sign_out(page: Page, window: Visit) -> None:
    page.context.clear_cookies()
    window.open("/login/")


def test_a_passkey_is_enrolled_and_signs_in_without_a_password(visit: Callable[..., Visit]):
    window = visit()
    page = window.open("/settings/security/")
    give_authenticator(page)
    enrol(page, "Laptop of the shop")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Passkey, signs in without the password.")).to_be_visible()
    sign_out(page, window)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_security_key_is_asked_for_after_the_password(visit: Callable[..., Visit]):
    window = visit()
    page = window.open("/settings/security/")
    give_authenticator(page)
    enrol(page, "Key", passwordless=False)
    sign_out(page, window)
    page.get_by_label("E-mail address").fill("alice@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_passkey_confirms_a_change(visit: Callable[..., Visit]):
    window = visit()
    page = window.open("/settings/security/")
    give_authenticator(page)
    enrol(page, "Laptop")
    sign_out(page, window)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    window.open("/settings/security/app/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("img", name="QR code with the key below")).to_be_visible()


def test_a_passkey_that_is_not_there_is_told_in_words(visit: Callable[..., Visit]):
    window = visit()
    page = window.open("/inbox/")
    sign_out(page, window)
    give_authenticator(page)  # it knows no passkey
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()


def test_recovery_codes_are_downloaded(visit: Callable[..., Visit]):
    page = visit().open("/settings/security/")
    give_authenticator(page)
    enrol(page, "Laptop")
    shown = page.locator(".c-codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.path().read_text().split() == shown
    assert len(shown) == 10


def sign_in_after(page: Page, window: Visit, conversation: Dialogue) -> None:
    """Sign in where a text was refused because the session had ended, and come back to its conversation."""
    expect(page.get_by_text("What you wrote is kept")).to_be_visible()
    page.get_by_label("E-mail address").fill("alice@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{window.address}/inbox/{conversation.pk}/")
    assert [said for said in window.complaints if "401" not in said] == []
    window.complaints.clear()  # the refusal the test is about


def test_what_was_typed_when_the_session_ended_is_there_again(visit: Callable[..., Visit], account: Account, alice: User):
    conversation = dialogue(account)
    window = visit()
    page = window.open(f"/inbox/{conversation.pk}/")
    composer = page.locator("textarea#text")
    composer.fill("Dzień dobry, tulipany są gotowe")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    composer.press("Control+Enter")
    sign_in_after(page, window, conversation)
    expect(composer).to_have_value("Dzień dobry, tulipany są gotowe")


def test_a_note_typed_when_the_session_ended_is_a_note_again(visit: Callable[..., Visit], account: Account, alice: User):
    conversation = dialogue(account)
    window = visit()
    page = window.open(f"/inbox/{conversation.pk}/")
    page.locator(".c-composer").get_by_text("Note", exact=True).click()
    note = page.get_by_label("Your note")
    note.fill("Nie płaci rachunków")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    note.press("Control+Enter")
    sign_in_after(page, window, conversation)
    expect(note).to_have_value("Nie płaci rachunków")
    expect(note).to_be_visible()
    expect(page.locator("textarea#text")).to_have_value("")
