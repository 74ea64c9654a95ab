"""Idempotency keys: what is repeated is done once and answered the same."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.test import Client
from django.utils import timezone

from recado.api.v1 import groups
from recado.api.v1.problems import Problem
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.apps.contacts.models import Group
from recado.apps.programs import remembering
from recado.apps.programs.models import RememberedAnswer

KEY = {"Idempotency-Key": "8f2c-1"}
BODY = {"name": "Gardeners"}


def test_a_repetition_gets_the_same_answer_and_does_nothing(api):
    first, again = (api("post", "/groups", BODY, **KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first["Content-Type"]) == (again.content, again["Content-Type"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Group.objects.count() == 1


def test_a_deletion_repeated_is_answered_as_the_first(api):
    group = api("post", "/groups", BODY).json()["id"]
    assert [api("delete", f"/groups/{group}", **KEY).status_code for _ in range(2)] == [204, 204]
    assert api("delete", f"/groups/{group}").status_code == 404


def test_a_refusal_is_repeated_too(api):
    first, again = (api("post", "/groups", {"name": ""}, **KEY) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize(("method", "path", "body"), [("post", "/groups", {"name": "B"}), ("post", "/groups?x=1", BODY)])
def test_the_same_key_for_another_call_is_refused(api, method, path, body):
    api("post", "/groups", BODY, **KEY)
    response = api(method, path, body, **KEY)
    assert (response.status_code, response.json()["code"]) == (422, "key-reused")
    assert Group.objects.count() == 1


def test_keys_are_each_programs_own(api, strangers_api):
    assert [one("post", "/groups", BODY, **KEY).status_code for one in (api, strangers_api)] == [201, 201]
    assert Group.objects.count() == 2


def test_reading_needs_no_key_and_keeps_none(api):
    assert api("get", "/groups", **KEY).status_code == 200
    assert not RememberedAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "ą", "x" * 256, "two words"])
def test_a_key_that_cannot_be_is_refused_with_the_header(api, key):
    response = api("post", "/groups", BODY, **{"Idempotency-Key": key})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "header.Idempotency-Key")


def test_a_key_without_the_scope_leaves_the_idempotency_key_free(api, api_with):
    assert api_with()("post", "/groups", BODY, **KEY).status_code == 403
    assert not RememberedAnswer.objects.exists()


@pytest.mark.parametrize("error", [RuntimeError("broken"), Problem(429, "many", "Many", "Wait."), Problem(503, "down", "Down", "Wait.")])
def test_what_was_not_done_for_no_fault_of_the_call_may_be_tried_again(api, monkeypatch, error):
    def fail(*_args):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(groups, "add_group", fail)
        assert api("post", "/groups", BODY, **KEY).status_code >= 429
    assert api("post", "/groups", BODY, **KEY).status_code == 201


def test_a_call_that_never_ended_blocks_its_key_for_five_minutes_and_no_longer(api, program):
    api("post", "/groups", BODY, **KEY)
    for age, status in ((timedelta(minutes=4), 409), (timedelta(minutes=5), 201)):
        RememberedAnswer.objects.update(status=None, created_at=timezone.now() - age)
        response = api("post", "/groups", BODY, **KEY)
        assert response.status_code == status
        if status == 409:
            assert (response.json()["code"], response["Retry-After"]) == ("in-progress", "1")


def test_after_a_day_a_key_is_new(api):
    api("post", "/groups", BODY, **KEY)
    RememberedAnswer.objects.update(created_at=timezone.now() - timedelta(hours=24))
    assert "Idempotency-Replayed" not in api("post", "/groups", BODY, **KEY)
    assert Group.objects.count() == 2


def test_upkeep_forgets_what_is_a_day_old(api, monkeypatch):
    monkeypatch.setattr(remembering, "AT_ONCE", 1)
    api("post", "/groups", BODY, **KEY)
    api("post", "/groups", BODY, **{"Idempotency-Key": "other"})
    RememberedAnswer.objects.filter(key="other").update(created_at=timezone.now() - timedelta(hours=24))
    assert remembering.forget(timezone.now()) == 1
    assert RememberedAnswer.objects.get().key == KEY["Idempotency-Key"]


def test_of_an_answer_too_long_to_be_kept_it_is_said_that_the_call_was_done(api, monkeypatch):
    monkeypatch.setattr(remembering, "LARGEST_BODY", 10)
    api("post", "/groups", BODY, **KEY)
    response = api("post", "/groups", BODY, **KEY)
    assert (response.status_code, response.json()["code"]) == (409, "answer-not-kept")
    assert "201" in response.json()["detail"]
    assert Group.objects.count() == 1


def test_a_form_sent_again_is_the_same_call_whatever_separates_its_parts(api, rf):
    from recado.api.v1.idempotency import _fingerprint

    def form(boundary):
        body = f"--{boundary}\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--{boundary}--\r\n"
        return rf.post("/api/v1/x", body, content_type=f"multipart/form-data; boundary={boundary}")

    assert _fingerprint(form("abc")) == _fingerprint(form("xyz"))


def test_of_two_at_once_exactly_one_is_done(in_threads):
    program = create_api_user(create_account("Kwiaciarnia Róża", language="en"), "shop", "secret")
    headers = {"Authorization": f"Bearer {issue_token(program)}", **KEY}
    together = Barrier(4)

    def call():
        together.wait(5)
        return Client().post("/api/v1/groups", BODY, content_type="application/json", headers=headers)

    answers = in_threads(*[call] * 4)
    assert {answer.status_code for answer in answers} <= {201, 409}
    done = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in done}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in done) == 1
    assert Group.objects.count() == 1
