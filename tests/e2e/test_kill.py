"""The process is killed at random moments under load: every acknowledged message is there exactly once, with all its effects."""

import asyncio
import random
from pathlib import Path

import pytest
from configuring import NUMBER, configure
from insistent_carrier import InsistentCarrier
from stored import assert_stored_once

from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc
from thorough import times

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

KILLS = times(8, thorough=20)


def test_every_acknowledged_message_is_there_once_with_all_its_effects(database, database_url, tmp_path):
    chance = random.Random(20261122)
    recado = RunningRecado(tmp_path / "data", database_url, environment={"RECADO_ALLOW_PRIVATE_FORWARDS": "yes"})
    carrier = asyncio.run(kill_often(recado, database_url, tmp_path / "data", chance))
    assert_stored_once(carrier, database)
    assert len(carrier.sent) > KILLS * 20, "there was hardly any load"


async def kill_often(recado: RunningRecado, database_url: str, data: Path, chance: random.Random) -> InsistentCarrier:
    async with FakeSmsc() as smsc:
        await asyncio.to_thread(configure, smsc.port, database_url, data)
        carrier = InsistentCarrier(smsc, NUMBER, b"Gardener")
        running = asyncio.create_task(carrier.run())
        for _ in range(KILLS):
            recado.start(wait=False)
            await progress(carrier, recado)
            await asyncio.sleep(chance.uniform(0, 0.5))
            await asyncio.to_thread(recado.kill)
        recado.start(wait=False)
        carrier.is_over = True
        async with asyncio.timeout(90):
            await running
        assert await asyncio.to_thread(recado.stop) == 0
    return carrier


async def progress(carrier: InsistentCarrier, recado: RunningRecado) -> None:
    """Wait until this life of the process has acknowledged something."""
    before = len(carrier.acknowledged)
    for _ in range(3000):
        if len(carrier.acknowledged) > before:
            return
        assert recado.process is not None
        assert recado.process.poll() is None, recado.log.read_text()[-4000:]
        await asyncio.sleep(0.01)
    raise AssertionError(f"nothing was acknowledged:\n{recado.log.read_text()[-4000:]}")
