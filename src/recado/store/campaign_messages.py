"""The messages of campaigns under way: which come next, who does not want theirs any more, and what becomes of each.

A job of a campaign has the id of its message: ids are given once in the whole database, so the primary key itself sees to it that no
message gets two. What does not belong here: writing the messages (`apps.campaigns`), which may leave when (`core.release`), handing
over (`jobs`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from recado.core.receipt import UnsentReason
from recado.store import charging
from recado.store.campaigns import started_at
from recado.store.dialect import Connection, Row
from recado.store.ids import greatest_before
from recado.store.insert import BIGINT, TEXT
from recado.store.jobs import SUBMIT
from recado.store.statements import CAMPAIGN_JOB

_ACCOUNT_AND_PHONE = (BIGINT, TEXT)
_FRESH = """
    SELECT o.id, o.number_id, o.recipient, o.state, o.scheduled_at, o.valid_until FROM outbox_outboundmessage o
    WHERE o.campaign_id IS NOT NULL AND (o.campaign_id, o.id) > (?, ?) AND (o.campaign_id, o.id) < (?, 0)
    ORDER BY o.campaign_id, o.id LIMIT ?"""  # along outbound_by_campaign, as in `campaigns`
_DUE = """
    SELECT o.id, o.number_id, o.recipient, o.state, o.scheduled_at, o.valid_until FROM outbox_outboundmessage o
    WHERE o.campaign_id = ? AND o.state = 'queued' AND o.scheduled_at <= ? AND o.id <= ? ORDER BY o.scheduled_at, o.id LIMIT ?"""
_KEPT_BACK = """
    SELECT o.id FROM outbox_outboundmessage o
    WHERE o.campaign_id = ? AND o.state = 'queued' AND o.scheduled_at IS NOT NULL ORDER BY o.scheduled_at LIMIT ?"""
_OPTED_OUT = """
    SELECT k.b, o.scope, o.target_id, o.created_at FROM {keys} JOIN contacts_optout o ON o.account_id = k.a AND o.msisdn = k.b
    WHERE o.lifted_at IS NULL"""
_BLOCKED = "SELECT k.b FROM {keys} JOIN contacts_blockedsender s ON s.account_id = k.a AND s.msisdn = k.b"
_GROUPS = "SELECT group_id FROM campaigns_campaigngroup WHERE campaign_id = ? AND is_excluded = FALSE"
_LATE_REFUSALS = """
    SELECT account_id, msisdn FROM contacts_optout WHERE id > ? AND lifted_at IS NULL
    UNION SELECT account_id, msisdn FROM contacts_blockedsender WHERE created_at > ?"""  # few phones are blocked, in any account
_OF_PEOPLE = """
    SELECT o.campaign_id, o.account_id, o.id, o.number_id, o.recipient, o.state, o.scheduled_at, o.valid_until
    FROM {keys} JOIN outbox_outboundmessage o ON o.recipient = k.b AND o.account_id = k.a JOIN outbox_job j ON j.id = o.id
    WHERE o.campaign_id IS NOT NULL AND o.state = 'queued' AND j.is_bulk = TRUE AND j.state IN ('waiting', 'claimed')"""
_HANDED_OUT = """
    SELECT o.id FROM outbox_job j JOIN outbox_outboundmessage o ON o.id = j.outbound_message_id
    WHERE j.is_bulk = TRUE AND j.state IN ('waiting', 'claimed') AND o.campaign_id = ? LIMIT ?"""
_KEEP_BACK = """
    UPDATE outbox_outboundmessage SET scheduled_at = ? WHERE id IN (SELECT k.a FROM {keys}) AND state = 'queued' RETURNING id"""
_LET_GO = "UPDATE outbox_outboundmessage SET scheduled_at = NULL WHERE id IN (SELECT k.a FROM {keys}) RETURNING id"
_UNSEND = """
    UPDATE outbox_outboundmessage SET state = 'unsent', reason = ?, finished_at = ?, scheduled_at = NULL,
        cost = CASE WHEN charge_state = 'reserved' THEN cost ELSE 0 END
    WHERE id IN (SELECT k.a FROM {keys}) AND state = 'queued' RETURNING id"""
_END_JOBS = """
    UPDATE outbox_job SET state = 'done', finished_at = ?, claimed_until = NULL
    WHERE id IN (SELECT k.a FROM {keys}) AND is_bulk = TRUE AND state IN ('waiting', 'claimed') RETURNING outbound_message_id"""


class Next(NamedTuple):
    """A message whose turn it may be."""

    message_id: int
    number_id: int | None
    recipient: str
    state: str
    scheduled_at: datetime | None
    valid_until: datetime | None


def fresh(con: Connection, campaign_id: int, released_to: int, limit: int) -> list[Next]:
    """Return the messages that nobody looked at yet, in the order they were written."""
    return _next(con, con.rows(_FRESH, (campaign_id, released_to, campaign_id + 1, limit)))


def due(con: Connection, campaign_id: int, released_to: int, now: datetime, limit: int) -> list[Next]:
    """Return messages that were kept back and are due now."""
    return _next(con, con.rows(_DUE, (campaign_id, con.dialect.timestamp(now), released_to, limit)))


def kept_back(con: Connection, campaign_id: int, limit: int) -> list[int]:
    """Return messages that are kept back, due or not."""
    return [row[0] for row in con.rows(_KEPT_BACK, (campaign_id, limit))]


def handed_out(con: Connection, campaign_id: int, limit: int) -> list[int]:
    """Return messages that wait with the workers and can be taken back."""
    return [row[0] for row in con.rows(_HANDED_OUT, (campaign_id, limit))]


# --- who does not want them ---


def unwanted(con: Connection, campaign_id: int, account_id: int, since: datetime | None, messages: Sequence[Next]) -> set[int]:
    """Return those of the messages whose people are blocked or opted out: of everything, of the number, or since then of a group."""
    keys = sorted({(account_id, one.recipient) for one in messages})
    blocked = {row[0] for row in con.rows_for(_BLOCKED, _ACCOUNT_AND_PHONE, keys)}
    opted_out: dict[str, list[Row]] = {}
    for row in con.rows_for(_OPTED_OUT, _ACCOUNT_AND_PHONE, keys):
        opted_out.setdefault(row[0], []).append(row)
    groups = {row[0] for row in con.rows(_GROUPS, (campaign_id,))} if opted_out else set()

    def covers(one: Next, scope: str, target: int, at: datetime) -> bool:
        if scope == "group":  # who opted out of it before came into the campaign some other way
            return target in groups and (since is None or at >= since)
        return scope == "account" or (scope == "number" and target == one.number_id)

    moment = con.dialect.moment
    return {
        one.message_id
        for one in messages
        if one.recipient in blocked or any(covers(one, row[1], row[2], moment(row[3])) for row in opted_out.get(one.recipient, ()))
    }


def late_refusals(con: Connection, since: datetime) -> list[tuple[int, str]]:
    """Return who opted out of something, or was blocked, since a moment, as account and phone."""
    moments = (greatest_before(int(since.timestamp() * 1000)), con.dialect.timestamp(since))
    return [(row[0], row[1]) for row in con.rows(_LATE_REFUSALS, moments)]


def not_wanted_any_more(con: Connection, people: Iterable[tuple[int, str]]) -> list[int]:
    """Return messages that wait with the workers and that people, given as account and phone, opted out of, or must not get any more."""
    by_campaign: dict[tuple[int, int], list[Row]] = {}
    for campaign_id, account_id, *message in con.rows_for(_OF_PEOPLE, _ACCOUNT_AND_PHONE, sorted(set(people))):
        by_campaign.setdefault((campaign_id, account_id), []).append(tuple(message))
    found: set[int] = set()
    for (campaign_id, account_id), rows in by_campaign.items():
        found |= unwanted(con, campaign_id, account_id, started_at(con, campaign_id), _next(con, rows))
    return sorted(found)


# --- what becomes of them ---


def release(con: Connection, account_id: int, messages: Sequence[Next], now: datetime) -> None:
    """Give messages to the workers."""
    stamp = con.dialect.timestamp(now)
    CAMPAIGN_JOB.run(con, [(one.message_id, account_id, SUBMIT, one.message_id, stamp, stamp) for one in messages])
    con.rows_for(_LET_GO, (BIGINT,), [(one.message_id,) for one in messages if one.scheduled_at])


def keep_back(con: Connection, message_ids: Iterable[int], until: datetime) -> None:
    """Write until when messages are kept back."""
    con.rows_for(_KEEP_BACK, (BIGINT,), [(one,) for one in message_ids], (con.dialect.timestamp(until),))


def unsend(con: Connection, message_ids: Iterable[int], reason: UnsentReason, now: datetime) -> list[int]:
    """Write that messages are never sent, and why; return those of which that is true. They cost nothing."""
    keys = [(one,) for one in message_ids]
    unsent = [row[0] for row in con.rows_for(_UNSEND, (BIGINT,), keys, (reason.value, con.dialect.timestamp(now)))]
    charging.release(con, unsent, now)
    return unsent


def take_back(con: Connection, message_ids: Iterable[int], reason: UnsentReason, now: datetime) -> list[int]:
    """End the jobs of messages and never send these; what is being handed over is let go. Return those that were taken back."""
    ended = con.rows_for(_END_JOBS, (BIGINT,), [(one,) for one in message_ids], (con.dialect.timestamp(now),))
    return unsend(con, (row[0] for row in ended), reason, now)


def _next(con: Connection, rows: Iterable[Row]) -> list[Next]:
    moment = con.dialect.moment
    return [Next._make((*row[:4], moment(row[4]) if row[4] else None, moment(row[5]) if row[5] else None)) for row in rows]
