"""An account with people in every relation to it: alice owns, bob answers, vera looks, charlie is nobody here."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from panel.browser import PROGRAM, Visit, chromium
from panel.console import PluggedGateway
from recado.apps.accounts.models import Account, OperatorRole, Role, User
from recado.apps.accounts.services import add_member, create_account, create_user
from recado.apps.connections import ports


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Leave no test the language that the last page of another was shown in."""
    with translation.override("en"):
        yield


@pytest.fixture
def account(db: None) -> Account:
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def alice(account: Account) -> User:
    return _member(account, "alice@example.com", Role.OWNER)


@pytest.fixture
def bob(account: Account) -> User:
    return _member(account, "bob@example.com", Role.AGENT)


@pytest.fixture
def vera(account: Account) -> User:
    return _member(account, "vera@example.com", Role.VIEWER)


@pytest.fixture
def charlie(db: None) -> User:
    """Owns another account and has no part in this one."""
    return _member(create_account("Klinika Zdrowie", language="en"), "charlie@example.com", Role.OWNER)


def _member(account: Account, email: str, role: Role) -> User:
    user = create_user(email, "a long password", name=email.partition("@")[0].title())
    add_member(account, user, role)
    return user


@pytest.fixture
def alice_client(alice: User) -> Client:
    return _signed_in(alice)


@pytest.fixture
def vera_client(vera: User) -> Client:
    return _signed_in(vera)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    return _signed_in(charlie)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def console(db: None, settings: Any) -> Callable[[OperatorRole], Client]:
    """Sign somebody of the installation's staff in, in a role."""
    settings.OPERATORS_NEED_SECOND_FACTOR = False

    def sign_in(role: OperatorRole = OperatorRole.ADMIN) -> Client:
        email = f"{role}@ops.example"
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, "a long password", name="Olga", operator_role=role, language="en"
        )
        return _signed_in(user)

    return sign_in


@pytest.fixture
def gateway() -> Iterator[PluggedGateway]:
    """What the console asks stands where a running gateway would."""
    plugged = PluggedGateway()
    ports.plug(plugged)
    yield plugged
    ports.unplug()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(PROGRAM).exists():
        (pytest.fail if "CI" in os.environ else pytest.skip)("Chromium is not installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop running in this thread
    with chromium() as started:  # for one module only, because no test can run a loop of its own meanwhile
        yield started


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, alice: User) -> Iterator[Callable[..., Visit]]:
    """Open a window signed in as alice; at the end no window may have complained."""
    visits: list[Visit] = []

    def start(user: User = alice, width: int = 1280, height: int = 800, **options: object) -> Visit:
        client = _signed_in(user)
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        visits.append(Visit(context, live_server.url))
        return visits[-1]

    yield start
    for made in visits:
        made.page.context.close()
        assert made.complaints == []
