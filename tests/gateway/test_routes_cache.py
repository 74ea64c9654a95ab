"""The configuration follows the database: by itself, at once when asked, and through an outage."""

import json
import time
from datetime import UTC, datetime

import pytest

from recado.gateway.routes_cache import RoutesCache
from recado.store.connections import load_connections


def write(con, statement, parameters=()):
    with con.transaction():
        con.execute(statement, parameters)
        if con.execute("UPDATE numbers_routingversion SET version = version + 1") == 0:
            con.execute("INSERT INTO numbers_routingversion (version) VALUES (2)")


def add_connection(con, name="Carrier", *, enabled=True):
    now = con.dialect.timestamp(datetime(2026, 11, 22, tzinfo=UTC))
    statement = "INSERT INTO connections_connection (name, kind, settings, is_enabled, created_at) VALUES (?, ?, ?, ?, ?)"
    write(con, statement, (name, "smpp", json.dumps({"port": 2775}), enabled, now))


@pytest.fixture
def seen():
    return []


@pytest.fixture
def cache(database, seen):
    cache = RoutesCache(database, seen.append)
    cache.start()
    yield cache
    cache.stop()


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_disabled_connections_are_left_out(connection):
    add_connection(connection, "On")
    add_connection(connection, "Off", enabled=False)
    (row,) = load_connections(connection)
    assert (row.name, row.kind, row.settings) == ("On", "smpp", {"port": 2775})


def test_a_change_is_seen_without_being_told(cache, connection, seen):
    before = cache.routes.version
    add_connection(connection)
    until(lambda: cache.routes.version != before)
    assert [row.name for row in seen[-1].connections] == ["Carrier"]


def test_who_saved_something_can_count_on_it_after_asking(cache, connection):
    add_connection(connection)
    assert cache.check_now()
    assert [row.name for row in cache.snapshot.connections] == ["Carrier"]


def test_without_a_change_nothing_is_swapped(cache, seen):
    before, count = cache.snapshot, len(seen)
    assert cache.check_now()
    assert cache.snapshot is before
    assert len(seen) == count


def test_an_unreadable_database_leaves_the_old_snapshot_in_force(cache, connection, monkeypatch):
    add_connection(connection)
    cache.check_now()
    before = cache.snapshot
    monkeypatch.setattr("recado.gateway.routes_cache.routing_version", lambda _con: 1 / 0)
    cache.check_now()
    assert cache.snapshot is before
    assert cache.error == "division by zero"
    monkeypatch.undo()
    cache.check_now()
    assert cache.error == ""


def test_stopping_lets_nobody_wait(cache):
    cache.stop()
    assert cache.check_now(wait_seconds=5)
