"""Every operation of the API: without a key or its scope nobody passes, a stranger finds nothing, the owner passes."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client

from api_v1.doors import Door, sent
from recado.api.v1.api import api as ninja
from recado.apps.accounts.scopes import Scope

DOORS: dict[str, Door] = {}
for file in sorted(Path(__file__).parent.glob("doors_*.py")):
    DOORS |= import_module(f"api_v1.{file.stem}").DOORS
METHODS = ("get", "post", "put", "patch", "delete")
OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, methods in ninja.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}
WITH_OBJECTS = [name for name in DOORS if "{" in OPERATIONS[name][1] and DOORS[name].objects.__name__ != "nothing"]


def ask(call, name, arguments):
    method, path, _ = OPERATIONS[name]
    given = re.sub(r"{(\w+)}", lambda found: str(arguments[found[1]]), path.removeprefix("/api/v1"))
    query = "&".join(f"{key}={value}" for key, value in DOORS[name].query.items())
    return call(method, f"{given}?{query}" if query else given, DOORS[name].body)


def test_every_operation_has_a_door():
    assert OPERATIONS.keys() == DOORS.keys()


def test_every_operation_says_what_it_does():
    assert [
        name for name, (_, _, operation) in OPERATIONS.items() if not operation.get("summary") or not operation.get("description")
    ] == []


@pytest.mark.parametrize("name", DOORS)
def test_nobody_passes_without_a_key(name, account):
    def nobody(method, path, body):
        return getattr(Client(), method)(f"/api/v1{path}", **sent(body))

    response = ask(nobody, name, DOORS[name].objects(account))
    assert (response.status_code, response["Content-Type"], response["WWW-Authenticate"]) == (401, "application/problem+json", "Bearer")
    assert response.json()["code"] == "no-key"


@pytest.mark.parametrize("name", DOORS)
def test_a_key_without_the_scope_is_refused(name, account, api_with):
    arguments = DOORS[name].objects(account)
    refused = ask(api_with(), name, arguments).json()
    assert refused["code"] == "missing-scope"
    needed = next(scope.value for scope in Scope if f"`{scope.value}`" in refused["detail"])
    assert needed.endswith(":read") == (OPERATIONS[name][0] == "get")
    assert ask(api_with(*(scope.value for scope in Scope if scope != needed)), name, arguments).status_code == 403
    assert ask(api_with(needed), name, arguments).status_code != 403


@pytest.mark.parametrize("name", WITH_OBJECTS)
def test_a_stranger_finds_nothing(name, account, strangers_api):
    response = ask(strangers_api, name, DOORS[name].objects(account))
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("name", DOORS)
def test_the_owner_passes(name, account, api):
    response = ask(api, name, DOORS[name].objects(account))
    assert 200 <= response.status_code < 300, response.content
