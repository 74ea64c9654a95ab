"""What may go wrong around a running process: its database, its disk, its links, its end. Nothing acknowledged is lost or doubled."""

import asyncio
import shutil
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from configuring import NUMBER, configure
from full_disks import FULL_DISKS
from insistent_carrier import InsistentCarrier
from stored import assert_stored_once
from web_client import WebClient, eventually

from recado.config import Database
from recado.protocols import smpp
from recado.testing.postgresql import PostgresqlServer
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

Scene = Callable[[RunningRecado, FakeSmsc, InsistentCarrier], Awaitable[None]]


def play(database_url: str, data: Path, scene: Scene) -> InsistentCarrier:
    """Run a scene while an insistent carrier sends, have the carrier finish, and stop in order."""

    async def run() -> InsistentCarrier:
        async with FakeSmsc() as smsc:
            await asyncio.to_thread(configure, smsc.port, database_url, data)
            recado = RunningRecado(data, database_url, environment={"RECADO_ALLOW_PRIVATE_FORWARDS": "yes"})
            await asyncio.to_thread(recado.start)
            carrier = InsistentCarrier(smsc, NUMBER, b"Gardener")
            sending = asyncio.create_task(carrier.run())
            try:
                await until(lambda: len(carrier.acknowledged) > 20)
                await scene(recado, smsc, carrier)
                carrier.is_over = True
                async with asyncio.timeout(60):
                    await sending
                assert await asyncio.to_thread(recado.stop) == 0
            finally:
                sending.cancel()
                recado.kill()
        return carrier

    return asyncio.run(run())


async def until(look: Callable[[], Any], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not look():  # noqa: ASYNC110  # a test polls with a deadline
            await asyncio.sleep(0.02)


async def health_until(recado: RunningRecado, *, is_ok: bool) -> dict[str, Any]:
    return await asyncio.to_thread(eventually, recado.health, lambda health: health.get("ok") is is_ok, 40)


@pytest.mark.postgresql
def test_a_database_server_that_goes_away_costs_nothing_but_time(own_pg_server: PostgresqlServer, tmp_path: Path):
    database, url = own_pg_server.database("recado"), own_pg_server.url("recado")

    async def scene(recado: RunningRecado, smsc: FakeSmsc, carrier: InsistentCarrier) -> None:
        process = recado.process
        for _ in range(2):
            await asyncio.to_thread(own_pg_server.stop)
            health = await health_until(recado, is_ok=False)
            assert not health["database"]["ok"]
            assert health["database"]["reason"]
            await until(lambda: carrier.repeats > 0)
            await asyncio.to_thread(own_pg_server.start)
            await health_until(recado, is_ok=True)
            carrier.repeats = 0
            done = len(carrier.acknowledged)
            await until(lambda done=done: len(carrier.acknowledged) > done)
        assert recado.process is process

    assert_stored_once(play(url, tmp_path, scene), database)


@pytest.fixture(params=FULL_DISKS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    folder = tmp_path / "disk"
    folder.mkdir()
    made = FULL_DISKS[request.param](folder)
    yield made
    made.remove()


def test_a_full_disk_is_said_and_got_over_without_a_restart(disk: Any, sqlite_template: Path):
    database = Database("sqlite", str(disk.folder / "recado.sqlite3"))
    shutil.copy(sqlite_template, database.name)

    async def scene(recado: RunningRecado, smsc: FakeSmsc, carrier: InsistentCarrier) -> None:
        process = recado.process
        assert process is not None
        disk.fill(process.pid)
        # Delivery may meet the full disk first: it writes less, but also while nothing is received.
        await asyncio.to_thread(eventually, recado.health, lambda health: "disk" in health["database"]["reason"], 40)
        assert not recado.health()["ok"]
        await until(lambda: carrier.repeats > 0)
        disk.make_room(process.pid)
        await health_until(recado, is_ok=True)
        assert recado.process is process
        done = len(carrier.acknowledged)
        await until(lambda: len(carrier.acknowledged) > done)

    assert_stored_once(play(f"sqlite://{database.name}", disk.folder, scene), database)


def test_links_that_are_cut_in_the_middle_of_a_window_lose_and_double_nothing(database: Database, database_url: str, tmp_path: Path):
    async def scene(recado: RunningRecado, smsc: FakeSmsc, carrier: InsistentCarrier) -> None:
        for _ in range(6):
            done = len(carrier.acknowledged)
            await until(lambda done=done: len(carrier.acknowledged) > done + 20)
            smsc.bound[0].cut()
            await smsc.wait_bound(2)
        assert carrier.repeats > 0

    assert_stored_once(play(database_url, tmp_path / "data", scene), database)


def test_a_stop_drains_unbinds_and_ends_although_a_page_is_open(database: Database, database_url: str, tmp_path: Path):
    async def scene(recado: RunningRecado, smsc: FakeSmsc, carrier: InsistentCarrier) -> None:
        page = await asyncio.to_thread(OpenPage, recado.url)
        sessions = smsc.bound
        async with asyncio.timeout(15):
            assert await asyncio.to_thread(recado.stop) == 0
            await asyncio.to_thread(page.wait_for_end)
        assert all(any(isinstance(event, smpp.Unbind) for event in session.events) for session in sessions)
        await asyncio.to_thread(recado.start)

    assert_stored_once(play(database_url, tmp_path / "data", scene), database)


class OpenPage:
    """The live stream of a signed-in person, read in a thread until the server ends it."""

    def __init__(self, url: str) -> None:
        self.client = WebClient(url)
        self.client.sign_in("owner@recado.example", "correct horse battery")
        self.is_open = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self.is_open.wait(10)

    def _read(self) -> None:
        with suppress(httpx2.TransportError), self.client.http.stream("GET", "/events/", timeout=60) as response:
            for _ in response.iter_text():
                self.is_open.set()

    def wait_for_end(self) -> None:
        self._thread.join(15)
        assert not self._thread.is_alive()
        self.client.http.close()
