"""Writing the texts of a program's order with the jobs that send them, a portion in each transaction.

What belongs here: these writes, short, because on SQLite receiving waits for them. What does not: who may be written to and from what
(`apps.outbox.sending`, `apps.outbox.portions`), money (`charging`), the messages of group sends (`preparing`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from recado.store.charging import charge_state
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, BOOLEAN, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert

ORDER_MESSAGE = Insert(
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
        "state": TEXT,
        "reason": TEXT,
        "origin": TEXT,
        "author_id": BIGINT,
        "kind": TEXT,
        "unique_id": TEXT,
        "cost": INTEGER,
        "charge_state": TEXT,
        "is_flash": BOOLEAN,
        "scheduled_at": TIMESTAMP,
        "valid_until": TIMESTAMP,
        "receipt_destination_id": BIGINT,
        "created_at": TIMESTAMP,
        "finished_at": TIMESTAMP,
    },
    {"carrier_error": "''", "is_test": "FALSE"},
)
ORDER_JOB = Insert(
    "outbox_job",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "outbound_message_id": BIGINT,
        "is_bulk": BOOLEAN,
        "next_attempt_at": TIMESTAMP,
        "created_at": TIMESTAMP,
    },
    {"kind": "'submit'", "state": "'waiting'", "attempt_count": "0", "last_error": "''"},
)


class OrderedText(NamedTuple):
    """What differs between the texts of an order."""

    id: int
    job_id: int
    number_id: int | None
    connection_id: int | None
    sender: str
    recipient: str
    text: str
    segment_count: int
    unique_id: str | None
    cost: int
    reason: str = ""
    """Why it is never handed over; empty where it will be."""


class SharedByOrder(NamedTuple):
    """What all texts of an order share."""

    account_id: int
    origin: str
    author_id: int | None
    kind: str
    is_flash: bool
    scheduled_at: datetime | None
    valid_until: datetime | None
    receipt_destination_id: int | None
    is_bulk: bool
    at: datetime
    """When they leave."""
    created_at: datetime


def write_texts(con: Connection, shared: SharedByOrder, texts: Sequence[OrderedText]) -> None:
    """Write texts and the jobs of those that will be handed over, within the caller's transaction; their money is reserved beside."""
    ORDER_MESSAGE.run(con, [_message(con, shared, one) for one in texts])
    at, created_at = con.dialect.timestamp(shared.at), con.dialect.timestamp(shared.created_at)
    going = [one for one in texts if not one.reason]
    ORDER_JOB.run(con, [(one.job_id, shared.account_id, one.id, shared.is_bulk, at, created_at) for one in going])


def _message(con: Connection, shared: SharedByOrder, one: OrderedText) -> tuple[Any, ...]:
    moment = con.dialect.timestamp
    created_at = moment(shared.created_at)
    return (
        one.id,
        shared.account_id,
        one.number_id,
        one.connection_id,
        one.sender,
        one.recipient,
        one.text,
        one.segment_count,
        "unsent" if one.reason else "queued",
        one.reason,
        shared.origin,
        shared.author_id,
        shared.kind,
        one.unique_id,
        one.cost,
        charge_state(one.cost, shared.account_id),
        shared.is_flash,
        moment(shared.scheduled_at) if shared.scheduled_at else None,
        moment(shared.valid_until) if shared.valid_until else None,
        shared.receipt_destination_id,
        created_at,
        created_at if one.reason else None,
    )
