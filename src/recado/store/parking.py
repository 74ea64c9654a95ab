"""Jobs that wait because their destination is paused, put where looking for due jobs never passes.

What belongs here: parking, and taking out again. What does not: when a destination is paused (`destination_health`,
`apps.outbox.pausing`). A parked job is waiting, due in the year 9999;
nothing of it is lost, and a backlog of any size costs others nothing.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT

PARKED = datetime(9999, 1, 1, tzinfo=UTC)
"""When a parked job is due."""
AT_ONCE = 2000
"""So many jobs are parked or taken out in one transaction: a second of writing would hold up receiving."""

_ANY_PAUSED = "SELECT d.id FROM {keys} CROSS JOIN outbox_destination d WHERE d.id = k.a AND d.paused_at IS NOT NULL LIMIT 1"
# Tests and what goes to another address are not kept back. The destination is locked, so that resuming sees what is parked meanwhile.
_PAUSED = """
    SELECT j.id, d.id FROM {keys} CROSS JOIN outbox_job j JOIN outbox_destination d ON d.id = j.destination_id
    WHERE j.id = k.a AND d.paused_at IS NOT NULL AND j.sample IS NULL AND j.url = ''"""
_PARK = """
    UPDATE outbox_job SET state = 'waiting', claimed_until = NULL, next_attempt_at = ?
    WHERE id IN (SELECT k.a FROM {keys}) RETURNING id"""
# The conditions on `state` are written out so that the partial index job_due_by_destination is used.
_PARK_MORE = """
    UPDATE outbox_job SET next_attempt_at = ? WHERE state = 'waiting' AND id IN (
        SELECT j.id FROM outbox_job j WHERE j.state IN ('waiting', 'claimed') AND j.destination_id = ? AND j.next_attempt_at <= ?
        AND j.state = 'waiting' AND j.sample IS NULL AND j.url = '' ORDER BY j.next_attempt_at, j.id LIMIT ?)"""
_TAKE_OUT = """
    UPDATE outbox_job SET next_attempt_at = ? WHERE state = 'waiting' AND id IN (
        SELECT j.id FROM outbox_job j WHERE j.state IN ('waiting', 'claimed') AND j.destination_id = ? AND j.next_attempt_at > ?
        AND j.state = 'waiting' LIMIT ?)"""
_PLACES = """
    WITH RECURSIVE places (id) AS (
        SELECT (SELECT j.destination_id FROM outbox_job j WHERE j.state IN ('waiting', 'claimed') AND j.destination_id IS NOT NULL
                ORDER BY j.destination_id LIMIT 1)
        UNION ALL
        SELECT (SELECT j.destination_id FROM outbox_job j WHERE j.state IN ('waiting', 'claimed') AND j.destination_id > places.id
                ORDER BY j.destination_id LIMIT 1)
        FROM places WHERE places.id IS NOT NULL)
    SELECT id FROM places WHERE id IS NOT NULL"""
_LEFT_BEHIND = """
    SELECT d.id FROM {keys} CROSS JOIN outbox_destination d WHERE d.id = k.a AND d.paused_at IS NULL AND EXISTS (
        SELECT 1 FROM outbox_job j WHERE j.state IN ('waiting', 'claimed') AND j.destination_id = d.id AND j.next_attempt_at >= ?)"""


def park(con: Connection, claimed: Iterable[int], now: datetime, places: Collection[int] | None = None) -> frozenset[int]:
    """Park those of the jobs just claimed whose destinations are paused, and a part of what is due behind them; return the former.

    With the destinations of all of them given as `places` there is less to ask.
    """
    if places is not None and not con.rows_for(_ANY_PAUSED, (BIGINT,), [(key,) for key in places]):  # as nearly always
        return frozenset()
    lock = " FOR SHARE OF d" if con.dialect is POSTGRESQL else ""
    rows = con.rows_for(_PAUSED + lock, (BIGINT,), [(job_id,) for job_id in claimed])
    if not rows:
        return frozenset()
    moment = con.dialect.timestamp
    con.rows_for(_PARK, (BIGINT,), [(row[0],) for row in rows], (moment(PARKED),))
    left = AT_ONCE - len(rows)
    for destination_id in sorted({row[1] for row in rows}):
        if left > 0:
            left -= con.execute(_PARK_MORE, (moment(PARKED), destination_id, moment(now), left))
    return frozenset(row[0] for row in rows)


def take_out(con: Connection, destination_id: int, now: datetime) -> int:
    """Make what waits for a destination due now, a bounded number at once; return how many. They go in the order of their ids."""
    moment = con.dialect.timestamp(now)
    return con.execute(_TAKE_OUT, (moment, destination_id, moment, AT_ONCE))


def left_behind(con: Connection) -> list[int]:
    """Return the destinations that are not paused and have parked jobs: the program ended while they were taken out."""
    return [row[0] for row in con.rows_for(_LEFT_BEHIND, (BIGINT,), [(key,) for key in places(con)], (), (con.dialect.timestamp(PARKED),))]


def places(con: Connection) -> list[int]:
    """Return the destinations for which something waits; takes as long as there are such, however much waits."""
    return [row[0] for row in con.rows(_PLACES)]
