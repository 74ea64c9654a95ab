"""One database connection in a thread of its own, opened when first needed and opened anew when it broke.

What belongs here: getting work of the event loop done on a connection. What does not: transactions and SQL, they are the work.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from recado.config import Database
from recado.store.dialect import Connection, connect

T = TypeVar("T")


class Transactions(Protocol):
    """A place where work on the database is done: a thread of one's own, or that of the gateway's writer.

    The work opens its own transaction, so none may be open.
    """

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the connection and return its result; raise what it or the database raised."""

    def close(self) -> None:
        """Give the connection back."""


class DatabaseThread:
    """A connection of one's own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="delivery")
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the connection and return its result; raise what it or the database raised."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            self._connection = connect(self._database)
        try:
            return work(self._connection)
        except Exception as error:
            if self._connection.dialect.is_outage(error):
                self._drop()
            raise

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def close(self) -> None:
        """Give the connection back once the work under way is done."""
        self._thread.submit(self._drop)
        self._thread.shutdown(wait=True)
