"""Forwards that are due although much stands in front of them: a few of every destination, however many wait for others.

What belongs here: the look past destinations that can take no more, tests, and what goes to other addresses. What does not: the usual
look, oldest first, and claiming (`jobs`).
"""

from collections.abc import Collection
from datetime import datetime

from recado.store.dialect import POSTGRESQL, Connection
from recado.store.insert import BIGINT
from recado.store.jobs import FORWARD_URL, in_kinds
from recado.store.parking import places

# The conditions on `state` are written out so that partial indexes are used: job_sample, job_elsewhere, job_due_by_destination.
_ASIDE = f"""
    SELECT id FROM outbox_job j WHERE state IN ('waiting', 'claimed') AND {{aside}} AND next_attempt_at <= ?
    AND (state = 'waiting' OR claimed_until < ?) AND {in_kinds(FORWARD_URL)} ORDER BY id LIMIT ?"""  # noqa: S608  # a constant
_OF_ONE = f"""
    SELECT j.id, j.next_attempt_at FROM outbox_job j
    WHERE j.state IN ('waiting', 'claimed') AND j.destination_id = k.a AND j.next_attempt_at <= ?
    AND (j.state = 'waiting' OR j.claimed_until < ?) AND {in_kinds(FORWARD_URL)} AND j.url = ''
    ORDER BY j.next_attempt_at, j.id LIMIT ?"""  # noqa: S608  # a constant
_SQLITE = f"""
    SELECT o.id FROM {{keys}} CROSS JOIN outbox_job o WHERE o.id IN (SELECT i.id FROM ({_OF_ONE}) AS i)
    ORDER BY o.next_attempt_at, o.id LIMIT ?"""  # noqa: S608  # both are constants
_POSTGRESQL = f"SELECT i.id FROM {{keys}} CROSS JOIN LATERAL ({_OF_ONE}) AS i ORDER BY i.next_attempt_at, i.id LIMIT ?"  # noqa: S608  # the same
OF_ONE = 20
"""How many jobs of each destination are looked for."""


def due_samples(con: Connection, now: datetime) -> list[int]:
    """Return tests of destinations that nobody tried yet."""
    return _aside(con, "sample IS NOT NULL", now, OF_ONE)


def due_elsewhere(con: Connection, now: datetime, limit: int) -> list[int]:
    """Return what goes to other addresses than those of destinations, whatever these can take."""
    return _aside(con, "url > ''", now, limit)


def _aside(con: Connection, which: str, now: datetime, limit: int) -> list[int]:
    moment = con.dialect.timestamp(now)
    return [row[0] for row in con.rows(_ASIDE.format(aside=which), (moment, moment, limit))]


def due_of_each(con: Connection, now: datetime, without: Collection[int], limit: int) -> list[int]:
    """Return jobs that may be claimed, a few of every destination, leaving destinations out by id."""
    left_out, moment = frozenset(without), con.dialect.timestamp(now)
    keys = [(key,) for key in places(con) if key not in left_out]
    sql = _POSTGRESQL if con.dialect is POSTGRESQL else _SQLITE
    return [row[0] for row in con.rows_for(sql, (BIGINT,), keys, (), (moment, moment, OF_ONE, limit))]
