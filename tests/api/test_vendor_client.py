"""The provider's own client library from PyPI, unmodified, against a real server: every action that exists."""

import json

import pytest
from serwersms.serwersms import SerwerSMS

from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.connections.models import Connection
from recado.apps.inbox import ports
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def account(transactional_db):
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def client(live_server, account):
    """The library as a user of it would set it up, with the address of this installation."""
    return connected(live_server, issue_token(create_api_user(account, "demo", "demo")))


def connected(live_server, token, ending="/"):
    client = SerwerSMS(token)
    client.api_url = f"{live_server.url}/api2{ending}"
    return client


def test_groups(client):
    group = json.loads(client.group.add("Gardeners"))["id"]
    assert json.loads(client.group.index("garden", {"sort": "name"}))["items"] == [{"id": group, "name": "Gardeners", "count": 0}]
    assert json.loads(client.group.edit(group, "Florists"))["success"] is True
    assert json.loads(client.group.view(group))["name"] == "Florists"
    json.loads(client.contact.add(group, "500600700", {}))
    assert [row["group_name"] for row in json.loads(client.group.check("500600700"))["items"]] == ["Florists"]
    assert json.loads(client.group.delete(group)) == {"success": True}
    assert json.loads(client.group.index(None, {}))["items"] == []


def test_contacts(client):
    contact = json.loads(client.contact.add(123, "+48500600700", {"first_name": "Ada"}))["id"]
    assert json.loads(client.contact.view(contact))["phone"] == "+48500600700"
    assert json.loads(client.contact.edit(contact, None, "500600701", {"last_name": "Łoś"}))["success"] is True
    assert [row["last_name"] for row in json.loads(client.contact.index("none", "500600701", {"limit": 5}))["items"]] == ["Łoś"]
    imported = json.loads(client.contact.imports("Import", [{"phone": "500600700"}, {"phone": "500600702"}]))
    assert (imported["success"], imported["correct"], imported["failed"]) == (True, 2, 0)
    assert json.loads(client.contact.index(imported["id"], None, {"sort": "phone"}))["paging"] == {"page": 1, "count": 1}
    assert json.loads(client.contact.delete(contact)) == {"success": True}
    assert json.loads(client.contact.view(contact))["error"]["code"] == 1004


def test_blacklist_templates_and_senders(client):
    assert json.loads(client.blacklist.add("500600720"))["success"] is True
    assert [row["phone"] for row in json.loads(client.blacklist.index("", {"limit": 5}))["items"]] == ["+48500600720"]
    assert json.loads(client.blacklist.check("500600720")) == {"exists": True}
    assert json.loads(client.blacklist.delete("500600720")) == {"success": True}
    template = json.loads(client.template.add("New template", "Message from template"))["id"]
    assert json.loads(client.template.edit(template, "New template", "Editing message from template"))["success"] is True
    assert [row["text"] for row in json.loads(client.template.index({}))["items"]] == ["Editing message from template"]
    assert json.loads(client.template.delete(template)) == {"success": True}
    assert json.loads(client.sender.add("NewSender")) == {"success": True}
    assert [row["name"] for row in json.loads(client.sender.index({"personalized": True}))["items"]] == ["NewSender"]


def test_receiving(client, account, monkeypatch):
    taken = []
    monkeypatch.setattr(ports, "receiver", lambda part: taken.append(part) or len(taken))
    shared = Number.objects.create(digits="48503340503", kind="shared_long")
    Number.objects.create(digits="48664200300", kind="individual_long", account=account)
    reserve_keyword(account, shared, "GARDENER")
    assert json.loads(client.message.send_nd("500600700", "Gardener")) == {"success": True}
    assert json.loads(client.message.send_nd("500600700", "Hello")) == {"success": False}
    assert json.loads(client.message.send_ndi("500600700", "Hello", "664200300")) == {"success": True}
    assert [part.recipient for part in taken] == ["48503340503", "48664200300"]
    answer = json.loads(client.message.recived("nd", {"read": True, "show_contact": True, "page": 1, "order": "desc"}))
    assert answer == {"paging": {"page": 1, "count": 1}, "items": []}


def test_errors(client):
    assert json.loads(client.error.view(4602))["error"]["type"] == "BlacklistError"
    assert json.loads(client.error.view(9999))["error"]["code"] == 2002


def test_files(client):
    assert json.loads(client.file.index("mms"))["items"] == []
    assert json.loads(client.file.add("mms", {"url": "http://127.0.0.1:9/x.png"}))["error"]["code"] == 4001


def test_account_payments_and_statistics(client):
    limits = json.loads(client.account.limits({"show_type": True}))
    assert (limits["account"]["type"], limits["items"][0]["type"]) == ("postpaid", "eco")
    assert json.loads(client.account.help())["account_maintainer"]["name"] == ""
    assert json.loads(client.account.messages())["items"] == []
    assert json.loads(client.account.add({"phone": "500600700", "email": "a@example.org"}))["error"]["type"] == "AccountError"
    assert json.loads(client.payment.index())["items"] == []
    assert json.loads(client.payment.view(1))["error"]["code"] == 1004
    assert json.loads(client.payment.invoice(1))["error"]["code"] == 1004
    assert json.loads(client.stat.index({"type": "eco", "begin": "2026-11-01", "end": "2026-11-30"}))["items"] == []


def test_phones_premium_and_surveys(client):
    assert json.loads(client.phone.test("500600700")) == {"correct": True}
    assert json.loads(client.phone.check("500600700", None))["error"]["code"] == 4102
    assert json.loads(client.premium.index())["items"] == []
    assert json.loads(client.premium.send("500600700", "Hello", "71100", 1))["error"]["code"] == 4201
    assert json.loads(client.premium.quiz(1))["error"]["code"] == 1004


def test_a_bad_token_is_a_readable_error(live_server, account):
    assert json.loads(connected(live_server, "0" * 32).group.index(None, {}))["error"]["type"] == "InvalidToken"


@pytest.mark.parametrize("ending", ["/", "//"])
def test_xml_and_double_slashes(live_server, account, ending):
    client = connected(live_server, issue_token(create_api_user(account, "demo", "demo")), ending)
    client.format = "xml"
    assert client.group.add("A").startswith('<?xml version="1.0" encoding="UTF-8"?>\n<response><success>true</success><id>')
    assert "<error><code>1004</code>" in client.group.view(999_999)


def test_sending(client):
    carrier = Connection.objects.create(name="Carrier", kind="smpp")
    Number.objects.create(digits="48660000001", kind="eco", connection=carrier)
    later = {"date": "2099-01-01 12:00:00", "details": True}
    answer = json.loads(client.message.send_sms("500600700,+48500600701", "Hello", None, later))
    assert (answer["success"], answer["queued"], answer["unsent"]) == (True, 2, 0)
    assert "ID: " + answer["items"][0]["id"] + " " + answer["items"][0]["phone"] + " " + answer["items"][0]["status"]
    assert json.loads(client.message.view(answer["items"][0]["id"], {}))["status"] == "saved"
    assert len(json.loads(client.message.reports({"phone": "500600700"}))["items"]) == 1
    assert json.loads(client.message.delete(answer["items"][0]["id"], None)) == {"success": True}
    packed = [{"phone": "500600700", "text": "First"}, {"phone": "500600702", "text": "Second"}]
    assert json.loads(client.message.send_personalized(packed, "", {}))["queued"] == 2
