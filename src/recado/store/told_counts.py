"""How much went to each of many destinations lately, and how much waits for each: counted up to a ceiling, in one question.

What belongs here: counting for a list of places, whatever their number. What does not: what the figures mean (`apps.outbox.deliveries`).
"""

from collections.abc import Collection
from typing import NamedTuple

from recado.store.dialect import POSTGRESQL, Connection, Row
from recado.store.insert import BIGINT

# By job_by_destination and job_due_by_destination; the conditions on `state` are written out so that the latter is used.
_LATELY = """
    SELECT COALESCE(SUM(CASE WHEN s.state = 'done' THEN s.usual ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN s.state = 'dead' THEN s.usual ELSE 0 END), 0), COUNT(*)
    FROM (SELECT j.state, CASE WHEN j.sample IS NULL AND j.url = '' THEN 1 ELSE 0 END AS usual FROM outbox_job j
        WHERE j.destination_id = {place} AND j.id >= ? ORDER BY j.id DESC LIMIT ?) AS s"""
_WAITING = """
    SELECT COUNT(*) FROM (SELECT 1 FROM outbox_job j
        WHERE j.state IN ('waiting', 'claimed') AND j.destination_id = {place} LIMIT ?) AS s"""
_ALL = f"""
    SELECT k.a, l.*, w.* FROM {{keys}}
    CROSS JOIN LATERAL ({_LATELY.format(place="k.a")}) AS l CROSS JOIN LATERAL ({_WAITING.format(place="k.a")}) AS w"""  # noqa: S608  # constants
_ONE = (_LATELY.format(place="?"), _WAITING.format(place="?"))


class ToldCounts(NamedTuple):
    """What happened at one destination. Tests, and what went to other addresses, count as waiting alone."""

    done: int
    failed: int
    looked_at: int
    """So many jobs of late are counted; where it is the ceiling, there may be more."""
    waiting: int


def count_told(con: Connection, destination_ids: Collection[int], since_id: int, ceiling: int) -> dict[int, ToldCounts]:
    """Count by destination its latest jobs with ids from `since_id` on, and all that wait, up to the ceiling each."""
    if con.dialect is POSTGRESQL:
        rows = con.rows_for(_ALL, (BIGINT,), [(key,) for key in destination_ids], (), (since_id, ceiling, ceiling))
    else:  # it has no LATERAL, and asking it often costs nothing
        rows = [(key, *_one(con, _ONE[0], (key, since_id, ceiling)), *_one(con, _ONE[1], (key, ceiling))) for key in destination_ids]
    return {row[0]: ToldCounts(*map(int, row[1:])) for row in rows}


def _one(con: Connection, sql: str, parameters: Row) -> Row:
    return con.row(sql, parameters) or ()
