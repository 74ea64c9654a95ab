"""subaccounts/*: logins that programs make for others."""

import json

import pytest
from django.test import Client

from recado.apps.accounts import subaccounts
from recado.apps.accounts.models import ApiUser, SendLimit
from recado.apps.accounts.send_limits import set_limit
from recado.apps.accounts.services import create_api_user
from recado.apps.audit.models import AuditEntry

ADD, VIEW, LIMIT, DELETE = (f"subaccounts/{name}" for name in ("add", "view", "limit", "delete"))
PASSWORD = "long enough"


@pytest.fixture
def template(account) -> ApiUser:
    made = create_api_user(account, "template", "secret", allowed_networks="127.0.0.0/8")
    made.scopes = ["messages:send", "messages:read"]
    made.save()
    set_limit(made, SendLimit.Kind.ECO, 5)
    return made


@pytest.fixture
def add(call, template):
    def add(**params):
        return call(ADD, **{"subaccount_username": "branch", "subaccount_password": PASSWORD, "subaccount_id": template.pk} | params)

    return add


def as_user(action, username="branch", password=PASSWORD, **params):
    body = json.dumps({"username": username, "password": password, **params})
    return Client().post(f"/api2/{action}", body, content_type="application/json").json()


def test_a_subaccount_has_what_its_template_has(add, account, template):
    answer = add(name="Branch", phone="500600700", email="branch@shop.example")
    made = ApiUser.objects.get(username="branch")
    assert answer == {"success": True, "id": made.pk}
    assert (made.account, made.scopes, made.allowed_networks, made.is_subaccount) == (account, template.scopes, "127.0.0.0/8", True)
    assert list(made.send_limits.values_list("kind", "remaining")) == [("eco", 5)]
    assert as_user("messages/reports")["items"] == []
    assert as_user("groups/index")["error"]["code"] == 1005
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.object_name) == ("api_user.added", "API: demo", "Branch")
    assert PASSWORD not in json.dumps(entry.after)


def test_subaccounts_are_listed_shown_and_deleted(add, call, template):
    made = add(name="Branch", phone="500600700", email="branch@shop.example")["id"]
    assert call("subaccounts/index") == {"items": [{"id": made, "username": "branch"}]}
    shown = {"id": made, "username": "branch", "name": "Branch", "phone": "+48500600700", "email": "branch@shop.example"}
    assert call(VIEW, id=made) == shown
    assert call(DELETE, id=made) == {"success": True}
    assert call(VIEW, id=made)["error"]["code"] == 1004
    assert as_user("messages/reports")["error"]["code"] == 1001


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"subaccount_username": "demo"}, 4502),
        ({"subaccount_username": "a b"}, 4504),
        ({"subaccount_username": "ab"}, 4504),
        ({"subaccount_username": "x" * 65}, 4504),
        ({"subaccount_password": "short"}, 4504),
        ({"subaccount_password": "with\nline ends"}, 4504),
        ({"subaccount_username": None}, 2000),
        ({"subaccount_password": ""}, 2000),
        ({"subaccount_id": 999_999}, 4503),
        ({"subaccount_id": None}, 4503),
        ({"subaccount_id": "x"}, 1004),
        ({"email": "nobody"}, 1006),
        ({"phone": "12"}, 2001),
        ({"name": "x" * 81}, 1006),
    ],
)
def test_what_cannot_be_is_refused(add, params, code):
    assert add(**params)["error"]["code"] == code
    assert not ApiUser.objects.filter(is_subaccount=True).exists()


def test_a_template_of_another_account_is_none(add, stranger):
    other = create_api_user(stranger, "other", "secret")
    assert add(subaccount_id=other.pk)["error"]["code"] == 4503


@pytest.mark.parametrize(("own", "code"), [(["users:write"], 4503), (["users:write", "messages:send", "messages:read"], None)])
def test_nobody_gives_away_more_than_they_have(add, api_user, own, code):
    ApiUser.objects.filter(pk=api_user.pk).update(scopes=own)
    assert add().get("error", {}).get("code") == code


def test_a_test_key_makes_test_keys_only(add, api_user, template):
    ApiUser.objects.filter(pk=api_user.pk).update(is_test=True)
    assert add()["error"]["code"] == 4503
    ApiUser.objects.filter(pk=template.pk).update(is_test=True)
    assert ApiUser.objects.get(pk=add()["id"]).is_test


def test_an_account_has_at_most_so_many(add, monkeypatch):
    monkeypatch.setattr(subaccounts, "MOST_SUBACCOUNTS", 1)
    add()
    assert add(subaccount_username="second")["error"]["code"] == 4500


def test_a_subaccount_manages_none(add, api_user):
    made = add(subaccount_id=api_user.pk)["id"]
    given = {"subaccount_username": "another", "subaccount_password": PASSWORD, "subaccount_id": made}
    assert as_user(ADD, **given)["error"]["code"] == 4501
    for action in ("subaccounts/index", VIEW, LIMIT, DELETE):
        assert as_user(action, id=made, type="eco", value=1)["error"]["code"] == 4500


@pytest.mark.parametrize("action", [VIEW, LIMIT, DELETE])
def test_logins_that_people_made_are_no_subaccounts(call, template, action):
    answer = call(action, id=template.pk, type="eco", value=1)
    assert answer.get("success") is False or answer["error"]["code"] == 1004
    assert ApiUser.objects.filter(pk=template.pk).exists()
    assert template.send_limits.get().remaining == 5


def test_a_limit_is_set_anew_each_time(add, call):
    made = add()["id"]
    for value in (3, "7", 0):
        assert call(LIMIT, id=made, type="full", value=value) == {"success": True, "id": made}
    assert dict(SendLimit.objects.filter(api_user=made).values_list("kind", "remaining")) == {"eco": 5, "full": 0}


@pytest.mark.parametrize(
    ("params", "code"),
    [({"type": "sms"}, 1006), ({"value": -1}, 1006), ({"value": 2**31}, 1006), ({"value": "many"}, 1006), ({"value": None}, 2000)],
)
def test_a_limit_that_is_none_is_refused(add, call, params, code):
    made = add()["id"]
    assert call(LIMIT, **{"id": made, "type": "eco", "value": 1} | params)["error"]["code"] == code
