"""The worker's connection breaks and comes back; nothing is lost and nothing is done twice."""

import asyncio
from concurrent.futures import Future

import pytest

from recado.delivery.database_thread import BorrowedTransactions, DatabaseThread

pytestmark = pytest.mark.anyio


async def test_work_runs_on_one_connection_in_another_thread(database):
    thread = DatabaseThread(database)
    first, second = await thread.peek(id), await thread.peek(id)
    assert first == second
    assert await thread.peek(lambda con: con.row("SELECT 1")[0]) == 1
    await asyncio.to_thread(thread.close)


async def test_what_the_work_raises_comes_back_and_the_connection_stays(database):
    thread = DatabaseThread(database)
    first = await thread.peek(id)
    with pytest.raises(ZeroDivisionError):
        await thread.peek(lambda _: 1 / 0)
    assert await thread.peek(id) == first
    await asyncio.to_thread(thread.close)


@pytest.mark.postgresql
async def test_a_lost_connection_is_opened_anew(postgresql_database):
    thread = DatabaseThread(postgresql_database)
    backend = await thread.peek(lambda con: con.row("SELECT pg_backend_pid()")[0])
    await thread.peek(lambda con: con.raw.close())
    with pytest.raises(Exception, match="closed"):
        await thread.peek(lambda con: con.row("SELECT 1"))
    assert await thread.peek(lambda con: con.row("SELECT pg_backend_pid()")[0]) != backend
    await asyncio.to_thread(thread.close)


async def test_work_that_raises_leaves_nothing(database, connection):
    def write_and_raise(con):
        con.execute("INSERT INTO numbers_routingversion (version) VALUES (?)", (7,))
        raise ZeroDivisionError

    thread = DatabaseThread(database)
    with pytest.raises(ZeroDivisionError):
        await thread.run(write_and_raise)
    await thread.run(lambda con: con.execute("INSERT INTO numbers_routingversion (version) VALUES (?)", (8,)))
    assert connection.rows("SELECT version FROM numbers_routingversion WHERE version > 6") == [(8,)]
    await asyncio.to_thread(thread.close)


async def test_borrowed_transactions_run_where_they_were_lent(database):
    def submit(work):
        done = Future()
        done.set_result(("lent", work))
        return done

    borrowed = BorrowedTransactions(database, submit)
    assert await borrowed.run(len) == ("lent", len)
    assert await borrowed.peek(lambda con: con.row("SELECT 1")[0]) == 1
    await asyncio.to_thread(borrowed.close)
