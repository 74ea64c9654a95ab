"""The examples work: a receiver takes a forward, the service file starts a command that exists, backups can be restored."""

import configparser
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from pages import DOCS, ROOT

from recado.cli.root import COMMANDS
from recado.config import Database
from recado.delivery.endpoint import Body, Endpoint
from recado.delivery.forward_url import Outcome, forward, forward_together
from recado.delivery.http_client import HttpClient
from recado.delivery.macros import Forwarded

SECRET = "whsec_" + "QUJD" * 11
TEMPLATE = "?numer=#NUMER#&wiadomosc=#WIADOMOSC#&id=#ID#"


@pytest.fixture
def receiver() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(ROOT / "examples/webhook_receiver.py"), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield process
        process.terminate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


async def forwarded(port: str, message_id: int) -> Outcome:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    message = Forwarded(message_id, "48501222333", "48503340503", "Żółty & spółka", now)
    async with HttpClient(allow_private=True) as client:
        return await forward(client, "GET", f"http://127.0.0.1:{port}/{TEMPLATE}", message, now)


def test_the_receiver_takes_a_forward_and_knows_a_repeat(receiver):
    import asyncio

    port = said(receiver).rpartition(" ")[2]
    outcomes = [asyncio.run(forwarded(port, message_id)) for message_id in (7, 7, 8)]
    assert [outcome.failure for outcome in outcomes] == [None, None, None]
    assert [said(receiver), said(receiver)] == ["48501222333 wrote: Żółty & spółka"] * 2


@pytest.fixture
def verifier() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(ROOT / "examples/webhook_verifier.py"), "0", SECRET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield process
        process.terminate()


async def told(port: str, secret: str, message_ids: list[int], *, batch_limit: int) -> Outcome:
    now = datetime.now(UTC)  # the receiver reads the clock itself
    messages = [Forwarded(key, "48501222333", "48503340503", "Żółty & spółka", now, event_id=f"msg_{key}_1") for key in message_ids]
    endpoint = Endpoint(Body.JSON, secrets=(secret,), batch_limit=batch_limit)
    async with HttpClient(allow_private=True) as client:
        return (await forward_together(client, "POST", f"http://127.0.0.1:{port}/", messages, now, endpoint))[0]


def test_the_verifier_takes_signed_messages_alone_and_together_and_no_others(verifier):
    import asyncio

    port = said(verifier).rpartition(" ")[2]
    other = SECRET[:-3] + "AAA"
    calls = [(SECRET, [7], 1), (SECRET, [7, 8], 10), (other, [9], 1)]
    outcomes = [asyncio.run(told(port, secret, keys, batch_limit=limit)) for secret, keys, limit in calls]
    assert [outcome.status for outcome in outcomes] == [204, 204, 401]
    assert [said(verifier), said(verifier)] == ["48501222333 wrote: Żółty & spółka"] * 2


def test_the_receiver_shows_the_template_it_needs():
    assert TEMPLATE in (ROOT / "examples/webhook_receiver.py").read_text()


def test_the_service_starts_a_command_that_exists_and_reads_the_example_settings():
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "examples/recado.service")
    program, command = unit["Service"]["ExecStart"].split()
    assert program.endswith("/recado")
    assert command in COMMANDS
    assert unit["Service"]["EnvironmentFile"] in (ROOT / "examples/recado.env").read_text()


def commands(page: str, marker: str) -> str:
    blocks = re.findall(r"```(?:sh|sql)\n(.*?)```", (DOCS / page).read_text().replace("\n  ", "\n"), re.DOTALL)
    return next(block for block in blocks if marker in block)


def test_the_backup_of_the_guide_holds_what_was_stored(sqlite_database: Database, tmp_path):
    target = tmp_path / "backup" / "recado.sqlite3"
    target.parent.mkdir()
    with closing(sqlite3.connect(sqlite_database.name)) as running:
        running.execute("INSERT INTO numbers_routingversion (id, version) VALUES (1, 4711)")
        running.commit()
        command = commands("howto/backup-and-restore.md", "import sqlite3").replace(".venv/bin/python", sys.executable)
        environment = {"RECADO_DATA": str(tmp_path), "BACKUP": str(target.parent)}
        subprocess.run(["sh", "-euc", command], env=environment, check=True)
    with closing(sqlite3.connect(target)) as restored:
        assert restored.execute("SELECT version FROM numbers_routingversion").fetchone() == (4711,)
        assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_the_guide_says_about_jobs_runs_on_both_databases(connection):
    for marker in ("SELECT kind", "UPDATE outbox_job"):
        connection.execute(commands("howto/backup-and-restore.md", marker).strip().rstrip(";"))
