"""The same vote of one phone through several writers at once: exactly one counts, on both databases."""

import threading
from contextlib import closing
from itertools import count

import pytest

from gateway.survey_rows_made import pizza, vote
from gateway.test_receive import ANNA, NOW, World
from recado.config import Database
from recado.core.message import Encoding, InboundPart
from recado.core.routes import Routes
from recado.gateway.receive import receive_group
from recado.store.dialect import Connection, connect
from recado.store.ids import IdGenerator
from recado.store.snapshot import load_routes
from recado.store.write import LostRaceError
from recado.testing.routing import INDIVIDUAL, SHARED

WRITERS = 4


def write(database: Database, routes: Routes, node: int, parts: list[InboundPart]) -> None:
    """Receive one after the other, again where others were quicker."""
    ids = IdGenerator(node)
    with closing(connect(database)) as con:
        for part in parts:
            while True:
                try:
                    with con.transaction():
                        receive_group(con, [part], routes, ids.stream(int(NOW.timestamp() * 1000)), NOW)
                    break
                except LostRaceError:
                    continue
                except Exception as error:
                    if not con.dialect.is_conflict(error):
                        raise


def at_once(database: Database, con: Connection, texts: list[str], recipient: str, each: int) -> None:
    routes, numbers = load_routes(con), count(1)
    works = [
        [InboundPart(1, ANNA, recipient, texts[place % len(texts)], Encoding.GSM7, NOW, b"", next(numbers)) for place in range(each)]
        for _ in range(WRITERS)
    ]
    threads = [threading.Thread(target=write, args=(database, routes, node, work)) for node, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.parametrize(("counting", "each"), [("first", 50), ("last", 10)])
def test_exactly_one_of_many_votes_of_a_phone_counts(database: Database, connection: Connection, counting: str, each: int) -> None:
    world = World(connection)
    vote(world, counting)
    at_once(database, connection, ["cats", "dogs"], SHARED, each)
    assert connection.row("SELECT COUNT(*) FROM inbox_message") == (WRITERS * each,)
    assert connection.row("SELECT COUNT(*) FROM surveys_answer WHERE counts") == (1,)
    assert connection.row("SELECT COUNT(*) FROM surveys_answer WHERE once IS NOT NULL") == (1,)
    assert connection.row("SELECT COUNT(*) FROM surveys_answer") == (1 if counting == "first" else WRITERS * each,)


def test_one_session_and_one_answer_to_each_question(database: Database, connection: Connection) -> None:
    world = World(connection)
    pizza(world)
    at_once(database, connection, ["pizza", "B", "fine"], INDIVIDUAL, 9)
    assert connection.row("SELECT COUNT(*) FROM surveys_session") == (1,)
    assert connection.row("SELECT COUNT(*), COUNT(DISTINCT question_id) FROM surveys_answer") == (2, 2)
