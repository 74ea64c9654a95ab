"""Calls of our own API are noted by their route, with the problem they ended in."""

import pytest
from django.test import Client

from recado.apps.accounts.models import ApiUser
from recado.apps.programs.calls import calls
from recado.apps.programs.models import ApiCall


@pytest.fixture(autouse=True)
def _nothing_waits(db):
    calls.drop()


def noted():
    calls.flush()
    return list(ApiCall.objects.order_by("pk"))


def test_a_call_is_noted_by_its_route(api, account):
    group = api("post", "/groups", {"name": "Gardeners"}).json()["id"]
    api("get", f"/groups/{group}?limit=5")
    made, shown = noted()
    assert (made.api, made.account, made.username, made.action, made.status) == ("v1", account, "shop", "POST /groups", 201)
    assert "Gardeners" in made.request
    assert (shown.action, shown.request) == ("GET /groups/{group_id}", f"GET /api/v1/groups/{group}?limit=5")


def test_a_problem_is_noted_with_what_to_do(api):
    api("post", "/groups", {"name": ""})
    api("get", "/groups/77")
    wrong, missing = noted()
    assert (wrong.status, wrong.error_code) == (422, "invalid")
    assert "body.name" in wrong.error_detail
    assert (missing.status, missing.error_code) == (404, "not-found")


def test_a_known_key_that_was_not_let_in_is_told(api, program):
    ApiUser.objects.filter(pk=program.pk).update(is_active=False)
    api("get", "/groups")
    assert [row.error_code for row in noted()] == ["key-switched-off"]


def test_calls_of_nobody_are_not_kept():
    Client().get("/api/v1/groups", headers={"Authorization": "Bearer 00"})
    Client().get("/api/v1/openapi.json")
    assert noted() == []
