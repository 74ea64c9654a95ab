"""Jobs that forward a message by e-mail: finding, claiming and reading them.

What belongs here: SQL of mails that go out. What does not: keeping, ending and logging jobs of any kind (`jobs`), how destinations are
doing (`destination_health`), the mail itself and sending it (`delivery`).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import BIGINT
from recado.store.jobs import claim as claim_jobs
from recado.store.parking import park

# The conditions on `state` and `is_bulk` are written out so that the partial index job_due_in_order is used.
_DUE = """
    SELECT j.id FROM outbox_job j
    WHERE j.state IN ('waiting', 'claimed') AND j.is_bulk = FALSE AND j.kind = 'forward_email' AND j.next_attempt_at <= ?
      AND (j.state = 'waiting' OR j.claimed_until < ?)
    ORDER BY j.next_attempt_at, j.id LIMIT ?"""
_MAILS = """
    SELECT j.id, j.account_id, j.attempt_count, d.id, d.email, d.subject, d.has_attachments, d.is_enabled, j.sample, j.created_at,
           m.id, m.sender, m.recipient, m.text, m.received_at, m.dialogue_id, w.word, c.first_name, c.last_name, a.time_zone, a.language
    FROM {keys} CROSS JOIN outbox_job j
    LEFT JOIN outbox_destination d ON d.id = j.destination_id
    LEFT JOIN inbox_message m ON m.id = j.message_id
    LEFT JOIN keywords_keyword w ON w.id = m.keyword_id
    LEFT JOIN contacts_contact c ON c.account_id = j.account_id AND c.msisdn = m.sender
    LEFT JOIN accounts_account a ON a.id = j.account_id
    WHERE j.id = k.a ORDER BY j.next_attempt_at, j.id"""


class MailRow(NamedTuple):
    """A claimed mail. The columns of destination and message are None where those are gone."""

    job_id: int
    account_id: int
    attempt_count: int
    destination_id: int | None
    email: str | None
    subject: str | None
    has_attachments: bool
    is_enabled: bool
    sample: Mapping[str, Any] | None
    """What is told instead of a message: `sender`, `recipient`, `text`, of an MMS `mms`."""
    created_at: datetime
    message_id: int | None
    sender: str
    recipient: str
    text: str
    received_at: datetime | None
    dialogue_id: int | None
    keyword: str | None
    first_name: str | None
    last_name: str | None
    time_zone: str | None
    language: str | None


def due(con: Connection, now: datetime, limit: int) -> list[int]:
    """Return mails that may be claimed, oldest due first. Reads only."""
    moment = con.dialect.timestamp(now)
    return [row[0] for row in con.rows(_DUE, (moment, moment, limit))]


def claim(con: Connection, job_ids: Sequence[int], now: datetime, lease: timedelta, me: int) -> list[MailRow]:
    """Claim mails until the lease ends and return, with all they need, those that nobody else had claimed meanwhile.

    Those to paused destinations wait.
    """
    moment = con.dialect.moment
    claimed = claim_jobs(con, job_ids, now, lease, me) if job_ids else []
    left = sorted(set(claimed) - park(con, claimed, now)) if claimed else []
    rows = con.rows_for(_MAILS, (BIGINT,), [(job_id,) for job_id in left])
    return [
        MailRow._make((*row[:6], *map(bool, row[6:8]), _value(row[8]), moment(row[9]), *row[10:14], row[14] and moment(row[14]), *row[15:]))
        for row in rows
    ]


def _value(stored: Any) -> Any:
    """Return a JSON value, which SQLite gives as text."""
    return json.loads(stored) if isinstance(stored, str) else stored
