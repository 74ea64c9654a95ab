import zlib
from pathlib import Path

import pytest

import recado.panel

STATIC = Path(recado.panel.__file__).parent / "static" / "panel"


@pytest.mark.parametrize("name", ["app.css", "app.js", "icons.svg", "theme.js"])
def test_a_compressed_file_is_whole_for_browsers_that_read_one_member(client, name):
    response = client.get(f"/static/panel/{name}", headers={"Accept-Encoding": "gzip"})
    member = zlib.decompressobj(31)
    content = member.decompress(b"".join(response))
    assert (member.eof, member.unused_data) == (True, b"")
    assert content == (STATIC / name).read_bytes()
    assert response["Content-Encoding"] == "gzip"


def test_who_does_not_ask_for_compression_gets_none(client):
    response = client.get("/static/panel/app.css", headers={"Accept-Encoding": "identity"})
    assert b"".join(response) == (STATIC / "app.css").read_bytes()
    assert not response.has_header("Content-Encoding")


def test_pages_are_compressed(client, db):
    assert client.get("/login/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
