"""Every screen as people meet it: read by a screen reader, in light and dark, wide and narrow, full of hostile text, without scripts.

The screens are those of `doors_*.py`, so that a new page is looked at without a word here. What is no page is said by name, and so is what
becomes a page only after something has happened: a page that begins to answer otherwise fails.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from panel.browser import Visit
from panel.conversations import dialogue, received
from panel.doors import OperatorDoor
from panel.hostile import MARKUP, fill
from panel.passkeys import stored_passkey
from panel.signing_in import set_up_app, sign_in
from panel.test_doors import DOORS, OPEN_TO_ALL, PUBLIC
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Account, Role, User
from recado.apps.contacts.batches import import_some, keep_table, start

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "tools" / "node" / "node_modules" / "axe-core" / "axe.min.js"

PIECES = {"send-progress", "keyword-availability", "keyword-dry-run", "keyword-kinds", "simulator-screen", "tester-answer"}
FILES = {"media", "contact-data", "contacts-export", "import-bad", "keyword-qr-png", "keyword-qr-svg", "message-raw"}
FILES |= {"send-export", "keyword-poster-file", "messages-export", "operator-audit-export", "settings-activity-export"}
WAYS_ELSEWHERE = {"send-new", "notification", "mfa_list_webauthn", "mfa_login_webauthn"}
ONLY_POSTED = {"account-choice", "language", "theme", "checklist", "notifications-read", "session-end", "usersessions_list"}
ONLY_POSTED |= {"canned-reply-delete", "contacts-bulk", "contacts-rejoin", "group-join", "group-leave", "import-run", "import-undo"}
ONLY_POSTED |= {"conversation-assign", "conversation-claim", "conversation-group", "conversation-label", "conversation-note"}
ONLY_POSTED |= {"conversation-opt-out", "operator-blocked-word-remove"}
ONLY_POSTED |= {"conversation-read", "conversation-release", "conversation-send", "conversation-snooze", "conversation-state"}
ONLY_POSTED |= {"conversation-unread", "keyword-state", "message-redeliver", "settings-day-off-add", "settings-day-off-remove"}
ONLY_POSTED |= {"settings-invitation-resend", "settings-invitation-revoke", "settings-member-invite"}
ONLY_POSTED |= {"membership-end", "near-miss-add", "near-miss-ignore", "opt-out-add", "sender-block", "sender-unblock"}
ONLY_POSTED |= {"operator-link-drain", "operator-link-resume", "operator-link-settings", "operator-link-switch", "operator-link-test"}
ONLY_POSTED |= {"operator-job-again", "operator-jobs-again", "operator-quarantined-again", "operator-quarantined-settled"}
ONLY_POSTED |= {"operator-account-note", "operator-account-resume", "operator-visit-leave", "operator-number-change"}
ONLY_POSTED |= {"operator-team-invite", "operator-team-revoke", "rule-delete", "rule-move", "rule-restore"}
ONLY_POSTED |= {"keyword-synonym-add", "keyword-synonym-remove", "keep-example", "example-settle"}
ONLY_POSTED |= {"operator-unmatched-assign", "operator-unmatched-discard", "operator-unmatched-keyword"}
ONLY_POSTED |= {"autoresponder-copy", "autoresponder-delete", "autoresponder-move", "autoresponder-preview", "autoresponder-restore"}
ONLY_POSTED |= {"autoresponder-switch", "trip-lift", "trips-lift"}
ONLY_POSTED |= {"number-order-withdraw", "number-order-reopen", "operator-account-limit", "operator-number-expiry"}
ONLY_POSTED |= {"operator-number-subscription", "operator-price-list-remove"}
ONLY_POSTED |= {"operator-order-assign", "operator-order-refuse", "operator-plan-new", "operator-plan-remove"}
ONLY_POSTED |= {"conversation-message-cancel", "conversation-message-now", "settings-quiet-hours"}
ONLY_POSTED |= {"sender-name-off", "operator-sender-name-authorise", "operator-sender-name-reject"}
ONLY_POSTED |= {"send-cancel", "send-check", "send-copy", "send-try"}
PIECES |= {"forwards-live", "forward-live", "forward-delivery-live"}
WAYS_ELSEWHERE |= {"developers-key-secret", "forward-secret"}
ONLY_POSTED |= {"forward-delivery-again", "forward-pause", "forward-preview", "forward-resume", "forward-secret-new", "forward-switch"}
ONLY_POSTED |= {"forward-try-now"}
ONLY_POSTED |= {"developers-key-switch", "forward-code", "forward-test"}
ONLY_POSTED |= {"billing-alerts", "operator-account-adjust", "operator-account-top-up", "operator-billing-compute"}
ONLY_POSTED |= {"operator-billing-post", "operator-invoice-paid", "operator-plan-request-settle"}
FILES |= {"invoice-file", "operator-invoice-file", "statement-export", "statistics-export"}
PIECES |= {"contest-live"}
FILES |= {"contest-export", "contest-protocol", "contest-public-protocol", "contest-instant", "contest-public-instant"}
ONLY_POSTED |= {"contest-copy", "contest-entry-choose", "contest-entry-leave-out", "contest-entry-readmit", "contest-win-take-back"}
PIECES |= {"public-results-live", "survey-free", "survey-results-live"}
FILES |= {"survey-export"}
ONLY_POSTED |= {"survey-close", "survey-copy", "survey-keep", "survey-preview", "survey-publish", "survey-renew", "survey-reopen"}
ONLY_POSTED |= {"survey-restore", "survey-send"}
ONLY_POSTED |= {"conversation-attach", "file-remove"}
PIECES |= {"board-news", "public-board-posts"}
FILES |= {"code-pool-export", "public-board-code"}
ONLY_POSTED |= {
    "board-decide",
    "board-open",
    "board-post-block",
    "board-preview",
    "code-pool-confirm",
    "code-pool-generate",
    "code-withdraw",
}
NO_PAGES = PIECES | FILES | WAYS_ELSEWHERE | ONLY_POSTED

ALL = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"]}
VIEWS = [(1280, "light", ALL), (1280, "dark", COLOURS), (390, "light", COLOURS), (390, "dark", ALL)]
"""Colours are looked at in all four views; what else there is depends on width or scheme alone, and each of them is seen by all rules."""
WIDER_THAN_SCREEN = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility({ visibilityProperty: true }))
  .filter(one => !one.closest(".u-hidden, .c-skip"))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 120)).concat("(the page)")"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth > innerWidth || (document.querySelector('main')?.scrollWidth ?? 0) > innerWidth"


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        (pytest.fail if "CI" in os.environ else pytest.skip)("axe-core is not installed: `make check` brings it")
    return AXE.read_text()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all screens, so that style sheets, scripts and letters are fetched once; whoever is signed in changes."""
    made = browser.new_context(reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def look(context: BrowserContext, live_server: LiveServer) -> Iterator[Callable[[Client], Visit]]:
    """Open a window for whoever is signed in; nothing may complain in it, and nothing is left for the next."""
    made: list[Visit] = []

    def start(client: Client) -> Visit:
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}])
        made.append(Visit(context, live_server.url))
        return made[-1]

    yield start
    for one in made:
        one.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        one.page.close()
        assert one.complaints == []
    context.clear_cookies()


def freshly(client: Client, user: User) -> Client:
    """Have somebody sign in just now, as pages about passwords and keys demand."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def is_page(response: HttpResponse) -> bool:
    """Say whether it is a whole page, not a piece of one, a file or a way elsewhere."""
    return response.status_code == 200 and response.get("Content-Type", "").startswith("text/html") and b"<html" in response.content


def judge(page: Page, axe: str) -> None:
    """Look at one page in all views and demand that nothing is wrong with it."""
    page.evaluate(axe)
    wrong: list[str] = []
    for width, scheme, rules in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
        wrong += [f"{width} {scheme}: {one['id']}: {node['html'][:140]} {node['any'][:1]}" for one in found for node in one["nodes"][:3]]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(TOO_WIDE):
            wrong += [f"{width}: wider than the screen: {one}" for one in page.evaluate(WIDER_THAN_SCREEN)]
    wrong += [] if page.locator("h1:visible").count() == 1 else [f"{page.locator('h1:visible').count()} headings of the first level"]
    assert page.evaluate("() => window.hacked") is None
    assert wrong == []


def an_import_that_is_done(account: Account, alice: User, client: Client) -> str:
    batch = keep_table(account, alice, [["phone"], ["604218377"]], "W" * 100)
    start(batch, None, MARKUP[:100])
    import_some(batch, 1)
    return reverse("import-result", args=[batch.pk])


def something_tried(account: Account, alice: User, client: Client) -> str:
    received(dialogue(account, is_test=True), "Ogrodnik")
    return reverse("simulator-reset")


def no_password_yet(account: Account, alice: User, client: Client) -> str:
    alice.set_unusable_password()
    alice.save()
    client.force_login(alice)
    return reverse("account_set_password")


def an_app_to_confirm_with(account: Account, alice: User, client: Client) -> str:
    set_up_app(client)
    return reverse("mfa_reauthenticate")


def a_passkey_to_confirm_with(account: Account, alice: User, client: Client) -> str:
    stored_passkey(alice)
    return reverse("mfa_reauthenticate_webauthn")


def half_signed_in(account: Account, alice: User, client: Client) -> str:
    set_up_app(client)
    stored_passkey(alice)
    client.logout()
    sign_in(client)
    return reverse("mfa_authenticate")


def a_mail_about_the_password(account: Account, alice: User, client: Client) -> str:
    client.logout()
    client.post(reverse("account_reset_password"), {"email": alice.email})
    link = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert link
    return client.get(link[1]).headers["Location"]


def signed_in(account: Account, alice: User, client: Client) -> str:
    return reverse("account_logout")


def an_invitation(account: Account, alice: User, client: Client) -> str:
    client.logout()
    _, token = invite(account, "ida@example.com", Role.AGENT, alice, timezone.now())
    return reverse("invitation", args=[token])


AFTER_SOMETHING: dict[str, Callable[[Account, User, Client], str]] = {
    "import-result": an_import_that_is_done,
    "simulator-reset": something_tried,
    "account_set_password": no_password_yet,
    "mfa_reauthenticate": an_app_to_confirm_with,
    "mfa_reauthenticate_webauthn": a_passkey_to_confirm_with,
    "mfa_authenticate": half_signed_in,
    "account_reset_password_from_key": a_mail_about_the_password,
    "account_logout": signed_in,
    "invitation": an_invitation,
}
"""Pages only after something has happened: what happens, given alice signed in; it returns the address."""
SCREENS = [name for name in DOORS if name not in NO_PAGES | AFTER_SOMETHING.keys()]
BEFORE_SIGNING_IN = sorted(OPEN_TO_ALL - NO_PAGES - AFTER_SOMETHING.keys())


def test_what_is_left_out_exists():
    assert NO_PAGES | AFTER_SOMETHING.keys() <= DOORS.keys() | OPEN_TO_ALL | PUBLIC.keys()


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(name, axe, look, account: Account, alice: User, alice_client: Client, console, gateway):
    door = DOORS[name]
    address = reverse(name, kwargs=door.objects(account, alice))
    fill(account, alice)
    client = console() if isinstance(door, OperatorDoor) else freshly(alice_client, alice)
    answer = client.get(address, door.data if door.method == "get" else {})
    assert is_page(answer), f"{name} is no page: a piece, a file or a way elsewhere ({answer.status_code})"
    assert answer.content.count(b"<h1") >= 1, "without scripts the page is empty"
    judge(look(client).open(address), axe)


@pytest.mark.parametrize("name", sorted(NO_PAGES & DOORS.keys()))
def test_what_is_left_out_is_no_page(name, account: Account, alice: User, alice_client: Client, console, gateway):
    door = DOORS[name]
    client = console() if isinstance(door, OperatorDoor) else freshly(alice_client, alice)
    answer = client.get(reverse(name, kwargs=door.objects(account, alice)))
    assert not is_page(answer)
    assert (answer.status_code == 405) == (name in ONLY_POSTED)


@pytest.mark.parametrize("name", AFTER_SOMETHING)
def test_a_page_after_something_happened_is_for_everybody(name, axe, look, account: Account, alice: User, alice_client: Client):
    address = AFTER_SOMETHING[name](account, alice, alice_client)
    assert is_page(alice_client.get(address))
    judge(look(alice_client).open(address), axe)


@pytest.mark.parametrize("name", BEFORE_SIGNING_IN)
def test_a_page_before_signing_in_is_for_everybody(name, axe, look, db):
    address = reverse(name)
    assert is_page(Client().get(address))
    judge(look(Client()).open(address), axe)


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - NO_PAGES))
def test_a_public_page_is_for_everybody(name, axe, look, account: Account, alice: User):
    address = reverse(name, kwargs=PUBLIC[name].objects(account, alice))
    assert is_page(Client().get(address))
    judge(look(Client()).open(address), axe)
