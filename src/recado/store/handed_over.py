"""What became of outgoing messages when they were handed to a carrier: their state, and a row per segment the carrier took.

Receipts that come later belong to `outbox`, the jobs that caused it to `jobs` and `handing`, how money moves to `charging`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from recado.core.receipt import OutboundState
from recado.store.charging import conclude, release
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, SMALLINT, TEXT, TIMESTAMP
from recado.store.statements import SEGMENT

_MESSAGE = """
    UPDATE outbox_outboundmessage SET state = ?, reason = ?, carrier_error = ?,
           segment_count = CASE WHEN ? > 0 THEN ? ELSE segment_count END,
           connection_id = COALESCE(?, connection_id), sent_at = ?, finished_at = ?
    WHERE id = ? AND state IN ('queued', ?, ?)"""
_MESSAGES = """
    UPDATE outbox_outboundmessage AS o SET state = k.a, reason = k.b, carrier_error = k.c,
           segment_count = CASE WHEN k.d > 0 THEN k.e ELSE o.segment_count END,
           connection_id = COALESCE(k.f, o.connection_id), sent_at = k.g, finished_at = k.h
    FROM {keys} WHERE o.id = k.i AND o.state IN ('queued', k.j, k.k)"""
_TYPES = (TEXT, TEXT, TEXT, SMALLINT, SMALLINT, BIGINT, TIMESTAMP, TIMESTAMP, BIGINT, TEXT, TEXT)
_ERROR = "UPDATE outbox_outboundmessage SET carrier_error = ? WHERE id = ? AND state = 'queued'"
_BESIDE_QUEUED = {
    OutboundState.SENT: ("uncertain", "unsent"),
    OutboundState.UNCERTAIN: ("queued", "unsent"),
    OutboundState.UNDELIVERED: ("uncertain", "queued"),
    OutboundState.UNSENT: ("queued", "queued"),
}
"""From which states, beside queued, a message goes to which. What really happened wins: an answer that came after all over no answer, and
what was handed over while somebody took it back was handed over."""
GIVEN_AWAY = frozenset({OutboundState.SENT, OutboundState.UNCERTAIN})
ERROR_LENGTH = 80
CARRIER_ID_LENGTH = 80


class HandedOver(NamedTuple):
    """One message that is sent, perhaps sent, or will never be."""

    outbound_id: int
    connection_id: int | None
    state: OutboundState
    reason: str
    error: str
    carrier_message_ids: tuple[str, ...]
    segment_ids: tuple[int, ...]
    """One id per carrier message id."""
    moment: datetime
    segment_count: int = 0
    """How many segments it takes, where that became known."""


def record(con: Connection, messages: Iterable[HandedOver]) -> None:
    """Write the state of messages and the segments the carrier took."""
    messages = list(messages)
    if not messages:
        return
    stamp = con.dialect.timestamp
    rows = []
    for one in messages:
        count = one.segment_count or (len(one.carrier_message_ids) if one.state is OutboundState.SENT else 0)
        moment = stamp(one.moment)
        times = (moment, None) if one.state in GIVEN_AWAY else (None, moment)
        state, error = one.state.value, one.error[:ERROR_LENGTH]
        rows.append(
            (state, one.reason, error, count, count, one.connection_id, *times, one.outbound_id, *_BESIDE_QUEUED[one.state]),
        )
    con.update_each(_MESSAGE, _MESSAGES, _TYPES, rows)
    segments = [
        (segment_id, one.outbound_id, position, one.connection_id, carrier_id[:CARRIER_ID_LENGTH], stamp(one.moment))
        for one in messages
        for position, (segment_id, carrier_id) in enumerate(zip(one.segment_ids, one.carrier_message_ids, strict=True), 1)
    ]
    SEGMENT.run(con, segments)


def charge(
    con: Connection,
    messages: Iterable[HandedOver],
    ids: Iterator[int],
    now: datetime,
    amounts: Mapping[int, int] = MappingProxyType({}),
    refused: Collection[int] = (),
) -> None:
    """Take the money for what left, or may have left, and give back that for what never did; call it last in the transaction of `record`.

    With it, reserve for what was written meanwhile, as `charging.reserve_each`.

    What is uncertain is paid: the carrier has it, as far as anybody knows. What a carrier took and cannot deliver was carried all the same.
    """
    left: list[int] = []
    stayed: list[int] = []
    for one in messages:
        (left if one.state in GIVEN_AWAY or one.carrier_message_ids else stayed).append(one.outbound_id)
    conclude(con, left, stayed, ids, now, amounts, refused)


def give_up(con: Connection, outbound_id: int, connection_id: int | None, error: str, moment: datetime) -> None:
    """Write that a message may have been sent, and nothing else of what is known; nobody pays for what cannot be written down."""
    record(con, [HandedOver(outbound_id, connection_id, OutboundState.UNCERTAIN, "", error, (), (), moment)])
    release(con, [outbound_id], moment)


def note_errors(con: Connection, errors: Iterable[tuple[int, str]]) -> None:
    """Write why messages, given as (id, error), are still queued."""
    rows = [(error[:ERROR_LENGTH], outbound_id) for outbound_id, error in errors]
    if rows:
        con.executemany(_ERROR, rows)
