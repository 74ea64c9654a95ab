"""The actions `files/*`."""

import base64
import http.server
import threading

import pytest

from recado.apps.media import services
from recado.apps.media.fetching import set_fetcher
from recado.apps.media.models import MediaFile
from recado.server.fetching import fetch

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    """Nothing is written into the data folder of the tests."""
    from dataclasses import replace  # this fixture only

    settings.RECADO = replace(settings.RECADO, data=tmp_path, allow_private_forwards=True)
    set_fetcher(fetch)
    return tmp_path / "media"


@pytest.fixture
def address():
    """A web server with one picture."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path.startswith("/pictures/")
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(PNG if found else b"nothing")

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def encoded(content):
    return base64.b64encode(content).decode()


def test_a_file_is_kept_listed_shown_and_let_go(call, media_folder):
    added = call("files/add", type="mms", file=encoded(PNG), name="flower.png")
    assert added == {"success": True, "id": added["id"]}
    assert len(added["id"]) == 10
    row = call("files/view", id=added["id"], type="mms")
    assert {key: row[key] for key in ("id", "name", "size", "type")} == {
        "id": added["id"], "name": "flower.png", "size": len(PNG), "type": "mms",
    }  # fmt: skip
    assert call("files/index", type="mms") == {"paging": {"page": 1, "count": 1}, "items": [row]}
    assert call("files/index", type="voice")["items"] == []
    assert len(list(media_folder.glob("??/*"))) == 1
    assert call("files/delete", id=added["id"], type="mms") == {"success": True}
    assert call("files/view", id=added["id"])["error"]["code"] == 1004


def test_a_file_is_fetched_from_its_address(call, address):
    added = call("files/add", type="mms", url=f"{address}/pictures/red%20flower.png?size=2")
    assert call("files/view", id=added["id"])["name"] == "red flower.png"


def test_an_address_that_has_none_or_is_none_gives_the_documented_error(call, address):
    for url in (f"{address}/nothing", "http://127.0.0.1:9/", "ftp://example.org/x", "no address", ""):
        assert call("files/add", type="mms", url=url)["error"]["code"] == 4001


def test_private_networks_are_not_reached(call, address, settings):
    from dataclasses import replace

    settings.RECADO = replace(settings.RECADO, allow_private_forwards=False)
    assert call("files/add", type="mms", url=f"{address}/pictures/x.png")["error"]["code"] == 4001
    assert not MediaFile.objects.exists()


def test_what_an_mms_cannot_carry_is_refused(call):
    for content in (b"MZ\x90\0", b"<script>", b""):
        assert call("files/add", type="mms", file=encoded(content) or "x")["error"]["code"] == 4002
    assert call("files/add", type="mms", file="!!")["error"]["code"] == 4002
    assert call("files/add", type="voice", file=encoded(PNG))["error"]["code"] == 3007


def test_what_is_too_large_is_refused(call, address, monkeypatch):
    monkeypatch.setattr(services, "MOST_BYTES_OF_ACCOUNT", len(PNG))
    assert call("files/add", type="mms", file=encoded(PNG))["success"] is True
    assert call("files/add", type="mms", file=encoded(PNG))["error"]["code"] == 4000
    MediaFile.objects.all().delete()
    monkeypatch.setattr(services, "MOST_BYTES", len(PNG) - 1)
    monkeypatch.setattr("recado.api.compat.files.MOST_BYTES", len(PNG) - 1)
    assert call("files/add", type="mms", file=encoded(PNG))["error"]["code"] == 4000
    assert call("files/add", type="mms", url=f"{address}/pictures/x.png")["error"]["code"] == 4000


def test_a_name_is_only_a_name(call):
    added = call("files/add", type="mms", file=encoded(PNG), name="../../etc/passwd")
    assert call("files/view", id=added["id"])["name"] == "passwd"
