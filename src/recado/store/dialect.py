"""What differs between SQLite and PostgreSQL, and the thin connection that all of `store` is written against.

SQL is written once, with `?` for parameters; nothing here knows a table. Statements of whole tables are in `statements`.
"""

import json
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from string import ascii_lowercase
from typing import Any, TypeAlias, cast

import orjson
import psycopg

from recado.config import Database

Row: TypeAlias = tuple[Any, ...]

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=OFF",  # what a row refers to is read in the transaction that writes it; Django's connections do check
    "PRAGMA cache_size=-32768",  # KiB; four times as much cost memory and was no faster
    "PRAGMA wal_autocheckpoint=4000",  # pages, 16 MB: a page written by several groups goes into the file once
    "PRAGMA temp_store=MEMORY",
)
SQLITE_TIMEOUT = 20
"""Seconds to wait for another process's write."""
_LIVENESS: dict[str, Any] = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""After half a minute a server that vanished without a word counts as gone; the system alone would wait a quarter of an hour."""


class Dialect:
    """One database's way of saying what the other says differently."""

    name: str
    begin: str
    begin_reading: str

    def sql(self, text: str) -> str:
        """Return `text` with the placeholders this database understands."""
        raise NotImplementedError

    def timestamp(self, moment: datetime) -> Any:
        """Return an aware datetime as Django stores it."""
        raise NotImplementedError

    def moment(self, stored: Any) -> datetime:
        """Return a stored timestamp as aware UTC, whether it was read as text or as a datetime."""
        moment = datetime.fromisoformat(stored) if isinstance(stored, str) else cast("datetime", stored)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

    def cursor(self, raw: Any) -> Any:
        """Open a cursor on a DB-API connection, around any wrapper a framework put on it."""
        raise NotImplementedError

    def in_transaction(self, raw: Any) -> bool:
        """Whether a transaction is open."""
        raise NotImplementedError

    def keys(self, types: tuple[str, ...]) -> str:
        """Return a table expression `k` with the columns `a`, `b`, `c` … of the given PostgreSQL types, filled by `pack`."""
        raise NotImplementedError

    def pack(self, keys: Sequence[Row]) -> tuple[Any, ...]:
        """Return the parameters that fill a `keys` table."""
        raise NotImplementedError

    def is_outage(self, error: BaseException) -> bool:
        """Whether the database, not the data, is at fault, so that trying again later may succeed."""
        raise NotImplementedError

    def is_conflict(self, error: BaseException) -> bool:
        """Whether another writer got in between, so that trying again with fresh rows may succeed."""
        raise NotImplementedError

    def is_deadlock(self, error: BaseException) -> bool:
        """Whether writers waited for each other and this one was chosen to give way: the same once more will succeed."""
        raise NotImplementedError


class SqliteDialect(Dialect):
    """SQLite 3.35 or newer through the standard library."""

    name = "sqlite"
    begin = "BEGIN IMMEDIATE"
    begin_reading = "BEGIN DEFERRED"

    def sql(self, text: str) -> str:
        """Return `text` as it is."""
        return text

    def timestamp(self, moment: datetime) -> Any:
        """Return text in UTC without an offset, as Django writes it."""
        return str((moment if moment.tzinfo is UTC else moment.astimezone(UTC)).replace(tzinfo=None))

    def cursor(self, raw: Any) -> Any:
        """Open a plain cursor, also on a connection that Django opened."""
        return sqlite3.Cursor(raw)

    def in_transaction(self, raw: Any) -> bool:
        """Ask the connection."""
        return bool(raw.in_transaction)

    def keys(self, types: tuple[str, ...]) -> str:
        """Unfold one JSON parameter, so that the statement is the same for any number of keys."""
        columns = ", ".join(f"json_extract(value, '$[{index}]') AS {name}" for index, name in enumerate(ascii_lowercase[: len(types)]))
        return f"(SELECT {columns} FROM json_each(?)) AS k"  # noqa: S608  # names are ours

    def pack(self, keys: Sequence[Row]) -> tuple[Any, ...]:
        """Return one JSON text."""
        try:
            return (orjson.dumps(keys).decode(),)
        except TypeError:  # half a character, or named tuples
            return (json.dumps(keys),)

    def is_outage(self, error: BaseException) -> bool:
        """Count everything but broken constraints, wrong values and wrong statements as an outage."""
        if isinstance(error, sqlite3.OperationalError):
            return not str(error).startswith(("no such", "near ", "table ", "too many", "string or blob too big"))
        return type(error) is sqlite3.DatabaseError or (isinstance(error, sqlite3.ProgrammingError) and "closed database" in str(error))

    def is_conflict(self, error: BaseException) -> bool:
        """Recognise a broken constraint."""
        return isinstance(error, sqlite3.IntegrityError)

    def is_deadlock(self, error: BaseException) -> bool:  # noqa: ARG002  # it has one writer
        """Say no."""
        return False


@lru_cache(maxsize=1024)
def _percent(text: str) -> str:
    return text.replace("%", "%%").replace("?", "%s")


class PostgresqlDialect(Dialect):
    """PostgreSQL 13 or newer through psycopg 3, with parameters bound by the server."""

    name = "postgresql"
    begin = "BEGIN"
    begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def sql(self, text: str) -> str:
        """Return `text` with `%s` for parameters."""
        return _percent(text)

    def timestamp(self, moment: datetime) -> Any:
        """Return the datetime itself."""
        return moment

    def cursor(self, raw: Any) -> Any:
        """Open a plain cursor, also on a connection that Django opened (whose own binds on the client, and slowly)."""
        return psycopg.Cursor(raw)

    def in_transaction(self, raw: Any) -> bool:
        """Ask the connection."""
        return bool(raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE)

    def keys(self, types: tuple[str, ...]) -> str:
        """Unfold one array per column."""
        arrays = ", ".join(f"?::{each}[]" for each in types)
        return f"unnest({arrays}) AS k({', '.join(ascii_lowercase[: len(types)])})"

    def pack(self, keys: Sequence[Row]) -> tuple[Any, ...]:
        """Return one list per column."""
        return tuple(map(list, zip(*keys, strict=True)))

    def is_outage(self, error: BaseException) -> bool:
        """Recognise a lost connection, a server going down, a full disk."""
        if self.is_deadlock(error):
            return False
        return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))

    def is_conflict(self, error: BaseException) -> bool:
        """Recognise a broken constraint, and two writers who waited for each other."""
        return isinstance(error, psycopg.IntegrityError) or self.is_deadlock(error)

    def is_deadlock(self, error: BaseException) -> bool:
        """Recognise it, and what is like it."""
        return isinstance(error, (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure))


SQLITE = SqliteDialect()
POSTGRESQL = PostgresqlDialect()


@lru_cache(maxsize=256)
def _with_keys(dialect: Dialect, sql: str, types: tuple[str, ...]) -> str:
    return sql.replace("{keys}", dialect.keys(types))


class Connection:
    """A DB-API connection and its dialect. Autocommit until `begin`."""

    __slots__ = ("_cursor", "dialect", "raw")

    def __init__(self, raw: Any, dialect: Dialect) -> None:
        self.raw = raw
        self.dialect = dialect
        self._cursor = dialect.cursor(raw)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        cursor = self._cursor.execute(self.dialect.sql(sql), parameters) if parameters else self._cursor.execute(sql)
        return int(cursor.rowcount)

    def execute_raw(self, sql: str, parameters: Sequence[Any]) -> int:
        """Run a statement written for this database alone; return how many rows it touched."""
        return int(self._cursor.execute(sql, parameters).rowcount)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run one statement for every row; return how many rows all of them touched."""
        self._cursor.executemany(self.dialect.sql(sql), rows)
        return int(self._cursor.rowcount)

    def update_each(self, sql: str, all_at_once: str, types: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Run an UPDATE for every row: `sql` with a row's values for `?`, or the same for all rows of `{keys}`, a table `k(a, b …)`.

        One statement for each row costs least on SQLite, one for all of them on PostgreSQL.
        """
        if not rows:
            return
        if self.dialect is POSTGRESQL:
            self.execute(_with_keys(self.dialect, all_at_once, types), self.dialect.pack(rows))
        else:
            self.executemany(sql, rows)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a query and return all rows."""
        self.execute(sql, parameters)
        found: list[Row] = self._cursor.fetchall()
        return found

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Run a query and return its first row."""
        self.execute(sql, parameters)
        found: Row | None = self._cursor.fetchone()
        return found

    def rows_for(
        self, sql: str, types: tuple[str, ...], keys: Sequence[Row], before: Sequence[Any] = (), after: Sequence[Any] = ()
    ) -> list[Row]:
        """Run a query whose `{keys}` stands for a table `k(a, b …)` of the given keys; without keys, ask nothing.

        Parameters of the query itself stand `before` the keys or `after` them.
        """
        if not keys:
            return []
        return self.rows(_with_keys(self.dialect, sql, types), (*before, *self.dialect.pack(keys), *after))

    @contextmanager
    def reading(self) -> Generator["Connection"]:
        """See one moment of the database in all queries of the block; within a transaction, that one's."""
        if self.dialect.in_transaction(self.raw):
            yield self
            return
        self.execute(self.dialect.begin_reading)
        try:
            yield self
        finally:
            self.rollback()

    def begin(self) -> None:
        """Open a transaction; on SQLite this waits for the write lock."""
        self.execute(self.dialect.begin)

    def commit(self) -> None:
        """Make the transaction durable."""
        self.execute("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction; without one, do nothing."""
        self.raw.rollback()

    @contextmanager
    def transaction(self) -> Generator["Connection"]:
        """Commit what the block did, or undo it when it raises."""
        self.begin()
        try:
            yield self
            self.commit()
        except BaseException:
            self.rollback()
            raise

    def close(self) -> None:
        """Give the connection back."""
        self.raw.close()


def connect(database: Database) -> Connection:
    """Open a connection of one's own; it may be used by one thread at a time."""
    if database.engine == "postgresql":
        options = "-c timezone=UTC -c synchronous_commit=on"
        return Connection(psycopg.connect(database.dsn, autocommit=True, connect_timeout=5, options=options, **_LIVENESS), POSTGRESQL)
    raw = sqlite3.connect(database.name, isolation_level=None, timeout=SQLITE_TIMEOUT, check_same_thread=False, cached_statements=256)
    for pragma in SQLITE_PRAGMAS:
        raw.execute(pragma)
    return Connection(raw, SQLITE)
