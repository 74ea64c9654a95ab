"""Jobs to send on their way out of the house: marked before a text is handed to a carrier, and found again when a worker died over it.

The mark is what makes handing over happen at most once: it is written first, one worker can write it, and a marked job is never claimed
again. Claiming and ending jobs is in `jobs`, the messages in `handed_over`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.store.claimer import OF_EARLIER_LIFE, earlier_lives
from recado.store.dialect import Connection
from recado.store.insert import BIGINT

# Conditions and orders are such that the partial indexes job_handing and job_due_in_order are used. The message is looked at again when it
# is marked: somebody may have taken it back meanwhile.
_MARK = """
    UPDATE outbox_job SET state = 'handing', claimed_until = ?
    WHERE id IN (SELECT k.a FROM {keys}) AND state IN ('claimed', 'handing') AND claimed_by = ?
      AND EXISTS (SELECT 1 FROM outbox_outboundmessage o WHERE o.id = outbox_job.outbound_message_id AND o.state = 'queued')
    RETURNING id"""
_CLAIM_AND_MARK = """
    UPDATE outbox_job SET state = 'handing', claimed_until = ?, claimed_by = ?
    WHERE id IN (SELECT k.a FROM {keys}) AND (state = 'waiting' OR (state = 'claimed' AND claimed_until < ?)) RETURNING id"""
_LOST = """
    SELECT j.id, j.attempt_count, o.id, o.account_id, o.dialogue_id, COALESCE(o.connection_id, n.connection_id), o.recipient, o.text, o.kind
    FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id LEFT JOIN numbers_number n ON n.id = o.number_id
    WHERE j.state = 'handing' AND {condition} ORDER BY j.claimed_until LIMIT 1000"""
_LEASE_ENDED = "j.claimed_until < ? AND COALESCE(j.claimed_by, 0) <> ?"
_OWN_BEYOND_LEASE = "SELECT id FROM outbox_job WHERE state = 'handing' AND claimed_until < ? AND claimed_by = ?"
_LEFT_BEHIND = """
    UPDATE outbox_job SET state = 'waiting', claimed_until = NULL
    WHERE id IN (SELECT id FROM outbox_job WHERE state IN ('waiting', 'claimed') AND state = 'claimed' AND {condition})"""


class Lost(NamedTuple):
    """A job whose worker ended between handing its text over and writing down what was answered."""

    job_id: int
    attempt_count: int
    outbound_id: int
    account_id: int | None
    dialogue_id: int | None
    connection_id: int | None
    recipient: str
    text: str
    kind: str


def mark(con: Connection, job_ids: Iterable[int], now: datetime, lease: timedelta, me: int) -> list[int]:
    """Mark jobs claimed by `me` as being handed over; return those whose texts may be handed over once this is committed.

    A job marked by `me` before may be marked again, for when it is not known whether that was committed.
    """
    return _ids(con, _MARK, job_ids, (con.dialect.timestamp(now + lease),), (me,))


def claim_and_mark(con: Connection, job_ids: Iterable[int], now: datetime, lease: timedelta, me: int) -> list[int]:
    """Claim jobs and mark them at once; return those that nobody else had claimed meanwhile."""
    moment = con.dialect.timestamp
    return _ids(con, _CLAIM_AND_MARK, job_ids, (moment(now + lease), me), (moment(now),))


def lost(con: Connection, now: datetime, me: int) -> list[Lost]:
    """Find jobs that were being handed over by workers that no longer say that they are alive."""
    return _lost(con, _LEASE_ENDED, (con.dialect.timestamp(now), me))


def own_beyond_lease(con: Connection, now: datetime, me: int) -> list[int]:
    """Find jobs marked by `me` whose leases were not renewed: it does not know of them, so their texts were never handed over."""
    return [row[0] for row in con.rows(_OWN_BEYOND_LEASE, (con.dialect.timestamp(now), me))]


def lost_by_earlier_lives(con: Connection, me: int) -> list[Lost]:
    """Find those of workers of the same node before this one, without waiting for the end of their leases."""
    return _lost(con, OF_EARLIER_LIFE.replace("claimed_by", "j.claimed_by"), earlier_lives(me))


def free_left_behind(con: Connection, me: int) -> None:
    """Let jobs be claimed at once that workers of the same node claimed before this one, and did not begin to hand over."""
    con.execute(_LEFT_BEHIND.format(condition=OF_EARLIER_LIFE), earlier_lives(me))


def _lost(con: Connection, condition: str, parameters: Sequence[object]) -> list[Lost]:
    return [Lost._make(row) for row in con.rows(_LOST.format(condition=condition), parameters)]


def _ids(con: Connection, sql: str, job_ids: Iterable[int], before: Sequence[object], after: Sequence[object]) -> list[int]:
    return [row[0] for row in con.rows_for(sql, (BIGINT,), [(job_id,) for job_id in job_ids], before, after)]
