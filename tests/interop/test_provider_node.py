"""The provider's client library from npm, unmodified, against a real server: every action it has."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from recado.apps.accounts.services import create_account, create_api_user
from recado.apps.inbox import ports
from recado.apps.keywords.services import reserve_keyword
from recado.apps.numbers.models import Number

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Path(__file__).parent


def missing() -> str:
    if shutil.which("node") is None:
        return "node is not installed"
    return "" if (HERE / "node_modules" / "serwersms.pl").is_dir() else "npm ci was not run in tests/interop"


class Library:
    """The library in a process of its own."""

    def __init__(self, address: str, username: str, password: str) -> None:
        if why := missing():
            (pytest.fail if "CI" in os.environ else pytest.skip)(why)
        self._process = subprocess.Popen(
            ["node", str(HERE / "provider_node.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.methods = set(self._ask({"address": address, "username": username, "password": password})["methods"])
        self.called: set[str] = set()

    def __call__(self, call: str, *args):
        """Call a method; give what the server answered."""
        self.called.add(call)
        answer = self._ask({"call": call, "args": args})
        while "complaint" in answer:
            answer = self._read()
        assert answer["status"] == 200
        return json.loads(answer["body"])

    def _ask(self, what):
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self):
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture
def account(transactional_db):
    return create_account("Kwiaciarnia Róża", language="en")


@pytest.fixture
def sms(live_server, account):
    create_api_user(account, "shop", "secret")
    library = Library(f"{live_server.url}/api2/", "shop", "secret")
    yield library
    library.close()


def test_every_action_of_the_library(sms, account, monkeypatch):
    people(sms)
    texts_and_names(sms)
    messages(sms, account, monkeypatch)
    money_and_the_rest(sms)
    assert sms.called == sms.methods


def people(sms):
    group = sms("oGroups.add", {"name": "Gardeners"})["id"]
    assert sms("oGroups.index", {"search": "gard"})["items"] == [{"id": group, "name": "Gardeners", "count": 0}]
    assert sms("oGroups.edit", {"id": group, "name": "Florists"})["success"] is True
    assert sms("oGroups.view", {"id": group})["name"] == "Florists"
    contact = sms("oContacts.add", {"phone": "+48500600700", "group_id": [group, 123], "first_name": "Żaneta"})["id"]
    assert sms("oContacts.view", {"id": contact})["first_name"] == "Żaneta"
    assert sms("oContacts.edit", {"id": contact, "last_name": "Łoś"})["success"] is True
    assert [row["last_name"] for row in sms("oContacts.index", {"group_id": group})["items"]] == ["Łoś"]
    assert [row["group_name"] for row in sms("oGroups.check", "500600700")["items"]] == ["Florists"]
    imported = sms("oContacts.import", {"group_name": "Import", "contact": [{"phone": "500600701"}, {"phone": "500600702"}]})
    assert (imported["correct"], imported["failed"]) == (2, 0)
    assert sms("oContacts.delete", {"id": contact}) == {"success": True}
    assert sms("oGroups.delete", group) == {"success": True}
    assert sms("oBlacklist.index", {})["items"] == []
    assert sms("oBlacklist.check", {"phone": "500600700"}) == {"exists": False}
    assert sms("oBlacklist.delete", {"phone": "500600700"})["error"]["code"] == 4602


def texts_and_names(sms):
    template = sms("oTemplates.add", {"name": "Ready", "text": "Your order is ready"})["id"]
    assert sms("oTemplates.edit", {"id": template, "text": "Your order is there"})["success"] is True
    assert [row["text"] for row in sms("oTemplates.index", {})["items"]] == ["Your order is there"]
    assert sms("oTemplates.delete", template) == {"success": True}
    assert sms("oSenders.add", "NewSender") == {"success": True}
    assert [row["status"] for row in sms("oSenders.index", {"predefined": False})["items"]] == ["pending_authorization"]


def messages(sms, account, monkeypatch):
    taken = []
    monkeypatch.setattr(ports, "receiver", lambda part: taken.append(part) or len(taken))
    shared = Number.objects.create(digits="48503340503", kind="shared_long")
    Number.objects.create(digits="48664200300", kind="individual_long", account=account)
    reserve_keyword(account, shared, "GARDENER")
    assert sms("oMessages.sendNd", {"phone": "500600700", "text": "Gardener"}) == {"success": True}
    assert sms("oMessages.sendNdi", {"phone": "500600700", "text": "Hi", "ndi_number": "+48664200300"}) == {"success": True}
    assert [part.recipient for part in taken] == ["48503340503", "48664200300"]
    assert sms("oMessages.recived", {"type": "nd", "read": True})["items"] == []
    order = {"phone": ["500600700", "500600701"], "text": "Zażółć + gęślą", "details": True, "test": True}
    assert sms("oMessages.sendSms", {**order, "sender": "Unknown"})["error"]["code"] == 3106
    assert sms("oMessages.sendSms", order)["error"]["code"] == 3001
    personal = {"messages": [{"phone": "500600700", "text": "First"}, {"phone": "500600701", "text": "Second"}], "test": True}
    assert sms("oMessages.sendPersonalized", personal)["error"]["code"] == 3001
    assert sms("oMessages.sendMms", {"phone": "500600700", "title": "Picture"})["error"]["type"] == "SendError"
    assert sms("oMessages.sendVoice", {"phone": "500600700", "text": "Hello"})["error"]["type"] == "SendError"
    assert sms("oMessages.reports", {"id": ["aca3944055"]})["items"] == []
    assert sms("oMessages.view", {"id": "aca3944055"})["error"]["type"] == "InvalidID"
    assert sms("oMessages.delete", {"id": "aca3944055"}) == {"success": False}


def money_and_the_rest(sms):
    assert sms("oAccount.limits")["items"][0]["type"] == "eco"
    assert "account_maintainer" in sms("oAccount.help", {})
    assert sms("oAccount.messages")["items"] == []
    assert sms("oAccount.add", {"phone": "500600700"})["error"]["type"] == "AccountError"
    assert sms("oPayments.index")["items"] == []
    assert sms("oPayments.view", 1)["error"]["code"] == 1004
    assert sms("oPayments.invoice", 1)["error"]["code"] == 1004
    assert sms("oStats.index", {"type": "eco"})["items"] == []
    assert sms("oPhones.check", "500600700", "")["error"]["type"] == "PhoneError"
    assert sms("oPhones.test", "500600700") == {"correct": True}
    assert sms("oPremium.index")["items"] == []
    assert sms("oPremium.send", {"phone": "500600700"})["error"]["code"] == 4201
    assert sms("oPremium.quiz", 1)["error"]["code"] == 1004
    assert sms("oError.view", 4602)["error"]["type"] == "BlacklistError"
    given = {
        "oFiles.index": "mms",
        "oFiles.add": "mms",
        "oFiles.view": {"type": "mms", "id": "1f9e980e87"},
        "oFiles.delete": {"type": "mms", "id": "1f9e980e87"},
        "oSubAccounts.add": {"subaccount_username": "x"},
        "oSubAccounts.view": 1,
        "oSubAccounts.limit": {"id": 1, "type": "eco", "value": 1},
        "oSubAccounts.delete": 1,
    }
    for call, argument in given.items():  # what they do is tested elsewhere; here, that the library can say it and gets an answer
        assert isinstance(sms(call, argument), dict)
    assert isinstance(sms("oSubAccounts.index"), dict)
