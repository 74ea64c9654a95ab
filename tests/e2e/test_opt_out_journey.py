"""Over a real SMPP link: STOP is kept before it is acknowledged and confirmed once, whatever is killed; new spellings count at once."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from configuring import NUMBER, add_spelling, configure
from insistent_carrier import InsistentCarrier

from recado.config import Database
from recado.protocols import smpp
from recado.store.dialect import connect
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc
from thorough import times

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

PHONE = "48604218377"
UCS2 = 8
CONFIRMED = "You will get no more messages from"
KILLS = times(3, thorough=10)
IN_FORCE = "SELECT msisdn, scope, text FROM contacts_optout WHERE lifted_at IS NULL"
PROOFS = "SELECT msisdn, kind, text FROM contacts_consentrecord"
Scene = Callable[[FakeSmsc], Awaitable[None]]


class Installation:
    """A process that receives for one account, and what is in its database."""

    def __init__(self, database: Database, url: str, data: Path) -> None:
        self.database, self.url, self.data = database, url, data
        self.recado = RunningRecado(data, url)

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        def look() -> list[tuple[Any, ...]]:
            with closing(connect(self.database)) as con:
                return con.rows(statement)

        return await asyncio.to_thread(look)

    def play(self, scene: Scene, links: int = 2) -> None:
        async def run() -> None:
            async with FakeSmsc() as smsc:
                await asyncio.to_thread(configure, smsc.port, self.url, self.data)
                await asyncio.to_thread(self.recado.start)
                try:
                    await smsc.wait_bound(links)
                    await scene(smsc)
                finally:
                    await asyncio.to_thread(self.recado.stop)

        asyncio.run(run())


@pytest.fixture
def installation(database: Database, database_url: str, tmp_path: Path) -> Installation:
    return Installation(database, database_url, tmp_path / "data")


async def text(smsc: FakeSmsc, words: str, sender: str = PHONE) -> None:
    """Send a text and wait until it is acknowledged."""
    message = smpp.DeliverSm(
        0, source_addr_ton=1, source_addr_npi=1, source_addr=sender, destination_addr=NUMBER, short_message=words.encode("ascii")
    )
    answer = await smsc.deliver(message)
    assert answer.command_status == 0


async def heard(smsc: FakeSmsc, count: int) -> list[str]:
    """Wait until so many texts were handed over with all their parts, and return them."""
    async with asyncio.timeout(20):
        while len(texts := whole(smsc.submitted)) < count:  # noqa: ASYNC110  # the message centre knows no events
            await asyncio.sleep(0.01)
    return texts


def whole(submitted: list[smpp.SubmitSm]) -> list[str]:
    """Join what was handed over to texts, leaving out those of which parts are missing."""
    parts: dict[int, dict[int, str]] = {}
    totals: dict[int, int] = {}
    for place, sent in enumerate(submitted):
        has_header, octets = bool(sent.esm_class & 0x40), sent.short_message
        reference, total, position = octets[3:6] if has_header else (1000 + place, 1, 1)
        body = octets[6:] if has_header else octets
        text = body.decode("utf-16-be" if sent.data_coding == UCS2 else "ascii")
        parts.setdefault(reference, {})[position] = text
        totals[reference] = total
    return ["".join(found[one] for one in sorted(found)) for key, found in parts.items() if len(found) == totals[key]]


def test_stop_is_stored_when_it_is_acknowledged_and_confirmed_once(installation):
    async def scene(smsc: FakeSmsc) -> None:
        await text(smsc, "Stop, thank you")
        assert await installation.rows(IN_FORCE) == [(PHONE, "account", "Stop, thank you")]
        assert await installation.rows(PROOFS) == [(PHONE, "opted_out", "Stop, thank you")]
        (confirmation,) = await heard(smsc, 1)
        assert confirmation.startswith(CONFIRMED)
        await text(smsc, "STOP")
        await text(smsc, "Gardener")  # answered after whatever the second STOP brought about: one phone's texts leave in order
        assert [sent.startswith(CONFIRMED) for sent in await heard(smsc, 2)] == [True, False]
        assert await installation.rows(IN_FORCE) == []  # a fresh sign-up lifts it
        await text(smsc, "stop gardener")
        assert [row[1] for row in await installation.rows(IN_FORCE)] == ["group"]
        assert len(await heard(smsc, 3)) == 3

    installation.play(scene)


def test_a_kill_never_loses_an_opt_out_that_was_acknowledged(installation):
    chance = random.Random(20261126)
    recado = installation.recado

    async def kill_often() -> InsistentCarrier:
        async with FakeSmsc() as smsc:
            await asyncio.to_thread(configure, smsc.port, installation.url, installation.data)
            carrier = InsistentCarrier(smsc, NUMBER, b"STOP")
            running = asyncio.create_task(carrier.run())
            for _ in range(KILLS):
                before = len(carrier.acknowledged)
                recado.start(wait=False)
                await more_than(before, carrier)
                await asyncio.sleep(chance.uniform(0, 0.3))
                await asyncio.to_thread(recado.kill)
                await kept(carrier.acknowledged)
            recado.start(wait=False)
            carrier.is_over = True
            async with asyncio.timeout(90):
                await running
            assert await asyncio.to_thread(recado.stop) == 0
        return carrier

    async def more_than(before: int, carrier: InsistentCarrier) -> None:
        async with asyncio.timeout(60):
            while len(carrier.acknowledged) == before:  # noqa: ASYNC110  # the carrier knows no events
                await asyncio.sleep(0.01)

    async def kept(acknowledged: set[str]) -> None:
        """Look in the database while the process is dead."""
        assert acknowledged - {row[0] for row in await installation.rows(IN_FORCE)} == set()

    carrier = asyncio.run(kill_often())
    assert carrier.acknowledged == carrier.sent
    rows, proofs = asyncio.run(installation.rows(IN_FORCE)), asyncio.run(installation.rows(PROOFS))
    assert sorted(row[0] for row in rows) == sorted(row[0] for row in proofs) == sorted(carrier.sent)
    replies = asyncio.run(installation.rows("SELECT recipient FROM outbox_outboundmessage"))
    assert sorted(row[0] for row in replies) == sorted(carrier.sent)


def test_a_spelling_added_by_another_process_is_routed_without_a_restart(installation):
    async def scene(smsc: FakeSmsc) -> None:
        await text(smsc, "Ogrodniczka")
        await asyncio.to_thread(add_spelling, "Gardener", "Ogrodniczka", installation.url, installation.data)
        async with asyncio.timeout(10):
            tries = 0
            while not smsc.submitted:
                tries += 1
                await text(smsc, "ogrodniczka", f"4860000{tries:04}")
                await asyncio.sleep(0.05)
        assert b"Thank you!" in [sent.short_message for sent in smsc.submitted]
        (last,) = await installation.rows("SELECT trail FROM inbox_message ORDER BY id DESC LIMIT 1")
        assert '"spelling"' in str(last[0])

    installation.play(scene)
