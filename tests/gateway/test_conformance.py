"""The conformance cases of the SMPP adapter, sent over a real link into a real database: what is stored in the end."""

import asyncio
import json
import struct
from pathlib import Path

import pytest

from recado.config import Config
from recado.gateway.app import Gateway
from recado.store.dialect import connect
from recado.testing.links import until
from recado.testing.sample import write_sample
from recado.testing.smsc import FakeSmsc

CASES = json.loads((Path(__file__).parents[1] / "carriers/smpp/cases/conformance.json").read_text(encoding="utf-8"))
JOINED = {
    "8-bit reference in order": ["first second"],
    "8-bit reference reversed": ["first second"],
    "three parts as 3-1-2": ["abc"],
    "two senders interleaved with one reference": ["A1A2", "B1B2"],
    "16-bit reference": ["one two"],
    "sar_* parameters": ["one two"],
    "port element before concatenation": [],
    "duplicate part": [],
    "UCS-2 parts": ["zażółć gęślą 🌻"],
}
"""Everything else is stored as read."""


def numbered(octets, sequence):
    return octets[:12] + struct.pack(">I", sequence) + octets[16:]


def store(database, tmp_path, pdus):
    """Send octets over a link, wait for all answers, and return the texts stored."""

    async def run():
        async with FakeSmsc() as smsc:
            con = connect(database)
            write_sample(con, smsc.port)
            gateway = Gateway(Config(tmp_path, database))
            await gateway.start()
            (session,) = await smsc.wait_bound()
            for sequence, octets in enumerate(pdus, 1):
                session.send_octets(numbered(octets, 1000 + sequence))
            answers = await until(
                lambda: (found := [event for event in session.events if event.sequence_number > 1000]) and len(found) == len(pdus) and found
            )
            assert {answer.command_status for answer in answers} == {0}
            await gateway.stop()
            texts = [text for (text,) in con.rows("SELECT text FROM inbox_message ORDER BY id")]
            con.close()
            return texts

    return asyncio.run(run())


def pdus_of(name):
    return [bytes.fromhex(octets) for octets in next(case for case in CASES if case["name"] == name)["pdus"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_conformance_case_is_stored_as_meant(case, sqlite_database, tmp_path):
    expected = JOINED.get(case["name"], [item["text"] for item in case["expect"]])
    assert sorted(store(sqlite_database, tmp_path, pdus_of(case["name"]))) == sorted(expected)


def test_a_part_sent_again_after_completion_makes_no_second_message(sqlite_database, tmp_path):
    first, second = pdus_of("8-bit reference in order")
    assert store(sqlite_database, tmp_path, [first, second, second, first]) == ["first second"]


def test_parts_are_stored_before_they_are_acknowledged_so_a_new_process_can_join_them(sqlite_database, tmp_path):
    first, second = pdus_of("8-bit reference in order")
    assert store(sqlite_database, tmp_path, [second]) == []
    assert store(sqlite_database, tmp_path, [first]) == ["first second"]
