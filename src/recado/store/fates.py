"""Lets outgoing messages follow what was reported about their segments, and owes their customers' programs the news.

What belongs here: reading segments, writing states, jobs that push reports. What does not: which report counts (`core.fate`), receipts
themselves (`outbox`), calling addresses (`delivery`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from recado.core.fate import Fate, of_message
from recado.core.receipt import OutboundState
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT

_LOCK = "SELECT o.id FROM {keys} JOIN outbox_outboundmessage o ON o.id = k.a ORDER BY o.id FOR UPDATE OF o"
_SEGMENTS = """SELECT o.id, o.account_id, o.dialogue_id, o.state, o.reason, o.carrier_error, o.segment_count, s.state, s.reason,
        s.carrier_state, s.carrier_error
    FROM {keys} CROSS JOIN outbox_outboundmessage o CROSS JOIN outbox_segment s
    WHERE o.id = k.a AND s.outbound_message_id = o.id ORDER BY o.id, s.id"""
_WRITE = "UPDATE outbox_outboundmessage SET state = ?, reason = ?, carrier_error = ?, finished_at = ? WHERE id = ? AND state = ?"
_OWED = """SELECT o.id, o.account_id, d.id FROM {keys} CROSS JOIN outbox_outboundmessage o CROSS JOIN outbox_destination d
    WHERE o.id = k.a AND o.state IN ('delivered', 'undelivered', 'unsent') AND d.account_id = o.account_id AND d.kind = 'receipts'
        AND d.is_enabled AND (d.id = o.receipt_destination_id OR (o.receipt_destination_id IS NULL AND d.is_default))
    ORDER BY o.id"""
_PUSH = """INSERT INTO outbox_job (id, account_id, kind, outbound_message_id, destination_id, state, attempt_count, next_attempt_at,
        created_at, last_error) VALUES (?, ?, 'push_receipt', ?, ?, 'waiting', 0, ?, ?, '')"""
_FINAL = frozenset({OutboundState.DELIVERED, OutboundState.UNDELIVERED})


class Touched(NamedTuple):
    """An outgoing message whose state changed, for those who watch."""

    outbound_id: int
    account_id: int | None
    """None: the installation's own."""
    dialogue_id: int | None
    is_news: bool = True
    """Whether the state is another one, and not only the reason told better."""


def settle(con: Connection, reported: Mapping[int, datetime], corrected: Collection[int]) -> list[Touched]:
    """Let messages follow their segments; `reported` says when the last report came, `corrected` of which one changed its mind."""
    keys = [(key,) for key in sorted(reported)]
    if con.dialect is POSTGRESQL:
        con.rows_for(_LOCK, (BIGINT,), keys)  # two reports about one message at once: the second must see what the first did
    touched = []
    for key, rows in groupby(con.rows_for(_SEGMENTS, (BIGINT,), keys), key=lambda row: row[0]):
        (_, account_id, dialogue_id, state, reason, error, expected, *segment), *more = rows
        now = Fate(OutboundState(state), reason, error)
        segments = [_fate(*segment), *(_fate(*row[7:]) for row in more)]
        found = of_message(now, expected, segments, is_corrected=key in corrected)
        if found is None:
            continue
        finished_at = con.dialect.timestamp(reported[key]) if found.state in _FINAL else None
        if con.execute(_WRITE, (found.state.value, found.reason, found.error, finished_at, key, state)):
            touched.append(Touched(key, account_id, dialogue_id, found.state is not now.state))
    return touched


def _fate(state: str, reason: str, word: str, error: str) -> Fate:
    return Fate(OutboundState(state), reason, said(word, error) if state == OutboundState.UNDELIVERED else "")


def said(word: str, error: str) -> str:
    """Return the carrier's own word for a failure: its error where it gave one, else its state."""
    return error or word


def owe_reports(con: Connection, outbound_ids: Iterable[int], ids: Iterator[int], now: datetime) -> int:
    """Queue a report for each of these messages that has ended and whose customer wants to be told; return how many were.

    Where a message names no place of its own, the account's default counts.
    """
    stamp = con.dialect.timestamp(now)
    owed = con.rows_for(_OWED, (BIGINT,), [(key,) for key in dict.fromkeys(outbound_ids)])
    if owed:
        con.executemany(_PUSH, [(next(ids), account_id, key, destination_id, stamp, stamp) for key, account_id, destination_id in owed])
    return len(owed)
