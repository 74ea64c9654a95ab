"""The money of outgoing messages: reserved before they leave, settled once they have left, released when they never will.

What belongs here: the conditional updates that no two writers can both win, and the transfers of the ledger. What does not: what a message
costs (`core.price`), who may owe how much (`apps.billing`), the state of messages (`handed_over`, `campaign_messages`). Product:
product.md §10; every function belongs into the transaction of whatever it is about.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from recado.core.ledger import Book, Event
from recado.store.dialect import POSTGRESQL, Connection, Row
from recado.store.insert import BIGINT
from recado.store.statements import TRANSFER

# A wallet is made when money of an account first moves; whoever pays before may not go below nothing from then on.
_OPEN = """
    INSERT INTO billing_wallet (account_id, balance, reserved, floor, updated_at)
    SELECT a.id, 0, 0, CASE WHEN p.is_prepaid THEN 0 ELSE -p.credit_limit END, ?
    FROM accounts_account a
    LEFT JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))
    WHERE a.id = ? AND NOT EXISTS (SELECT 1 FROM billing_wallet w WHERE w.account_id = a.id)
    ON CONFLICT (account_id) DO NOTHING"""
_RESERVE = """
    UPDATE billing_wallet SET reserved = reserved + ?, updated_at = ?
    WHERE account_id = ? AND (floor IS NULL OR balance - reserved - ? >= floor)"""
_UNRESERVE = "UPDATE billing_wallet SET reserved = reserved - ?, updated_at = ? WHERE account_id = ?"
_SPEND = "UPDATE billing_wallet SET reserved = reserved - ?, balance = balance - ?, updated_at = ? WHERE account_id = ?"
_RESERVED = """
    SELECT o.id, o.account_id, o.cost, o.origin FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.id = k.a AND o.charge_state = 'reserved' ORDER BY o.account_id, o.id"""
_MOVE = "UPDATE outbox_outboundmessage SET charge_state = ? WHERE id IN (SELECT k.a FROM {keys}) AND charge_state = 'reserved' RETURNING id"


def open_wallet(con: Connection, account_id: int, now: datetime) -> None:
    """Give an account its wallet, on the terms of its plan; nothing happens where it has one."""
    con.execute(_OPEN, (con.dialect.timestamp(now), account_id))


def reserve(con: Connection, account_id: int, amount: int, now: datetime) -> bool:
    """Reserve money of an account, in minor units; False where it has not so much left, and then nothing is reserved."""
    if amount == 0:
        return True
    moment = con.dialect.timestamp(now)
    open_wallet(con, account_id, now)
    return con.execute(_RESERVE, (amount, moment, account_id, amount)) == 1


def unreserve(con: Connection, account_id: int, amount: int, now: datetime) -> None:
    """Give back what was reserved and belongs to no message yet."""
    if amount:
        con.execute(_UNRESERVE, (amount, con.dialect.timestamp(now), account_id))


def settle(con: Connection, outbound_ids: Iterable[int], ids: Iterator[int], now: datetime) -> None:
    """Take what is reserved for these messages; messages for which nothing is reserved, or no longer, are left alone."""
    rows = _claimed(con, outbound_ids, "settled")
    stamp = con.dialect.timestamp(now)
    TRANSFER.run(
        con,
        [
            (next(ids), account_id, Book.CUSTOMER.value, _earned(origin), cost, Event.MESSAGE.value, outbound_id, 0, "", stamp)
            for outbound_id, account_id, cost, origin in rows
        ],
    )
    for account_id, amount in _sums(rows):
        con.execute(_SPEND, (amount, amount, stamp, account_id))


def release(con: Connection, outbound_ids: Iterable[int], now: datetime) -> None:
    """Give back what is reserved for messages that will never leave; call it before their cost is set to nothing."""
    for account_id, amount in _sums(_claimed(con, outbound_ids, "released")):
        con.execute(_UNRESERVE, (amount, con.dialect.timestamp(now), account_id))


def _claimed(con: Connection, outbound_ids: Iterable[int], state: str) -> list[Row]:
    """Move the charges of messages on; return id, account, cost and origin of those that this call moved."""
    keys = [(key,) for key in sorted(set(outbound_ids))]
    if not keys:
        return []
    lock = " FOR UPDATE OF o" if con.dialect is POSTGRESQL else ""
    rows = con.rows_for(_RESERVED + lock, (BIGINT,), keys)
    moved = {row[0] for row in con.rows_for(_MOVE, (BIGINT,), [(row[0],) for row in rows], (state,))} if rows else set()
    return [row for row in rows if row[0] in moved]


def _sums(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """Add up the cost by account, in the order of accounts, so that two writers never wait for each other."""
    found: dict[int, int] = {}
    for _, account_id, cost, _ in rows:
        found[account_id] = found.get(account_id, 0) + cost
    return sorted(found.items())


def _earned(origin: str) -> str:
    return (Book.FORWARDS if origin == "forward" else Book.MESSAGES).value
