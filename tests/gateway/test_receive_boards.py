"""Messages for boards, on both databases: what is stored, what open pages notice, and that a person's say holds against the clock."""

from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from gateway.test_receive import ANNA, NOW, World
from recado.config import Database
from recado.core.action import EnterContest
from recado.gateway.receive import receive_group
from recado.store.activities import Wanted, load_activities
from recado.store.boards import load_boards
from recado.store.dialect import Connection, connect
from recado.store.snapshot import load_routes
from recado.testing.routing import INDIVIDUAL, action, insert, keyword_with_rule

BOB = "48601222333"


@pytest.fixture
def world(connection: Connection) -> World:
    return World(connection)


def board_with_keyword(world: World, word: str = "party", **columns: object) -> int:
    con, at, account = world.con, world.con.dialect.timestamp(NOW), world.ids.accounts[0]
    given = {"moderation": "automatic", "word_list": "pumpkin", "most_per_phone": 2, "within_minutes": 10, "naming": "digits"}
    texts = {"title": "", "call": "", "theme": "night", "shown_count": 8, "closed_text": "Closed.", "refused_text": "Slowly."}
    kept = {"is_open": True, "version": 0, "created_at": at, "public_token": word}
    board = insert(con, "boards_board", account_id=account, name="Party", **(given | texts | kept | columns))
    keyword, rule = keyword_with_rule(con, account, world.ids.shared_id, word, at)
    con.execute("UPDATE keywords_keyword SET also_when_text_follows = ? WHERE id = ?", (True, keyword))
    action(con, rule, "send_reply", text="Thank you.")
    insert(con, "keywords_ruleaction", rule_id=rule, position=1, kind="post_to_board", text="", board_id=board)
    return board


def posts(world: World, columns: str = "msisdn, text, state, reason, by_itself") -> list[tuple[object, ...]]:
    flags = [name == "by_itself" for name in columns.split(", ")]
    rows = world.all("boards_post", columns)
    return [tuple(bool(one) if is_flag else one for is_flag, one in zip(flags, row, strict=True)) for row in rows]


def replies(world: World) -> list[object]:
    return [row[0] for row in world.all("outbox_outboundmessage", "text")]


def test_a_message_is_posted_with_what_followed_the_keyword_and_open_pages_notice(world: World) -> None:
    board = board_with_keyword(world)
    (message_id,) = world.receive(world.part("PARTY  Happy birthday, <b>Ola</b>!")).message_ids
    assert posts(world) == [(ANNA, "Happy birthday, <b>Ola</b>!", "shown", "", True)]
    assert posts(world, "board_id, message_id, account_id, name") == [(board, message_id, world.ids.accounts[0], "…333")]
    assert world.all("boards_board", "version") == [(1,)]
    assert replies(world) == ["Thank you."]
    assert '"deed":"shown"' in str(world.all("inbox_message", "trail")[0][0]).replace(" ", "")


def test_with_a_person_deciding_all_waits(world: World) -> None:
    board_with_keyword(world, moderation="manual")
    world.receive(world.part("party hello"), world.part("party pumpkin", BOB))
    assert posts(world) == [(ANNA, "hello", "pending", "", False), (BOB, "pumpkin", "pending", "word: pumpkin", False)]


@pytest.mark.parametrize("together", [True, False])
def test_more_than_a_phone_may_within_the_time_waits_and_tests_count_apart(world: World, together: bool) -> None:
    board_with_keyword(world)
    parts = [world.part(f"party {place}") for place in range(3)] + [world.part("party test", is_test=True), world.part("party b", BOB)]
    for group in [parts] if together else [[part] for part in parts]:
        world.receive(*group)
    assert posts(world, "text, state, reason") == [
        ("0", "shown", ""),
        ("1", "shown", ""),
        ("2", "pending", "rate"),
        ("test", "shown", ""),
        ("b", "shown", ""),
    ]
    assert replies(world) == ["Thank you.", "Thank you.", "Slowly.", "Thank you.", "Thank you."]
    later = NOW + timedelta(minutes=11)
    world.receive(world.part("party later", received_at=later), now=later)
    assert posts(world, "text, state")[-1] == ("later", "shown")


def test_a_closed_board_keeps_the_message_and_says_so(world: World) -> None:
    board_with_keyword(world, is_open=False)
    world.receive(world.part("party hello"))
    assert posts(world, "text, state, reason") == [("hello", "rejected", "closed")]
    assert replies(world) == ["Closed."]


def test_the_keyword_alone_and_a_blocked_phone_post_nothing(world: World) -> None:
    board_with_keyword(world)
    at = world.con.dialect.timestamp(NOW)
    insert(world.con, "contacts_blockedsender", account_id=world.ids.accounts[0], msisdn=BOB, reason="", created_at=at)
    world.receive(world.part("party"), world.part("party hello", BOB))
    assert posts(world) == []
    assert len(world.texts()) == 2


def test_a_name_is_said_only_where_the_board_says_names(world: World) -> None:
    board_with_keyword(world, naming="first_name")
    world.receive(world.part("gardener"))
    world.con.execute("UPDATE contacts_contact SET first_name = 'Anna'")
    world.receive(world.part("party hello"), world.part("party hi", BOB))
    assert posts(world, "name") == [("Anna",), ("",)]


def test_a_default_rule_and_a_phrase_post_the_whole_text(world: World) -> None:
    board = board_with_keyword(world)
    rule = insert(
        world.con,
        "keywords_rule",
        account_id=world.ids.accounts[0],
        number_id=world.ids.individual_id,
        priority=0,
        is_enabled=True,
        created_at=world.con.dialect.timestamp(NOW),
    )
    insert(world.con, "keywords_ruleaction", rule_id=rule, position=0, kind="post_to_board", text="", board_id=board)
    world.receive(world.part("Hello all", recipient=INDIVIDUAL))
    assert posts(world, "text") == [("Hello all",)]


def test_nobody_changes_a_board_while_a_message_for_it_is_on_its_way(postgresql_database: Database) -> None:
    """Else a text read as "shown by itself" could be written after somebody said that a person decides. On SQLite there is one writer."""
    with closing(connect(postgresql_database)) as con, closing(connect(postgresql_database)) as other:
        world = World(con)
        board = board_with_keyword(world)
        with con.transaction():
            receive_group(con, [world.part("party hello")], load_routes(con), world.generator.stream(0), NOW)
            with pytest.raises(psycopg.errors.LockNotAvailable), other.transaction():
                other.execute("SELECT id FROM boards_board WHERE id = ? FOR UPDATE NOWAIT", (board,))
        assert posts(world, "text, state") == [("hello", "shown")]


def test_messages_without_a_board_ask_nothing_about_boards(world: World) -> None:
    assert load_boards(world.con, Wanted({EnterContest: {1}}), NOW) is None
    activities = load_activities(world.con, Wanted(), NOW)
    assert activities.holders == {}
