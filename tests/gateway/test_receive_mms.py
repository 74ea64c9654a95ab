"""Multimedia messages from what arrived to rows, on both databases: which words decide, and that parts and contents are there with them."""

from dataclasses import replace

import pytest
from contest_world import World, part

from recado.core.mms import InboundMms, MmsPart, PartRole, Slide
from recado.store.dialect import Connection
from recado.testing.routing import keyword_with_rule

PICTURE = MmsPart(PartRole.MEDIA, "a" * 64, 1234, "image/jpeg", "image/jpg", "cat.jpg", "cat")
WORDS = MmsPart(PartRole.TEXT, "b" * 64, 9, "text/plain", "text/plain", "text.txt", "text")


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def mms(subject: str, text: str) -> InboundMms:
    return InboundMms(subject, text, (PICTURE, WORDS), (Slide((0, 1), 5000),))


def sent(subject: str, text: str):
    found = mms(subject, text)
    return replace(part(found.shown_text), mms=found)


@pytest.mark.parametrize(
    ("subject", "text", "keyword", "argument"),
    [
        ("Photo", "my cat", "base", "my cat"),
        ("Photo", "my cat", "exact", ""),
        ("", "photo my cat", "base", "my cat"),
        ("Look at this", "photo my cat", "base", "my cat"),
        ("Look at this", "photo", "exact", ""),
        ("photo", "", "exact", ""),
        ("Look at this", "my cat", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_keyword_is_found_in_the_subject_or_in_the_text(world: World, subject, text, keyword, argument) -> None:
    with world.con.transaction():
        key, _rule = keyword_with_rule(world.con, world.account, world.made.individual_id, "photo", world.at)
        world.con.execute("UPDATE keywords_keyword SET kind = ?", (keyword or "exact",))
    world.receive(sent(subject, text))
    rows = world.con.rows("SELECT keyword_id, argument, text FROM inbox_message")
    assert rows == [(key if keyword else None, argument, text or subject)]


def test_subject_parts_slides_and_contents_are_stored_with_the_message(world: World) -> None:
    world.receive(sent("Hello", "my cat"), sent("Hello", "again"))
    assert world.con.rows("SELECT subject, slides FROM mms_receivedmms") == [("Hello", "[[[0, 1], 5000]]")] * 2
    found = world.con.rows(
        "SELECT a.position, a.role, a.sha256, a.content_type, a.claimed_type, a.name, a.content_id, a.outbound_id"
        " FROM mms_attachment a JOIN inbox_message m ON m.id = a.message_id WHERE m.text = 'my cat' ORDER BY a.position"
    )
    assert found == [
        (0, "media", "a" * 64, "image/jpeg", "image/jpg", "cat.jpg", "cat", None),
        (1, "text", "b" * 64, "text/plain", "text/plain", "text.txt", "text", None),
    ]
    contents = world.con.rows("SELECT sha256, size, scan_state, preview_state FROM media_content ORDER BY sha256")
    assert contents == [("a" * 64, 1234, "received", "waiting"), ("b" * 64, 9, "received", "waiting")]


def test_a_repeated_transaction_is_stored_once(world: World) -> None:
    first = replace(sent("Hello", "my cat"), carrier_message_id="T1")
    world.receive(first)
    world.receive(first)
    assert world.con.rows("SELECT COUNT(*) FROM inbox_message") == [(1,)]
    assert world.con.rows("SELECT COUNT(*) FROM mms_attachment") == [(2,)]
