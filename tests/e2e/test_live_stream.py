"""The live stream of a running installation: strangers get none, and everybody sees their own account only."""

import hashlib
import re
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import httpx2
import pytest
from web_client import WebClient, eventually

from recado.testing.process import RunningRecado

pytestmark = pytest.mark.slow


class Stream:
    """Reads a stream in a thread."""

    def __init__(self, client: httpx2.Client, headers: dict[str, str] | None = None, path: str = "/events/") -> None:
        self.text = ""
        self._client, self._path = client, path
        self._headers = headers or {}
        threading.Thread(target=self._read, daemon=True).start()
        eventually(lambda: self.text)

    def _read(self) -> None:
        with suppress(httpx2.HTTPError), self._client.stream("GET", self._path, headers=self._headers, timeout=30) as response:
            for piece in response.iter_text():
                self.text += piece


@pytest.fixture
def flowers(demo: RunningRecado) -> Iterator[WebClient]:
    with WebClient(demo.url) as client:
        client.sign_in("roza@demo.example", "recado-demo")
        yield client


@pytest.fixture
def clinic(demo: RunningRecado) -> Iterator[WebClient]:
    with WebClient(demo.url) as client:
        client.sign_in("klinika@demo.example", "recado-demo")
        yield client


def text(client: WebClient, words: str) -> None:
    """Text the shared number from a simulated phone."""
    page = client.get("/simulator/")
    shared = re.search(r'value="(\d+)"[^>]*>503\s340\s503', page)
    assert shared is not None
    client.post("/simulator/", "/simulator/", phone="48600000001", number=shared[1], text=words)


def test_strangers_are_refused(demo: RunningRecado):
    assert httpx2.get(f"{demo.url}/events/").status_code == 403
    assert httpx2.get(f"{demo.url}/events/", headers={"Cookie": "sessionid=made-up"}).status_code == 403


def test_everybody_sees_their_own_account_only(flowers: WebClient, clinic: WebClient):
    of_flowers, of_clinic = Stream(flowers.http), Stream(clinic.http)
    text(flowers, "Gardener")
    eventually(lambda: "Thank you! You will get" in of_flowers.text)
    text(clinic, "Wizyta")
    eventually(lambda: "oddzwonimy" in of_clinic.text)
    assert "Gardener" not in of_clinic.text
    assert "Wizyta" not in of_flowers.text


def test_a_stream_that_comes_back_goes_on_where_it_ended(flowers: WebClient):
    first = Stream(flowers.http)
    text(flowers, "Gardener one")
    seen = eventually(lambda: re.search(r"id: (\d+)\n(?:data: .*\n)*?data: .*Gardener one", first.text))
    text(flowers, "Gardener two")
    again = Stream(flowers.http, {"Last-Event-ID": seen[1]})
    eventually(lambda: "Gardener two" in again.text)
    assert min(map(int, re.findall(r"id: (\d+)", again.text))) > int(seen[1])


@contextmanager
def program(demo: RunningRecado, account: str) -> Iterator[httpx2.Client]:
    """Call with a key of the account of this name."""
    key = secrets.token_hex(16)
    columns = "account_id, username, password, token_sha256, allowed_networks, is_active, created_at"
    with closing(sqlite3.connect(demo.data / "recado.sqlite3", timeout=20)) as database, database:
        (account_id,) = database.execute("SELECT id FROM accounts_account WHERE name LIKE ?", (account,)).fetchone()
        row = (account_id, key, "-", hashlib.sha256(key.encode()).hexdigest(), "", True, "2026-11-22 12:00:00")
        database.execute(f"INSERT INTO accounts_apiuser ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    with httpx2.Client(base_url=demo.url, headers={"Authorization": f"Bearer {key}"}) as client:
        yield client


def test_a_program_hears_of_its_account_alone(demo: RunningRecado, flowers: WebClient):
    with program(demo, "Kwiaciarnia%") as florist, program(demo, "Klinika%") as doctor:
        heard = [Stream(one, path="/api/v1/events") for one in (florist, doctor)]
        text(flowers, "Gardener")
        eventually(lambda: "event: message.received" in heard[0].text)
        assert httpx2.get(f"{demo.url}/api/v1/events").json()["code"] == "no-key"
        assert "message.received" not in heard[1].text
