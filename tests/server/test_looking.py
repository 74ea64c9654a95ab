"""What operators and the demo look at: health, metrics, the demo's receiver."""

import re
from pathlib import Path

import pytest
from prometheus_client import REGISTRY, generate_latest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import recado.gateway.metrics
import recado.server.delivery_metrics
import recado.server.scans
from recado.gateway.metrics import GatewayCollector
from recado.server import demo_receiver
from recado.server.application import build


class Unwell:
    def health(self):
        return {"ok": False, "database": {"ok": False, "reason": "disk full"}}


def test_what_is_wrong_is_a_503_with_the_reason():
    response = TestClient(build(Unwell(), with_demo_receiver=False), client=("127.0.0.1", 1), base_url="http://localhost").get("/healthz")
    assert (response.status_code, response.json()["database"]["reason"]) == (503, "disk full")


def test_every_metric_that_the_code_names_is_shown():
    sources = [
        Path(module.__file__).read_text() for module in (recado.gateway.metrics, recado.server.delivery_metrics, recado.server.scans)
    ]
    named = {name for source in sources for name in re.findall(r'"(recado_\w+)"', source)}
    collector = GatewayCollector(list, lambda: {"queue_length": 3})
    REGISTRY.register(collector)
    try:
        shown = generate_latest().decode()
    finally:
        REGISTRY.unregister(collector)
    assert len(named) >= 12
    assert {name for name in named if not re.search(rf"^# TYPE {name}(_total)? ", shown, re.MULTILINE)} == set()
    assert "recado_queue_length 3.0" in shown


@pytest.fixture
def receiver():
    return TestClient(Starlette(routes=demo_receiver.routes()))


def test_the_demos_receiver_answers_ok_and_shows_what_came_newest_first(receiver):
    assert receiver.get("/demo/receiver/hook?wiadomosc=1").text == "OK"
    assert receiver.post("/demo/receiver/hook", content=b"za\xc5\xbc\xff").text == "OK"
    newest, oldest = receiver.get("/demo/receiver/").json()["received"]
    assert (newest["method"], newest["body"], oldest["query"]) == ("POST", "zaż\N{REPLACEMENT CHARACTER}", {"wiadomosc": "1"})


def test_the_demos_receiver_keeps_little_and_takes_nothing_large(receiver):
    for number in range(demo_receiver.KEPT + 3):
        receiver.get(f"/demo/receiver/hook?n={number}")
    kept = [one["query"]["n"] for one in receiver.get("/demo/receiver/").json()["received"]]
    assert kept == [str(number) for number in range(demo_receiver.KEPT + 2, 2, -1)]
    assert receiver.post("/demo/receiver/hook", content=b"x" * (demo_receiver.MAX_BODY_OCTETS + 1)).status_code == 413
    assert len(receiver.get("/demo/receiver/").json()["received"]) == demo_receiver.KEPT
