"""What carriers report about the segments of outgoing messages, and what becomes of the messages because of it.

Which report counts says `core.fate`, so that repeated and late ones are harmless; messages follow their segments in `fates`. A report that
comes before the carrier's answer was stored is kept and found again when it is. Handing messages over is in `handed_over`, jobs in `jobs`;
whether a report without a segment belongs to a message of which no answer came is found out by `reconcile`.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from recado.core.fate import CORRECTED_WITHIN, ON_ITS_WAY, Fate
from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.store.dialect import Connection, Row
from recado.store.fates import Touched, said, settle
from recado.store.insert import BIGINT, TEXT
from recado.store.reconcile import adopt
from recado.store.statements import UNMATCHED_RECEIPT

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "Touched",
    "apply_kept_for_uncertain",
    "apply_kept_receipts",
    "apply_late_kept_for_uncertain",
    "apply_late_kept_receipts",
    "apply_receipts",
]

_KEY = (BIGINT, TEXT)
_SEGMENTS = """SELECT s.connection_id, s.carrier_message_id, s.id, s.outbound_message_id, s.state, s.reason, s.carrier_state,
        s.carrier_error, s.updated_at
    FROM {keys} CROSS JOIN outbox_segment s WHERE s.connection_id = k.a AND s.carrier_message_id = k.b ORDER BY s.id"""
_REPORTED = "UPDATE outbox_segment SET state = ?, reason = ?, carrier_state = ?, carrier_error = ?, updated_at = ? WHERE id = ?"
_KEPT = """SELECT u.id, u.connection_id, u.carrier_message_id, u.carrier_state, u.carrier_error, u.received_at, u.raw, u.state, u.reason,
        u.sender, u.recipient, u.text
    FROM {rows} ORDER BY u.id"""
_WITH_ID = _KEPT.replace("{rows}", "{keys} CROSS JOIN outbox_unmatchedreceipt u WHERE u.connection_id = k.a AND u.carrier_message_id = k.b")
_FOR_PHONE = _KEPT.replace("{rows}", "{keys} CROSS JOIN outbox_unmatchedreceipt u WHERE u.connection_id = k.a AND u.recipient = k.b")
_LATE = _KEPT.replace("{rows}", "outbox_unmatchedreceipt u WHERE u.id > ? AND EXISTS ({others})") + " LIMIT 100"
_LATE_AND_KNOWN = _LATE.replace(
    "{others}", "SELECT 1 FROM outbox_segment s WHERE s.connection_id = u.connection_id AND s.carrier_message_id = u.carrier_message_id"
)
_LATE_AND_MISSED = _LATE.replace(
    "{others}",
    """SELECT 1 FROM outbox_outboundmessage o
        WHERE o.state = 'uncertain' AND o.connection_id = u.connection_id AND o.recipient = u.recipient""",
)
_FORGET = "DELETE FROM outbox_unmatchedreceipt WHERE id = ?"
_ERROR_LENGTH = 80
_STATE_LENGTH = 16
_ADDRESS_LENGTH = 32
_TEXT_LENGTH = 160


def apply_kept_receipts(con: Connection, keys: Sequence[tuple[int, str]]) -> list[Touched]:
    """Apply the reports kept for segments, given as (connection id, carrier message id), that are known now."""
    return _apply_kept(con, con.rows_for(_WITH_ID, _KEY, keys))


def apply_late_kept_receipts(con: Connection, above_id: int) -> list[Touched]:
    """Apply kept reports whose segment was stored at the very same time by somebody else, a hundred at a time.

    Only those with greater ids are looked at: there can be any number that nobody will ever wait for.
    """
    return _apply_kept(con, con.rows(_LATE_AND_KNOWN, (above_id,)))


def apply_kept_for_uncertain(con: Connection, phones: Sequence[tuple[int, str]], ids: Iterator[int]) -> list[Touched]:
    """Apply the reports kept that prove that a message was taken, given as (connection id, phone), of which no answer came."""
    return _apply_adopted(con, con.rows_for(_FOR_PHONE, _KEY, sorted(set(phones))), ids)


def apply_late_kept_for_uncertain(con: Connection, above_id: int, ids: Iterator[int]) -> list[Touched]:
    """Do the same for reports that were not certain when they came, a hundred at a time; only those with greater ids are looked at."""
    return _apply_adopted(con, con.rows(_LATE_AND_MISSED, (above_id,)), ids)


def _apply_adopted(con: Connection, kept: Sequence[Row], ids: Iterator[int]) -> list[Touched]:
    if not kept:
        return []
    adopted = adopt(con, [_receipt(con, *row[1:]) for row in kept], ids)
    return _apply_kept(con, [row for row in kept if (row[1], row[2]) in adopted])


def _apply_kept(con: Connection, kept: Sequence[Row]) -> list[Touched]:
    if not kept:
        return []
    con.executemany(_FORGET, [row[:1] for row in kept])
    return apply_receipts(con, [_receipt(con, *row[1:]) for row in kept], iter(()))


def _receipt(
    con: Connection,
    connection_id: int,
    carrier_id: str,
    word: str,
    error: str,
    at: object,
    raw: bytes,
    state: str,
    reason: str,
    *spoken_of: str,
) -> DeliveryReceipt:
    return DeliveryReceipt(
        connection_id,
        carrier_id,
        word,
        error,
        con.dialect.moment(at),
        bytes(raw),
        OutboundState(state) if state else None,
        UndeliveredReason(reason) if reason else None,
        *spoken_of,
    )


def apply_receipts(con: Connection, receipts: Sequence[DeliveryReceipt], ids: Iterator[int]) -> list[Touched]:
    """Write what carriers report; keep reports about segments nobody knows (yet). Return the messages whose state changed."""
    found: dict[tuple[int, str], list[list[Any]]] = {}
    told: dict[int, tuple[Fate, datetime]] = {}
    keys = sorted({(one.connection_id, one.carrier_message_id) for one in receipts})
    for connection_id, carrier_id, *segment, state, reason, word, error, at in con.rows_for(_SEGMENTS, _KEY, keys):
        found.setdefault((connection_id, carrier_id), []).append([*segment, state])
        told[segment[0]] = Fate(OutboundState(state), reason, said(word, error)), con.dialect.moment(at)
    found |= adopt(con, [one for one in receipts if (one.connection_id, one.carrier_message_id) not in found], ids)
    unmatched: list[Row] = []
    updates: list[Row] = []
    final: dict[int, datetime] = {}
    corrected: set[int] = set()
    for one in receipts:
        segments = found.get((one.connection_id, one.carrier_message_id), [])
        # Carriers use ids anew: the newest segment still on its way is meant, else the newest of all is corrected.
        target = next((each for each in reversed(segments) if each[2] == OutboundState.SENT), segments[-1] if segments else None)
        before, at = told.get(target[0], (ON_ITS_WAY, one.received_at)) if target else (ON_ITS_WAY, one.received_at)
        if target is None or (before.state is not OutboundState.SENT and one.received_at > at + CORRECTED_WITHIN):
            unmatched.append(_as_row(con, one, next(ids)))
            continue
        fate = _fate(one)
        if not (fate.counts_after(before) or fate.state is before.state is OutboundState.SENT):
            continue
        moment = con.dialect.timestamp(one.received_at)
        word, error = one.carrier_state[:_STATE_LENGTH], one.carrier_error[:_ERROR_LENGTH]
        updates.append((fate.state.value, fate.reason, word, error, moment, target[0]))
        target[2], told[target[0]] = fate.state.value, (fate, one.received_at)
        if fate.state is not OutboundState.SENT:
            final[target[1]] = one.received_at
        if before.state is OutboundState.UNDELIVERED and fate.state is OutboundState.DELIVERED:
            corrected.add(target[1])
    UNMATCHED_RECEIPT.run(con, unmatched)
    if updates:
        con.executemany(_REPORTED, updates)
    return settle(con, final, corrected) if final else []


def _fate(receipt: DeliveryReceipt) -> Fate:
    """Say what a report makes of its segment."""
    state = receipt.state or OutboundState.SENT
    reason = (receipt.reason or UndeliveredReason.OTHER_ERROR).value if state is OutboundState.UNDELIVERED else ""
    return Fate(state, reason, said(receipt.carrier_state[:_STATE_LENGTH], receipt.carrier_error[:_ERROR_LENGTH]))


def _as_row(con: Connection, receipt: DeliveryReceipt, key: int) -> Row:
    return (
        key,
        receipt.connection_id,
        receipt.carrier_message_id[:_ERROR_LENGTH],
        receipt.carrier_state[:_STATE_LENGTH],
        receipt.carrier_error[:_ERROR_LENGTH],
        receipt.state.value if receipt.state else "",
        receipt.reason.value if receipt.reason else "",
        receipt.raw,
        con.dialect.timestamp(receipt.received_at),
        receipt.sender[:_ADDRESS_LENGTH],
        receipt.recipient[:_ADDRESS_LENGTH],
        receipt.text[:_TEXT_LENGTH],
    )
