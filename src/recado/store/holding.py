"""Order of a phone at a destination, across retries: what comes later about it waits behind a forward that failed.

What belongs here: which jobs are held, and until when. What does not: order among jobs of one claim (`delivery.lanes`). A row of
outbox_heldphone stands for a forward that failed and is neither done nor given up.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import BIGINT, TEXT, TIMESTAMP

SHORTEST = timedelta(seconds=1)
"""How soon it is looked again whether the one in front is done."""
_HOLD = "INSERT INTO outbox_heldphone (job_id, destination_id, phone) VALUES (?, ?, ?) ON CONFLICT (job_id) DO NOTHING"
_LET_GO = "DELETE FROM outbox_heldphone WHERE job_id IN (SELECT k.a FROM {keys}) RETURNING job_id"
_ANY = "SELECT 1 FROM outbox_heldphone LIMIT 1"
_HELD = """
    SELECT k.c, j.id, j.next_attempt_at FROM {keys} CROSS JOIN outbox_heldphone h JOIN outbox_job j ON j.id = h.job_id
    WHERE h.destination_id = k.a AND h.phone = k.b AND h.job_id < k.c AND j.state IN ('waiting', 'claimed')"""
_POSTPONE = """
    UPDATE outbox_job SET state = 'waiting', claimed_until = NULL, next_attempt_at = ?
    WHERE id = ? AND state = 'claimed' AND claimed_by = ?"""
_POSTPONE_ALL = """
    UPDATE outbox_job AS j SET state = 'waiting', claimed_until = NULL, next_attempt_at = k.a
    FROM {keys} WHERE j.id = k.b AND j.state = 'claimed' AND j.claimed_by = k.c"""
_CLEAN = """
    DELETE FROM outbox_heldphone WHERE NOT EXISTS (
        SELECT 1 FROM outbox_job j WHERE j.id = outbox_heldphone.job_id AND j.state IN ('waiting', 'claimed'))"""


class Place(NamedTuple):
    """A job's place in the order of a phone at a destination."""

    destination_id: int
    phone: str
    job_id: int


def hold(con: Connection, failed: Iterable[Place]) -> None:
    """Note forwards that failed and are tried again."""
    rows = [(one.job_id, one.destination_id, one.phone) for one in failed]
    if rows:
        con.executemany(_HOLD, rows)


def let_go(con: Connection, ended: Iterable[int]) -> None:
    """Note that forwards are done or given up."""
    con.rows_for(_LET_GO, (BIGINT,), [(job_id,) for job_id in ended])


def held(con: Connection, jobs: Sequence[Place], now: datetime) -> dict[int, datetime]:
    """Return those of the jobs just claimed that stand behind one that failed, with when to look at them again.

    Those behind one that was claimed with them are not among them: they go when it has gone.
    """
    if not jobs or con.row(_ANY) is None:  # as nearly always
        return {}
    here, until = {job.job_id for job in jobs}, dict[int, datetime]()
    for job_id, in_front, next_attempt_at in con.rows_for(_HELD, (BIGINT, TEXT, BIGINT), jobs):
        if in_front not in here:
            until[job_id] = max(con.dialect.moment(next_attempt_at), now + SHORTEST, until.get(job_id, now))
    return until


def postpone(con: Connection, until: Mapping[int, datetime], me: int) -> None:
    """Let jobs that `me` claimed and did not begin wait until then."""
    rows = [(con.dialect.timestamp(moment), job_id, me) for job_id, moment in until.items()]
    con.update_each(_POSTPONE, _POSTPONE_ALL, (TIMESTAMP, BIGINT, BIGINT), rows)


def clean(con: Connection) -> int:
    """Remove what is noted of jobs that ended otherwise; return how much."""
    return con.execute(_CLEAN)
