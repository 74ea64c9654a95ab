"""Writing the messages of a campaign, a portion in each transaction, with how far it is in the same one.

What belongs here: these writes, short, because on SQLite receiving waits for them. What does not: who gets what (`audience`,
`apps.campaigns`), giving the messages to the workers (the feeder).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from recado.core.mms import MmsContent
from recado.core.receipt import UnsentReason
from recado.store import charging
from recado.store.charging import reserve
from recado.store.dialect import Connection
from recado.store.insert import BIGINT, BOOLEAN, INTEGER, SMALLINT, TEXT, TIMESTAMP, Insert
from recado.store.mms import write_sent

CAMPAIGN_MESSAGE = Insert(
    "outbox_outboundmessage",
    {
        "id": BIGINT,
        "account_id": BIGINT,
        "number_id": BIGINT,
        "connection_id": BIGINT,
        "dialogue_id": BIGINT,
        "sender": TEXT,
        "recipient": TEXT,
        "text": TEXT,
        "segment_count": SMALLINT,
        "state": TEXT,
        "reason": TEXT,
        "origin": TEXT,
        "author_id": BIGINT,
        "is_test": BOOLEAN,
        "kind": TEXT,
        "campaign_id": BIGINT,
        "survey_id": BIGINT,
        "unique_id": TEXT,
        "cost": INTEGER,
        "charge_state": TEXT,
        "is_flash": BOOLEAN,
        "valid_until": TIMESTAMP,
        "receipt_destination_id": BIGINT,
        "created_at": TIMESTAMP,
        "finished_at": TIMESTAMP,
    },
    {"carrier_error": "''"},
)
_DIALOGUES = """SELECT d.number_id, d.msisdn, d.id
    FROM {keys} CROSS JOIN dialogues_dialogue d WHERE d.msisdn = k.b AND d.number_id = k.a AND d.account_id = ?"""
_TAKEN_IDS = "SELECT o.unique_id FROM {keys} CROSS JOIN outbox_outboundmessage o WHERE o.account_id = ? AND o.unique_id = k.a"
_TAKE = "UPDATE campaigns_campaign SET held = held WHERE id = ? AND state = 'preparing' AND prepared_to = ? RETURNING held"
_ADVANCE = """UPDATE campaigns_campaign SET prepared_to = ?, recipient_count = recipient_count + ?, segment_count = segment_count + ?,
        cost = cost + ?, held = ?
    WHERE id = ?"""


class NewMessage(NamedTuple):
    """What differs between the messages of a campaign."""

    id: int
    number_id: int | None
    connection_id: int | None
    dialogue_id: int | None
    sender: str
    recipient: str
    text: str
    segment_count: int
    unique_id: str | None
    cost: int
    reason: str = ""
    """Why it is never handed over; empty where it will be."""


class Common(NamedTuple):
    """What all messages of a campaign share."""

    campaign_id: int
    account_id: int
    origin: str
    author_id: int | None
    is_test: bool
    kind: str
    is_flash: bool
    valid_until: datetime | None
    receipt_destination_id: int | None
    created_at: datetime
    survey_id: int | None = None
    """The survey whose first question it is."""
    mms: MmsContent | None = None
    """What makes the messages MMS, noted once for all."""


class OvertakenError(Exception):
    """The campaign was stopped, or somebody else prepares it: nothing of this portion may be written."""


def write_portion(
    con: Connection, common: Common, messages: Sequence[NewMessage], prepared_from: int, prepared_to: int, now: datetime
) -> Sequence[NewMessage]:
    """Write messages and how far the campaign is; return those written. Raise OvertakenError where it is not where the caller left it.

    Their money is taken from what the campaign holds. What costs more than that, since prices or texts changed, is reserved beside; for
    whom not even that reaches, nothing is sent.
    """
    row = con.row(_TAKE, (common.campaign_id, prepared_from))
    if row is None:
        raise OvertakenError(common.campaign_id)
    paid, held = _paid(con, common.account_id, messages, row[0], now)
    counts = len(paid), sum(one.segment_count for one in paid), sum(one.cost for one in paid)
    CAMPAIGN_MESSAGE.run(con, [_row(con, common, one) for one in paid])
    if common.mms is not None:
        write_sent(con, [one.id for one in paid], common.mms, iter(()), con.dialect.timestamp(now))
    con.execute(_ADVANCE, (prepared_to, *counts, held, common.campaign_id))
    return paid


def _paid(con: Connection, account_id: int, messages: Sequence[NewMessage], held: int, now: datetime) -> tuple[Sequence[NewMessage], int]:
    """Return the messages, those left out for want of credit marked so, and what the campaign holds for the next ones."""
    cost = sum(one.cost for one in messages)
    if cost <= held:
        return messages, held - cost
    if reserve(con, account_id, cost - held, now):
        return messages, 0
    left = max(0, charging.left(con, [account_id]).get(account_id, 0))
    for budget in (held + left, held):  # the second where somebody else was quicker
        some = _within(messages, budget)
        used = sum(one.cost for one in some)
        if reserve(con, account_id, max(0, used - held), now):
            return some, max(0, held - used)
    raise AssertionError  # nothing is reserved by the last turn, which always succeeds


def _within(messages: Sequence[NewMessage], budget: int) -> list[NewMessage]:
    """Leave out those that cost more than what the ones before them left over."""
    found = []
    for one in messages:
        fits = one.cost <= budget
        budget -= one.cost if fits else 0
        found.append(one if fits else one._replace(cost=0, reason=UnsentReason.NO_CREDIT.value))
    return found


def load_dialogues(con: Connection, account_id: int, keys: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Return the account's dialogues, by number and phone, of those that exist."""
    found = con.rows_for(_DIALOGUES, (BIGINT, TEXT), keys, after=(account_id,))
    return {(number_id, msisdn): dialogue_id for number_id, msisdn, dialogue_id in found}


def load_taken_unique_ids(con: Connection, account_id: int, unique_ids: Sequence[str]) -> set[str]:
    """Return those of a program's ids that messages of the account have already."""
    return {row[0] for row in con.rows_for(_TAKEN_IDS, (TEXT,), [(one,) for one in unique_ids], after=(account_id,))}


def _row(con: Connection, common: Common, one: NewMessage) -> tuple[Any, ...]:
    moment = con.dialect.timestamp
    created_at = moment(common.created_at)
    return (
        one.id,
        common.account_id,
        one.number_id,
        one.connection_id,
        one.dialogue_id,
        one.sender,
        one.recipient,
        one.text,
        one.segment_count,
        "unsent" if one.reason else "queued",
        one.reason,
        common.origin,
        common.author_id,
        common.is_test,
        common.kind,
        common.campaign_id,
        common.survey_id,
        one.unique_id,
        one.cost,
        charging.charge_state(one.cost, common.account_id),
        common.is_flash,
        moment(common.valid_until) if common.valid_until else None,
        common.receipt_destination_id,
        created_at,
        created_at if one.reason else None,
    )
