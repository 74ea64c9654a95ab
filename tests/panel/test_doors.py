"""Every address of the panel: nobody passes who is not signed in, a stranger finds nothing, a role too low is refused, an owner passes."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from panel.doors import Door, OperatorDoor
from recado.apps.accounts.models import Account, OperatorRole, Role, User
from recado.apps.accounts.services import add_member, create_user

DOORS: dict[str, Door | OperatorDoor] = {}
PUBLIC: dict[str, Door] = {}
"""Addresses for everybody, about an object they name by a token."""
for file in sorted(Path(__file__).parent.glob("doors_*.py")):
    listed = import_module(f"panel.{file.stem}")
    DOORS |= listed.DOORS
    PUBLIC |= getattr(listed, "PUBLIC", {})

OPEN_TO_ALL = {"account_login", "account_logout", "account_inactive", "account_signup", "language", "theme", "account-choice"}
OPEN_TO_ALL |= {"account_reset_password", "account_reset_password_done", "account_reset_password_from_key"}
OPEN_TO_ALL |= {"account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn", "invitation", "media"}
"""Addresses for people who are not signed in, or that lead on to another."""
CUSTOMERS = [name for name, door in DOORS.items() if isinstance(door, Door)]
OPERATORS = [name for name, door in DOORS.items() if isinstance(door, OperatorDoor)]
WITH_OBJECTS = [name for name in CUSTOMERS if DOORS[name].objects.__name__ != "nothing"]


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def ask(client: Client, name: str, arguments: dict[str, object]):
    door = DOORS[name]
    return getattr(client, door.method)(reverse(name, kwargs=arguments), door.data)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_address_is_listed_once():
    assert set(addresses(get_resolver("recado.panel.urls").url_patterns)) == DOORS.keys() | OPEN_TO_ALL | PUBLIC.keys()


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_shown_without_signing_in_and_to_no_search_engine(name, account: Account, alice: User):
    response = Client().get(reverse(name, kwargs=PUBLIC[name].objects(account, alice)))
    assert response.status_code == 200
    assert "noindex" in response["X-Robots-Tag"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_of_a_suspended_account_is_gone(name, account: Account, alice: User):
    arguments = PUBLIC[name].objects(account, alice)
    Account.objects.filter(pk=account.pk).update(is_suspended=True)
    assert Client().get(reverse(name, kwargs=arguments)).status_code == 404


@pytest.mark.parametrize("name", DOORS)
def test_nobody_passes_without_signing_in(name, account: Account, alice: User):
    response = ask(Client(), name, DOORS[name].objects(account, alice))
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


@pytest.mark.parametrize("name", WITH_OBJECTS)
def test_a_stranger_finds_nothing(name, account: Account, alice: User, charlie: User):
    assert ask(signed_in(charlie), name, DOORS[name].objects(account, alice)).status_code == 404


@pytest.mark.parametrize("name", [name for name in CUSTOMERS if DOORS[name].refuses])
def test_a_role_too_low_is_refused(name, account: Account, alice: User):
    low = create_user("low@example.com", "a long password", name="Low")
    add_member(account, low, Role(DOORS[name].refuses))
    assert ask(signed_in(low), name, DOORS[name].objects(account, alice)).status_code == 403


@pytest.mark.parametrize("name", CUSTOMERS)
def test_the_owner_passes(name, account: Account, alice: User):
    assert ask(signed_in(alice), name, DOORS[name].objects(account, alice)).status_code < 400


@pytest.fixture
def operator_in(settings):
    """Sign somebody of the installation's staff in, in a role."""
    settings.OPERATORS_NEED_SECOND_FACTOR = False

    def sign_in(role: OperatorRole) -> Client:
        return signed_in(User.objects.create_user("olga@example.com", "a long password", name="Olga", operator_role=role))

    return sign_in


@pytest.mark.parametrize("name", OPERATORS)
def test_customers_find_no_console(name, account: Account, alice: User):
    assert ask(signed_in(alice), name, DOORS[name].objects(account, alice)).status_code == 404


@pytest.mark.parametrize("name", [name for name in OPERATORS if DOORS[name].refuses])
def test_an_operator_in_another_role_is_refused(name, account: Account, alice: User, operator_in):
    assert ask(operator_in(DOORS[name].refuses), name, DOORS[name].objects(account, alice)).status_code == 403


@pytest.mark.parametrize("name", OPERATORS)
def test_an_administrator_passes(name, account: Account, alice: User, operator_in):
    assert ask(operator_in(OperatorRole.ADMIN), name, DOORS[name].objects(account, alice)).status_code < 400


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_without_a_second_factor_is_asked_for_one(name, account: Account, alice: User, operator_in, settings):
    client = operator_in(OperatorRole.ADMIN)
    settings.OPERATORS_NEED_SECOND_FACTOR = True
    assert "second factor" in ask(client, name, DOORS[name].objects(account, alice)).content.decode()
