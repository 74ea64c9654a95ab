"""Two accounts with programs' logins, and ways to call the API as either of them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.numbers.models import Number

Call = Callable[..., dict[str, Any]]


@pytest.fixture
def account(db) -> Account:
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def api_user(account) -> ApiUser:
    return create_api_user(account, "demo", "demo")


@pytest.fixture
def token(api_user) -> str:
    return issue_token(api_user)


@pytest.fixture
def stranger(db) -> Account:
    return create_account("Klinika Zdrowie", language="en")


@pytest.fixture
def call(token) -> Call:
    return caller(token)


@pytest.fixture
def strangers_call(stranger) -> Call:
    return caller(issue_token(create_api_user(stranger, "stranger", "secret")))


@pytest.fixture
def shared_long(db) -> Number:
    return Number.objects.create(digits="48503340503", kind="shared_long")


@pytest.fixture
def short_code(db) -> Number:
    return Number.objects.create(digits="4301", kind="shared_short")


@pytest.fixture
def individual(account) -> Number:
    return Number.objects.create(digits="48664200300", kind="individual_long", account=account)


def caller(token: str) -> Call:
    client = Client(headers={"Authorization": f"Bearer {token}"})

    def call(action: str, **params: Any) -> dict[str, Any]:
        response = client.post(f"/api2/{action}.json", json.dumps(params), content_type="application/json")
        assert response.status_code == 200
        answer: dict[str, Any] = response.json()
        return answer

    return call
