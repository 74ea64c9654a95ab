"""Taking pool numbers for phones, so that no two accounts write to a phone from the same one within the correlation window (ECO+).

What belongs here: loading which numbers there are and who uses them, and taking one by a conditional upsert that one of many wins. What
does not: which one is tried first (`core.correlation`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from recado.core.correlation import CORRELATION_WINDOW, Use, number_for
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT, TIMESTAMP

_NUMBERS = """SELECT n.id, n.digits, n.connection_id FROM numbers_number n JOIN connections_connection c ON c.id = n.connection_id
    WHERE n.kind = 'eco' AND n.state = 'assigned' AND n.can_send AND c.is_enabled ORDER BY n.id"""
_USES = """SELECT u.msisdn, u.number_id, u.account_id, u.used_at
    FROM {keys} CROSS JOIN outbox_pooluse u WHERE u.msisdn = k.a"""
_TAKE = """INSERT INTO outbox_pooluse (msisdn, number_id, account_id, used_at)
    SELECT k.a, k.b, k.c, k.d FROM {keys} WHERE true ORDER BY k.a, k.b
    ON CONFLICT (msisdn, number_id) DO UPDATE SET account_id = excluded.account_id,
        used_at = CASE WHEN outbox_pooluse.account_id = excluded.account_id AND outbox_pooluse.used_at > excluded.used_at
            THEN outbox_pooluse.used_at ELSE excluded.used_at END
    WHERE outbox_pooluse.account_id = excluded.account_id OR outbox_pooluse.used_at <= ?
    RETURNING msisdn, number_id"""


class PoolNumber(NamedTuple):
    """A number of the pool that can send."""

    id: int
    digits: str
    connection_id: int


def load_pool(con: Connection) -> list[PoolNumber]:
    """Return the numbers of the pool that can send now."""
    return [PoolNumber._make(row) for row in con.rows(_NUMBERS)]


def take_numbers(
    con: Connection,
    account_id: int,
    phones: Mapping[str, datetime],
    pool: Sequence[PoolNumber],
    now: datetime,
    window: timedelta = CORRELATION_WINDOW,
) -> dict[str, PoolNumber]:
    """Take a pool number for each phone, within the transaction of the caller; a phone for which none is free is not in the answer.

    `phones` maps each to the moment it is expected to be written to, from which the window counts.
    """
    by_id = {number.id: number for number in pool}
    numbers = list(by_id)
    choose = partial(number_for, account_id=account_id, now=now, window=window)
    taken: dict[str, PoolNumber] = {}
    lost: dict[str, set[int]] = {}
    left = list(phones)
    while left:
        uses = _load_uses(con, left)
        wanted = {
            msisdn: number
            for msisdn in left
            if (number := choose(msisdn, numbers=numbers, uses=uses.get(msisdn, {}), without=lost.get(msisdn, ()))) is not None
        }
        won = _take(con, account_id, wanted, phones, now - window)
        taken.update((msisdn, by_id[number]) for msisdn, number in won.items())
        left = [msisdn for msisdn in wanted if msisdn not in won]
        for msisdn in left:  # somebody was quicker; their row may not be visible yet where this transaction began earlier
            lost.setdefault(msisdn, set()).add(wanted[msisdn])
    return taken


def look_up_number(
    con: Connection, account_id: int, msisdn: str, pool: Sequence[PoolNumber], now: datetime, window: timedelta = CORRELATION_WINDOW
) -> PoolNumber | None:
    """Say which number would be taken for a phone, without taking it."""
    return look_up_numbers(con, account_id, [msisdn], pool, now, window).get(msisdn)


def look_up_numbers(
    con: Connection,
    account_id: int,
    msisdns: Sequence[str],
    pool: Sequence[PoolNumber],
    now: datetime,
    window: timedelta = CORRELATION_WINDOW,
) -> dict[str, PoolNumber]:
    """Say the same of many phones; one for which none is free is not in the answer."""
    by_id = {number.id: number for number in pool}
    uses = _load_uses(con, msisdns)
    found = {one: number_for(one, account_id, list(by_id), uses.get(one, {}), now, window=window) for one in msisdns}
    return {msisdn: by_id[number] for msisdn, number in found.items() if number is not None}


def _load_uses(con: Connection, msisdns: Sequence[str]) -> dict[str, dict[int, Use]]:
    uses: dict[str, dict[int, Use]] = {}
    for msisdn, number_id, account_id, used_at in con.rows_for(_USES, (TEXT,), [(msisdn,) for msisdn in msisdns]):
        uses.setdefault(msisdn, {})[number_id] = Use(account_id, con.dialect.moment(used_at))
    return uses


def _take(
    con: Connection, account_id: int, wanted: Mapping[str, int], phones: Mapping[str, datetime], free_since: datetime
) -> dict[str, int]:
    moment = con.dialect.timestamp
    rows = [(msisdn, number, account_id, moment(phones[msisdn])) for msisdn, number in wanted.items()]
    won = con.rows_for(_TAKE, (TEXT, BIGINT, BIGINT, TIMESTAMP), rows, after=(moment(free_since),))
    return dict(won)
