"""The stream of events for programs: what it says, to whom, and when it ends."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from recado.apps.accounts.models import Account, ApiUser
from recado.apps.accounts.services import create_account, create_api_user, issue_token
from recado.gateway.live import Live, Notice
from recado.server import program_events

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def follow(notices: list[Notice], count: int, last_event_id: int | None = None, *, is_still_in: bool = True) -> list[str]:
    """Return the first texts of account 1's stream, on which notices are published once it is open."""

    async def run() -> list[str]:
        live = Live(asyncio.get_running_loop(), first_id=100, now=lambda: NOON)
        live.publish([Notice("message", 1, number) for number in range(3)])  # 100, 101, 102
        program: Any = SimpleNamespace(pk=1, account_id=1)
        seen: list[str] = []
        async with asyncio.timeout(5):
            async for text in program_events.stream(live, program, last_event_id, lambda: is_still_in):
                seen.append(text)
                if len(seen) == count:
                    break
                if len(seen) == 1:
                    asyncio.get_running_loop().call_later(0.01, live.publish, notices)
        return seen

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("notice", "event"),
    [
        (Notice("message", 1, 7), {"event": "message.received", "conversation_id": 7}),
        (Notice("outbound", 1, 7), {"event": "message.status", "conversation_id": 7}),
        (Notice("dialogue", 1, 7), {"event": "conversation.changed", "conversation_id": 7}),
        (Notice("campaign", 1, 9), {"event": "campaign.changed", "campaign_id": 9}),
        (Notice("jobs", 1, 7), {"event": "deliveries.changed"}),
        (Notice("contacts", 1), {"event": "contacts.changed"}),
    ],
)
def test_a_program_is_told_what_changed_with_its_id(notice, event):
    text = follow([Notice("message", 2, 8), notice], 2)[1]
    assert text == f"id: 104\nevent: {event['event']}\ndata: {json.dumps(event)}\n\n"


def test_what_is_for_people_is_not_told():
    assert "id: 105" in follow([Notice("presence", 1, 7), Notice("notification", 1, 7), Notice("outbound", 1, 8)], 2)[1]


def test_a_program_that_comes_back_gets_what_it_missed_or_is_told_to_read_anew():
    assert [text.partition("\n")[0] for text in follow([], 3, last_event_id=100)[1:]] == ["id: 101", "id: 102"]
    assert "event: refetch" in follow([], 2, last_event_id=5)[1]


@pytest.mark.parametrize(("is_still_in", "texts"), [(True, 3), (False, 1)])
def test_a_stream_ends_within_a_heartbeat_after_its_key_is_over(monkeypatch, is_still_in, texts):
    monkeypatch.setattr(program_events, "HEARTBEAT_SECONDS", 0.001)
    assert follow([], 3, is_still_in=is_still_in)[1:] == [": still here\n\n"] * (texts - 1)


@pytest.fixture
def program(transactional_db) -> ApiUser:
    return create_api_user(create_account("Róża"), "shop", "secret")


def request_with(token: str) -> Request:
    headers = [(b"authorization", f"Bearer {token}".encode())]
    return Request({"type": "http", "method": "GET", "headers": headers, "client": ("10.0.0.1", 1)})


OVER = {
    "switched off": {"is_active": False},
    "without the scope": {"scopes": ["contacts:read"]},
    "called from elsewhere": {"allowed_networks": "10.1.0.0/16"},
    "replaced": {"token_sha256": "another"},
    "expired": {"token_expires_at": NOON - timedelta(days=400)},
}


@pytest.mark.parametrize("change", OVER.values(), ids=OVER)
def test_a_key_that_would_not_be_let_in_now_is_not_in_any_more(program, change):
    request = request_with(issue_token(program))
    assert program_events._is_still_in(request)
    ApiUser.objects.update(**change)
    assert not program_events._is_still_in(request)


def test_programs_of_a_suspended_account_are_not_in_any_more(program):
    request = request_with(issue_token(program))
    Account.objects.update(is_suspended=True)
    assert not program_events._is_still_in(request)


@pytest.fixture
def asked(transactional_db):
    return TestClient(Starlette(routes=program_events.routes(SimpleNamespace())))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "headers", "code"),
    [
        ("GET", {}, "no-key"),
        ("GET", {"Authorization": "Basic abc"}, "no-key"),
        ("GET", {"Authorization": "Bearer made-up"}, "unknown-key"),
        ("POST", {}, "method-not-allowed"),
    ],
)
def test_strangers_are_refused_by_a_problem(asked, method, headers, code):
    response = asked.request(method, "/api/v1/events", headers=headers)
    assert (response.headers["content-type"], response.json()["code"]) == ("application/problem+json", code)


def test_a_key_has_so_many_streams_at_once(asked, program, monkeypatch):
    monkeypatch.setattr(program_events, "MOST_STREAMS", 0)
    response = asked.get("/api/v1/events", headers={"Authorization": f"Bearer {issue_token(program)}"})
    assert (response.status_code, response.json()["code"]) == (429, "too-many-streams")


@pytest.mark.parametrize(("header", "expected"), [("101", 101), ("", None), ("x", None), ("-1", None), ("9" * 30, None)])
def test_only_an_id_says_where_to_go_on(header, expected):
    request = Request({"type": "http", "headers": [(b"last-event-id", header.encode())]})
    assert program_events._last_event_id(request) == expected
