"""What the provider's own test suites assert about the API, as far as the contract names it ([T] in provider-api.md), each as a test.

ASSERTIONS is the list: where it stands in the contract, what is called, what must hold. Of files and sub-accounts the tests of those
actions speak; what one cannot see from outside of a demo account (4312 of `account/add`) has the answer Recado gives instead.
"""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from recado.apps.accounts.services import issue_token
from recado.apps.connections.models import Connection
from recado.apps.contacts.services import add_contact, add_group
from recado.apps.numbers.models import Number
from recado.apps.outbox.models import Origin, SendKind
from recado.apps.outbox.services import Order, queue_text
from recado.core.outbound_id import to_public

Answer = dict[str, Any]
Holds = Callable[[Answer], object]
PHONE = "48500600700"


def fails(code: int, kind: str) -> Holds:
    return lambda answer: (answer["error"]["code"], answer["error"]["type"]) == (code, kind)


def has_items(answer: Answer) -> bool:
    return isinstance(answer["items"], list) and "error" not in answer


def is_no_success(answer: Answer) -> bool:
    return answer == {"success": False}


def is_integer(name: str) -> Holds:
    return lambda answer: type(answer[name]) is int and answer[name] > 0


ASSERTIONS: list[tuple[str, str, dict[str, Any], Holds]] = [
    ("§1 received is an alias", "messages/received", {}, has_items),
    ("§1 camel case of Node", "messages/sendNd", {"phone": PHONE, "text": "x"}, is_no_success),
    ("§4 booleans are booleans", "groups/add", {"name": "A"}, lambda answer: answer["success"] is True),
    ("§4 group ids are integers", "groups/add", {"name": "A"}, is_integer("id")),
    ("§4 group ids are integers in lists", "groups/index", {}, lambda answer: all(type(row["id"]) is int for row in answer["items"])),
    ("§4 contact ids are integers", "contacts/add", {"phone": PHONE}, is_integer("id")),
    ("§4 contact ids are integers in lists", "contacts/index", {}, lambda answer: [type(row["id"]) for row in answer["items"]] == [int]),
    ("§4 the top level is an object, also of nothing", "groups/index", {"search": "nothing"}, lambda answer: answer["items"] == []),
    ("§4 the same of contacts", "contacts/index", {"search": "nothing"}, lambda answer: answer["items"] == []),
    ("§4 ids, phones and states are strings", "messages/send_sms", {"phone": PHONE, "text": "x", "details": True},
     lambda answer: all(isinstance(answer["items"][0][name], str) for name in ("id", "phone", "status"))),
    ("§4 items only with details", "messages/send_sms", {"phone": PHONE, "text": "x"}, lambda answer: "items" not in answer),
    ("§4.1 what is on its way is not taken back", "messages/delete", {"id": "@SENT@"}, is_no_success),
    ("§4.1 nor what is nobody's", "messages/delete", {"id": "aca3944055"}, is_no_success),
    ("§4.1 send_nd that reaches nothing", "messages/send_nd", {"phone": PHONE, "text": "x"}, is_no_success),
    ("§4.1 send_ndi that reaches nothing", "messages/send_ndi", {"phone": PHONE, "text": "x", "ndi_number": "48600700800"}, is_no_success),
    ("§4.3 nothing received is a list", "messages/recived", {"type": "ndi"}, has_items),
    ("§4.3 an unknown type is a list", "messages/recived", {"type": "full"}, has_items),
    ("§4.3 nothing sent is a list", "messages/reports", {"id": "aca3944055"}, has_items),
    ("§6.3 waiting Premium messages are a list", "premium/index", {}, has_items),
    ("§6.3 wrong Premium data", "premium/send", {"phone": PHONE, "text": "x", "gate": "1", "id": 1}, fails(4201, "PremiumError")),
    ("§6.4 an unknown survey", "quiz/view", {"id": 1}, fails(1004, "InvalidID")),
    ("§6.5 group 123 is taken of any account", "contacts/add", {"phone": PHONE, "group_id": 123}, lambda answer: answer["success"] is True),
    ("§6.5 an import has the id of its group", "contacts/import", {"group_name": "A", "contact": [{"phone": PHONE}]}, is_integer("id")),
    ("§6.5 groups of a phone are a list", "groups/check", {"phone": PHONE}, has_items),
    ("§6.5 also of a phone in none", "groups/check", {"phone": "48600700800"}, has_items),
    ("§6.5 blacklisted has an id", "blacklist/add", {"phone": "48600700801"}, is_integer("id")),
    ("§6.5 not blacklisted", "blacklist/delete", {"phone": "48600700801"}, fails(4602, "BlacklistError")),
    ("§6.5 asked of the blacklist", "blacklist/check", {"phone": "48600700801"}, lambda answer: answer == {"exists": False}),
    ("§7 limits begin with ECO+", "account/limits", {"show_type": True}, lambda answer: answer["items"][0]["type"] == "eco"),
    ("§7 notices of the account are a list", "account/messages", {}, has_items),
    ("§7 accounts are not opened by programs", "account/add", {"phone": PHONE}, fails(4313, "AccountError")),
    ("§7 templates are a list", "templates/index", {}, has_items),
    ("§7 invoices are a list", "payments/index", {}, has_items),
    ("§7 sender names are a list", "senders/index", {}, has_items),
    ("§7 statistics are a list", "stats/index", {"type": "eco"}, has_items),
    ("§7 a phone can be one", "phones/test", {"phone": PHONE}, lambda answer: answer == {"correct": True}),
    ("§7 voice is not sent", "messages/send_voice", {"phone": PHONE, "text": "x"}, fails(3007, "SendError")),
    ("§7 MMS are not sent", "messages/send_mms", {"phone": PHONE, "title": "x"}, fails(3005, "SendError")),
    ("§7 error/<code> is an error", "error/4601", {}, fails(4601, "BlacklistPhoneExists")),
    ("§7 an unknown code", "error/9999", {}, fails(2002, "ValidationCodeError")),
]  # fmt: skip


@pytest.fixture
def sent(account) -> str:
    """A message that is on its way, and a contact in a group."""
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    Number.objects.create(digits="48660000001", kind="eco", connection=carrier)
    add_contact(account, PHONE, {}, [add_group(account, "Gardeners").pk])
    order = Order(kind=SendKind.ECO)
    return to_public(queue_text(account, None, PHONE, "Hello", now=timezone.now(), origin=Origin.API, order=order).pk)


@pytest.mark.parametrize(("action", "given", "holds"), [one[1:] for one in ASSERTIONS], ids=[one[0] for one in ASSERTIONS])
def test_what_the_provider_asserts(action, given, holds, call, sent):
    answer = call(action, **json.loads(json.dumps(given).replace("@SENT@", sent)))
    assert holds(answer), answer


def test_a_bad_token_has_its_type_in_a_readable_answer(account):
    client = Client(headers={"Authorization": "Bearer " + "0" * 32})
    response = client.post("/api2/account/limits.json", "{}", content_type="application/json")
    assert (response.status_code, response.json()["error"]["type"]) == (200, "InvalidToken")


def test_listing_an_import_gives_exactly_its_rows(call):
    phones = ["+48500600701", "+48500600702"]
    group = call("contacts/import", group_name="A", contact=[{"phone": phone} for phone in phones])["id"]
    assert [row["phone"] for row in call("contacts/index", group_id=group)["items"]] == phones


def test_blacklisting_twice_is_the_providers_error(call):
    call("blacklist/add", phone=PHONE)
    assert call("blacklist/add", phone=PHONE)["error"]["type"] == "BlacklistPhoneExists"


SENDING: list[tuple[str, dict[str, Any]]] = [
    ("messages/send_sms", {"phone": [PHONE, "12"], "text": "A & B <c>"}),
    ("messages/send_personalized", {"messages": f"{PHONE}:A & B <c>]|[12:other"}),
]


@pytest.fixture
def in_xml(api_user) -> Callable[..., ET.Element]:
    client = Client(headers={"Authorization": f"Bearer {issue_token(api_user)}"})

    def call(action: str, **given: Any) -> ET.Element:
        response = client.post(f"/api2/{action}.xml", json.dumps(given), content_type="application/json")
        assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
        return ET.fromstring(response.content)

    return call


@pytest.mark.parametrize(("action", "given"), SENDING)
def test_what_was_sent_can_be_walked_by_its_items_in_xml(action, given, in_xml, sent):
    answer = in_xml(action, **given, details=True)
    assert [(one.tag, one.text) for one in answer][:3] == [("success", "true"), ("queued", "1"), ("unsent", "1")]
    good, wrong = answer.iter("item")
    assert (good.findtext("phone"), good.findtext("status"), good.findtext("text")) == (f"+{PHONE}", "queued", "A & B <c>")
    assert len(good.findtext("id") or "") >= 10
    assert (wrong.findtext("status"), wrong.findtext("error_code")) == ("unsent", "3103")
    assert "item" not in {one.tag for one in in_xml(action, **given).iter()}


@pytest.mark.parametrize("action", ["messages/send_sms", "messages/send_personalized", "messages/send_mms", "messages/send_voice"])
def test_an_order_that_fails_has_its_code_in_the_root_of_the_xml(action, in_xml, sent):
    answer = in_xml(action, phone=PHONE, text="x", sender="Nobody", messages=f"{PHONE}:x")
    assert answer.tag == "error"
    assert {one.tag for one in answer} == {"code", "type", "message"}
    assert answer.findtext("type") == "SendError"


def test_reports_and_taking_back_in_xml(in_xml, sent):
    assert [one.findtext("id") for one in in_xml("messages/reports", phone=PHONE).iter("item")] == [sent]
    assert in_xml("messages/view", id=sent).findtext("status") == "in_progress"
    assert in_xml("messages/delete", id=sent).findtext("success") == "false"
