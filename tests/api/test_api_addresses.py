"""The one view: paths, suffixes, methods, and what becomes of failures."""

import io
import json

import pytest
from django.db import OperationalError

from recado.api.compat import actions, decode


@pytest.fixture
def post(client, token):
    def send(path, body=b"{}", content_type="application/json"):
        return client.generic("POST", path, body, content_type=content_type, headers={"Authorization": f"Bearer {token}"})

    return send


@pytest.mark.parametrize("path", ["groups/index", "groups/index.json", "/groups/index.json", "//groups//index", "groups/index/"])
def test_suffix_and_slashes_do_not_matter(post, path):
    response = post(f"/api2/{path}")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(response.content)["items"] == []


def test_every_action_of_the_table_answers_in_both_forms(post):
    for name in actions.ACTIONS:
        assert isinstance(json.loads(post(f"/api2/{name}").content), dict)
        assert post(f"/api2/{name}.xml").content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


@pytest.mark.parametrize("path", ["", "groups", "groups/Index", "messages/send_rcs", "groups/index.php", "../groups/index", "x" * 5000])
def test_what_is_not_there_is_1000(post, path):
    assert json.loads(post(f"/api2/{path}").content)["error"]["code"] == 1000


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_only_post_calls_an_action(client, token, method):
    response = client.generic(method, "/api2/groups/index", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    if method != "HEAD":
        assert json.loads(response.content)["error"]["code"] == 1000


@pytest.mark.parametrize("body", [b"{", b'{"a":}', b"[1]", b'{"a":' * 100_000, b'{"id":' + b"9" * 5000 + b"}"])
def test_a_broken_body_is_1006(post, body):
    assert json.loads(post("/api2/groups/index", body).content)["error"]["code"] == 1006


def test_a_body_sent_in_chunks_is_read(client, token):
    chunked = {"wsgi.input": io.BytesIO(b'{"name":"Gardeners"}'), "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.generic("POST", "/api2/groups/add", headers={"Authorization": f"Bearer {token}"}, **chunked)
    assert response.json()["success"] is True


def test_a_body_that_is_too_large_is_not_read(post, monkeypatch):
    monkeypatch.setattr("recado.api.compat.views.MAX_BODY", 100)
    assert json.loads(post("/api2/groups/index", b'{"search":"' + b"x" * 200 + b'"}').content)["error"]["code"] == 1006
    assert decode.MAX_BODY > 2_621_440, "more than Django takes by itself"


def test_a_body_larger_than_djangos_limit_is_read(post):
    rows = [{"phone": "500600700", "description": "x" * 1000}] * 3000
    body = json.dumps({"group_name": "Big", "contact": rows}).encode()
    assert len(body) > 3_000_000
    assert json.loads(post("/api2/contacts/import", body).content)["correct"] == 3000


@pytest.mark.parametrize("failure", [RuntimeError("secret detail"), OperationalError("database is locked")])
def test_a_failure_is_1010_without_its_details(post, monkeypatch, failure):
    def fail(call):
        raise failure

    monkeypatch.setitem(actions.ACTIONS, "groups/index", fail)
    response = post("/api2/groups/index")
    assert response.status_code == 200
    assert json.loads(response.content)["error"]["code"] == 1010
    assert str(failure) not in response.content.decode()


def test_a_multipart_form_is_read(client, token):
    response = client.post("/api2/groups/add", {"name": "Gardeners"}, headers={"Authorization": f"Bearer {token}"})
    assert response.json()["success"] is True


def test_a_broken_multipart_form_is_1006(post):
    response = post("/api2/groups/add", b"--x\r\nnonsense", "multipart/form-data; boundary=\xff")
    assert json.loads(response.content)["error"]["code"] in {1006, 2000}


def test_a_whole_request_of_the_shell_library_is_understood(client, api_user):
    body = "username=demo&password=demo&phone=+48500600700&first_name=Za%17C%F3&group_id=7&system=client_bash&"
    added = client.generic("POST", "/api2/contacts/add", body, content_type="application/x-www-form-urlencoded").json()
    body = f"username=demo&password=demo&id={added['id']}&system=client_bash&"
    viewed = client.generic("POST", "/api2/contacts/view", body, content_type="application/x-www-form-urlencoded").json()
    assert (viewed["phone"], viewed["first_name"]) == ("+48500600700", "Za\u0017C\ufffd")


def test_a_whole_request_of_the_java_library_is_understood(post):
    contacts = json.dumps([{"phone": "500600700", "first_name": "Zażółć"}, {"phone": "600700800"}])
    body = json.dumps({"group_name": "A", "contact": contacts, "system": "client_java"}).encode()
    imported = json.loads(post("/api2/contacts/import.json", body).content)
    assert (imported["success"], imported["correct"]) == (True, 2)
    listed = post("/api2/contacts/index.json", json.dumps({"group_id": str(imported["id"]), "sort": "phone"}).encode())
    assert [row["first_name"] for row in json.loads(listed.content)["items"]] == ["Zażółć", ""]
