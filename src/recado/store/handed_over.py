"""What became of outgoing messages when they were handed to a carrier: their state, and a row per segment the carrier took.

Only a queued message changes here; receipts that come later belong to `outbox`, the jobs that caused it to `jobs`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from recado.core.receipt import OutboundState
from recado.store.dialect import Connection

_MESSAGE = """
    UPDATE outbox_outboundmessage SET state = ?, reason = ?, carrier_error = ?,
           segment_count = CASE WHEN ? > 0 THEN ? ELSE segment_count END,
           connection_id = COALESCE(?, connection_id), sent_at = ?, finished_at = ?
    WHERE id = ? AND state = 'queued'"""
_ERROR = "UPDATE outbox_outboundmessage SET carrier_error = ? WHERE id = ? AND state = 'queued'"
_SEGMENT = """
    INSERT INTO outbox_segment
        (id, outbound_message_id, position, connection_id, carrier_message_id, state, carrier_state, carrier_error, updated_at)
    VALUES (?, ?, ?, ?, ?, 'sent', '', '', ?)"""
ERROR_LENGTH = 80
CARRIER_ID_LENGTH = 80


class HandedOver(NamedTuple):
    """One message that is sent, or will never be."""

    outbound_id: int
    connection_id: int | None
    state: OutboundState
    reason: str
    error: str
    carrier_message_ids: tuple[str, ...]
    segment_ids: tuple[int, ...]
    """One id per carrier message id."""
    moment: datetime


def record(con: Connection, messages: Iterable[HandedOver]) -> None:
    """Write the state of messages and the segments the carrier took."""
    messages = list(messages)
    if not messages:
        return
    stamp = con.dialect.timestamp
    con.executemany(
        _MESSAGE,
        [
            (
                one.state.value,
                one.reason,
                one.error[:ERROR_LENGTH],
                *(len(one.carrier_message_ids) if one.state is OutboundState.SENT and not one.error else 0,) * 2,
                one.connection_id,
                stamp(one.moment) if one.state is OutboundState.SENT else None,
                stamp(one.moment) if one.state is OutboundState.UNDELIVERED else None,
                one.outbound_id,
            )
            for one in messages
        ],
    )
    segments = [
        (segment_id, one.outbound_id, position, one.connection_id, carrier_id[:CARRIER_ID_LENGTH], stamp(one.moment))
        for one in messages
        for position, (segment_id, carrier_id) in enumerate(zip(one.segment_ids, one.carrier_message_ids, strict=True), 1)
    ]
    if segments:
        con.executemany(_SEGMENT, segments)


def give_up(con: Connection, outbound_id: int, error: str, moment: datetime) -> None:
    """Write that a queued message will not be sent, and nothing else of what is known."""
    record(con, [HandedOver(outbound_id, None, OutboundState.UNDELIVERED, "other_error", error, (), (), moment)])


def note_errors(con: Connection, errors: Iterable[tuple[int, str]]) -> None:
    """Write why messages, given as (id, error), are still queued."""
    rows = [(error[:ERROR_LENGTH], outbound_id) for outbound_id, error in errors]
    if rows:
        con.executemany(_ERROR, rows)
