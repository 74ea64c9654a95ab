"""The process is killed at random moments while texts go out: the carrier gets each at most once, each has a fate that can be seen, and the
books are right after every kill, before anything could put them right."""

import asyncio
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from configuring import configure, queue_texts

from recado.config import Database
from recado.protocols import smpp
from recado.store.dialect import connect
from recado.store.recount import SUBJECTS, recount
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc, SmscBehaviour, delivery_receipt
from thorough import times

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

KILLS, TEXTS, PER_SECOND = times(5, thorough=8), 600, 200
OPEN_JOBS = "SELECT COUNT(*) FROM outbox_job WHERE kind = 'submit' AND state NOT IN ('done', 'dead')"
STATES = "SELECT recipient, state FROM outbox_outboundmessage"
COST = 9
WALLET = "SELECT balance, reserved FROM billing_wallet"
PAID = """SELECT o.recipient, COUNT(t.id), SUM(t.amount) FROM billing_transfer t JOIN outbox_outboundmessage o ON o.id = t.reference_id
    WHERE t.event = 'message' GROUP BY o.recipient"""


class Carrier:
    """What a message centre was given, and the ids it gave back, also where nobody heard them."""

    def __init__(self) -> None:
        self.given: list[tuple[smpp.SubmitSm, str]] = []
        self.is_silent = False

    def answer(self, request: smpp.SubmitSm, count: int) -> smpp.SubmitSmResp | None:
        message_id = f"{count:08d}"
        self.given.append((request, message_id))
        return None if self.is_silent else smpp.SubmitSmResp(request.sequence_number, 0, message_id)

    @property
    def phones(self) -> Counter[str]:
        return Counter(request.destination_addr for request, _ in self.given)

    async def report_all(self, smsc: FakeSmsc) -> None:
        """Send the receipt of everything that was taken, as a carrier does until each is acknowledged."""
        for request, message_id in self.given:
            assert (await smsc.deliver(delivery_receipt(request, message_id))).command_status == 0


class Scene:
    """An installation with texts in its outbox and the carrier it sends them to."""

    def __init__(self, database: Database, database_url: str, data: Path) -> None:
        self.database = database
        self.database_url = database_url
        self.data = data
        self.recado = RunningRecado(data, database_url)
        self.carrier = Carrier()
        self.smsc = FakeSmsc(SmscBehaviour(answer_submit=self.carrier.answer))

    async def prepare(self, texts: int, per_second: int) -> None:
        await asyncio.to_thread(configure, self.smsc.port, self.database_url, self.data)
        await asyncio.to_thread(queue_texts, texts, per_second, self.database_url, self.data)

    async def until_given(self, count: int) -> None:
        """Wait until the carrier has so many texts, or more than ever will come came."""
        for _ in range(6000):
            if len(self.carrier.given) >= count:
                return
            assert self.recado.process is not None
            assert self.recado.process.poll() is None, self.recado.log.read_text()[-4000:]
            await asyncio.sleep(0.01)
        raise AssertionError(f"nothing was submitted:\n{self.recado.log.read_text()[-4000:]}")

    async def kill(self) -> None:
        await asyncio.to_thread(self.recado.kill)
        await asyncio.to_thread(self._check_books)

    def _check_books(self) -> None:
        with closing(connect(self.database)) as con:
            assert {subject: recount(con, subject, 0).differences for subject in SUBJECTS} == {key: [] for key in SUBJECTS}

    async def paid(self) -> list[tuple]:
        """Return the phones that a text was paid for, how often and how much, once nothing is reserved any more."""
        await asyncio.to_thread(self._check_books)
        rows = await asyncio.to_thread(self._rows, PAID)
        assert await asyncio.to_thread(self._rows, WALLET) == [(-COST * len(rows), 0)]
        return rows

    async def until(self, statement: str, expected: int) -> None:
        seen = -1
        for _ in range(900):
            seen = (await asyncio.to_thread(self._rows, statement))[0][0]
            if seen == expected:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{statement}: {seen}, not {expected}\n{self.recado.log.read_text()[-4000:]}")

    async def states(self) -> dict[str, str]:
        return dict(await asyncio.to_thread(self._rows, STATES))

    def _rows(self, statement: str) -> list[tuple]:
        with closing(connect(self.database)) as con:
            return con.rows(statement)


def test_a_carrier_gets_every_text_at_most_once_however_often_the_process_is_killed(database, database_url, tmp_path):
    scene, chance = Scene(database, database_url, tmp_path / "data"), random.Random(20261126)
    states, paid = asyncio.run(killed_often(scene, chance))
    assert len(states) == TEXTS
    assert set(scene.carrier.phones.values()) == {1}
    lost = {phone for phone, state in states.items() if state == "uncertain"}
    assert lost.isdisjoint(scene.carrier.phones), "its receipt tells that the carrier has it"
    assert {phone for phone, state in states.items() if state == "delivered"} == set(scene.carrier.phones)
    assert set(states.values()) <= {"delivered", "uncertain"}
    assert sorted(paid) == sorted((phone, 1, COST) for phone in states), "what may have been sent is paid, once"


async def killed_often(scene: Scene, chance: random.Random) -> tuple[dict[str, str], list[tuple]]:
    async with scene.smsc as smsc:
        await scene.prepare(TEXTS, PER_SECOND)
        for _ in range(KILLS):
            scene.recado.start(wait=False)
            await scene.until_given(min(len(scene.carrier.given) + 1, TEXTS - 200))
            await asyncio.sleep(chance.uniform(0, 0.3))
            await scene.kill()
        scene.recado.start(wait=False)
        await scene.until(OPEN_JOBS, 0)
        await smsc.wait_bound(timeout_seconds=60)
        await scene.carrier.report_all(smsc)
        states, paid = await scene.states(), await scene.paid()
        assert await asyncio.to_thread(scene.recado.stop) == 0
    return states, paid


def test_what_a_carrier_took_without_a_word_is_never_sent_again_and_its_receipt_tells(database, database_url, tmp_path):
    scene = Scene(database, database_url, tmp_path / "data")
    before, after = asyncio.run(killed_while_silent(scene))
    assert set(scene.carrier.phones.values()) == {1}
    assert len(scene.carrier.phones) == len(before) - sum(
        state == "uncertain" and phone not in scene.carrier.phones for phone, state in before.items()
    )
    assert "uncertain" in before.values()
    assert {phone for phone, state in after.items() if state == "delivered"} == set(scene.carrier.phones)


async def killed_while_silent(scene: Scene) -> tuple[dict[str, str], dict[str, str]]:
    async with scene.smsc as smsc:
        await scene.prepare(150, 0)
        scene.carrier.is_silent = True
        scene.recado.start(wait=False)
        await scene.until_given(20)
        await scene.kill()
        scene.carrier.is_silent = False
        scene.recado.start(wait=False)
        await scene.until(OPEN_JOBS, 0)
        before = await scene.states()
        await smsc.wait_bound(timeout_seconds=60)
        await scene.carrier.report_all(smsc)
        after = await scene.states()
        assert await asyncio.to_thread(scene.recado.stop) == 0
    return before, after
