"""The money of outgoing messages: reserved before they leave, settled once they have left, released when they never will.

What belongs here: the conditional updates that no two writers can both win, and the transfers of the ledger. What does not: what a message
costs (`core.price`), who may owe how much (`apps.billing`), the state of messages (`handed_over`, `campaign_messages`). Product:
product.md §10; every function belongs into the transaction of whatever it is about, and as late in it as can be: rows of wallets are locked
last, so that nobody who holds one waits for the row of a message or a dialogue.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from recado.core.ledger import Book, Event
from recado.store.dialect import Connection, Row
from recado.store.insert import BIGINT, TIMESTAMP
from recado.store.statements import TRANSFER

_PLAN = """LEFT JOIN plans_plan p ON p.id = COALESCE(a.plan_id, (SELECT MIN(d.id) FROM plans_plan d WHERE d.is_default))"""
# A wallet is made when money of an account first moves; whoever pays before may not go below nothing from then on.
_OPEN = f"""
    INSERT INTO billing_wallet (account_id, balance, reserved, floor, updated_at)
    SELECT a.id, 0, 0, CASE WHEN p.is_prepaid THEN 0 ELSE -p.credit_limit END, ?
    FROM accounts_account a {_PLAN}
    WHERE a.id = ? AND NOT EXISTS (SELECT 1 FROM billing_wallet w WHERE w.account_id = a.id)
    ON CONFLICT (account_id) DO NOTHING"""  # noqa: S608  # written above
_WITHOUT = """
    SELECT k.a FROM {keys} WHERE NOT EXISTS (SELECT 1 FROM billing_wallet w WHERE w.account_id = k.a) ORDER BY k.a"""
_LEFT = f"""
    SELECT a.id, CASE WHEN w.account_id IS NOT NULL THEN w.balance - w.reserved - w.floor
        WHEN p.is_prepaid THEN 0 ELSE p.credit_limit END
    FROM {{keys}} CROSS JOIN accounts_account a LEFT JOIN billing_wallet w ON w.account_id = a.id {_PLAN}
    WHERE a.id = k.a"""  # noqa: S608  # written above
_RESERVE = """
    UPDATE billing_wallet SET reserved = reserved + ?, updated_at = ?
    WHERE account_id = ? AND (floor IS NULL OR balance - reserved - ? >= floor)"""
_UNRESERVE = "UPDATE billing_wallet SET reserved = reserved - ?, updated_at = ? WHERE account_id = ?"
_SPEND = "UPDATE billing_wallet SET reserved = reserved - ?, balance = balance - ?, updated_at = ? WHERE account_id = ?"
_GAIN = "UPDATE billing_wallet SET balance = balance + ?, updated_at = ? WHERE account_id = ?"
_GAIN_EACH = """
    UPDATE billing_wallet w SET balance = w.balance + k.a, updated_at = k.b FROM {keys} WHERE w.account_id = k.c"""
_REFUSED = "UPDATE billing_wallet SET refused_at = ? WHERE account_id = ?"
_MOVE = """
    UPDATE outbox_outboundmessage SET charge_state = ? WHERE id IN (SELECT k.a FROM {keys}) AND charge_state = 'reserved'
    RETURNING id, account_id, cost, origin"""
_AGAIN = "UPDATE outbox_outboundmessage SET charge_state = ?, cost = ? WHERE id = ? AND charge_state = 'released'"
_FREE = "UPDATE outbox_outboundmessage SET cost = 0 WHERE id IN (SELECT k.a FROM {keys}) RETURNING id"
_BOOK = """
    INSERT INTO billing_transfer (id, account_id, debit, credit, amount, event, reference_id, leg, note, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event, reference_id, leg) DO NOTHING"""


class Entry(NamedTuple):
    """A transfer to be booked."""

    id: int
    account_id: int
    debit: Book
    credit: Book
    amount: int
    event: Event
    reference_id: int
    leg: int = 0
    note: str = ""


class CreditGoneError(Exception):
    """Meanwhile others spent what a group of messages counted on; it must be decided again, with nothing left to these accounts."""

    def __init__(self, account_ids: frozenset[int]) -> None:
        super().__init__(f"no credit is left to {sorted(account_ids)}")
        self.account_ids = account_ids


def open_wallet(con: Connection, account_id: int, now: datetime) -> None:
    """Give an account its wallet, on the terms of its plan; nothing happens where it has one."""
    con.execute(_OPEN, (con.dialect.timestamp(now), account_id))


def open_wallets(con: Connection, account_ids: Iterable[int], now: datetime) -> None:
    """Give accounts their wallets; nothing happens to those that have one."""
    stamp = con.dialect.timestamp(now)
    for (account_id,) in con.rows_for(_WITHOUT, (BIGINT,), [(one,) for one in sorted(set(account_ids))]):
        con.execute(_OPEN, (stamp, account_id))


def left(con: Connection, account_ids: Iterable[int]) -> dict[int, int]:
    """Return what each account can still spend, in minor units; who may owe any amount is left out."""
    rows = con.rows_for(_LEFT, (BIGINT,), [(one,) for one in account_ids])
    return {account_id: amount for account_id, amount in rows if amount is not None}


def reserve(con: Connection, account_id: int, amount: int, now: datetime) -> bool:
    """Reserve money of an account, in minor units; False where it has not so much left, and then nothing is reserved."""
    if amount == 0:
        return True
    parameters = (amount, con.dialect.timestamp(now), account_id, amount)
    if con.execute(_RESERVE, parameters) == 1:
        return True
    open_wallet(con, account_id, now)  # the first time; else it changes nothing
    return con.execute(_RESERVE, parameters) == 1


def reserve_each(con: Connection, amounts: Mapping[int, int], now: datetime, refused: Collection[int] = ()) -> None:
    """Reserve what each account of a group of messages needs, and write to which of them something was refused.

    Raise CreditGoneError where the money is not there, for the group to be undone.
    """
    _move(con, {}, {}, amounts, refused, now)


def unreserve(con: Connection, account_id: int, amount: int, now: datetime) -> None:
    """Give back what was reserved and belongs to no message yet."""
    if amount:
        con.execute(_UNRESERVE, (amount, con.dialect.timestamp(now), account_id))


def settle(con: Connection, outbound_ids: Iterable[int], ids: Iterator[int], now: datetime) -> None:
    """Take what is reserved for these messages; messages for which nothing is reserved, or no longer, are left alone."""
    conclude(con, outbound_ids, (), ids, now)


def release(con: Connection, outbound_ids: Iterable[int], now: datetime) -> None:
    """Give back what is reserved for messages that will never leave, and let them cost nothing; the others are left alone.

    Call it before anything else sets their cost to nothing.
    """
    conclude(con, (), outbound_ids, iter(()), now)


def reserve_again(con: Connection, outbound_id: int, account_id: int, price: int, now: datetime) -> bool:
    """Reserve the money of a message that was given back and is sent after all; False, and nothing changed, where credit does not reach."""
    if not reserve(con, account_id, price, now):
        return False
    if con.execute(_AGAIN, ("reserved" if price else "none", price, outbound_id)) == 0:  # somebody was quicker
        unreserve(con, account_id, price, now)
    return True


def conclude(
    con: Connection,
    left: Iterable[int],
    stayed: Iterable[int],
    ids: Iterator[int],
    now: datetime,
    amounts: Mapping[int, int] = MappingProxyType({}),
    refused: Collection[int] = (),
) -> None:
    """Settle messages that left, release those that never will, and reserve as `reserve_each`: all at once, wallets after all messages."""
    settled, released = _claimed(con, left, "settled"), _claimed(con, stayed, "released")
    con.rows_for(_FREE, (BIGINT,), [(row[0],) for row in released])
    stamp = con.dialect.timestamp(now)
    TRANSFER.run(
        con,
        [
            (next(ids), account_id, Book.CUSTOMER.value, _earned(origin), cost, Event.MESSAGE.value, outbound_id, 0, "", stamp)
            for outbound_id, account_id, cost, origin in settled
        ],
    )
    _move(con, _sums([*settled, *released]), _sums(settled), amounts, refused, now)


def book(con: Connection, entry: Entry, now: datetime) -> bool:
    """Write a transfer that is about no message, and what it does to the wallet; False where its event, reference and leg are booked."""
    open_wallet(con, entry.account_id, now)
    stamp = con.dialect.timestamp(now)
    if con.execute(_BOOK, _stored(entry, stamp)) != 1:
        return False
    if gained := _gain(entry):
        con.execute(_GAIN, (gained, stamp, entry.account_id))
    return True


def book_all(con: Connection, entries: Sequence[Entry], now: datetime) -> None:
    """Write transfers that are about no messages, of accounts that have wallets; one that is booked already breaks a constraint."""
    stamp = con.dialect.timestamp(now)
    TRANSFER.run(con, [_stored(each, stamp) for each in entries])
    gained: dict[int, int] = {}
    for each in entries:
        gained[each.account_id] = gained.get(each.account_id, 0) + _gain(each)
    rows = [(amount, stamp, account_id) for account_id, amount in sorted(gained.items()) if amount]
    con.update_each(_GAIN, _GAIN_EACH, (BIGINT, TIMESTAMP, BIGINT), rows)


def note_refusal(con: Connection, account_id: int, now: datetime) -> None:
    """Write that something of an account was not sent for want of credit."""
    open_wallet(con, account_id, now)
    con.execute(_REFUSED, (con.dialect.timestamp(now), account_id))


def charge_state(cost: int, account_id: int | None) -> str:
    """Say in which state the money of a message is that is being written; what it costs must be reserved in the same transaction."""
    return "reserved" if cost and account_id is not None else ""


def _claimed(con: Connection, outbound_ids: Iterable[int], state: str) -> list[Row]:
    """Move the charges of messages on; return id, account, cost and origin of those that this call moved."""
    keys = [(key,) for key in sorted(set(outbound_ids))]
    return sorted(con.rows_for(_MOVE, (BIGINT,), keys, (state,))) if keys else []


def _move(
    con: Connection, freed: Mapping[int, int], spent: Mapping[int, int], amounts: Mapping[int, int], refused: Collection[int], now: datetime
) -> None:
    """Change wallets in the order of accounts, so that two writers never wait for each other."""
    stamp, broke = con.dialect.timestamp(now), []
    for account_id in sorted({*freed, *amounts, *refused}):
        if account_id in freed:
            con.execute(_SPEND, (freed[account_id], spent.get(account_id, 0), stamp, account_id))
        if account_id in refused:
            note_refusal(con, account_id, now)
        if not reserve(con, account_id, amounts.get(account_id, 0), now):
            broke.append(account_id)
    if broke:
        raise CreditGoneError(frozenset(broke))


def _sums(rows: Iterable[Row]) -> dict[int, int]:
    """Add up the cost by account."""
    found: dict[int, int] = {}
    for _, account_id, cost, _ in rows:
        found[account_id] = found.get(account_id, 0) + cost
    return found


def _stored(entry: Entry, stamp: Any) -> Row:
    about = (entry.event.value, entry.reference_id, entry.leg, entry.note[:200], stamp)
    return (entry.id, entry.account_id, entry.debit.value, entry.credit.value, entry.amount, *about)


def _gain(entry: Entry) -> int:
    return entry.amount * ((entry.credit is Book.CUSTOMER) - (entry.debit is Book.CUSTOMER))


def _earned(origin: str) -> str:
    return (Book.FORWARDS if origin == "forward" else Book.MESSAGES).value
