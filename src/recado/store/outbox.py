"""What carriers report about the segments of outgoing messages, and what becomes of the messages because of it.

A final state never goes back, so repeated and late reports are harmless. A report that comes before the carrier's answer was stored is
kept and found again when it is. Handing messages over is in `handed_over`, jobs are in `jobs`; whether a report without a segment belongs
to a message of which no answer came is found out by `reconcile`.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from recado.core.receipt import DeliveryReceipt, OutboundState, UndeliveredReason
from recado.store.dialect import Connection, Row
from recado.store.reconcile import adopt
from recado.store.statements import BIGINT, TEXT, UNMATCHED_RECEIPT

_KEY = (BIGINT, TEXT)
_SEGMENTS = """SELECT s.connection_id, s.carrier_message_id, s.id, s.outbound_message_id, s.state
    FROM {keys} CROSS JOIN outbox_segment s WHERE s.connection_id = k.a AND s.carrier_message_id = k.b ORDER BY s.id"""
_REPORTED = "UPDATE outbox_segment SET state = ?, carrier_state = ?, carrier_error = ?, updated_at = ? WHERE id = ? AND state = 'sent'"
_PROGRESS = """SELECT o.id, o.account_id, o.dialogue_id, o.segment_count, COUNT(s.id),
        SUM(CASE WHEN s.state = 'delivered' THEN 1 ELSE 0 END)
    FROM {keys} CROSS JOIN outbox_outboundmessage o LEFT JOIN outbox_segment s ON s.outbound_message_id = o.id
    WHERE o.id = k.a GROUP BY o.id, o.account_id, o.dialogue_id, o.segment_count"""
_FINISH = """UPDATE outbox_outboundmessage SET state = ?, reason = ?, carrier_error = ?, finished_at = ?
    WHERE id = ? AND state IN ('queued', 'sent', 'uncertain')"""
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


class Touched(NamedTuple):
    """An outgoing message whose state changed, for those who watch."""

    outbound_id: int
    account_id: int | None
    """None: the installation's own."""
    dialogue_id: int | None


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
    """Write what carriers report; keep reports about segments nobody knows (yet). Return the messages that reached a final state."""
    found: dict[tuple[int, str], list[list[Any]]] = {}
    keys = sorted({(one.connection_id, one.carrier_message_id) for one in receipts})
    for connection_id, carrier_id, *segment in con.rows_for(_SEGMENTS, _KEY, keys):
        found.setdefault((connection_id, carrier_id), []).append(segment)
    found |= adopt(con, [one for one in receipts if (one.connection_id, one.carrier_message_id) not in found], ids)
    unmatched: list[Row] = []
    updates: list[Row] = []
    final: dict[int, DeliveryReceipt] = {}
    for one in receipts:
        segments = found.get((one.connection_id, one.carrier_message_id))
        if segments is None:
            unmatched.append(_as_row(con, one, next(ids)))
            continue
        # Carriers use ids anew: the newest segment still on its way is meant.
        target = next((each for each in reversed(segments) if each[2] == OutboundState.SENT), None)
        if target is None:
            continue
        state = one.state or OutboundState.SENT
        moment = con.dialect.timestamp(one.received_at)
        updates.append((state.value, one.carrier_state[:_STATE_LENGTH], one.carrier_error[:_ERROR_LENGTH], moment, target[0]))
        if state in {OutboundState.DELIVERED, OutboundState.UNDELIVERED}:
            target[2] = state.value
            if target[1] not in final or one.state is OutboundState.UNDELIVERED:
                final[target[1]] = one
    UNMATCHED_RECEIPT.run(con, unmatched)
    if updates:
        con.executemany(_REPORTED, updates)
    return _finish(con, final) if final else []


def _finish(con: Connection, final: dict[int, DeliveryReceipt]) -> list[Touched]:
    """Let messages follow their segments: one undelivered is enough, delivered takes all of them."""
    touched = []
    for key, account_id, dialogue_id, expected, count, delivered in con.rows_for(_PROGRESS, (BIGINT,), [(key,) for key in final]):
        receipt = final[key]
        if receipt.state is OutboundState.DELIVERED and not (delivered == count >= expected):
            continue
        reason = receipt.reason or UndeliveredReason.OTHER_ERROR
        is_delivered = receipt.state is OutboundState.DELIVERED
        error = "" if is_delivered else (receipt.carrier_error or receipt.carrier_state)[:_ERROR_LENGTH]
        state = OutboundState.DELIVERED if is_delivered else OutboundState.UNDELIVERED
        values = (state.value, "" if is_delivered else reason.value, error, con.dialect.timestamp(receipt.received_at), key)
        if con.execute(_FINISH, values):
            touched.append(Touched(key, account_id, dialogue_id))
    return touched


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
