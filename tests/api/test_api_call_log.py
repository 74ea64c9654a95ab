"""Every call of a known program is noted, with its error, without its secrets; calls of nobody are nobody's."""

import json

import pytest
from django.test import Client

from recado.apps.accounts.models import ApiUser
from recado.apps.accounts.services import issue_token
from recado.apps.programs.calls import calls
from recado.apps.programs.models import ApiCall

pytestmark = pytest.mark.usefixtures("api_user")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _nothing_waits():
    calls.drop()


def noted():
    calls.flush()
    return list(ApiCall.objects.order_by("pk"))


def test_a_call_is_noted_with_request_and_answer(call, account):
    call("groups/add", name="Gardeners")
    (row,) = noted()
    assert (row.account, row.username, row.api, row.action, row.status, row.error_code) == (
        account,
        "demo",
        "compat",
        "groups/add",
        200,
        "",
    )
    assert row.request == 'POST /api2/groups/add.json\nContent-Type: application/json\n\n{"name": "Gardeners"}'
    assert json.loads(row.response)["success"] is True
    assert row.remote_address == "127.0.0.1"


def test_an_error_is_noted_in_the_words_of_the_answer(call):
    call("contacts/view", id=77)
    (row,) = noted()
    assert (row.error_code, row.error_detail) == ("1004", "There is nothing with this id")


def test_neither_password_nor_token_is_kept(api_user, token):
    client = Client()
    client.post("/api2/groups/index.json", "username=demo&password=demo-Xk7", content_type=FORM)
    client.post("/api2/groups/index", json.dumps({"username": "demo", "password": "demo-Xk7"}), content_type="application/json")
    client.post("/api2/groups/index", {"username": "demo", "password": "demo-Xk7"})  # multipart
    client.post("/api2/groups/index", "{}", content_type="application/json", headers={"Authorization": f"Bearer {token}"})
    rows = noted()
    assert [row.error_code for row in rows] == ["1001", "1001", "1001", ""]
    assert not [row for row in rows if "Xk7" in row.request or token in row.request + row.response]


@pytest.mark.parametrize(("fields", "code"), [({"is_active": False}, "1002"), ({"allowed_networks": "10.0.0.0/8"}, "1003")])
def test_a_known_login_that_was_not_let_in_is_told(call, api_user, fields, code):
    ApiUser.objects.filter(pk=api_user.pk).update(**fields)
    call("groups/index")
    assert [(row.username, row.error_code) for row in noted()] == [("demo", code)]


def test_calls_that_fail_before_anybody_asks_belong_to_their_token(call, token):
    call("groups/inedx")
    Client(headers={"Authorization": f"Bearer {token}"}).post("/api2/groups/index", "{broken", content_type="application/json")
    assert [(row.action, row.error_code) for row in noted()] == [("groups/inedx", "1000"), ("groups/index", "1006")]


def test_calls_of_nobody_are_not_kept():
    client = Client()
    client.post("/api2/groups/index.json", "username=nobody&password=x", content_type=FORM)
    client.post("/api2/groups/index.json", "{}", content_type="application/json", headers={"Authorization": "Bearer 00"})
    client.get("/api2/error/1001")
    assert noted() == []


def test_a_file_is_noted_by_its_size(call, api_user, monkeypatch):
    from recado.api.compat.actions import ACTIONS
    from recado.api.compat.call import Document

    monkeypatch.setitem(ACTIONS, "payments/invoice", lambda _call: Document(b"%PDF-1.7 \xff", "application/pdf"))
    Client(headers={"Authorization": f"Bearer {issue_token(api_user)}"}).post("/api2/payments/invoice", "{}", content_type="text/json")
    assert noted()[0].response == "<application/pdf, 10 bytes>"


def test_calls_of_the_older_api_are_noted_without_the_password_in_their_address():
    Client().get("/zdalnie/?login=demo&haslo=demo&akcja=ilosc_sms")
    Client().post("/zdalnie/index.php", {"login": "demo", "haslo": "demo-Xk7", "akcja": "ilosc_sms"})
    good, bad = noted()
    assert (good.api, good.action, good.error_code) == ("legacy", "ilosc_sms", "")
    assert good.request == "GET /zdalnie/?login=demo&haslo=***&akcja=ilosc_sms"
    assert (bad.error_code, "Xk7" in bad.request) == ("1001", False)
