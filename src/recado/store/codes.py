"""Code pools on the hot path: which code each phone of a group has or gets, and writing that it is theirs.

What belongs here: loading, letting each message of the group see what the ones before it got. What does not: what becomes of a message
(`core.code_pool`), filling pools (`apps.codes`).

A code is handed out by an UPDATE that must change one row, which nobody else may have taken. On PostgreSQL the codes a group may need are
locked, passing over those that other writers hold, so that writers do not wait for each other until a pool is nearly empty.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from recado.core.action import GiveCode
from recado.core.code_pool import FreeCode, Pool, SeenPool
from recado.core.decision import Decision
from recado.core.message import InboundMessage
from recado.core.taking_part import Asked
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT, TEXT

if TYPE_CHECKING:
    from recado.store.activities import Phone as NumberAndPhone
    from recado.store.activities import Wanted
    from recado.store.write import Rows

_POOLS: Final = """SELECT p.id, p.account_id, p.name, p.empty_text, p.already_text, a.language
    FROM {keys} CROSS JOIN codes_codepool p JOIN accounts_account a ON a.id = p.account_id WHERE p.id = k.a"""
_HELD: Final = """SELECT c.pool_id, c.msisdn, c.value FROM {keys} CROSS JOIN codes_code c WHERE c.pool_id = k.a AND c.msisdn = k.b"""
_FREE: Final = """SELECT c.id, c.value FROM codes_code c
    WHERE c.pool_id = ? AND c.msisdn IS NULL AND c.withdrawn_at IS NULL ORDER BY c.id LIMIT ?"""
_HAND_OUT: Final = """UPDATE codes_code SET msisdn = ?, message_id = ?, handed_at = ?
    WHERE id = ? AND msisdn IS NULL AND withdrawn_at IS NULL"""
Key: TypeAlias = tuple[int, str]
"""Pool and MSISDN."""


@dataclass(slots=True)
class Codes:
    """The pools in play for a group (`store.activities.Holder`)."""

    pools: dict[int, Pool]
    held: dict[Key, str]
    free: dict[int, list[FreeCode]]
    """As many as the group may need, the next one last."""

    def seen(self, target_id: int, message: InboundMessage) -> SeenPool | None:
        """Return a pool as the sender of a message finds it."""
        pool, free = self.pools.get(target_id), self.free.get(target_id)
        if pool is None:
            return None
        return SeenPool(pool, self.held.get((target_id, message.sender)), free[-1] if free else None)

    def asked(self, _phone: "NumberAndPhone") -> Collection[Asked]:
        """Return nothing: who gets a code is asked nothing."""
        return ()

    def collect(self, rows: "Rows", message: InboundMessage, _decision: Decision, _dialogue_id: int | None, action: GiveCode) -> None:
        """Hand a code out, and remember whose it is."""
        code = action.result
        if isinstance(code, FreeCode):
            rows.changed.append((_HAND_OUT, (message.sender, message.id, rows.now, code.id)))
            self.held[action.target_id, message.sender] = code.value
            self.free[action.target_id].pop()


def load_codes(con: Connection, wanted: "Wanted", _now: datetime) -> Codes | None:
    """Load the pools that rules in play name, what phones of the group have of them, and as many free codes as the others may need."""
    named = wanted.targets.get(GiveCode)
    if not named:
        return None
    stored = con.rows_for(_POOLS, (BIGINT,), [(key,) for key in sorted(named)])
    pools = {key: Pool(key, name, language, empty, already) for key, _, name, empty, already, language in stored}
    real = [(account_id, msisdn) for account_id, msisdn, is_test in wanted.people if not is_test]
    keys = [(key, msisdn) for key, account_id, *_ in stored for owner_id, msisdn in real if owner_id == account_id]
    held = {(key, msisdn): value for key, msisdn, value in con.rows_for(_HELD, (BIGINT, TEXT), keys)}
    lacking: dict[int, int] = {}
    for key in dict.fromkeys(keys):
        if key not in held:
            lacking[key[0]] = lacking.get(key[0], 0) + 1
    return Codes(pools, held, {key: _next_free(con, key, count)[::-1] for key, count in sorted(lacking.items())})


def _next_free(con: Connection, pool_id: int, count: int) -> list[FreeCode]:
    """Return the next free codes; on PostgreSQL they are ours until the transaction ends.

    Where there seem to be too few, others may hold some that they will not hand out: then those are waited for, in the order of ids. What
    was locked before is let go first, so that two writers never wait for each other.
    """
    if con.dialect is not POSTGRESQL or not con.dialect.in_transaction(con.raw):  # outside of any: for a dry run
        return _read(con, _FREE, pool_id, count)
    con.execute("SAVEPOINT free_codes")
    found = _read(con, f"{_FREE} FOR UPDATE SKIP LOCKED", pool_id, count)
    if len(found) < count:
        con.execute("ROLLBACK TO SAVEPOINT free_codes")
        found = _read(con, f"{_FREE} FOR UPDATE", pool_id, count)
    con.execute("RELEASE SAVEPOINT free_codes")
    return found


def _read(con: Connection, sql: str, pool_id: int, count: int) -> list[FreeCode]:
    return [FreeCode(key, value) for key, value in con.rows(sql, (pool_id, count))]
