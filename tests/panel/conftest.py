"""An account with people in every relation to it: alice owns, bob answers, vera looks, charlie is nobody here."""

import pytest
from django.test import Client

from recado.apps.accounts.models import Account, Role, User
from recado.apps.accounts.services import add_member, create_account, create_user


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
