"""The description of the API for machines: what all operations share is there, and nothing is described twice."""

from collections import Counter

import pytest
from django.test import Client

from api_v1.test_v1_doors import METHODS, OPERATIONS
from recado.api.v1.api import api
from recado.api.v1.schema_names import _name_of
from recado.apps.accounts.scopes import Scope

DESCRIPTION = api.get_openapi_schema()


def test_it_is_given_to_everybody(db):
    response = Client().get("/api/v1/openapi.json")
    assert (response.status_code, response.json()["openapi"]) == (200, "3.1.0")
    assert response.json()["servers"] == [{"url": "/", "description": "This installation"}]


def test_every_operation_has_a_name_of_its_own():
    names = [methods[method]["operationId"] for methods in DESCRIPTION["paths"].values() for method in METHODS if method in methods]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_shape_is_described_in_two_ways():
    assert DESCRIPTION.clashes == set()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_its_scope_its_problems_and_its_key(name):
    method, _, operation = OPERATIONS[name]
    assert operation["x-scope"] in set(Scope)
    assert f"`{operation['x-scope']}`" in operation["description"]
    assert operation["security"] == [{"Key": [operation["x-scope"]]}]
    statuses = {401, 403, 404, 422, 429, 500} | ({409} if method != "get" else set())
    assert statuses <= operation["responses"].keys()
    assert all("application/problem+json" in operation["responses"][status]["content"] for status in statuses)
    is_writing = any(one["name"] == "Idempotency-Key" for one in operation["parameters"])
    assert is_writing == (method != "get")


def test_every_tag_is_explained():
    used = {tag for _, _, operation in OPERATIONS.values() for tag in operation["tags"]}
    explained = {tag["name"] for tag in DESCRIPTION["tags"] if len(tag["description"].split()) > 2}
    assert used == explained


def test_classes_called_alike_are_two_shapes():
    classes = ("made.models.Up.State", "up.models.Up.State", "up.models.x.Up.State", "made.models.Up.State")
    assert [_name_of(f"recado.apps.{one}:1") for one in classes] == ["UpState", "UpUpState", "UpUpState2", "UpState"]
