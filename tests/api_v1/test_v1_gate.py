"""What every address of the API answers, whatever comes: problems, methods, bodies, limits, conditions."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from recado.api.v1 import auth, gate, groups, reading
from recado.api.v1.limits import Limiter
from recado.apps.contacts.models import Group

JSON = "application/json"


@pytest.fixture
def raw(program):
    """Send a body as it is."""
    from recado.apps.accounts.services import issue_token

    client = Client(headers={"Authorization": f"Bearer {issue_token(program)}"})
    return lambda body, kind=JSON, path="/groups": client.post(f"/api/v1{path}", body, content_type=kind)


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == response.status_code
    assert response.json()["detail"]
    return response.status_code, response.json()["code"]


# --- what there is not ---


@pytest.mark.parametrize("path", ["/", "/nothing", "/groups/", "/groups/1/more", "/%00", "//groups", "/docs/x"])
def test_an_address_that_is_none_is_a_problem(db, path):
    assert problem(Client().get(f"/api/v1{path}")) == (404, "not-found")


@pytest.mark.parametrize("key", ["0", "-1", "x", str(2**53), "1" * 5000, "1.5", "%00"])
def test_an_id_that_cannot_be_is_refused_with_the_field(api, key):
    assert problem(api("get", f"/groups/{key}")) == (422, "invalid")


def test_a_method_that_is_none_names_those_there_are(api):
    response = api("put", "/groups", {})
    assert problem(response) == (405, "method-not-allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_what_can_be_done_can_be_asked_without_a_key(db):
    response = Client().options("/api/v1/groups")
    assert (response.status_code, response["Allow"], response.content) == (204, "GET, HEAD, OPTIONS, POST", b"")
    assert "Access-Control-Allow-Origin" not in response


def test_head_says_what_get_would(api):
    get, head = api("get", "/groups"), api("head", "/groups")
    assert (head.status_code, head.content, head["Content-Type"], head["ETag"]) == (200, b"", get["Content-Type"], get["ETag"])
    assert api("head", "/groups/1").status_code == 404


# --- bodies ---


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe\xff", b'{"name": NaN}', b"[1e999]", b"[" * 100_000, b'{"name": %s}' % (b"9" * 5000), b'"\xb1"']
)
def test_a_body_that_cannot_be_read_is_a_problem(raw, body):
    assert problem(raw(body)) == (400, "bad-request")


@pytest.mark.parametrize("body", ["null", "[]", '""', "7", '{"name": null}', '{"name": "\\ud800"}', '{"name": "\\u0000"}', ""])
def test_a_body_that_says_nothing_right_is_refused(raw, body):
    assert problem(raw(body)) == (422, "invalid")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/json2"]
)
def test_a_body_of_another_type_is_refused(raw, kind):
    assert problem(raw('{"name": "Gardeners"}', kind)) == (415, "wrong-content-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/merge-patch+json"])
def test_json_may_say_more_of_itself(raw, kind):
    assert raw('{"name": "Żółć"}', kind).status_code == 201


def test_a_body_too_large_is_refused_by_its_length_or_once_read(raw, api, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 100)
    assert problem(raw(json.dumps({"name": "x" * 100}))) == (413, "body-too-large")


def test_a_body_larger_than_django_takes_is_read(raw):
    assert problem(raw(json.dumps({"name": "x" * 3_000_000}))) == (422, "invalid")


def test_a_body_in_chunks_is_read(program):
    from io import BytesIO

    from recado.apps.accounts.services import issue_token

    environ = {
        "HTTP_TRANSFER_ENCODING": "chunked",
        "CONTENT_TYPE": JSON,
        "CONTENT_LENGTH": "",
        "wsgi.input": BytesIO(b'{"name": "Gardeners"}'),
    }
    client = Client(headers={"Authorization": f"Bearer {issue_token(program)}"})
    response = client.generic("POST", "/api/v1/groups", **environ)
    assert response.status_code == 201


# --- failures ---


def test_what_fails_inside_is_a_problem_without_details(api, monkeypatch):
    monkeypatch.setattr(groups, "add_group", lambda *_: 1 / 0)
    response = api("post", "/groups", {"name": "Gardeners"})
    assert problem(response) == (500, "internal")
    assert "division" not in response.content.decode()


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(api, monkeypatch):
    monkeypatch.setattr(gate.idempotency, "keep", lambda *_: 1 / 0)
    assert api("post", "/groups", {"name": "Gardeners"}, **{"Idempotency-Key": "x"}).status_code == 201


# --- limits ---


@pytest.fixture
def limited(monkeypatch):
    """Three calls a minute; the clock stands until it is moved."""
    clock = SimpleNamespace(now=0.0)
    limiter = Limiter(3, lambda: clock.now)
    monkeypatch.setattr(auth, "limiter", limiter)
    monkeypatch.setattr(gate, "limiter", limiter)
    return clock


def test_too_many_calls_are_refused_until_their_time(api, strangers_api, limited):
    answers = [api("get", "/groups") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == ['"key";r=2;t=20', '"key";r=1;t=40', '"key";r=0;t=60', '"key";r=0;t=60']
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"key";q=3;w=60'}
    assert problem(answers[-1]) == (429, "too-many-calls")
    assert answers[-1]["Retry-After"] == "20"
    assert strangers_api("get", "/groups").status_code == 200
    limited.now = 20
    assert [api("get", "/groups").status_code for _ in range(2)] == [200, 429]


def test_calls_refused_for_their_scope_count_too(api_with, limited):
    call = api_with()
    assert [call("get", "/groups").status_code for _ in range(4)] == [403, 403, 403, 429]


def test_without_a_limit_nothing_is_said_of_it(api, monkeypatch):
    for module in (auth, gate):
        monkeypatch.setattr(module, "limiter", Limiter(0))
    assert "RateLimit" not in api("get", "/groups")


def test_full_buckets_are_forgotten(monkeypatch):
    monkeypatch.setattr("recado.api.v1.limits.MOST_REMEMBERED", 10)
    clock = SimpleNamespace(now=0.0)
    limiter = Limiter(60, lambda: clock.now)
    for number in range(100):
        clock.now += 0.5
        limiter.count(str(number))
    assert len(limiter._levels) <= 11


# --- conditions ---


def test_what_is_known_is_not_sent_again(api):
    api("post", "/groups", {"name": "Gardeners"})
    tag = api("get", "/groups")["ETag"]
    assert tag.startswith('W/"')
    same = api("get", "/groups", **{"If-None-Match": f'"other", {tag}'})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    api("post", "/groups", {"name": "Florists"})
    assert api("get", "/groups", **{"If-None-Match": tag}).status_code == 200


def test_a_change_meant_for_another_state_is_not_made(api):
    path = f"/groups/{api('post', '/groups', {'name': 'Gardeners'}).json()['id']}"
    tag = api("get", path)["ETag"]
    assert api("patch", path, {"name": "Florists"}, **{"If-Match": tag}).status_code == 200
    refused = api("patch", path, {"name": "Painters"}, **{"If-Match": tag})
    assert problem(refused) == (412, "changed")
    assert refused["ETag"] == api("get", path)["ETag"]
    assert api("delete", path, **{"If-Match": tag}).status_code == 412
    assert Group.objects.get().name == "Florists"
    assert api("delete", path, **{"If-Match": "*"}).status_code == 204
    assert api("delete", path, **{"If-Match": "*"}).status_code == 404


def test_a_conditional_change_repeated_under_its_key_is_answered_as_the_first(api):
    path = f"/groups/{api('post', '/groups', {'name': 'Gardeners'}).json()['id']}"
    headers = {"If-Match": api("get", path)["ETag"], "Idempotency-Key": "x"}
    assert [api("patch", path, {"name": "Florists"}, **headers).status_code for _ in range(2)] == [200, 200]


def test_a_condition_needs_the_right_to_read(api, api_with):
    path = f"/groups/{api('post', '/groups', {'name': 'Gardeners'}).json()['id']}"
    assert problem(api_with("contacts:write")("patch", path, {"name": "x"}, **{"If-Match": "*"})) == (403, "missing-scope")
    assert Group.objects.get().name == "Gardeners"
