"""A program of one account and one of another, and ways to call the API as either."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from api_v1.doors import sent
from orm_databases import in_threads, orm
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.inbox import ports
from recado.testing.receiving import direct_receiver

Call = Callable[..., Any]
__all__ = ["in_threads", "orm"]


@pytest.fixture
def account(db) -> Account:
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def stranger(db) -> Account:
    return create_account("Klinika Zdrowie", language="en")


@pytest.fixture
def program(account) -> ApiUser:
    return create_api_user(account, "shop", "secret")


@pytest.fixture
def api(program) -> Call:
    """Call as the account's program: `api("get", "/groups")`."""
    return caller(program)


@pytest.fixture
def strangers_api(stranger) -> Call:
    return caller(create_api_user(stranger, "stranger", "secret"))


@pytest.fixture
def api_with(account) -> Callable[..., Call]:
    """Call with a key that has only these scopes."""
    return lambda *scopes: caller(create_api_user(account, f"only {scopes}", "secret"), scopes)


@pytest.fixture(autouse=True)
def gateway(monkeypatch) -> None:
    """What is received is stored at once, although no gateway runs."""
    monkeypatch.setattr(ports, "receiver", direct_receiver())


def caller(program: ApiUser, scopes: tuple[str, ...] | None = None) -> Call:
    ApiUser.objects.filter(pk=program.pk).update(scopes=None if scopes is None else list(scopes))
    client = Client(headers={"Authorization": f"Bearer {issue_token(program)}"})

    def call(method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return getattr(client, method)(f"/api/v1{path}", headers=headers, **sent(body))

    return call
