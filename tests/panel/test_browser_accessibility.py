"""Every screen as people meet it: read by a screen reader, in light and dark, wide and narrow, full of hostile text, without scripts.

The screens are those of `doors_*.py`, so that a new page is looked at without a word here.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from panel.browser import Visit
from panel.doors import OperatorDoor
from panel.hostile import fill
from panel.test_doors import DOORS, OPEN_TO_ALL
from recado.apps.accounts.invitations import invite
from recado.apps.accounts.models import Account, Role, User

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "tools" / "node" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = [name for name, door in DOORS.items() if door.method == "get"]
VIEWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
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


@pytest.fixture
def look(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[Client], Visit]]:
    """Open a window for whoever is signed in; nothing may complain in it."""
    made: list[Visit] = []

    def start(client: Client) -> Visit:
        context = browser.new_context(reduced_motion="reduce")
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}])
        made.append(Visit(context, live_server.url))
        return made[-1]

    yield start
    for one in made:
        one.page.context.close()
        assert one.complaints == []


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
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
        wrong += [f"{width} {scheme}: {one['id']}: {node['html'][:140]} {node['any'][:1]}" for one in found for node in one["nodes"][:3]]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(TOO_WIDE):
            wrong += [f"{width}: wider than the screen: {one}" for one in page.evaluate(WIDER_THAN_SCREEN)]
    wrong += [] if page.locator("h1:visible").count() == 1 else [f"{page.locator('h1:visible').count()} headings of the first level"]
    assert page.evaluate("() => window.hacked") is None
    assert wrong == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everybody(name, axe, look, account: Account, alice: User, alice_client: Client, console, gateway):
    door = DOORS[name]
    address = reverse(name, kwargs=door.objects(account, alice))
    fill(account, alice)
    client = console() if isinstance(door, OperatorDoor) else freshly(alice_client, alice)
    answer = client.get(address, door.data)
    if not is_page(answer):
        pytest.skip(f"{name} is no page: a piece, a file or a way elsewhere ({answer.status_code})")
    assert answer.content.count(b"<h1") >= 1, "without scripts the page is empty"
    judge(look(client).open(address), axe)


def test_an_invitation_is_for_everybody(axe, look, account: Account, alice: User):
    _, token = invite(account, "ida@example.com", Role.AGENT, alice, timezone.now())
    judge(look(Client()).open(reverse("invitation", args=[token])), axe)


@pytest.mark.parametrize("name", sorted(OPEN_TO_ALL))
def test_a_page_before_signing_in_is_for_everybody(name, axe, look, db):
    try:
        address = reverse(name)
    except NoReverseMatch:
        pytest.skip("needs a key")
    if not is_page(Client().get(address)):
        pytest.skip("no page for people who are not signed in")
    judge(look(Client()).open(address), axe)
