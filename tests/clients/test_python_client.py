"""The Python client: what it sends, what it makes of answers, when it tries again."""

import ast
import json
import sys
import threading
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError

import pytest

import recado_client
from recado_client import (
    UNSET,
    Client,
    ConflictError,
    Event,
    InvalidError,
    NoAnswerError,
    NotFoundError,
    NotLetInError,
    ServerFailedError,
    TooManyCallsError,
    Upload,
)
from recado_client.events import follow
from recado_client.transport import Answer, Request, over_http

ROOT = Path(__file__).parents[2]
GROUP = {"id": 7, "name": "Gardeners", "contact_count": 0}


def answer(status: int, body: object = None, **headers: str) -> Answer:
    kind = "application/json" if status < 300 else "application/problem+json"
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"content-type": kind} | given, b"" if body is None else json.dumps(body).encode())


class Server:
    """Gives answers one after the other, and remembers what was asked and how long was waited."""

    def __init__(self, *answers: Answer | OSError) -> None:
        self.answers, self.asked, self.waited = list(answers), list[Request](), list[float]()
        self.client = Client("https://sms.example.org/", "secret-key", transport=self, sleep=self.waited.append)

    def __call__(self, request: Request, timeout: float) -> Answer:  # noqa: ARG002  # the interface
        self.asked.append(request)
        given = self.answers.pop(0)
        if isinstance(given, OSError):
            raise given
        return given


def test_a_call_goes_where_it_must_with_the_key():
    server = Server(answer(200, GROUP))
    assert server.client.get_group(7) == GROUP
    assert (server.asked[0].method, server.asked[0].url) == ("GET", "https://sms.example.org/api/v1/groups/7")
    assert server.asked[0].headers["Authorization"] == "Bearer secret-key"
    assert "Idempotency-Key" not in server.asked[0].headers
    assert "secret-key" not in repr(server.client)


def test_a_list_turns_its_pages_when_they_are_needed():
    server = Server(answer(200, {"items": [1, 2], "next": "a b"}), answer(200, {"items": [3], "next": None}))
    names = server.client.list_groups(search="flor&", limit=2)
    assert server.asked == []
    assert list(names) == [1, 2, 3]
    assert [one.url.partition("?")[2] for one in server.asked] == ["limit=2&search=flor%26", "limit=2&search=flor%26&cursor=a+b"]


def test_a_change_carries_a_key_of_its_own_that_every_try_repeats():
    server = Server(OSError("reset"), answer(503), answer(409, {"code": "in-progress"}, retry_after="1"), answer(201, GROUP), answer(204))
    assert server.client.add_group(name="Gardeners") == GROUP
    assert server.client.delete_group(7) is None
    keys = [one.headers["Idempotency-Key"] for one in server.asked]
    assert len(set(keys[:4])) == 1
    assert keys[4] != keys[0]
    assert [json.loads(one.body) for one in server.asked[:4]] == [{"name": "Gardeners"}] * 4
    assert server.waited == [1.0, 2.0, 1.0]


def test_it_waits_as_long_as_told_but_not_for_ever():
    server = Server(answer(429, retry_after="7"), answer(429, retry_after="7000"), answer(200, GROUP))
    server.client.get_group(7)
    assert server.waited == [7.0, 60.0]


def test_a_program_can_give_the_key_it_keeps():
    server = Server(answer(201, GROUP))
    server.client.add_group(name="Gardeners", idempotency_key="order-17")
    assert server.asked[0].headers["Idempotency-Key"] == "order-17"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, NotLetInError), (403, NotLetInError), (404, NotFoundError), (409, ConflictError), (412, ConflictError), (422, InvalidError)],
)
def test_a_refusal_is_an_exception_that_says_what_to_do(status, kind):
    problem = {"code": "c", "title": "T", "detail": "Do this.", "errors": [{"field": "body.name", "message": "is missing"}]}
    server = Server(answer(status, problem))
    with pytest.raises(kind, match=rf"{status} c: Do this\.: body.name is missing") as raised:
        server.client.add_group(name="")
    assert (raised.value.code, raised.value.errors[0]["field"]) == ("c", "body.name")
    assert server.waited == []


@pytest.mark.parametrize(
    ("last", "kind"), [(answer(429), TooManyCallsError), (answer(503), ServerFailedError), (OSError("away"), NoAnswerError)]
)
def test_what_does_not_get_better_ends_in_an_exception(last, kind):
    server = Server(*[last] * 5)
    with pytest.raises(kind):
        server.client.get_group(7)
    assert len(server.asked) == 5


def test_an_error_of_something_in_between_is_one_too():
    server = Server(Answer(502, {"content-type": "text/html"}, b"<h1>Bad gateway"))
    with pytest.raises(ServerFailedError, match="Bad gateway"):
        server.client.get_group(7)


def test_files_and_everything_else_that_is_no_json():
    server = Server(Answer(200, {"content-type": "text/csv"}, b"a;b"), answer(200, {}))
    assert server.client.call("GET", "/x", query={"a": True, "b": None, "c": UNSET, "d": [1, 2]}) == b"a;b"
    server.client.call("POST", "/x", files={"file": Upload('a"\n.csv', b"1;2", "text/csv"), "name": "n", "left_out": UNSET})
    assert server.asked[0].url.endswith("/x?a=true&d=1&d=2")
    body = server.asked[1].body.decode()
    assert 'name="file"; filename="a%22.csv"\r\nContent-Type: text/csv\r\n\r\n1;2\r\n' in body
    assert "left_out" not in body
    boundary = server.asked[1].headers["Content-Type"].partition("boundary=")[2]
    assert body.endswith(f"--{boundary}--\r\n")


def test_the_key_goes_nowhere_else():
    seen = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/stolen")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert over_http(Request("GET", f"http://127.0.0.1:{server.server_port}/"), 5).status == 302
    assert seen == ["/"]
    with pytest.raises(ValueError, match="no address of a server"):
        over_http(Request("GET", "file:///etc/passwd"), 5)


def test_events_go_on_over_breaks_until_the_key_is_over():
    asked, problem = [], json.dumps({"code": "key-switched-off", "detail": "Switch it on."}).encode()
    answers = [
        [
            b"retry: 1000\n",
            b"\n",
            b": still here\n",
            b"\n",
            b"id: 7\n",
            b"event: message.received\n",
            b'data: {"conversation_id": 3}\n',
            b"\n",
        ],
        OSError("reset"),
        HTTPError("", 503, "", {}, BytesIO(b"<h1>")),
        [b"id: 9\n", b"event: refetch\n", b"data: {}\n", b"\n", b"id: 10\n"],
        HTTPError("", 403, "", {}, BytesIO(problem)),
    ]

    def opened(request, timeout):
        asked.append(request.get_header("Last-event-id"))
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return nullcontext(given)

    waited = []
    events = follow("https://sms.example.org", "key", None, waited.append, opened)
    assert [next(events), next(events)] == [Event("7", "message.received", {"conversation_id": 3}), Event("9", "refetch", {})]
    with pytest.raises(NotLetInError, match="Switch it on"):
        next(events)
    assert asked == [None, "7", "7", "7", "9"]
    assert len(waited) == 4


def test_it_needs_python_alone():
    files = Path(recado_client.__file__).parent.rglob("*.py")
    names = {
        name.split(".")[0]
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert names <= sys.stdlib_module_names | {"recado_client"}


def test_its_operations_are_those_of_the_api(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    from client import stale_files

    assert [str(path.relative_to(ROOT)) for path in stale_files()] == [], "run `make client`"
