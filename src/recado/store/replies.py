"""Which outgoing message a received one answers: the latest sent from the same number to the same phone by the same account.

What belongs here: finding it for a whole group at once. What does not: whose a message is (`core.ownership`), writing it (`tying`). What
a person, a program or a campaign sent goes before automatic replies: those answer the phone, and are rarely answered themselves.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.core.correlation import CORRELATION_WINDOW
from recado.store.dialect import Connection, Row
from recado.store.ids import greatest_before
from recado.store.insert import BIGINT, BOOLEAN, TEXT

ANSWERED_WITHIN = CORRELATION_WINDOW
"""How long after a message a text counts as its answer; the window in which no other account writes from a pool number."""
ORDERED_AHEAD = timedelta(days=31)
"""So long before it goes out a message may have been written; ids tell when, and bound how far is looked back."""

_WRITTEN_TO = """SELECT k.a FROM {keys}
    WHERE EXISTS (SELECT 1 FROM outbox_outboundmessage o WHERE o.recipient = k.a AND o.id > ?)"""
_ANSWERED = """SELECT k.a, k.b, k.c, k.d, o.id, o.campaign_id, o.dialogue_id, o.origin = 'rule'
    FROM {keys} CROSS JOIN outbox_outboundmessage o
    WHERE o.id = (
        SELECT s.id FROM outbox_outboundmessage s
        WHERE s.recipient = k.c AND s.id > ? AND s.number_id = k.b AND s.account_id = k.a AND s.is_test = k.d
            AND (s.state IN ('sent', 'uncertain', 'delivered', 'undelivered') OR (s.state = 'queued' AND s.origin = 'rule'))
            AND COALESCE(s.sent_at, s.created_at) >= ?
        ORDER BY s.origin = 'rule', COALESCE(s.sent_at, s.created_at) DESC, s.id DESC LIMIT 1)"""


class ReplyKey(NamedTuple):
    """Who may be answered, where and by whom. A test answers tests alone."""

    account_id: int
    number_id: int
    msisdn: str
    is_test: bool


class Answered(NamedTuple):
    """The message answered."""

    outbound_id: int
    campaign_id: int | None
    dialogue_id: int | None
    is_automatic: bool


def load_messages_answered(con: Connection, keys: Collection[Row], now: datetime) -> dict[ReplyKey, Answered]:
    """Return for each key, in the order of `ReplyKey`, the message that a text received now answers.

    Most phones were never written to, so that is asked first: it costs a fraction.
    """
    least = greatest_before(int((now - ANSWERED_WITHIN - ORDERED_AHEAD).timestamp() * 1000))
    since = con.dialect.timestamp(now - ANSWERED_WITHIN)
    phones = {row[0] for row in con.rows_for(_WRITTEN_TO, (TEXT,), list({(key[2],) for key in keys}), after=(least,))}
    rows = con.rows_for(_ANSWERED, (BIGINT, BIGINT, TEXT, BOOLEAN), [key for key in keys if key[2] in phones], after=(least, since))
    return {
        ReplyKey(account, number, msisdn, bool(is_test)): Answered(key, campaign, dialogue, bool(is_automatic))
        for account, number, msisdn, is_test, key, campaign, dialogue, is_automatic in rows
    }
