"""Machines that answer machines, over real SMPP links: every loop ends within the limits, and everything received is kept."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from configuring import NUMBER, configure

from recado.config import Database
from recado.core.breaker import MOST_IDENTICAL
from recado.protocols import smpp
from recado.store.dialect import connect
from recado.testing.process import RunningRecado
from recado.testing.routing import autoresponder
from recado.testing.smsc import FakeSmsc

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

OTHER, PHONE = "48664200400", "48604218377"
UNFINISHED = "SELECT 1 FROM outbox_job WHERE kind = 'submit' AND state NOT IN ('done', 'dead')"


class Bridge:
    """Hands what installations and phones send to whom it is for, as the networks between them do, and counts what arrives where."""

    def __init__(self) -> None:
        self.delivered: dict[str, int] = {}
        self._ways: dict[str, FakeSmsc] = {}
        self._phones: dict[str, bytes] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def connect(self, number: str, smsc: FakeSmsc) -> None:
        """Let texts to a number go to the installation behind a message centre, and its own to everybody else."""
        self._ways[number] = smsc
        self.delivered[number] = 0
        smsc.behaviour.answer_submit = self._submitted

    def answer(self, phone: str, text: bytes) -> None:
        """Let a phone answer every text with the same."""
        self._phones[phone] = text

    def send(self, source: str, destination: str, text: bytes, data_coding: int = 0) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(source, destination, text, data_coding))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def is_quiet(self) -> bool:
        return not self._tasks

    def _submitted(self, request: smpp.SubmitSm, count: int) -> smpp.SubmitSmResp:
        if request.destination_addr in self._ways:
            self.send(request.source_addr, request.destination_addr, request.short_message, request.data_coding)
        elif request.destination_addr in self._phones:
            self.send(request.destination_addr, request.source_addr, self._phones[request.destination_addr])
        return smpp.SubmitSmResp(request.sequence_number, 0, f"{count:08d}")

    async def _deliver(self, source: str, destination: str, text: bytes, data_coding: int) -> None:
        event = smpp.DeliverSm(
            0, source_addr_ton=1, source_addr=source, destination_addr=destination, data_coding=data_coding, short_message=text
        )
        answer = await self._ways[destination].deliver(event)
        assert answer.command_status == 0
        self.delivered[destination] += 1


class Installation:
    """A process with one number that answers every message, and what is in its database."""

    def __init__(self, number: str, database: Database, folder: Path) -> None:
        self.number, self.database, self.folder = number, database, folder
        self.recado = RunningRecado(folder / number, f"sqlite://{database.name}")

    def set_up(self, smsc_port: int, text: str) -> None:
        configure(smsc_port, f"sqlite://{self.database.name}", self.folder / self.number)
        with closing(connect(self.database)) as con, con.transaction():
            ((account,),) = con.rows("SELECT id FROM accounts_account")
            con.execute("UPDATE numbers_number SET digits = ?", (self.number,))
            autoresponder(con, account, text, con.dialect.timestamp(datetime.now(UTC)))

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        def look() -> list[tuple[Any, ...]]:
            with closing(connect(self.database)) as con:
                return con.rows(statement)

        return await asyncio.to_thread(look)

    async def answers(self, phone: str) -> int:
        return len(await self.rows(f"SELECT id FROM outbox_outboundmessage WHERE recipient = '{phone}'"))  # ours

    async def trips(self) -> list[tuple[Any, ...]]:
        return await self.rows("SELECT msisdn, reason FROM autoresponders_breakertrip ORDER BY id")

    async def received(self) -> int:
        return len(await self.rows("SELECT id FROM inbox_message"))


Scene = Callable[[Bridge], Awaitable[None]]


async def play(scene: Scene, *cast: tuple[Installation, str]) -> None:
    """Run a scene among installations that answer everything, and wait until nobody says anything any more."""
    bridge = Bridge()
    centres = [FakeSmsc() for _ in cast]
    try:
        for (installation, text), smsc in zip(cast, centres, strict=True):
            await smsc.start()
            bridge.connect(installation.number, smsc)
            await asyncio.to_thread(installation.set_up, smsc.port, text)
            await asyncio.to_thread(installation.recado.start)
            await smsc.wait_bound(2)
        await scene(bridge)
        async with asyncio.timeout(60):
            while not await is_over(bridge, [installation for installation, _ in cast]):  # noqa: ASYNC110  # the databases know no events
                await asyncio.sleep(0.05)
        for installation, _ in cast:
            assert await installation.received() == bridge.delivered[installation.number]
    finally:
        for installation, _ in cast:
            await asyncio.to_thread(installation.recado.stop)
        for smsc in centres:
            await smsc.stop()


async def is_over(bridge: Bridge, installations: list[Installation]) -> bool:
    """Say whether nothing is on its way: between them, or waiting to be sent. What is stored is acknowledged, so that comes first."""
    return bridge.is_quiet and not any([await one.rows(UNFINISHED) for one in installations]) and bridge.is_quiet


@pytest.fixture
def first(sqlite_database: Database, tmp_path: Path) -> Installation:
    return Installation(NUMBER, sqlite_database, tmp_path)


@pytest.fixture
def second(sqlite_database: Database, tmp_path: Path) -> Installation:
    copy = tmp_path / "second.sqlite3"
    shutil.copy(sqlite_database.name, copy)
    return Installation(OTHER, Database("sqlite", str(copy)), tmp_path)


def test_two_installations_that_answer_each_other_stop(first: Installation, second: Installation) -> None:
    async def scene(bridge: Bridge) -> None:
        bridge.send(OTHER, NUMBER, b"Hello, is anybody there?")
        bridge.send(NUMBER, OTHER, b"Hello, is anybody here?")

    async def run() -> None:
        await play(scene, (first, "Thank you, we got your message."), (second, "We are closed and will answer on Monday."))
        for one, other in ((first, OTHER), (second, NUMBER)):
            assert await one.answers(other) == MOST_IDENTICAL
            assert await one.trips() == [(other, "identical")]
            assert await one.received() == MOST_IDENTICAL + 1

    asyncio.run(run())


def test_two_installations_with_the_same_text_recognise_it(first: Installation, second: Installation) -> None:
    async def scene(bridge: Bridge) -> None:
        bridge.send(OTHER, NUMBER, b"Hello, is anybody there?")

    async def run() -> None:
        await play(scene, (first, "Thank you, we got your message."), (second, "Thank you, we got your message."))
        assert (await first.answers(OTHER), await second.answers(NUMBER)) == (1, 1)
        assert (await first.trips(), await second.trips()) == ([(OTHER, "echo")], [])
        assert (await first.received(), await second.received()) == (2, 1)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "reason", "answers"),
    [
        (b"automatic reply: I am out of office", "automatic", 1),
        (b"Your message is important to us.", "identical", MOST_IDENTICAL),
    ],
)
def test_a_phone_that_answers_everything_is_not_answered_for_ever(first: Installation, text: bytes, reason: str, answers: int) -> None:
    async def scene(bridge: Bridge) -> None:
        bridge.answer(PHONE, text)
        bridge.send(PHONE, NUMBER, b"Are you open?")

    async def run() -> None:
        await play(scene, (first, "Thank you, we got your message."))
        assert await first.answers(PHONE) == answers
        assert await first.trips() == [(PHONE, reason)]
        assert await first.received() == answers + 1

    asyncio.run(run())


def test_a_phone_that_repeats_itself_gets_the_same_answer_three_times(first: Installation) -> None:
    async def scene(bridge: Bridge) -> None:
        for _ in range(20):
            bridge.send(PHONE, NUMBER, b"Are you open?")

    async def run() -> None:
        await play(scene, (first, "Thank you, we got your message."))
        assert await first.answers(PHONE) == MOST_IDENTICAL
        assert await first.received() == 20
        assert await first.trips() == [(PHONE, "identical")]

    asyncio.run(run())
