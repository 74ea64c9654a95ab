"""Gives segments to uncertain messages whose receipts prove that the carrier took them.

What belongs here: finding the messages, writing the segment. What does not: deciding which message is meant (`core.reconcile`), what a
receipt does to its segment (`outbox`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recado.core.receipt import DeliveryReceipt, OutboundState
from recado.core.reconcile import Uncertain, about
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT
from recado.store.statements import SEGMENT

Key = tuple[int, str]
"""Connection and phone, or connection and the carrier's id."""
_UNCERTAIN = """
    SELECT o.connection_id, o.recipient, o.id, o.sender, o.text, o.segment_count, o.created_at, o.scheduled_at, o.sent_at, COUNT(s.id)
    FROM {keys} CROSS JOIN outbox_outboundmessage o LEFT JOIN outbox_segment s ON s.outbound_message_id = o.id
    WHERE o.state = 'uncertain' AND o.connection_id = k.a AND o.recipient = k.b
    GROUP BY o.connection_id, o.recipient, o.id, o.sender, o.text, o.segment_count, o.created_at, o.scheduled_at, o.sent_at ORDER BY o.id"""
# In the order of the partial index job_handing, so that it is used.
_BEING_HANDED_OVER = """
    SELECT o.recipient FROM outbox_job j CROSS JOIN outbox_outboundmessage o
    WHERE j.state = 'handing' AND o.id = j.outbound_message_id ORDER BY j.claimed_until"""
_SETTLED = "UPDATE outbox_outboundmessage SET state = 'sent', carrier_error = '' WHERE id = ? AND state = 'uncertain'"


@dataclass(slots=True)
class _Candidate:
    message: Uncertain
    expected: int
    known: int
    """Segments of which the carrier's ids are known."""


def adopt(con: Connection, receipts: Sequence[DeliveryReceipt], ids: Iterator[int]) -> dict[Key, list[list[Any]]]:
    """Write segments for receipts without one, where it is certain whose they are.

    Return them by connection and carrier's id, each as (id, message, state). While a text to the same phone is being handed over, its
    answer may still be on its way to the database: then nothing is certain yet.
    """
    candidates = _candidates(con, receipts)
    if not candidates:
        return {}
    busy = {row[0] for row in con.rows(_BEING_HANDED_OVER)}
    adopted: dict[Key, list[list[Any]]] = {}
    rows, settled = [], []
    for receipt in receipts:
        key = (receipt.connection_id, receipt.carrier_message_id)
        if key in adopted or receipt.recipient in busy or not receipt.carrier_message_id:
            continue
        open_ones = [one for one in candidates[receipt.connection_id, receipt.recipient] if one.known < one.expected]
        meant = about(receipt, [one.message for one in open_ones])
        if meant is None:
            continue
        candidate = next(one for one in open_ones if one.message is meant)
        candidate.known += 1
        segment_id, at = next(ids), con.dialect.timestamp(receipt.received_at)
        rows.append((segment_id, meant.outbound_id, candidate.known, receipt.connection_id, receipt.carrier_message_id, at))
        adopted[key] = [[segment_id, meant.outbound_id, OutboundState.SENT.value]]
        if candidate.known == candidate.expected:
            settled.append((meant.outbound_id,))
    SEGMENT.run(con, rows)
    if settled:
        con.executemany(_SETTLED, settled)
    return adopted


def _candidates(con: Connection, receipts: Sequence[DeliveryReceipt]) -> dict[Key, list[_Candidate]]:
    phones = sorted({(one.connection_id, one.recipient) for one in receipts if one.recipient})
    found: dict[Key, list[_Candidate]] = defaultdict(list)
    moment = con.dialect.moment
    for connection_id, phone, outbound_id, sender, text, expected, *times, known in con.rows_for(_UNCERTAIN, (BIGINT, TEXT), phones):
        created_at, scheduled_at, sent_at = [moment(each) if each else None for each in times]
        earliest = max(each for each in (created_at, scheduled_at) if each)
        message = Uncertain(outbound_id, sender, text, expected > 1, earliest, sent_at or earliest)
        found[connection_id, phone].append(_Candidate(message, expected, known))
    return found
