"""The live stream: what it says, to whom, and where it goes on after a break."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from recado.apps.accounts.models import Account, OperatorRole
from recado.apps.accounts.services import create_account, create_owner
from recado.apps.accounts.visits import begin_visit
from recado.gateway.live import Live, Notice
from recado.panel.visiting import VISIT_KEY
from recado.server import events
from recado.server.renderings import Renderings
from recado.server.viewer import Viewer, viewer_of

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of pages that show their notice, in two lines; nothing for contacts."""
    monkeypatch.setattr(
        "recado.panel.fragments.render", lambda kind, account, thing, *_: f"{kind} {account}\n{thing}" * (kind != "contacts")
    )


def watch(account_id: int, notices: list[Notice], count: int, last_event_id: int | None = None, *, is_still_in: bool = True) -> list[str]:
    """Return the first texts of an account's stream, on which notices are published once it is open."""

    async def run() -> list[str]:
        live = Live(asyncio.get_running_loop(), first_id=100, now=lambda: NOON)
        live.publish([Notice("message", account_id, number) for number in range(3)])  # 100, 101, 102
        viewer: Any = Viewer(SimpleNamespace(pk=1), SimpleNamespace(pk=account_id), "en")  # type: ignore[arg-type]
        seen: list[str] = []
        async with asyncio.timeout(5):
            async for text in events.stream(
                live, Renderings(events._render), viewer, last_event_id, lambda: viewer if is_still_in else None
            ):
                seen.append(text)
                if len(seen) == count:
                    break
                if len(seen) == 1:
                    asyncio.get_running_loop().call_later(0.01, live.publish, notices)
        return seen

    return asyncio.run(run())


def test_a_page_sees_its_account_and_no_other(rendered):
    seen = watch(1, [Notice("message", 2, 7), Notice("message", 1, 8)], 2)
    assert seen == ["retry: 1000\n\n", "id: 104\ndata: message 1\ndata: 8\n\n"]


def test_a_change_that_shows_nowhere_is_not_sent(rendered):
    seen = watch(1, [Notice("contacts", 1, 7), Notice("outbound", 1, 8)], 2)
    assert seen[1] == "id: 104\ndata: outbound 1\ndata: 8\n\n"


def test_a_page_that_comes_back_gets_what_it_missed(rendered):
    assert [text.partition("\n")[0] for text in watch(1, [], 3, last_event_id=100)[1:]] == ["id: 101", "id: 102"]


def test_a_page_from_before_a_restart_fetches_anew(rendered):
    assert "refetch" in watch(1, [], 2, last_event_id=5)[1]


def test_a_quiet_stream_says_that_it_is_there(rendered, monkeypatch):
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.001)
    assert watch(1, [], 3)[1:] == [": still here\n\n"] * 2


@pytest.mark.parametrize(("is_still_in", "texts"), [(True, 3), (False, 1)])
def test_a_stream_ends_soon_after_its_viewer_signed_out(rendered, monkeypatch, is_still_in, texts):
    monkeypatch.setattr(events, "LOOK_AGAIN_SECONDS", 0)
    notices = [Notice("message", 1, 7), Notice("message", 1, 8)]
    assert len(watch(1, notices, 3, is_still_in=is_still_in)) == texts


@pytest.mark.parametrize(
    ("header", "since", "expected"),
    [("101", "", 101), ("101", "1", 101), ("", "", None), ("", "x", None), ("abc", "", None), ("", "1", -1), ("", "99999999999", 102)],
)
def test_a_stream_goes_on_after_the_last_event_or_the_rendering_of_the_page(header, since, expected):
    async def run() -> int | None:
        live = Live(asyncio.get_running_loop(), first_id=103, now=lambda: NOON)
        scope = {"type": "http", "headers": [(b"last-event-id", header.encode())], "query_string": f"since={since}".encode()}
        return events._last_event_id(Request(scope), live)

    assert asyncio.run(run()) == expected


@pytest.mark.parametrize("cookies", ["", "sessionid=made-up", "sessionid", "=;;,\x7f=", "sessionid=" + "x" * 5000, 'a="b; sessionid=c'])
def test_made_up_cookies_are_nobodys(transactional_db, cookies):
    assert viewer_of(cookies) is None


def test_strangers_are_refused(monkeypatch):
    monkeypatch.setattr(events, "viewer_of", lambda _header: None)
    application = Starlette(routes=events.routes(SimpleNamespace()))  # type: ignore[arg-type]
    assert TestClient(application).get("/events/").status_code == 403


@pytest.fixture
def owner(transactional_db):  # asking who it is closes connections with an open transaction
    return create_owner(create_account("Róża", language="pl"), "roza@shop.example", "a long password")


def cookies_of(user) -> str:
    client = Client()
    client.force_login(user)
    return f"theme=dark; {settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_a_signed_in_person_is_recognised_with_account_and_language(owner):
    viewer = viewer_of(cookies_of(owner))
    assert viewer is not None
    assert (viewer.user, viewer.account.name, viewer.language) == (owner, "Róża", "pl")


def test_whoever_was_locked_out_or_changed_the_password_sees_nothing_more(owner):
    cookies = cookies_of(owner)
    owner.set_password("another long password")
    owner.save()
    assert viewer_of(cookies) is None
    cookies = cookies_of(owner)
    owner.is_active = False
    owner.save()
    assert viewer_of(cookies) is None


def test_a_person_without_an_account_sees_nothing(owner):
    cookies = cookies_of(owner)
    owner.memberships.all().delete()
    assert viewer_of(cookies) is None


def test_members_of_a_suspended_account_are_refused(owner):
    cookies = cookies_of(owner)
    Account.objects.update(is_suspended=True)
    assert viewer_of(cookies) is None


def test_a_visiting_operator_sees_a_suspended_account(owner):
    Account.objects.update(is_suspended=True)
    owner.operator_role = OperatorRole.ADMIN
    owner.save()
    visit, _ = begin_visit(owner, Account.objects.get(), "The invoice", timezone.now(), may_change=False)
    client = Client()
    client.force_login(owner)
    session = client.session
    session[VISIT_KEY] = visit.pk
    session.save()
    viewer = viewer_of(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    assert viewer is not None
    assert viewer.account == visit.account
