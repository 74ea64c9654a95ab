"""A real process takes MMS and is killed: what it acknowledged is there once, no file is left over, and large ones cost little memory."""

import asyncio
import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from full_disks import SmallDisk

from recado.blobs.local import LocalBlobs
from recado.config import Database
from recado.store.dialect import connect
from recado.testing.mmsc_client import HttpShape, MmscClient
from recado.testing.mmsc_requests import Request, SamplePart, deliver_xml, with_files
from recado.testing.process import RunningRecado

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MEGABYTE = 1024 * 1024
LARGE = 9 * MEGABYTE + MEGABYTE // 2
"""With the rest of its message, nearly the 10 MB a connection takes."""
ENOUGH = 10
"""Acknowledged messages before the process is killed."""
AT_MOST = 40 * MEGABYTE
"""Above what the process takes when it does nothing."""


def message(name: str, size: int = 30_000) -> Request:
    content = b"\xff\xd8\xff" + name.encode() + os.urandom(size)
    return with_files(deliver_xml(name, subject=name), [SamplePart("image/jpeg", content, "one", "one.jpg")])


def configured(database: Database, data: Path) -> int:
    data.mkdir(exist_ok=True)
    environment = os.environ | {
        "RECADO_DATA": str(data),
        "RECADO_DATABASE_URL": f"sqlite://{database.name}",
        "DJANGO_SETTINGS_MODULE": "recado.server.settings",
    }
    program = [sys.executable, str(Path(__file__).with_name("configure_mm7.py"))]
    return int(subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout)


def memory(recado: RunningRecado, name: str) -> int:
    assert recado.process is not None
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{recado.process.pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def begin_peak_anew(recado: RunningRecado) -> None:
    assert recado.process is not None
    Path(f"/proc/{recado.process.pid}/clear_refs").write_text("5")


def test_what_was_acknowledged_is_there_once_and_large_messages_cost_little_memory(sqlite_database, tmp_path):
    data = tmp_path / "data"
    connection_id = configured(sqlite_database, data)
    recado = RunningRecado(data, f"sqlite://{sqlite_database.name}")
    acknowledged = asyncio.run(receive_and_kill(recado, connection_id))
    with closing(connect(sqlite_database)) as con:
        subjects = sorted(row[0] for row in con.rows("SELECT subject FROM mms_receivedmms"))
        named = {row[0] for row in con.rows("SELECT sha256 FROM mms_attachment")}
    assert subjects == sorted(set(subjects)), "something is there twice"
    assert acknowledged == set(subjects)
    LocalBlobs(data / "media").sweep(lambda digests: named & set(digests), datetime.now(UTC) + timedelta(hours=2))
    assert {path.name for path in (data / "media").rglob("*") if path.is_file()} == named


async def receive_and_kill(recado: RunningRecado, connection_id: int) -> set[str]:
    acknowledged: set[str] = set()
    are_enough = asyncio.Event()

    async def bring(request: Request, name: str, shape: HttpShape = HttpShape()) -> None:  # noqa: B008  # frozen
        try:
            answered = await MmscClient(f"{recado.url}/mm7/{connection_id}", "centre", "secret").post(request, shape)
        except (OSError, RuntimeError):  # uvloop says so of a transport that is closed
            return
        if answered.status_code == 1000:
            acknowledged.add(name)
            if len(acknowledged) >= ENOUGH:
                are_enough.set()

    await asyncio.to_thread(recado.start)
    await bring(message("first"), "first")
    before = memory(recado, "VmRSS")
    begin_peak_anew(recado)
    large, twice = message("large", LARGE), message("twice")
    await asyncio.gather(bring(large, "large"), bring(twice, "twice"), bring(twice, "twice"))
    assert memory(recado, "VmHWM") - before < AT_MOST
    assert acknowledged == {"first", "large", "twice"}
    waiting = {name: message(name) for name in (f"m{index}" for index in range(40))}
    bringing = asyncio.gather(
        *(bring(request, name) for name, request in waiting.items()),
        bring(message("slow", MEGABYTE), "slow", HttpShape(pause=0.3)),
    )
    async with asyncio.timeout(30):
        await are_enough.wait()
    recado.kill()
    await bringing
    await asyncio.to_thread(recado.start)
    left = {name: request for name, request in waiting.items() if name not in acknowledged}
    await asyncio.gather(*(bring(request, name) for name, request in left.items()))
    await asyncio.to_thread(recado.stop)
    return acknowledged


def test_a_disk_that_is_full_of_files_is_got_over_without_a_restart(sqlite_database, tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = SmallDisk(folder)
    try:
        answers = asyncio.run(receive_on(disk, configured(sqlite_database, folder), f"sqlite://{sqlite_database.name}"))
        files = {path.name for path in (folder / "media").rglob("*") if path.is_file()}
    finally:
        disk.remove()
    assert answers == [(200, 1000), (500, 3000), (200, 1000), (200, 1000)]
    with closing(connect(sqlite_database)) as con:
        assert sorted(row[0] for row in con.rows("SELECT subject FROM mms_receivedmms")) == ["first", "second", "third"]
        assert {row[0] for row in con.rows("SELECT sha256 FROM mms_attachment")} == files


async def receive_on(disk: SmallDisk, connection_id: int, database_url: str) -> list[tuple[int, int]]:
    """Bring one MMS, one while the disk is full, and this one and another once there is room; return how each was answered."""
    recado = RunningRecado(disk.folder, database_url)
    await asyncio.to_thread(recado.start)
    client = MmscClient(f"{recado.url}/mm7/{connection_id}", "centre", "secret")
    answers = []
    second = message("second", MEGABYTE)
    for request, is_full in ((message("first"), False), (second, True), (second, False), (message("third"), False)):
        if is_full:
            disk.fill(0)
        answered = await client.post(request)
        answers.append((answered.http_status, answered.status_code or 0))
        if is_full:
            disk.make_room(0)
    await asyncio.to_thread(recado.stop)
    return answers
