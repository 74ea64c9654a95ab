"""Fifty senders at once, on both databases: nobody spends more than the account may, and the sums are right at every moment."""

import threading
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from random import Random

import pytest

from recado.config import Database
from recado.core.ledger import Book, Event
from recado.store.charging import Entry, book, open_wallet, release, reserve, settle
from recado.store.dialect import Connection, connect
from recado.store.recount import SUBJECTS, recount
from recado.testing.routing import configure

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SENDERS, TEXTS, COST = 50, 4, 9
MONEY = 900
"""Enough for half of the texts."""
_WRITE = """
    INSERT INTO outbox_outboundmessage (id, account_id, sender, recipient, text, segment_count, state, reason, carrier_error, origin,
        is_test, cost, charge_state, created_at)
    VALUES (?, ?, '', '', '', 1, 'queued', '', '', 'agent', FALSE, ?, 'reserved', ?)"""
_STATE = "UPDATE outbox_outboundmessage SET state = ? WHERE id = ?"


class Crowd:
    """Senders that order texts, and now and then hand one over or take one back, each with a connection of its own."""

    def __init__(self, database: Database, account: int) -> None:
        self.database, self.account = database, account
        self.errors: list[BaseException] = []
        self.barrier = threading.Barrier(SENDERS)

    def run(self) -> None:
        threads = [threading.Thread(target=self._send, args=(place,)) for place in range(SENDERS)]
        for thread in threads:
            thread.start()
        with closing(connect(self.database)) as con:
            while any(thread.is_alive() for thread in threads):
                self.check(con)
        for thread in threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def check(self, con: Connection) -> None:
        balance, reserved, floor = con.rows("SELECT balance, reserved, floor FROM billing_wallet")[0]
        assert balance - reserved >= floor
        assert {subject: recount(con, subject, 0).differences for subject in SUBJECTS} == {subject: [] for subject in SUBJECTS}

    def _send(self, place: int) -> None:
        chance, ids = Random(place), count(1_000_000 * (place + 1))
        try:
            with closing(connect(self.database)) as con:
                self.barrier.wait(60)
                for number in range(TEXTS):
                    self._one(con, 1000 * (place + 1) + number, ids, chance)
        except BaseException as error:  # noqa: BLE001  # shown by the test
            self.errors.append(error)

    def _one(self, con: Connection, key: int, ids: "count[int]", chance: Random) -> None:
        with con.transaction():
            if not reserve(con, self.account, COST, NOW):
                return
            con.execute(_WRITE, (key, self.account, COST, con.dialect.timestamp(NOW)))
        if chance.random() < 0.2:
            return  # it still waits
        with con.transaction():
            if chance.random() < 0.7:
                con.execute(_STATE, ("sent", key))
                settle(con, [key], ids, NOW)
            else:
                con.execute(_STATE, ("unsent", key))
                release(con, [key], NOW)


@pytest.mark.parametrize(("balance", "floor"), [(MONEY, 0), (0, -MONEY)], ids=["paid before", "paid after"])
def test_fifty_senders_at_once_spend_no_more_than_there_is(database: Database, balance: int, floor: int):
    with closing(connect(database)) as con:
        with con.transaction():
            account = configure(con, NOW).accounts[0]
            open_wallet(con, account, NOW)
            con.execute("UPDATE billing_wallet SET floor = ? WHERE account_id = ?", (floor, account))
            if balance:
                book(con, Entry(1, account, Book.BANK, Book.CUSTOMER, balance, Event.TOP_UP, 1), NOW)
        crowd = Crowd(database, account)
        crowd.run()
        crowd.check(con)
        spent, reserved = con.rows("SELECT balance, reserved FROM billing_wallet")[0]
        paid = con.rows("SELECT COALESCE(SUM(amount), 0), COUNT(*) FROM billing_transfer WHERE event = 'message'")[0]
        sent = con.rows("SELECT COUNT(*) FROM outbox_outboundmessage WHERE state = 'sent'")[0][0]
        assert (spent, paid) == (balance - paid[0], (sent * COST, sent))
        assert paid[0] + reserved <= MONEY
