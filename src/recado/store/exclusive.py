"""Makes sure that one gateway per node writes what is received, and that nothing of a killed one is still on its way.

PostgreSQL may finish the commit of a process that was killed a moment ago; resends of it could not be recognised before that. The lock is
held by the session, so it is free exactly when the server is done with the old one. SQLite needs none: a killed process commits nothing.
"""

from recado.store.dialect import POSTGRESQL, Connection

_LOCK_SPACE = 0x5EC4D0
"""Keeps our advisory locks apart from those of others in the database."""


class AnotherWriterError(Exception):
    """Another session holds the place; it may be about to end."""


def become_writer(con: Connection, node: int) -> None:
    """Take the place of the one writer of `node` until the connection is closed; raise AnotherWriterError where it is taken."""
    if con.dialect is not POSTGRESQL:
        return
    row = con.row("SELECT pg_try_advisory_lock(?, ?)", (_LOCK_SPACE, node))
    if row is None or not row[0]:
        raise AnotherWriterError(f"another gateway writes to this database as node {node}; give this one another RECADO_NODE")
