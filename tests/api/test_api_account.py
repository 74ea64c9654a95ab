"""The actions account/*, phones/*, premium/* and quiz/*, with what the provider's own test suites assert."""

import pytest
from django.test import Client

from apps.billing.ledger import sells
from recado.apps.billing.models import Wallet
from recado.apps.connections.models import Connection
from recado.apps.numbers.models import Number
from recado.apps.plans.models import Plan


def values(call):
    return {row["type"]: row["value"] for row in call("account/limits")["items"]}


def test_limits_are_listed_in_the_providers_order(call):
    items = call("account/limits")["items"]
    assert [row["type"] for row in items] == ["eco", "full", "voice", "mms", "lookup", "hlr"]
    assert [row["chars_limit"] for row in items] == ["1530/10", "1530/10", "nd", "nd", "nd", "nd"]
    assert all(isinstance(row["value"], str) for row in items)


def test_limits_are_rows_in_xml_too(token):
    response = Client(headers={"Authorization": f"Bearer {token}"}).post("/api2/account/limits.xml")
    assert "<items><item><type>eco</type><chars_limit>1530/10</chars_limit><value>" in response.content.decode()


@pytest.mark.parametrize(("balance", "reserved", "floor", "full"), [
    (100, 0, 0, "11"), (100, 2, 0, "10"), (-50, 0, -100, "5"), (0, 0, 0, "0"), (0, 20, 0, "0"), (0, 0, None, "no_limit"),
])  # fmt: skip
def test_a_limit_is_how_many_segments_the_credit_reaches_for(call, account, balance, reserved, floor, full):
    Wallet.objects.create(account=account, balance=balance, reserved=reserved, floor=floor)
    assert values(call)["full"] == full


def test_eco_is_there_once_the_pool_has_a_number(call, account):
    Wallet.objects.create(account=account, balance=71, floor=0)
    assert values(call)["eco"] == "not_available"
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    Number.objects.create(digits="48660000001", kind="eco", connection=carrier)
    assert values(call)["eco"] == "10"


@pytest.mark.parametrize(("is_prepaid", "type_", "full"), [(True, "prepaid", "0"), (False, "postpaid", "no_limit")])
def test_the_way_of_paying_is_shown_on_request(call, account, is_prepaid, type_, full):
    account.plan = Plan.objects.create(name="Other", is_prepaid=is_prepaid)
    account.save()
    answer = call("account/limits", show_type="1")
    assert answer["account"] == {"type": type_}
    assert answer["items"][1]["value"] == full
    assert "account" not in call("account/limits", show_type=False)


def test_help_names_who_issues_the_invoices(call):
    assert call("account/help")["account_maintainer"]["name"] == ""
    sells()
    answer = call("account/help")
    assert answer["account_maintainer"] == {"name": "Recado Sp. z o.o.", "email": "", "telephone": "", "photo": ""}
    assert answer["quardian_account"] == answer["account_maintainer"]
    assert {"telephone", "email", "form", "faq"} <= set(answer)


def test_lists_of_what_is_not_there_are_empty(call):
    assert call("account/messages") == {"new": False, "message": "", "items": []}
    assert call("premium/index") == {"paging": {"page": 1, "count": 1}, "items": []}


@pytest.mark.parametrize(("phone", "is_correct"), [
    ("500600700", True), ("+48500600700", True), (48500600700, True), ("+44 7911 123456", True),
    ("12", False), ("4301", False), ("MyBank", False), ("+48 500", False), (True, False),
])  # fmt: skip
def test_a_number_is_correct_if_a_message_could_go_there(call, phone, is_correct):
    assert call("phones/test", phone=phone) == {"correct": is_correct}


@pytest.mark.parametrize(
    ("action", "params", "code", "type_"),
    [
        ("account/add", {"phone": "500600700", "email": "a@example.org"}, 4313, "AccountError"),
        ("phones/test", {}, 2000, "ValidationRequiredError"),
        ("phones/check", {"phone": "500600700", "id": None}, 4102, "PhoneError"),
        ("premium/send", {"phone": "500600700", "text": "x", "gate": "71100", "id": 1}, 4201, "PremiumError"),
        ("premium/index", {"limit": 1001}, 3331, "MessageError"),
        ("quiz/view", {"id": 123}, 1004, "InvalidID"),
        ("quiz/view", {"id": "abc"}, 1004, "InvalidID"),
        ("quiz/view", {}, 2000, "ValidationRequiredError"),
    ],
)
def test_what_is_not_offered_is_answered_with_the_code_of_the_table(call, action, params, code, type_):
    error = call(action, **params)["error"]
    assert (error["code"], error["type"]) == (code, type_)
