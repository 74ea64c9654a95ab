"""Makes sure that one gateway per node writes what is received, and that nothing of a killed one is still on its way.

PostgreSQL may finish the commit of a process that was killed a moment ago; resends of it could not be recognised before that. The lock is
held by the session, so it is free exactly when the server is done with the old one. On SQLite, where a killed process commits nothing, a
file beside the database is locked instead; the system frees it with the process.
"""

import fcntl
from collections.abc import Callable
from pathlib import Path

from recado.store.dialect import POSTGRESQL, Connection

_LOCK_SPACE = 0x5EC4D0
"""Keeps our advisory locks apart from those of others in the database."""


class AnotherWriterError(Exception):
    """Another session holds the place; it may be about to end."""


def become_writer(con: Connection, node: int) -> Callable[[], None]:
    """Take the place of the one writer of `node`; raise AnotherWriterError where it is taken. Call what is returned when closing `con`."""
    if con.dialect is POSTGRESQL:
        row = con.row("SELECT pg_try_advisory_lock(?, ?)", (_LOCK_SPACE, node))
        if row is None or not row[0]:
            raise _taken(node)
        return _nothing
    path = next((file for _, name, file in con.rows("PRAGMA database_list") if name == "main"), "")
    return _lock_file(Path(f"{path}-writer{node}"), node) if path else _nothing


def _lock_file(path: Path, node: int) -> Callable[[], None]:
    # Not the database itself: closing a second handle on that would free the locks SQLite has on it.
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise _taken(node) from error
    return file.close


def _taken(node: int) -> AnotherWriterError:
    return AnotherWriterError(f"another gateway writes to this database as node {node}; give this one another RECADO_NODE")


def _nothing() -> None:
    """Stand for a place that is given up with the connection."""
