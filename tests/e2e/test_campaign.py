"""A campaign through a real process: killed at random moments it goes on and reaches everybody; stopped it ends at once."""

import asyncio
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from configuring import configure, run

from recado.config import Database
from recado.store.dialect import connect
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PER_SECOND = 50
JOBS = "SELECT outbound_message_id, COUNT(*) FROM outbox_job WHERE is_bulk = TRUE GROUP BY outbound_message_id"
STATES = "SELECT recipient, state FROM outbox_outboundmessage"
STATE = "SELECT state FROM campaigns_campaign"
LEFT = "SELECT COUNT(*) FROM outbox_outboundmessage WHERE state = 'queued'"


class Scene:
    """An installation with a campaign and the carrier it goes to."""

    def __init__(self, database: Database, database_url: str, data: Path) -> None:
        self.database, self.url, self.data = database, database_url, data
        self.recado = RunningRecado(data, database_url)

    async def begin(self, smsc: FakeSmsc, messages: int, per_second: int) -> None:
        await asyncio.to_thread(configure, smsc.port, self.url, self.data)
        await asyncio.to_thread(run, "begin_campaign.py", self.url, self.data, str(messages), str(per_second))

    async def stop(self) -> None:
        await asyncio.to_thread(run, "stop_campaign.py", self.url, self.data)

    async def rows(self, statement: str) -> list[tuple]:
        def ask() -> list[tuple]:
            with closing(connect(self.database)) as con:
                return con.rows(statement)

        return await asyncio.to_thread(ask)

    async def until(self, statement: str, expected: object) -> None:
        for _ in range(900):
            if (seen := (await self.rows(statement))[0][0]) == expected:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{statement}: {seen}, not {expected}\n{self.recado.log.read_text()[-4000:]}")

    async def until_submitted(self, smsc: FakeSmsc, count: int) -> None:
        for _ in range(6000):
            if len(smsc.submitted) >= count:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"nothing was submitted:\n{self.recado.log.read_text()[-4000:]}")


def test_a_campaign_goes_on_after_every_kill_and_no_message_is_given_to_the_workers_twice(database, database_url, tmp_path):
    scene = Scene(database, database_url, tmp_path / "data")
    submitted, states, jobs = asyncio.run(killed_often(scene, random.Random(20261126), messages=400))
    assert len(states) == len(jobs) == 400
    assert {count for _, count in jobs} == {1}
    assert {state for _, state in states} <= {"sent", "uncertain"}
    assert set(submitted) >= {phone for phone, state in states if state == "sent"}
    assert set(submitted.values()) == {1}


async def killed_often(scene: Scene, chance: random.Random, messages: int):
    async with FakeSmsc() as smsc:
        await scene.begin(smsc, messages, per_second=100)
        for _ in range(4):
            before = len(smsc.submitted)
            scene.recado.start(wait=False)
            await scene.until_submitted(smsc, min(before + 1, messages))
            await asyncio.sleep(chance.uniform(0, 0.5))
            await asyncio.to_thread(scene.recado.kill)
        scene.recado.start(wait=False)
        await scene.until(STATE, "sent")
        states, jobs = await scene.rows(STATES), await scene.rows(JOBS)
        assert await asyncio.to_thread(scene.recado.stop) == 0
        return Counter(one.destination_addr for one in smsc.submitted), states, jobs


def test_a_stop_ends_a_campaign_in_the_running_process_at_once(database, database_url, tmp_path):
    scene = Scene(database, database_url, tmp_path / "data")
    submitted, before, states = asyncio.run(stopped(scene, messages=3000))
    unsent = {phone for phone, state in states if state == "unsent"}
    assert unsent.isdisjoint(submitted)
    assert len(unsent) + len(submitted) == 3000
    assert set(submitted.values()) == {1}
    assert len(submitted) - before < PER_SECOND * 10, "as many as leave while a slow machine starts the program that stops"


async def stopped(scene: Scene, messages: int):
    async with FakeSmsc() as smsc:
        await scene.begin(smsc, messages, PER_SECOND)
        scene.recado.start(wait=False)
        await scene.until_submitted(smsc, 20)
        before = len(smsc.submitted)
        await scene.stop()
        await scene.until(LEFT, 0)
        assert await asyncio.to_thread(scene.recado.stop) == 0
        return Counter(one.destination_addr for one in smsc.submitted), before, await scene.rows(STATES)
