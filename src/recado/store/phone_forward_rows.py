"""What is read for forwards to phones, for all of a group at once, and the row each becomes.

What belongs here: SQL. What does not: deciding (`phone_forwards`).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from recado.core.mms_in_words import as_plain_text
from recado.core.phone_forward import LIMIT_WITHIN
from recado.core.phone_loop import ECHO_WITHIN, quoted_senders
from recado.store.dialect import POSTGRESQL, Connection
from recado.store.ids import greatest_before
from recado.store.insert import BIGINT, BOOLEAN, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert
from recado.store.mms_told import load_told, told_sample

OUTGOING = Insert(
    "outbox_outboundmessage",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "connection_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
        "segment_count": SMALLINT,
        "is_test": BOOLEAN,
        "kind": TEXT,
        "cost": INTEGER,
        "charge_state": TEXT,
        "in_reply_to_id": BIGINT,
        "destination_id": BIGINT,
        "idempotency_key": TEXT,
        "created_at": TIMESTAMP,
    },
    {"state": "'queued'", "reason": "''", "carrier_error": "''", "origin": "'forward'"},
)
# The conditions on `state` and `is_bulk` are written out so that the partial index job_due_in_order is used. What waits for a paused
# destination is parked when it is claimed (`parking`), so that a backlog is looked through once.
_DUE = """
    SELECT j.id FROM outbox_job j
    WHERE j.state IN ('waiting', 'claimed') AND j.is_bulk = FALSE AND j.kind = 'forward_phone' AND j.next_attempt_at <= ?
      AND (j.state = 'waiting' OR j.claimed_until < ?)
    ORDER BY j.next_attempt_at, j.id LIMIT ?"""
# By account, so that two workers never wait for each other's wallets crosswise.
_LOAD = """
    SELECT j.id, j.account_id, j.attempt_count, j.destination_id, d.msisdn, d.is_enabled, d.daily_limit, d.confirmed_at, j.sample,
           m.id, m.sender, m.text, m.is_test, m.connection_id, m.dialogue_id, n.id, n.digits, n.kind, n.can_send, n.connection_id,
           a.language
    FROM {keys} CROSS JOIN outbox_job j
    LEFT JOIN outbox_destination d ON d.id = j.destination_id AND d.kind = 'phone'
    LEFT JOIN inbox_message m ON m.id = j.message_id
    LEFT JOIN numbers_number n ON n.id = m.number_id
    LEFT JOIN accounts_account a ON a.id = j.account_id
    WHERE j.id = k.a ORDER BY j.account_id, j.id"""
_LOCK = "SELECT d.id FROM outbox_destination d WHERE d.id IN (SELECT k.a FROM {keys}) ORDER BY d.id FOR UPDATE OF d"
_COUNTS = """
    SELECT o.destination_id, COUNT(*) FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.destination_id = k.a AND o.created_at > k.b AND NOT o.is_test GROUP BY o.destination_id"""
_DONE = """
    SELECT o.idempotency_key FROM {keys} CROSS JOIN outbox_outboundmessage o WHERE o.account_id = k.a AND o.idempotency_key = k.b"""
_OWN = "SELECT n.digits FROM {keys} CROSS JOIN numbers_number n WHERE n.digits = k.a"
_BLOCKED = """
    SELECT b.account_id, b.msisdn FROM {keys} CROSS JOIN contacts_blockedsender b WHERE b.account_id = k.a AND b.msisdn = k.b"""
_OPT_OUTS = """
    SELECT o.account_id, o.msisdn, o.scope, o.target_id FROM {keys} CROSS JOIN contacts_optout o
    WHERE o.account_id = k.a AND o.msisdn = k.b AND o.lifted_at IS NULL"""
_HANDED_ON_TO = """
    SELECT o.recipient, o.text FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.recipient = k.a AND o.id > k.b AND o.destination_id IS NOT NULL"""
_HANDED_ON_OF = """
    SELECT d.msisdn, o.text FROM {keys} CROSS JOIN dialogues_dialogue d CROSS JOIN inbox_message m CROSS JOIN outbox_outboundmessage o
    WHERE d.msisdn = k.a AND m.dialogue_id = d.id AND m.id > k.b AND o.in_reply_to_id = m.id AND o.destination_id IS NOT NULL"""
_WIDTHS = "SELECT c.id, c.settings FROM connections_connection c"
_ACCOUNT_AND_PHONE = (BIGINT, TEXT)


class PhoneForward(NamedTuple):
    """A claimed job. What is gone is None."""

    job_id: int
    account_id: int
    attempt_count: int
    destination_id: int | None
    msisdn: str | None
    """Where it is to go."""
    is_enabled: bool
    daily_limit: int | None
    is_confirmed: bool
    """Whether somebody who has the phone agreed."""
    message_id: int | None
    """None of a sample."""
    sender: str
    text: str | None
    """Of an MMS, with a word for what it brought."""
    is_test: bool
    came_through: int | None
    dialogue_id: int | None
    number_id: int | None
    digits: str
    number_kind: str
    can_send: bool
    connection_id: int | None
    """Of the number."""


class Known(NamedTuple):
    """What is known about all forwards of a group."""

    done: set[int]
    """Jobs that became messages before."""
    own_numbers: set[str]
    blocked: set[tuple[int, str]]
    opt_outs: dict[tuple[int, str], set[tuple[str, int]]]
    handed_on: dict[int, list[str]]
    """By job, the texts it could be an echo of."""
    widths: dict[int, int]
    """By connection, the bits of the reference that joins parts."""


def key_of(job_id: int) -> str:
    """Return what a job's message is known by, so that there is one only."""
    return f"forward:{job_id}"


def due(con: Connection, now: datetime, limit: int) -> list[int]:
    """Return jobs that may be claimed, oldest first."""
    moment = con.dialect.timestamp(now)
    return [row[0] for row in con.rows(_DUE, (moment, moment, limit))]


def load(con: Connection, job_ids: Iterable[int]) -> list[PhoneForward]:
    """Return claimed jobs with what they are about, by account."""
    found = []
    rows = con.rows_for(_LOAD, (BIGINT,), [(key,) for key in job_ids])
    multimedia = load_told(con, [row[9] for row in rows if row[9] is not None])
    for row in rows:
        sample = _parsed(row[8])
        message = (None, str(sample.get("sender", "")), str(sample.get("text", "")), False, None, None) if sample else row[9:15]
        message_id, sender, text, is_test, *of_message = message
        of_number = (row[15], row[16] or "", row[17] or "", bool(row[18]), row[19])
        if (mms := multimedia.get(message_id or 0) or told_sample(sample)) is not None:
            text = as_plain_text(mms.subject, text or "", [file.content_type for file in mms.files], row[20] or "")
        about = (message_id, sender or "", text, bool(is_test), *of_message)
        found.append(PhoneForward._make((*row[:5], bool(row[5]), row[6], row[7] is not None, *about, *of_number)))
    return found


def lock_and_count(con: Connection, forwards: Sequence[PhoneForward], now: datetime) -> dict[int, int]:
    """Keep others from writing to these destinations until the transaction ends; return how many messages each got lately."""
    keys = sorted({one.destination_id for one in forwards if one.destination_id is not None})
    if con.dialect is POSTGRESQL:  # SQLite has one writer
        con.rows_for(_LOCK, (BIGINT,), [(key,) for key in keys])
    since = con.dialect.timestamp(now - LIMIT_WITHIN)
    return dict(con.rows_for(_COUNTS, (BIGINT, TIMESTAMP), [(key, since) for key in keys]))


def load_known(con: Connection, forwards: Sequence[PhoneForward], now: datetime) -> Known:
    """Return what decides about the forwards of a group."""
    jobs = {(one.account_id, key_of(one.job_id)): one.job_id for one in forwards}
    existing = {row[0] for row in con.rows_for(_DONE, _ACCOUNT_AND_PHONE, list(jobs))}
    targets = list(dict.fromkeys((one.account_id, one.msisdn) for one in forwards if one.msisdn))
    opt_outs: dict[tuple[int, str], set[tuple[str, int]]] = {}
    for account_id, msisdn, scope, target_id in con.rows_for(_OPT_OUTS, _ACCOUNT_AND_PHONE, targets):
        opt_outs.setdefault((account_id, msisdn), set()).add((scope, target_id))
    return Known(
        {job_id for (_, key), job_id in jobs.items() if key in existing},
        {row[0] for row in con.rows_for(_OWN, (TEXT,), list(dict.fromkeys((msisdn,) for _, msisdn in targets)))},
        {(row[0], row[1]) for row in con.rows_for(_BLOCKED, _ACCOUNT_AND_PHONE, targets)},
        opt_outs,
        _handed_on(con, forwards, now),
        {key: 16 if _parsed(settings).get("reference_bits") == "16" else 8 for key, settings in con.rows(_WIDTHS)},
    )


def _handed_on(con: Connection, forwards: Sequence[PhoneForward], now: datetime) -> dict[int, list[str]]:
    """Return for each job the texts that were handed on lately to its sender, and of those its text seems to quote."""
    since = greatest_before(int((now - ECHO_WITHIN).timestamp() * 1000))
    quoted = {one.job_id: quoted_senders(one.text or "") for one in forwards}
    asking = [one for one in forwards if quoted[one.job_id]]  # what we hand on always names a sender
    if not asking:
        return {}
    found: dict[str, list[str]] = {}
    for msisdn, text in con.rows_for(_HANDED_ON_TO, (TEXT, BIGINT), [(phone, since) for phone in {one.sender for one in asking}]):
        found.setdefault(msisdn, []).append(text)
    phones = {phone for one in asking for phone in quoted[one.job_id]}
    for msisdn, text in con.rows_for(_HANDED_ON_OF, (TEXT, BIGINT), [(phone, since) for phone in phones]):
        found.setdefault(msisdn, []).append(text)
    return {one.job_id: [text for phone in (one.sender, *quoted[one.job_id]) for text in found.get(phone, ())] for one in asking}


def _parsed(stored: Any) -> dict[str, Any]:
    value = json.loads(stored) if isinstance(stored, str) else stored
    return value if isinstance(value, dict) else {}
