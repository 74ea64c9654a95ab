"""Reserving, settling and releasing the money of outgoing messages, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from recado.core.receipt import OutboundState
from recado.store.charging import open_wallet, release, reserve, settle
from recado.store.dialect import Connection
from recado.store.handed_over import HandedOver, charge, give_up, record
from recado.testing.routing import configure

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def account(connection: Connection) -> int:
    return configure(connection, NOW).accounts[0]


def give(con: Connection, account: int, balance: int, floor: int | None) -> None:
    open_wallet(con, account, NOW)
    con.execute("UPDATE billing_wallet SET balance = ?, floor = ? WHERE account_id = ?", (balance, floor, account))


def wallet(con: Connection, account: int) -> tuple[int, int]:
    row = con.row("SELECT balance, reserved FROM billing_wallet WHERE account_id = ?", (account,))
    assert row is not None
    return row[0], row[1]


def write_message(con: Connection, account: int, key: int, cost: int, origin: str = "agent") -> int:
    con.execute(
        """INSERT INTO outbox_outboundmessage (id, account_id, sender, recipient, text, segment_count, state, reason, carrier_error, origin,
            is_test, cost, charge_state, created_at) VALUES (?, ?, '', '', '', 1, 'queued', '', '', ?, FALSE, ?, 'reserved', ?)""",
        (key, account, origin, cost, con.dialect.timestamp(NOW)),
    )
    return key


@pytest.fixture
def ids() -> Iterator[int]:
    return count(1_000_000)


@pytest.mark.parametrize(
    ("balance", "floor", "amount", "fits"),
    [
        (100, 0, 100, True),
        (100, 0, 101, False),
        (0, -50, 50, True),
        (0, -50, 51, False),
        (0, None, 10**12, True),
        (0, 0, 0, True),
    ],
)
def test_no_more_is_reserved_than_an_account_has(
    connection: Connection, account: int, balance: int, floor: int | None, amount: int, fits: bool
):
    give(connection, account, balance, floor)
    with connection.transaction():
        assert reserve(connection, account, amount, NOW) is fits
    assert wallet(connection, account) == (balance, amount if fits else 0)


def test_who_pays_before_has_nothing_at_first(connection: Connection, account: int):
    connection.execute("UPDATE plans_plan SET is_prepaid = TRUE WHERE is_default")
    with connection.transaction():
        assert not reserve(connection, account, 1, NOW)


def test_a_message_is_settled_once_and_written_into_the_ledger(connection: Connection, account: int, ids: Iterator[int]):
    give(connection, account, 100, 0)
    with connection.transaction():
        assert reserve(connection, account, 30, NOW)
        keys = [write_message(connection, account, 1, 10), write_message(connection, account, 2, 20, "forward")]
    for _ in range(2):
        with connection.transaction():
            settle(connection, keys, ids, NOW)
            release(connection, keys, NOW)
    assert wallet(connection, account) == (70, 0)
    rows = connection.rows("SELECT debit, credit, amount, event, reference_id FROM billing_transfer ORDER BY reference_id")
    assert rows == [("customer", "messages", 10, "message", 1), ("customer", "forwards", 20, "message", 2)]


def test_what_never_leaves_is_given_back_once(connection: Connection, account: int, ids: Iterator[int]):
    give(connection, account, 100, 0)
    with connection.transaction():
        assert reserve(connection, account, 30, NOW)
        key = write_message(connection, account, 1, 30)
    for _ in range(2):
        with connection.transaction():
            release(connection, [key], NOW)
            settle(connection, [key], ids, NOW)
    assert wallet(connection, account) == (100, 0)
    assert connection.rows("SELECT * FROM billing_transfer") == []


@pytest.mark.parametrize(
    ("state", "taken", "is_paid"),
    [
        (OutboundState.SENT, ("A1",), True),
        (OutboundState.UNCERTAIN, (), True),
        (OutboundState.UNDELIVERED, (), False),
        (OutboundState.UNDELIVERED, ("A1",), True),
        (OutboundState.UNSENT, (), False),
    ],
)
def test_what_left_or_may_have_left_is_paid(
    connection: Connection, account: int, ids: Iterator[int], state: OutboundState, taken: tuple[str, ...], is_paid: bool
):
    give(connection, account, 100, 0)
    one = HandedOver(1, None, state, "", "", taken, tuple(range(len(taken))), NOW)
    with connection.transaction():
        assert reserve(connection, account, 30, NOW)
        write_message(connection, account, 1, 30)
    with connection.transaction():
        record(connection, [one])
        charge(connection, [one], ids, NOW)
    assert wallet(connection, account) == (70 if is_paid else 100, 0)
    assert connection.rows("SELECT cost FROM outbox_outboundmessage") == [(30 if is_paid else 0,)]


def test_nobody_pays_for_what_could_not_be_written_down(connection: Connection, account: int):
    give(connection, account, 100, 0)
    with connection.transaction():
        assert reserve(connection, account, 30, NOW)
        give_up(connection, write_message(connection, account, 1, 30), None, "the result could not be written down", NOW)
    assert wallet(connection, account) == (100, 0)
