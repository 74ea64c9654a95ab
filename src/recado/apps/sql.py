"""The queries of `store` on Django's own connection, for services and queries that need the same answer as the hot path.

What belongs here: lending the connection. What does not: SQL.
"""

from django.db import connection

from recado.store.dialect import POSTGRESQL, SQLITE, Connection


def lent_connection() -> Connection:
    """Return this thread's connection of Django as `store` knows it; within `transaction.atomic` it takes part in that."""
    connection.ensure_connection()
    return Connection(connection.connection, POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
