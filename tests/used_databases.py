"""PostgreSQL databases for tests, one after the other: what a test leaves behind is taken out, because a new one takes fifty times as long.

What belongs here: saying what a test left and removing it. Where that is not certain (it changed the schema, what migrations brought, or
planner's statistics, or it stored much), the database is dropped, and the next test gets a new one.
"""

import contextlib
from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg

from made_once import TEMPLATE
from recado.config import Database
from recado.testing.postgresql import PostgresqlServer

Row = tuple[Any, ...]

NAMES = count(1)
MOST_BYTES = 1_000_000
"""What deleted rows leave is read over by whoever looks through the table."""
OTHERS = """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"""
SCHEMA = """
    SELECT c.oid, c.relname, c.relkind, c.relnatts, c.relchecks, c.reltuples, c.relhastriggers,
        CASE WHEN c.relkind = 'r' THEN (SELECT COUNT(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped) END
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT oid, proname, 'f', 0, 0, 0, false, 0 FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT oid, tgname, 't', 0, 0, 0, false, 0 FROM pg_trigger
    UNION ALL SELECT oid, conname, 'c', 0, 0, 0, false, 0 FROM pg_constraint
    UNION ALL SELECT 0, array_to_string(setconfig, ','), 's', 0, 0, 0, false, 0 FROM pg_db_role_setting ORDER BY 1, 2, 3"""
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1"


class UsedDatabases:
    """The databases of one cluster that tests get one after the other."""

    def __init__(self, server: PostgresqlServer) -> None:
        self._server = server
        self._spare: list[tuple[str, Fresh]] = []

    @contextlib.contextmanager
    def one(self) -> Iterator[Database]:
        """Lend a migrated, empty database."""
        name, fresh = self._spare.pop() if self._spare else self._new()
        try:
            yield self._server.database(name)
        finally:
            if self._emptied(name, fresh):
                self._spare.append((name, fresh))
            else:
                self._server.administer(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> "tuple[str, Fresh]":
        name = f"test_{next(NAMES)}"
        self._server.administer(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        with self._connect(name) as raw:
            return name, Fresh(raw)

    def _emptied(self, name: str, fresh: "Fresh") -> bool:
        try:
            with self._connect(name) as raw:
                raw.execute(OTHERS)
                return fresh.restore(raw)
        except psycopg.Error:
            return False

    def _connect(self, name: str) -> psycopg.Connection[Row]:
        return psycopg.connect(self._server.database(name).dsn, autocommit=True)


class Fresh:
    """What a database looks like that nobody has used yet."""

    def __init__(self, raw: psycopg.Connection[Row]) -> None:
        self._schema = raw.execute(SCHEMA).fetchall()
        self._tables = [row[0] for row in raw.execute(TABLES)]
        self._brought = self._filled(raw)
        self._sequences = raw.execute(SEQUENCES).fetchall()
        self._digest = self._digest_of_brought(raw)

    def restore(self, raw: psycopg.Connection[Row]) -> bool:
        """Take out what came since; False if it is not certain that it looks as before."""
        if raw.execute(SCHEMA).fetchall() != self._schema or self._digest_of_brought(raw) != self._digest:
            return False
        filled = [name for name in self._filled(raw) if name not in self._brought]
        size = raw.execute("SELECT SUM(pg_relation_size(quote_ident(name)::regclass)) FROM unnest(%s::text[]) name", (filled,)).fetchone()
        if size and (size[0] or 0) > MOST_BYTES:
            return False
        deletes = [f'DELETE FROM "{name}"' for name in filled]
        used = [row for row in raw.execute(SEQUENCES).fetchall() if row not in self._sequences]
        before = dict(self._sequences)
        resets = [f'ALTER SEQUENCE "{name}" RESTART' for name, _ in used if name not in before]
        resets += [f"SELECT setval('\"{name}\"', {before[name]})" for name, _ in used if name in before]
        if deletes or resets:  # as a replica, it checks no references and fires no triggers
            raw.execute(";".join(["BEGIN; SET LOCAL session_replication_role = replica", *deletes, *resets, "COMMIT"]).encode())
        return True

    def _filled(self, raw: psycopg.Connection[Row]) -> list[str]:
        looks = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in self._tables]
        return [row[0] for row in raw.execute(" UNION ALL ".join(looks).encode())]

    def _digest_of_brought(self, raw: psycopg.Connection[Row]) -> list[Row]:
        looks = [f"SELECT '{name}', md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM \"{name}\" t" for name in self._brought]
        return raw.execute(" UNION ALL ".join(looks).encode()).fetchall()
