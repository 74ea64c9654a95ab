"""Looks up what was stored last on a connection, to recognise what a carrier sends again after a broken session.

When such resends are expected, and what counts as one, is decided by `gateway.session_breaks`.
"""

from datetime import datetime, timedelta

from recado.store.dialect import Connection

_NEWEST = """SELECT id, fingerprint, received_at, parts_total FROM inbox_message
    WHERE connection_id = ? AND received_at <= ? ORDER BY id DESC LIMIT ?"""


def recent_fingerprints(con: Connection, connection_id: int, limit: int, within: timedelta, until: datetime) -> list[tuple[int, int]]:
    """Return `(message id, fingerprint)` of the newest messages received until a moment, none older than `within` before the newest.

    Oldest first. Joined messages are left out: their parts recognise their own repeats.
    """
    rows = con.rows(_NEWEST, (connection_id, con.dialect.timestamp(until), limit))
    if not rows:
        return []
    oldest = con.dialect.moment(rows[0][2]) - within
    return [(row[0], row[1]) for row in reversed(rows) if row[3] == 1 and con.dialect.moment(row[2]) >= oldest]
