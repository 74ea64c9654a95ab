"""A real virus scanner beside a running installation: MMS are taken while it is away, and their files are checked once it is there."""

import base64
import hashlib
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from web_client import eventually

from recado.blobs.links import Linked, Links, Variant
from recado.config import Database
from recado.server.secret import secret_key
from recado.store.dialect import connect
from recado.testing.media_files import media_file
from recado.testing.process import RunningRecado
from running_clamd import EICAR, RunningClamd

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
FILES = {"virus": EICAR, "photo": media_file("jpg")}


def test_a_virus_is_found_told_of_and_not_handed_out(database: Database, database_url: str, own_clamd: RunningClamd, tmp_path: Path):
    environment = {**os.environ, "RECADO_DATABASE_URL": database_url, "RECADO_DATA": str(tmp_path / "data")}
    environment["DJANGO_SETTINGS_MODULE"] = "recado.server.settings"
    program = [sys.executable, str(Path(__file__).with_name("configure_scanning.py"))]
    connection_id = int(subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout)
    with (
        RunningRecado(tmp_path / "data", database_url, environment={"RECADO_CLAMAV": own_clamd.at.path}) as recado,
        closing(connect(database)) as con,
        httpx2.Client(base_url=recado.url) as client,
    ):
        for name in FILES:
            bring(client, connection_id, name)

        def states():
            return dict(con.rows("SELECT a.name, c.scan_state FROM mms_attachment a JOIN media_content c ON c.sha256 = a.sha256"))

        assert states() == {"virus": "received", "photo": "received"}
        assert con.rows("SELECT kind FROM notifications_notification") == []
        own_clamd.start()
        assert eventually(states, lambda found: "received" not in found.values()) == {"virus": "infected", "photo": "clean"}
        (told,) = con.rows("SELECT kind, url FROM notifications_notification WHERE kind = 'file.infected'")
        ((message_id,),) = con.rows("SELECT message_id FROM mms_attachment WHERE name = 'virus'")
        assert told[1] == f"/messages/{message_id}/"
        assert eventually(lambda: handed_out(client, recado.data), lambda found: found["photo", Variant.PREVIEW] == 200) == {
            ("virus", Variant.ORIGINAL): 403,
            ("virus", Variant.PREVIEW): 403,
            ("photo", Variant.ORIGINAL): 200,
            ("photo", Variant.PREVIEW): 200,
        }
        assert 'recado_scans_total{state="infected"} 1.0' in client.get("/metrics").text


def bring(client: httpx2.Client, connection_id: int, name: str) -> None:
    """Bring an MMS with one file."""
    file = {"name": name, "data": base64.b64encode(FILES[name]).decode()}
    document = {"id": name, "from": "+48501222333", "to": "48600100200", "attachments": [file]}
    answer = client.post(f"/mms/{connection_id}", json=document, headers={"Authorization": "Bearer secret"})
    assert answer.status_code == 200, answer.text


def handed_out(client: httpx2.Client, data: Path) -> dict[tuple[str, Variant], int]:
    """Follow links to the files, and return the status of each answer."""
    links, until = Links(secret_key(data)), int((datetime.now(UTC) + timedelta(hours=1)).timestamp())
    found = {}
    for name, content in FILES.items():
        for variant in (Variant.ORIGINAL, Variant.PREVIEW):
            linked = Linked(hashlib.sha256(content).hexdigest(), "image/jpeg", 1, variant)
            found[name, variant] = client.get(links.path(linked, name, until)).status_code
    return found
