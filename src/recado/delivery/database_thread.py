"""One database connection in a thread of its own, opened when first needed and opened anew when it broke.

What belongs here: getting work of the event loop done on a connection, in a transaction where it writes. What does not: SQL.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from recado.config import Database
from recado.store.dialect import Connection, connect

T = TypeVar("T")


class Transactions(Protocol):
    """A place where work on the database is done."""

    async def peek(self, work: Callable[[Connection], T]) -> T:
        """Run reading `work` outside a transaction and return its result; raise what it or the database raised."""

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` inside one transaction and return its result once committed; raise what it or the database raised."""

    def close(self) -> None:
        """Give the connection back once the work under way is done."""


class DatabaseThread:
    """A connection of one's own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="delivery")
        self._connection: Connection | None = None

    async def peek(self, work: Callable[[Connection], T]) -> T:
        """Run reading `work` outside a transaction and return its result; raise what it or the database raised."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` inside one transaction and return its result once committed; raise what it or the database raised."""

        def transact(con: Connection) -> T:
            with con.transaction():
                return work(con)

        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, transact)

    def _work(self, work: Callable[[Connection], T]) -> T:
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


class BorrowedTransactions(DatabaseThread):
    """Reads on a connection of one's own, writes in the thread of somebody who writes all the time anyway.

    For SQLite, where two writers only wait for each other: `submit` is that of the gateway's writer.
    """

    def __init__(self, database: Database, submit: "Submit") -> None:
        super().__init__(database)
        self._submit = submit

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` inside one transaction and return its result once committed; raise what it or the database raised."""
        return await asyncio.wrap_future(self._submit(work))


class Submit(Protocol):
    """Runs work in a transaction in another thread."""

    def __call__(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Begin soon; the future has the result once it is committed."""
