"""Nothing is acknowledged before it is stored, and everything that can be stored is, whatever breaks."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from recado.config import Database
from recado.core.message import Concatenation, Encoding, InboundPart
from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.gateway import receive as receive_module
from recado.gateway import writer as writer_module
from recado.gateway.group_result import GroupResult
from recado.gateway.intake import Intake, NotStoredError, Waiter
from recado.gateway.writer import GroupCommitWriter
from recado.store.dialect import Connection, connect
from recado.store.exclusive import become_writer
from recado.store.kept_items import loads
from recado.store.snapshot import load_routes
from recado.testing.postgresql import PostgresqlServer
from recado.testing.routing import SHARED, configure

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.005)


class ImmediateLoop:
    """Runs what it is given at once, in the caller's thread."""

    def call_soon_threadsafe(self, callback: Callable[..., Any], *args: Any) -> None:
        callback(*args)


@dataclass(eq=False)
class Link:
    """Remembers what it was told to answer, call by call."""

    calls: list[list[tuple[int, bool]]] = field(default_factory=list)

    def acknowledge(self, answers: list[tuple[int, bool]]) -> None:
        self.calls.append(answers)

    @property
    def answers(self) -> dict[int, bool]:
        return dict(one for call in self.calls for one in call)


@dataclass(frozen=True)
class Ticket:
    link: Link
    sequence: int


class World:
    """A writer on a configured database."""

    def __init__(self, database: Database, **options: Any) -> None:
        self.database = database
        self.con = connect(database)
        with self.con.transaction():
            self.ids = configure(self.con, NOW)
        self.routes = load_routes(self.con)
        self.intake = Intake()
        self.link = Link()
        self.results: list[GroupResult] = []
        options.setdefault("now", lambda: NOW)
        self.writer = GroupCommitWriter(
            database, self.intake, lambda: self.routes, ImmediateLoop(), on_committed=self.results.append, **options
        )
        self.sequence = 0

    def part(self, text: str = "gardener", **fields: Any) -> InboundPart:
        self.sequence += 1
        sender = str(48_500_000_000 + self.sequence)
        made = InboundPart(self.ids.connection_id, sender, SHARED, text, Encoding.GSM7, NOW, text.encode("utf-8", "replace"), self.sequence)
        return replace(made, **fields)

    def put(self, *items: Any, link: Link | None = None) -> None:
        for item in items:
            assert self.intake.put(item, Ticket(link or self.link, self.sequence if len(items) == 1 else items.index(item)))

    def count(self, table: str = "inbox_message") -> int:
        return self.con.rows(f"SELECT COUNT(*) FROM {table}")[0][0]


@pytest.fixture
def make_world(database: Database) -> Iterator[Callable[..., World]]:
    worlds: list[World] = []

    def make(**options: Any) -> World:
        worlds.append(World(database, **options))
        return worlds[-1]

    yield make
    for world in worlds:
        if world.writer._thread.is_alive():
            world.writer.stop()
        world.con.close()


def test_a_group_is_committed_once_and_each_link_told_once(make_world):
    world = make_world()
    other = Link()
    world.put(*[world.part() for _ in range(5)])
    world.put(*[world.part() for _ in range(3)], link=other)
    world.writer.start()
    until(lambda: bool(other.calls))
    assert world.link.calls == [[(n, True) for n in range(5)]]
    assert other.calls == [[(n, True) for n in range(3)]]
    assert [result.stored_count for result in world.results if result.stored_count] == [8]
    assert world.count() == 8


def test_what_is_acknowledged_can_be_read_by_others(make_world):
    world = make_world()
    seen: list[int] = []
    world.link.acknowledge = lambda _answers: seen.append(world.count())
    world.put(world.part())
    world.writer.start()
    until(lambda: bool(seen))
    assert seen == [1]


def test_a_poison_item_is_kept_whole_and_spoils_nothing(make_world):
    world = make_world()
    poison = world.part("\ud800 broken", raw=b"\x00\x01octets")
    world.put(world.part(), poison, world.part())
    world.writer.start()
    until(lambda: len(world.link.answers) == 3)
    assert world.link.answers == {0: True, 1: True, 2: True}
    assert world.count() == 2
    ((sender, raw, traceback),) = world.con.rows("SELECT sender, raw, traceback FROM connections_quarantine")
    assert (sender, bytes(raw)) == (poison.sender, b"\x00\x01octets")
    assert "Error" in traceback
    assert world.writer.health.is_ok


def test_a_poison_receipt_is_kept_too(make_world):
    world = make_world()
    receipt = DeliveryReceipt(world.ids.connection_id, "\ud800", "DELIVRD", "000", NOW, b"raw", None)
    world.put(receipt)
    world.writer.start()
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [True]
    assert world.count("connections_quarantine") == 1


def test_what_breaks_again_when_it_is_tried_again_is_told_and_not_kept_twice(make_world):
    world = make_world()
    world.writer.start()
    with pytest.raises(NotStoredError, match="Error"):
        world.intake.receive(world.part("\ud800"), is_replay=True)
    assert world.count("connections_quarantine") == world.count() == 0
    assert world.writer.quarantined_count == 0
    assert world.intake.receive(world.part(), is_replay=True)


def test_what_is_kept_can_be_read_back_and_processed_once_it_does_no_harm(make_world):
    world = make_world()
    world.put(world.part("\ud800"))
    world.writer.start()
    until(lambda: bool(world.link.calls))
    ((item,),) = world.con.rows("SELECT item FROM connections_quarantine")
    kept = loads(item)
    assert kept.text == "\ud800"
    assert world.intake.receive(replace(kept, text="mended"), is_replay=True)
    assert world.count() == 1


def test_a_waiter_gets_the_id_of_its_message(make_world):
    world = make_world()
    world.writer.start()
    message_id = world.intake.receive(world.part())
    assert world.con.rows("SELECT id FROM inbox_message") == [(message_id,)]


def test_other_transactions_run_in_between_and_tell_their_result(make_world):
    world = make_world()
    world.writer.start()
    name = "UPDATE accounts_account SET name = 'renamed' WHERE id = ?"
    assert world.writer.submit(lambda con: con.execute(name, (world.ids.accounts[0],))).result(10) == 1
    failing = world.writer.submit(lambda con: con.execute("DELETE FROM accounts_account WHERE name = 'renamed' AND 1 / 0 = 1 OR nonsense"))
    assert failing.exception(10) is not None
    assert world.con.rows("SELECT COUNT(*) FROM accounts_account WHERE name = 'renamed'") == [(1,)]
    assert world.writer.health.is_ok


def test_stopping_stores_what_is_queued(make_world):
    world = make_world()
    for _ in range(1200):
        world.intake.put(world.part(), Ticket(world.link, world.sequence))
    world.writer.start()
    world.writer.stop()
    assert len(world.link.answers) == 1200
    assert world.count() == 1200


def test_a_clock_that_goes_back_breaks_nothing(make_world):
    moments = [NOW]
    world = make_world(now=lambda: moments[0])
    world.writer.start()
    first = world.intake.receive(world.part())
    moments[0] = NOW - timedelta(days=1)
    second = world.intake.receive(world.part())
    assert second > first


def test_ids_stay_above_those_stored_after_a_restart_with_the_clock_gone_back(make_world):
    world = make_world()
    world.writer.start()
    first = world.intake.receive(world.part())
    world.writer.stop()
    again = Intake()
    writer = GroupCommitWriter(world.database, again, lambda: world.routes, ImmediateLoop(), now=lambda: NOW - timedelta(days=30))
    writer.start()
    until(lambda: writer.submit(lambda _con: None).exception(10) is None)  # PostgreSQL frees the place of a session a moment after it
    assert again.receive(world.part()) > first
    writer.stop()


def test_incomplete_messages_are_given_out_although_nothing_arrives(make_world, monkeypatch):
    monkeypatch.setattr(writer_module, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(writer_module, "IDLE_SECONDS", 0.05)
    moments = [NOW]
    world = make_world(now=lambda: moments[0])
    world.put(world.part("half of ", concatenation=Concatenation(1, 8, 2, 1)))
    world.writer.start()
    until(lambda: bool(world.link.calls))
    moments[0] = NOW + timedelta(minutes=10)
    until(lambda: world.count() == 1)


def test_somebody_who_writes_the_same_contact_meanwhile_costs_nothing(make_world, monkeypatch):
    world = make_world()
    part = world.part()
    original, raced = writer_module.receive_group, []

    def racing(con: Connection, *args: Any) -> GroupResult:
        result = original(con, *args)
        if not raced:
            raced.append(1)
            raise writer_module.LostRaceError("a contact")
        return result

    monkeypatch.setattr(writer_module, "receive_group", racing)
    world.put(part)
    world.writer.start()
    until(lambda: bool(world.link.calls))
    assert world.count() == 1
    assert world.count("connections_quarantine") == 0


def test_a_full_disk_is_said_and_got_over(sqlite_database):
    limits = {"pages": 0}

    def limited(database: Database) -> Connection:
        con = connect(database)
        if limits["pages"]:
            con.raw.execute(f"PRAGMA max_page_count = {limits['pages']}")
        return con

    world = World(sqlite_database, open_connection=limited)
    limits["pages"] = world.con.rows("PRAGMA page_count")[0][0] + 5
    world.writer.start()
    world.put(world.part("x" * 100_000))
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [False]
    assert "full" in world.writer.health.reason
    assert not world.writer.health.is_ok
    limits["pages"] = 0
    until(lambda: world.writer.submit(lambda _con: None).exception(10) is None)
    world.put(world.part("x" * 100_000))
    until(lambda: len(world.link.calls) == 2)
    assert list(world.link.answers.values()) == [False, True]
    assert world.writer.health.is_ok
    world.writer.stop()
    world.con.close()


def test_a_database_that_does_not_answer_is_said_and_then_got_over(make_world, monkeypatch):
    monkeypatch.setattr(writer_module, "SILENCE_SECONDS", 0.05)
    world = make_world()
    with world.con.transaction() if world.database.engine == "sqlite" else _locked(world.con):
        world.writer.start()
        world.put(world.part())
        until(lambda: "has not answered" in world.writer.check().reason)
        assert not world.writer.check().is_ok
    until(lambda: world.link.answers == {1: True})
    until(lambda: world.writer.check().is_ok)


@contextmanager
def _locked(con: Connection) -> Iterator[None]:
    with con.transaction():
        con.execute("LOCK TABLE inbox_message IN ACCESS EXCLUSIVE MODE")
        yield


def test_health_turns_green_by_itself_when_the_database_is_back(make_world):
    broken = [True]

    def sometimes(database: Database) -> Connection:
        if broken:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database)

    world = make_world(open_connection=sometimes)
    world.writer.start()
    until(lambda: not world.writer.health.is_ok)
    broken.clear()
    until(lambda: world.writer.health.is_ok)


def test_a_database_that_cannot_be_opened_refuses_until_it_can(make_world):
    broken = threading.Event()
    broken.set()

    def sometimes(database: Database) -> Connection:
        if broken.is_set():
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database)

    world = make_world(open_connection=sometimes)
    world.put(world.part())
    world.writer.start()
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [False]
    with pytest.raises(NotStoredError):
        world.intake.receive(world.part())
    kept = DeliveryReceipt(world.ids.connection_id, "never seen", "DELIVRD", "000", NOW, b"", None)
    assert world.intake.put(kept)
    broken.clear()
    until(lambda: world.count("outbox_unmatchedreceipt") == 1)
    until(lambda: world.writer.health.is_ok)
    assert world.intake.receive(world.part()) > 0


@pytest.mark.postgresql
def test_a_server_that_goes_away_and_comes_back_loses_and_doubles_nothing(own_pg_server: PostgresqlServer):
    world = World(own_pg_server.database("recado"))
    world.con.close()
    world.writer.start()
    assert world.intake.receive(world.part()) > 0
    own_pg_server.stop()
    world.put(world.part())
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [False]
    assert not world.writer.health.is_ok
    own_pg_server.start()
    until(lambda: world.writer.submit(lambda _con: None).exception(10) is None)
    assert world.intake.receive(world.part()) > 0
    assert world.writer.health.is_ok
    world.con = connect(world.database)
    assert world.count() == 2
    world.writer.stop()
    world.con.close()


def test_a_gateway_waits_until_another_of_the_same_node_is_gone(database, make_world):
    old = connect(database)
    leave = become_writer(old, 0)
    world = make_world()
    world.writer.start()
    until(lambda: "another gateway" in world.writer.health.reason)
    world.put(world.part())
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [False]
    old.close()
    leave()
    until(lambda: world.writer.health.is_ok)
    assert world.intake.receive(world.part()) > 0


def test_gateways_of_different_nodes_write_to_one_database(make_world, database):
    other = connect(database)
    leave = become_writer(other, 1)
    world = make_world()
    world.writer.start()
    assert world.intake.receive(world.part()) > 0
    other.close()
    leave()


@pytest.mark.postgresql
def test_a_commit_of_which_nobody_knows_the_outcome_is_not_done_twice(postgresql_database, monkeypatch):
    world = World(postgresql_database)
    original, lost = Connection.commit, []

    def commit_and_lose(con: Connection) -> None:
        original(con)
        if not lost and con is world.writer._con:
            lost.append(1)
            con.close()
            con.execute("SELECT 1")

    monkeypatch.setattr(Connection, "commit", commit_and_lose)
    part = world.part()
    world.put(part)
    world.writer.start()
    until(lambda: bool(world.link.calls))
    assert list(world.link.answers.values()) == [False]
    until(lambda: world.writer.submit(lambda _con: None).exception(10) is None)
    world.put(part)
    until(lambda: len(world.link.calls) == 2)
    assert world.link.calls[1][0][1] is True
    assert world.count() == 1
    world.writer.stop()
    world.con.close()


def test_what_breaks_after_a_group_was_answered_does_not_answer_it_again(make_world, monkeypatch):
    world = make_world()
    asked = []

    def break_once(con: Connection) -> bool:
        asked.append(1)
        if len(asked) == 1:
            raise sqlite3.OperationalError("the database went away")
        return False

    monkeypatch.setattr(writer_module, "has_waiting", break_once)
    monkeypatch.setattr(writer_module, "SWEEP_SECONDS", 0.01)
    waiter = Waiter()
    world.put(world.part(), world.part())
    world.intake.put(world.part(), waiter)
    world.writer.start()
    assert waiter.done.result(10) > 0
    until(lambda: len(asked) > 1)
    assert world.link.calls == [[(0, True), (1, True)]]
    assert world.intake.receive(world.part()) > 0
    assert world.writer.health.is_ok


def test_a_receipt_is_looked_at_again_after_the_sweep_that_came_too_soon(make_world, monkeypatch):
    monkeypatch.setattr(writer_module, "SWEEP_SECONDS", 0.01)
    swept = []
    original = receive_module.apply_late_kept_receipts

    def count(*arguments: Any) -> Any:
        swept.append(1)
        return original(*arguments)

    monkeypatch.setattr(receive_module, "apply_late_kept_receipts", count)
    world = make_world()
    world.writer.start()
    until(lambda: len(swept) == 1)
    world.put(DeliveryReceipt(world.ids.connection_id, "early", "DELIVRD", "000", NOW, b"raw", OutboundState.DELIVERED))
    until(lambda: len(swept) == 1 + writer_module.SWEEPS_AFTER_RECEIPTS)
