"""Over a real SMPP link: a carrier's message is answered by submit_sm, and the carrier's receipts are shown in the panel's thread."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from configuring import NUMBER, configure
from web_client import WebClient, eventually

from recado.config import Database
from recado.protocols import smpp
from recado.testing.process import RunningRecado
from recado.testing.smsc import FakeSmsc, SmscBehaviour, delivery_receipt

pytestmark = pytest.mark.slow

PHONE = "48604218377"
Scene = Callable[[FakeSmsc, WebClient], Awaitable[None]]


def receipts_of(request: smpp.SubmitSm, message_id: str) -> list[smpp.DeliverSm]:
    """Deliver everything but what speaks of winter."""
    if b"zima" in request.short_message:
        return [delivery_receipt(request, message_id, "UNDELIV", "001")]
    return [delivery_receipt(request, message_id)]


@pytest.fixture
def play(sqlite_database: Database, tmp_path: Path):
    """Run a scene with a carrier and a signed-in owner of an installation whose number is linked to it."""

    async def run(scene: Scene) -> None:
        async with FakeSmsc(SmscBehaviour(receipts=receipts_of)) as smsc:
            database_url = f"sqlite://{sqlite_database.name}"
            await asyncio.to_thread(configure, smsc.port, database_url, tmp_path / "data")
            recado = RunningRecado(tmp_path / "data", database_url)
            await asyncio.to_thread(recado.start)
            try:
                with WebClient(recado.url) as owner:
                    await asyncio.to_thread(owner.sign_in, "owner@recado.example", "correct horse battery")
                    await smsc.wait_bound(2)
                    await scene(smsc, owner)
            finally:
                await asyncio.to_thread(recado.stop)

    return lambda scene: asyncio.run(run(scene))


async def text(smsc: FakeSmsc, words: str) -> None:
    message = smpp.DeliverSm(
        0, source_addr_ton=1, source_addr_npi=1, source_addr=PHONE, destination_addr=NUMBER, short_message=words.encode("ascii")
    )
    answer = await smsc.deliver(message)
    assert answer.command_status == 0


def thread_of(owner: WebClient) -> str:
    """Return the path of the only conversation."""
    (found,) = set(re.findall(r"/inbox/\d+/", owner.get("/inbox/")))
    return found


def states_in(page: str) -> list[str]:
    """Read the states of the messages sent, oldest first."""
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(r'id="st-\d+">(.*?)</span>', page, re.DOTALL)]


async def shown(owner: WebClient, path: str, states: list[str]) -> None:
    await asyncio.to_thread(eventually, lambda: states_in(owner.get(path)), lambda seen: seen == states)


def test_a_text_is_answered_by_submit_sm_and_its_receipt_is_shown(play):
    async def scene(smsc: FakeSmsc, owner: WebClient) -> None:
        await text(smsc, "Gardener")
        path = await asyncio.to_thread(thread_of, owner)
        await shown(owner, path, ["Delivered"])
        (reply,) = smsc.submitted
        assert (reply.source_addr, reply.destination_addr, reply.short_message) == (NUMBER, PHONE, b"Thank you!")
        assert reply.registered_delivery & 1

    play(scene)


def test_an_answer_of_a_person_leaves_over_the_link_and_what_failed_says_why(play):
    async def scene(smsc: FakeSmsc, owner: WebClient) -> None:
        await text(smsc, "Are you open on Sunday?")
        path = await asyncio.to_thread(thread_of, owner)
        for words in ("Yes, from 9 to 14", "But not in zima"):
            await asyncio.to_thread(owner.post, path, f"{path}send/", text=words, key=str(len(words)) * 16)
        await shown(owner, path, ["Delivered", "Not delivered — the number does not exist"])
        assert [sent.short_message for sent in smsc.submitted] == [b"Yes, from 9 to 14", b"But not in zima"]
        assert {sent.destination_addr for sent in smsc.submitted} == {PHONE}

    play(scene)


def test_an_answer_that_is_not_delivered_rings_the_bell_of_who_wrote_it(play):
    async def scene(smsc: FakeSmsc, owner: WebClient) -> None:
        await text(smsc, "Are you open in winter?")
        path = await asyncio.to_thread(thread_of, owner)
        for words in ("Yes, always", "But not in zima"):
            await asyncio.to_thread(owner.post, path, f"{path}send/", text=words, key=str(len(words)) * 16)
        await shown(owner, path, ["Delivered", "Not delivered — the number does not exist"])
        page = await asyncio.to_thread(eventually, lambda: owner.get("/notifications/"), lambda page: "was not delivered" in page)
        assert page.count("Your message to +48 604 218 377 was not delivered: the number does not exist.") == 1

    play(scene)


def test_the_bell_tells_that_somebody_new_writes_and_that_a_forward_was_given_up(play):
    async def scene(smsc: FakeSmsc, owner: WebClient) -> None:
        wanted = {f"show-{event}": "on" for event in ("dialogue.new", "forward.dead")}
        await asyncio.to_thread(owner.post, "/settings/notifications/", "/settings/notifications/", mail_notices="off", **wanted)
        for _ in range(2):
            await text(smsc, "Gardener")
        sentences = ("wrote to you for the first time.", "Forwarding to shop was given up: ")
        page = await asyncio.to_thread(
            eventually, lambda: owner.get("/notifications/"), lambda page: all(sentence in page for sentence in sentences)
        )
        assert [page.count(sentence) for sentence in sentences] == [1, 1]

    play(scene)


def test_an_answer_in_parts_is_delivered_when_all_of_them_are(play):
    async def scene(smsc: FakeSmsc, owner: WebClient) -> None:
        await text(smsc, "Gardener?")
        path = await asyncio.to_thread(thread_of, owner)
        await asyncio.to_thread(owner.post, path, f"{path}send/", text="Zażółć gęślą jaźń. " * 8, key="k" * 32)
        await shown(owner, path, ["Delivered"])
        assert len(smsc.submitted) == 3
        assert all(sent.esm_class & 0x40 for sent in smsc.submitted)

    play(scene)
