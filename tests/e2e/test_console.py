"""The Operator Console of a real process: it turns red when a carrier goes and green when it comes, drains without losing anything, and has
what is in quarantine processed after all.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from configuring import LINKS, NUMBER, configure
from insistent_carrier import InsistentCarrier
from stored import assert_stored_once
from web_client import WebClient, eventually

from recado.config import Database
from recado.core.message import Encoding, InboundPart
from recado.store import quarantine
from recado.store.dialect import connect
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

EMAIL, PASSWORD = "olga@ops.example", "correct horse battery"
ENVIRONMENT = {"RECADO_OPERATORS_NEED_SECOND_FACTOR": "no", "RECADO_ALLOW_PRIVATE_FORWARDS": "yes"}
Scene = Callable[[FakeSmsc, WebClient], Awaitable[None]]


def make_operator(data: Path, database_url: str) -> None:
    """Run `recado operator add`, as who installs Recado does."""
    command = [sys.executable, "-m", "recado.cli", "operator", "add", EMAIL, "--password", PASSWORD]
    environment = os.environ | {"RECADO_DATA": str(data), "RECADO_DATABASE_URL": database_url}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def play(database: Database, database_url: str, tmp_path: Path):
    """Run a scene with a carrier and a signed-in operator of an installation with two links to it."""

    async def run(scene: Scene) -> None:
        async with FakeSmsc() as smsc:
            await asyncio.to_thread(configure, smsc.port, database_url, tmp_path / "data")
            await asyncio.to_thread(make_operator, tmp_path / "data", database_url)
            recado = RunningRecado(tmp_path / "data", database_url, environment=ENVIRONMENT)
            await asyncio.to_thread(recado.start)
            try:
                with WebClient(recado.url) as operator:
                    landed = await asyncio.to_thread(operator.post, "/login/", "/login/", login=EMAIL, password=PASSWORD)
                    assert landed.url.path == "/operator/"
                    await smsc.wait_bound(LINKS)
                    await scene(smsc, operator)
            finally:
                await asyncio.to_thread(recado.stop)

    return lambda scene: asyncio.run(run(scene))


async def shown(operator: WebClient, path: str, words: str) -> str:
    """Look at a page until it says so."""
    return await asyncio.to_thread(eventually, lambda: operator.get(path), lambda page: words in page, 20)


async def press(operator: WebClient, page: str, path: str, **fields: str) -> str:
    return (await asyncio.to_thread(operator.post, page, path, **fields)).text


LINK = "SELECT id FROM connections_connection WHERE name = 'carrier'"


def link_path(database: Database) -> str:
    with closing(connect(database)) as con:
        return f"/operator/links/{con.rows(LINK)[0][0]}/"


def test_the_overview_turns_red_when_the_carrier_goes_and_green_when_it_comes(play):
    async def scene(smsc: FakeSmsc, operator: WebClient) -> None:
        await shown(operator, "/operator/?part=live", "Everything works")
        await smsc.stop()
        await shown(operator, "/operator/?part=live", "carrier is down.")
        assert "Everything works" not in await asyncio.to_thread(operator.get, "/operator/")
        await smsc.start()
        await shown(operator, "/operator/?part=live", "Everything works")

    play(scene)


def test_draining_under_load_loses_and_doubles_nothing(play, database: Database):
    carriers: list[InsistentCarrier] = []

    async def scene(smsc: FakeSmsc, operator: WebClient) -> None:
        carrier = InsistentCarrier(smsc, NUMBER, b"Gardener")
        carriers.append(carrier)
        sending = asyncio.create_task(carrier.run())
        page = await asyncio.to_thread(link_path, database)
        await acknowledged(carrier, 50)
        await press(operator, page, f"{page}drain/")
        await shown(operator, f"{page}?part=live", "Drained")
        assert smsc.bound == []
        done = len(carrier.acknowledged)
        await press(operator, page, f"{page}resume/")
        await acknowledged(carrier, done + 50)
        carrier.is_over = True
        async with asyncio.timeout(60):
            await sending

    play(scene)
    assert_stored_once(carriers[0], database)


async def acknowledged(carrier: InsistentCarrier, count: int) -> None:
    async with asyncio.timeout(40):
        while len(carrier.acknowledged) < count:  # noqa: ASYNC110  # a test polls with a deadline
            await asyncio.sleep(0.01)


def test_a_test_from_the_console_reaches_the_message_centre(play, database: Database):
    async def scene(smsc: FakeSmsc, operator: WebClient) -> None:
        page = await asyncio.to_thread(link_path, database)
        told = await press(operator, page, f"{page}test/")
        assert told.count("Keep-alive (enquire_link)") == LINKS
        assert told.count(">works<") == LINKS
        await press(operator, page, f"{page}switch/", enabled="no")
        await shown(operator, f"{page}?part=live", "It is disabled")
        assert ">works<" in await press(operator, page, f"{page}test/")
        assert len(smsc.sessions) == LINKS + 1

    play(scene)


def test_what_is_in_quarantine_is_processed_after_all_and_only_once(play, database: Database):
    async def scene(smsc: FakeSmsc, operator: WebClient) -> None:
        key = await asyncio.to_thread(keep, database)
        page = f"/operator/quarantine/{key}/"
        assert "It is processed" in await press(operator, page, f"{page}again/")
        assert "or is settled" in await press(operator, "/operator/links/new/", f"{page}again/")
        await shown(operator, "/operator/?part=live", "Nothing is urgent")

    play(scene)
    with closing(connect(database)) as con:
        ((message_id, text),) = con.rows("SELECT id, text FROM inbox_message")
        assert con.rows("SELECT message_id FROM connections_quarantine") == [(message_id,)]
        assert text == "Gardener"
        assert con.rows("SELECT COUNT(*) FROM outbox_outboundmessage") == [(1,)]


def keep(database: Database) -> int:
    """Put a message where the writer would have put one that broke it."""
    with closing(connect(database)) as con, con.transaction():
        link = con.rows(LINK)[0][0]
        part = InboundPart(link, "48501222333", NUMBER, "Gardener", Encoding.GSM7, datetime.now(UTC), b"octets", 7)
        quarantine.keep(con, part, "Traceback\nValueError: mended since", 4711)
    return 4711
