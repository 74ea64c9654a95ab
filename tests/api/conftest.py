"""Two accounts with programs' logins, and ways to call the API as either of them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from orm_databases import in_threads, orm
from recado.api.compat import auth
from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.connections.models import Connection
from recado.apps.dialogues.models import Dialogue
from recado.apps.inbox.models import Message
from recado.apps.numbers.models import Number

Call = Callable[..., dict[str, Any]]
Receive = Callable[..., Message]
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
FIRST_ID = 1_000_000
__all__ = ["in_threads", "orm"]
IDS = count(FIRST_ID)


@pytest.fixture(autouse=True)
def forgiving() -> None:
    """Wrong passwords of other tests are forgotten."""
    auth.guesses.forget()


@pytest.fixture
def account(db) -> Account:
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def api_user(account) -> ApiUser:
    created = create_api_user(account, "demo", "demo")
    created.last_used_at = timezone.now()  # noting the first use would be one query more
    created.save()
    return created


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


@pytest.fixture
def receive(account) -> Receive:
    return receiver(account)


@pytest.fixture
def receive_as() -> Callable[[Account], Receive]:
    """For tests that make their accounts themselves."""
    return receiver


@pytest.fixture
def call_as() -> Callable[[Account], Call]:
    """For tests that make their accounts themselves."""
    return lambda account: caller(issue_token(create_api_user(account, f"user of {account.pk}", "secret")))


def receiver(account: Account) -> Receive:
    """Store received messages as the gateway would, a minute apart."""

    def receive(number: Number, text: str = "Hello", *, sender: str = "48500600700", at: datetime | None = None, **fields: Any) -> Message:
        given = next(IDS)
        at = at or NOON + timedelta(minutes=given - FIRST_ID)
        dialogue, _ = Dialogue.objects.get_or_create(
            account=account, number=number, msisdn=sender, defaults={"id": given, "last_message_at": at}
        )
        return Message.objects.create(
            id=given,
            account=account,
            number=number,
            connection=Connection.objects.get_or_create(kind="simulator")[0],
            dialogue_id=dialogue.pk,
            sender=sender,
            recipient=number.digits,
            text=text,
            received_at=at,
            **fields,
        )

    return receive
