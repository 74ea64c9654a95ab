"""Claimed jobs that report to a customer's program how an outgoing message ended, with all they need.

What belongs here: reading them. What does not: queueing them (`fates`), claiming and ending (`jobs`), calling the address (`delivery`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.store.dialect import Connection
from recado.store.insert import BIGINT

_REPORTS = """
    SELECT j.id, j.account_id, j.attempt_count, j.destination_id, d.method, d.url, d.is_enabled,
           o.id, o.recipient, o.state, o.reason, o.unique_id, COALESCE(o.finished_at, o.created_at), o.dialogue_id, a.time_zone
    FROM {keys} CROSS JOIN outbox_job j
    LEFT JOIN outbox_destination d ON d.id = j.destination_id
    LEFT JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
    LEFT JOIN accounts_account a ON a.id = j.account_id
    WHERE j.id = k.a AND j.kind = 'push_receipt' AND j.sample IS NULL ORDER BY j.next_attempt_at, j.id"""


class ReportRow(NamedTuple):
    """A claimed report. The columns of destination and message are None where those are gone."""

    job_id: int
    account_id: int
    attempt_count: int
    destination_id: int | None
    method: str | None
    url: str | None
    is_enabled: bool
    outbound_id: int | None
    recipient: str
    state: str
    """As it is now: a report that was late tells the latest."""
    reason: str
    unique_id: str | None
    ended_at: datetime | None
    dialogue_id: int | None
    time_zone: str | None


def load_reports(con: Connection, job_ids: Sequence[int]) -> list[ReportRow]:
    """Return those of the claimed jobs that are reports, oldest due first."""
    moment = con.dialect.moment
    rows = con.rows_for(_REPORTS, (BIGINT,), [(job_id,) for job_id in job_ids])
    return [ReportRow._make((*row[:6], bool(row[6]), *row[7:12], moment(row[12]) if row[12] else None, *row[13:])) for row in rows]
