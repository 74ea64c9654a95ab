"""Many writers with connections of their own at the same contests and pools: limits, winners and codes are exact, on both databases."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from random import Random

import pytest
from contest_world import ANNA, NOW, World, part

from recado.config import Database
from recado.core.message import InboundPart
from recado.core.routes import Routes
from recado.gateway.receive import receive_group
from recado.gateway.writer import CONFLICT_RETRIES
from recado.store.dialect import Connection, connect
from recado.store.write import LostRaceError
from recado.testing.contests import contest, keyword_for, pool

THREADS = 20
IN_GROUP = {"total": 40, "day": 20, "first": 10, "seventh": 20, "codes": 5, "same": 2}
"""How many texts come in one transaction."""
TOTAL, PER_DAY, FIRST, SEVENTH, CODES, SAME = 1000, 200, 200, 500, 200, 50
"""How many texts: of one phone with one entry in all, of one with one a day; of as many phones to the first 10, to every 7th, to 100 codes;
of one phone to one code."""

WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def phones(count: int) -> list[str]:
    return [str(48_600_000_000 + place) for place in range(count)]


def prepared(world: World) -> dict[str, int]:
    """Let words lead to contests and pools; return their ids."""
    con, account, number = world.con, world.account, world.made.individual_id
    with con.transaction():
        made = {
            "total": contest(con, account, NOW, public_token="1"),
            "day": contest(con, account, NOW, limit_total=None, limit_per_day=1, public_token="2"),
            "first": contest(con, account, NOW, entry_rule="first", every=10, public_token="3"),
            "seventh": contest(con, account, NOW, entry_rule="kth", every=7, public_token="4"),
        }
        for word, key in made.items():
            keyword_for(con, account, number, word, world.at, contest=key)
        for word, codes in (("codes", 100), ("same", 9)):
            made[word] = pool(con, account, NOW, codes)
            keyword_for(con, account, number, word, world.at, "{code}", pool=made[word])
    return made


def groups() -> list[list[InboundPart]]:
    """Return all texts in groups of one word each, mixed, so that groups about codes do not wait for contests."""
    crowds = [("first", FIRST), ("seventh", SEVENTH), ("codes", CODES)]
    texts = {word: [part(word, phone) for phone in phones(many)] for word, many in crowds}
    texts |= {word: [part(word, ANNA) for _ in range(many)] for word, many in (("total", TOTAL), ("day", PER_DAY), ("same", SAME))}
    found = [whole[place : place + IN_GROUP[word]] for word, whole in texts.items() for place in range(0, len(whole), IN_GROUP[word])]
    Random(8).shuffle(found)
    return found


class Writers:
    """Threads that store groups as the gateway's writer does."""

    def __init__(self, database: Database, routes: Routes) -> None:
        self.database, self.routes = database, routes
        self.barrier = threading.Barrier(THREADS)
        self.lost: list[int] = []
        """How often each group was decided anew."""
        self.errors: list[BaseException] = []

    def run(self, groups: Sequence[Sequence[InboundPart]]) -> None:
        threads = [threading.Thread(target=self._write, args=(node, groups[node::THREADS])) for node in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        if self.errors:
            raise self.errors[0]

    def _write(self, node: int, groups: Sequence[Sequence[InboundPart]]) -> None:
        try:
            with closing(connect(self.database)) as con:
                ids = count((node + 1) * 10**14)  # there are fewer nodes than threads here
                self.barrier.wait(30)
                for group in groups:
                    self._store(con, group, ids)
        except BaseException as error:  # noqa: BLE001  # shown by the test
            self.errors.append(error)

    def _store(self, con: Connection, group: Sequence[InboundPart], ids: Iterator[int]) -> None:
        for lost in range(50):
            try:
                with con.transaction():
                    receive_group(con, group, self.routes, ids, NOW)
            except Exception as error:
                if not isinstance(error, LostRaceError) and not con.dialect.is_conflict(error):
                    raise
            else:
                self.lost.append(lost)
                return
        raise AssertionError("a group was decided anew again and again")


def test_limits_winners_and_codes_are_exact_whoever_writes(database: Database) -> None:
    with closing(connect(database)) as con:
        world = World(con)
        made = prepared(world)
        writers = Writers(database, world.routes())
        writers.run(groups())
        assert max(writers.lost) < CONFLICT_RETRIES  # else the writer would store each alone

        def states(word: str) -> Counter[str]:
            return Counter(row[0] for row in con.rows("SELECT state FROM contests_entry WHERE contest_id = ?", (made[word],)))

        assert states("total") == {"accepted": 1, "refused": TOTAL - 1}
        assert states("day") == {"accepted": 1, "refused": PER_DAY - 1}
        assert winners(con, made["first"], FIRST) == list(range(1, 11))
        assert winners(con, made["seventh"], SEVENTH) == list(range(7, SEVENTH + 1, 7))
        handed = con.rows("SELECT msisdn, message_id FROM codes_code WHERE pool_id = ?", (made["codes"],))
        assert len({msisdn for msisdn, _ in handed}) == len({message for _, message in handed}) == 100
        assert None not in {msisdn for msisdn, _ in handed}
        assert con.rows("SELECT msisdn FROM codes_code WHERE pool_id = ? AND msisdn IS NOT NULL", (made["same"],)) == [(ANNA,)]
        assert con.rows("SELECT COUNT(*) FROM inbox_message") == [(sum((TOTAL, PER_DAY, FIRST, SEVENTH, CODES, SAME)),)]


def winners(con: Connection, key: int, entries: int) -> list[int]:
    """Return the numbers of the entries that won, after a look at all of them."""
    rows = con.rows("SELECT sequence, is_winner FROM contests_entry WHERE contest_id = ? ORDER BY sequence", (key,))
    assert [row[0] for row in rows] == list(range(1, entries + 1))
    won = [sequence for sequence, is_winner in rows if is_winner]
    assert con.rows("SELECT COUNT(*), COUNT(DISTINCT place) FROM contests_win WHERE contest_id = ?", (key,)) == [(len(won), len(won))]
    return won


@pytest.mark.postgresql
def test_a_writer_that_finds_codes_locked_waits_before_it_says_there_are_none(postgresql_database: Database) -> None:
    with closing(connect(postgresql_database)) as con, closing(connect(postgresql_database)) as other:
        world = World(con)
        made = prepared(world)
        con.execute("DELETE FROM codes_code WHERE pool_id = ? AND value <> 'C1'", (made["same"],))
        routes = world.routes()

        def receive() -> None:
            with other.transaction():
                receive_group(other, [part("same")], routes, count(10**16), NOW)

        thread = threading.Thread(target=receive)
        con.begin()
        con.execute("SELECT 1 FROM codes_code WHERE pool_id = ? FOR UPDATE", (made["same"],))
        thread.start()
        deadline = time.monotonic() + 20
        while not con.rows(WAITING) and time.monotonic() < deadline:
            time.sleep(0.005)
        assert con.rows(WAITING)  # for whoever may not need the last one after all
        con.rollback()
        thread.join(30)
        assert con.rows("SELECT msisdn FROM codes_code WHERE pool_id = ?", (made["same"],)) == [(ANNA,)]
