"""The provider's client library from PyPI: what it can say about files, sub-accounts, voice and MMS; and that no method is left out."""

import ast
import inspect
import json
from pathlib import Path

import pytest
from serwersms.serwersms import SerwerSMS

from recado.apps.accounts.services import create_account, create_api_user, issue_token

HERE = Path(__file__).parent
TESTS = [HERE / "test_vendor_client.py", HERE / "test_vendor_client_methods.py"]


@pytest.fixture
def client(transactional_db, live_server):
    library = SerwerSMS(issue_token(create_api_user(create_account("Kwiaciarnia Róża", language="en"), "demo", "demo")))
    library.api_url = f"{live_server.url}/api2/"
    return library


def test_it_gets_an_answer_to_everything_it_can_say(client):
    """What files and sub-accounts do is tested with these."""
    answers = [
        client.file.add("mms", {"name": "picture.jpg"}),
        client.file.view("1f9e980e87", "mms"),
        client.file.delete("1f9e980e87", "mms"),
        client.subaccount.add("shop two", "a password", 999_999, {"name": "Shop"}),
        client.subaccount.index(),
        client.subaccount.view(999_999),
        client.subaccount.limit(999_999, "eco", 5),
        client.subaccount.delete(999_999),
    ]
    assert all(isinstance(json.loads(answer), dict) for answer in answers)
    assert json.loads(client.message.send_voice("500600700", {"text": "Hello"}))["error"]["code"] == 3007
    assert json.loads(client.message.send_mms("500600700", "Title", {"file_id": "1f9e980e87"}))["error"]["code"] == 3005


def test_no_method_of_the_library_is_left_out():
    library = SerwerSMS("token")
    parts = {name: one for name, one in vars(library).items() if type(one).__module__.startswith("serwersms.")}
    methods = {f"{name}.{method}" for name, one in parts.items() for method, _ in inspect.getmembers(one, inspect.ismethod)}
    called = {
        f"{node.value.attr}.{node.attr}"
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    }
    assert {one for one in methods if not one.endswith(".__init__")} - called == set()
