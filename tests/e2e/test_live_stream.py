"""The live stream of a running installation: strangers get none, and everybody sees their own account only."""

import re
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest
from web_client import WebClient, eventually

from recado.testing.process import RunningRecado

pytestmark = pytest.mark.slow


class Stream:
    """Reads the stream of one person in a thread."""

    def __init__(self, client: WebClient, headers: dict[str, str] | None = None) -> None:
        self.text = ""
        self._client = client
        self._headers = headers or {}
        threading.Thread(target=self._read, daemon=True).start()
        eventually(lambda: self.text)

    def _read(self) -> None:
        with suppress(httpx2.HTTPError), self._client.http.stream("GET", "/events/", headers=self._headers, timeout=30) as response:
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
    of_flowers, of_clinic = Stream(flowers), Stream(clinic)
    text(flowers, "Gardener")
    eventually(lambda: "Thank you! You will get" in of_flowers.text)
    text(clinic, "Wizyta")
    eventually(lambda: "oddzwonimy" in of_clinic.text)
    assert "Gardener" not in of_clinic.text
    assert "Wizyta" not in of_flowers.text


def test_a_stream_that_comes_back_goes_on_where_it_ended(flowers: WebClient):
    first = Stream(flowers)
    text(flowers, "Gardener one")
    seen = eventually(lambda: re.search(r"id: (\d+)\n(?:data: .*\n)*?data: .*Gardener one", first.text))
    text(flowers, "Gardener two")
    again = Stream(flowers, {"Last-Event-ID": seen[1]})
    eventually(lambda: "Gardener two" in again.text)
    assert min(map(int, re.findall(r"id: (\d+)", again.text))) > int(seen[1])
