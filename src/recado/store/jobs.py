"""The queue of jobs: claiming what is due, keeping it while it is worked, and ending or postponing it.

One claimer wins a job, by a conditional UPDATE that means the same on both databases; a claim ends with its lease. Jobs whose texts are
being handed to carriers are in `handing`. What happened to an outgoing message because of its job is written by `handed_over`; when to
try again is decided by `delivery`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from recado.store.dialect import Connection, Row
from recado.store.insert import BIGINT, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert

FORWARD_URL = "forward_url"
SUBMIT = "submit"

KINDS = {FORWARD_URL: ("forward_url", "push_receipt"), SUBMIT: ("submit",)}
"""What is worked off together. Reports are worked off like forwards: by destination, in order, with the same patience."""
# The conditions on `state` and `is_bulk` are written out, and each kind is asked for alone, so that the partial index job_due_in_order
# gives the order, too.
_DUE = """
    SELECT j.next_attempt_at, j.id FROM outbox_job j
    WHERE j.state IN ('waiting', 'claimed') AND j.is_bulk = {is_bulk} AND j.next_attempt_at <= ?
      AND (j.state = 'waiting' OR j.claimed_until < ?) AND {which}
    ORDER BY j.next_attempt_at, j.id LIMIT ?"""
_DUE_WITHOUT = """
    SELECT next_attempt_at, id FROM (
        SELECT j.id, j.next_attempt_at, {lane} AS lane FROM outbox_job j{join}
        WHERE j.state IN ('waiting', 'claimed') AND j.is_bulk = {is_bulk} AND j.next_attempt_at <= ?
          AND (j.state = 'waiting' OR j.claimed_until < ?) AND {which}
        ORDER BY j.next_attempt_at, j.id LIMIT ?) AS due
    WHERE lane NOT IN ({without}) ORDER BY next_attempt_at, id LIMIT ?"""
_CLAIM = """
    UPDATE outbox_job SET state = 'claimed', claimed_until = ?, claimed_by = ?
    WHERE id IN (SELECT k.a FROM {keys}) AND (state = 'waiting' OR (state = 'claimed' AND claimed_until < ?)) RETURNING id"""
_CLAIM_FORWARDS = _CLAIM + ", kind, destination_id"
_OUTBOUND = " JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id LEFT JOIN numbers_number n ON n.id = o.number_id"
_FORWARDS = """
    SELECT j.id, j.account_id, j.attempt_count, j.destination_id, d.method, d.url, d.is_enabled,
           m.id, m.sender, m.recipient, m.text, COALESCE(m.received_at, j.created_at), m.dialogue_id, a.time_zone, j.kind, j.url, j.sample,
           d.phone_form
    FROM {keys} CROSS JOIN outbox_job j
    LEFT JOIN outbox_destination d ON d.id = j.destination_id
    LEFT JOIN inbox_message m ON m.id = j.message_id
    LEFT JOIN accounts_account a ON a.id = j.account_id
    WHERE j.id = k.a ORDER BY j.next_attempt_at, j.id"""
_SUBMITS = """
    SELECT j.id, j.account_id, j.attempt_count, COALESCE(o.connection_id, n.connection_id), o.id, o.sender, o.recipient, o.text, o.is_test,
           o.dialogue_id, o.state, j.is_bulk, o.is_flash, o.valid_until, o.kind
    FROM {keys} CROSS JOIN outbox_job j
    LEFT JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
    LEFT JOIN numbers_number n ON n.id = o.number_id
    WHERE j.id = k.a ORDER BY j.is_bulk, j.next_attempt_at, j.id"""
_RENEW = "UPDATE outbox_job SET claimed_until = ? WHERE state IN ('claimed', 'handing') AND claimed_by = ? AND id IN ({ids})"
_GIVE_BACK = """
    UPDATE outbox_job SET state = 'waiting', claimed_until = NULL
    WHERE state IN ('claimed', 'handing') AND claimed_by = ? AND id IN ({ids})"""
_END = """
    UPDATE outbox_job SET state = ?, attempt_count = ?, next_attempt_at = COALESCE(?, next_attempt_at), claimed_until = NULL,
           finished_at = ?, last_error = ?
    WHERE id = ? AND state IN ('waiting', 'claimed', 'handing')"""
_ENDS = """
    UPDATE outbox_job AS j SET state = k.a, attempt_count = k.b, next_attempt_at = COALESCE(k.c, j.next_attempt_at), claimed_until = NULL,
           finished_at = k.d, last_error = k.e
    FROM {keys} WHERE j.id = k.f AND j.state IN ('waiting', 'claimed', 'handing')"""
_TYPES_OF_END = (TEXT, SMALLINT, TIMESTAMP, TIMESTAMP, TEXT, BIGINT)
_ATTEMPT = Insert(
    "outbox_attempt",
    {"id": BIGINT, "job_id": BIGINT, "position": SMALLINT, "started_at": TIMESTAMP, "duration_ms": INTEGER, "request": TEXT}
    | {"response_status": SMALLINT, "response_body": TEXT, "error": TEXT, "response_headers": TEXT, "reply": TEXT},
)
_GREATEST = """SELECT COALESCE(MAX(a.id), 0), (SELECT COALESCE(MAX(s.id), 0) FROM outbox_segment s),
    (SELECT COALESCE(MAX(j.id), 0) FROM outbox_job j), (SELECT COALESCE(MAX(o.id), 0) FROM outbox_outboundmessage o)
    FROM outbox_attempt a"""
ERROR_LENGTH = 200
EVERYTHING = 1 << 60


class ClaimedForward(NamedTuple):
    """A job that was just claimed."""

    job_id: int
    kind: str
    destination_id: int | None


class ForwardRow(NamedTuple):
    """A claimed job to forward. The columns of destination and message are None where those are gone."""

    job_id: int
    account_id: int
    attempt_count: int
    destination_id: int | None
    method: str | None
    url: str | None
    is_enabled: bool
    message_id: int | None
    sender: str
    recipient: str
    text: str
    received_at: datetime
    """When the message came; where there is none, when the job was made."""
    dialogue_id: int | None
    time_zone: str | None
    kind: str
    other_url: str
    """Where it goes instead of the destination's address; empty: there."""
    sample: Mapping[str, Any] | None
    """What is told instead of a message: `sender`, `recipient`, `text`."""
    phone_form: str | None
    """How a template wants phones, a word of `core.phone_form`."""


class SubmitRow(NamedTuple):
    """A claimed job to send. `outbound_id` is None where the message is gone."""

    job_id: int
    account_id: int | None
    """None: the installation's own."""
    attempt_count: int
    connection_id: int | None
    outbound_id: int | None
    sender: str
    recipient: str
    text: str
    is_test: bool
    dialogue_id: int | None
    state: str
    is_bulk: bool
    is_flash: bool
    valid_until: datetime | None
    kind: str | None


class Ending(NamedTuple):
    """What becomes of a job after an attempt: `done`, `dead`, or `waiting` until the next one."""

    job_id: int
    state: str
    attempt_count: int
    next_attempt_at: datetime | None
    error: str


class AttemptRow(NamedTuple):
    """One attempt for the log."""

    id: int
    job_id: int
    position: int
    started_at: datetime
    duration_ms: int
    request: str
    response_status: int | None
    response_body: str
    error: str
    response_headers: str = ""
    reply: str = ""
    """What became of a reply in the answer; a word of `core.webhook_reply.ReplyFate`."""


def due(
    con: Connection,
    kind: str,
    limit: int,
    now: datetime,
    without: Sequence[int] = (),
    *,
    is_bulk: bool = False,
    depth: int = EVERYTHING,
) -> list[int]:
    """Return the jobs of a kind that may be claimed, oldest due first, leaving out destinations or connections (0: none) by id.

    Where some are left out, only the `depth` oldest are looked at. Reads only, so it may be asked outside a transaction; claiming
    checks again.
    """
    moment, found = con.dialect.timestamp(now), list[Row]()
    more = " AND j.url = ''" if kind == FORWARD_URL else ""  # the others are looked for in `due_forwards`
    lane, join = ("j.destination_id", "") if kind == FORWARD_URL else ("COALESCE(o.connection_id, n.connection_id, 0)", _OUTBOUND)
    for one in KINDS[kind]:
        given = {"which": f"j.kind = '{one}'{more}", "is_bulk": "TRUE" if is_bulk else "FALSE"}
        if without:
            sql = _DUE_WITHOUT.format(lane=lane, join=join, without=_marks(without), **given)
            found += con.rows(sql, (moment, moment, depth, *without, limit))
        else:
            found += con.rows(_DUE.format(**given), (moment, moment, limit))
    return [row[1] for row in sorted(found)[:limit]]


def in_kinds(kind: str) -> str:
    """Return the condition that a job `j` is of a kind or worked off with it."""
    return f"j.kind IN ({', '.join(repr(one) for one in KINDS[kind])})"


def claim(con: Connection, job_ids: Iterable[int], now: datetime, lease: timedelta, me: int) -> list[int]:
    """Claim jobs until the lease ends; return those that nobody else had claimed meanwhile."""
    moment = con.dialect.timestamp
    return [row[0] for row in con.rows_for(_CLAIM, (BIGINT,), _keys(job_ids), (moment(now + lease), me), (moment(now),))]


def claim_forwards(con: Connection, job_ids: Iterable[int], now: datetime, lease: timedelta, me: int) -> list[ClaimedForward]:
    """Do the same for forwards, and say what kind they are of and where they go."""
    moment = con.dialect.timestamp
    rows = con.rows_for(_CLAIM_FORWARDS, (BIGINT,), _keys(job_ids), (moment(now + lease), me), (moment(now),))
    return [ClaimedForward._make(row) for row in rows]


def load_forwards(con: Connection, job_ids: Iterable[int]) -> list[ForwardRow]:
    """Return claimed forwards with all they need, oldest due first."""
    rows = con.rows_for(_FORWARDS, (BIGINT,), _keys(job_ids))
    moment = con.dialect.moment
    return [
        ForwardRow._make(
            (
                *(*row[:6], bool(row[6]), *row[7:11], moment(row[11])),
                *(*row[12:16], _value(row[16]), row[17]),
            )
        )
        for row in rows
    ]


def load_submits(con: Connection, job_ids: Iterable[int]) -> list[SubmitRow]:
    """Return jobs to send with all they need, those that go first first."""
    moment = con.dialect.moment
    return [
        SubmitRow._make((*row[:8], bool(row[8]), *row[9:11], bool(row[11]), bool(row[12]), moment(row[13]) if row[13] else None, row[14]))
        for row in con.rows_for(_SUBMITS, (BIGINT,), _keys(job_ids))
    ]


def renew(con: Connection, job_ids: Sequence[int], now: datetime, lease: timedelta, me: int) -> None:
    """Keep jobs claimed by `me` for another lease."""
    for some in _chunks(job_ids):
        con.execute(_RENEW.format(ids=_marks(some)), (con.dialect.timestamp(now + lease), me, *some))


def give_back(con: Connection, job_ids: Sequence[int], me: int) -> None:
    """Let others claim jobs that `me` claimed and did not begin."""
    for some in _chunks(job_ids):
        con.execute(_GIVE_BACK.format(ids=_marks(some)), (me, *some))


def end(con: Connection, endings: Iterable[Ending], now: datetime) -> None:
    """Finish, bury or postpone jobs."""
    moment = con.dialect.timestamp
    finished_at = moment(now)
    rows = [
        (
            one.state,
            one.attempt_count,
            moment(one.next_attempt_at) if one.next_attempt_at else None,
            None if one.state == "waiting" else finished_at,
            one.error[:ERROR_LENGTH],
            one.job_id,
        )
        for one in endings
    ]
    con.update_each(_END, _ENDS, _TYPES_OF_END, rows)


def log_attempts(con: Connection, attempts: Iterable[AttemptRow]) -> None:
    """Keep what was tried and said."""
    moment = con.dialect.timestamp
    _ATTEMPT.run(con, [(*one[:3], moment(one.started_at), *one[4:8], one.error[:ERROR_LENGTH], *one[9:]) for one in attempts])


def greatest_attempt_id(con: Connection) -> int:
    """Return the greatest id of an attempt, a segment, a job or an outgoing message, 0 where there is none."""
    row = con.row(_GREATEST)
    return max(row) if row else 0


def _value(stored: Any) -> Any:
    """Return a JSON value, which SQLite gives as text."""
    return json.loads(stored) if isinstance(stored, str) else stored


def _keys(job_ids: Iterable[int]) -> list[Row]:
    return [(job_id,) for job_id in job_ids]


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _chunks(job_ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (job_ids[start : start + size] for start in range(0, len(job_ids), size))
